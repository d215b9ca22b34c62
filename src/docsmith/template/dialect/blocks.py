"""Which blocks of a template are open: every ``if`` and ``for`` needs its end, in the right order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.limits import MAX_BLOCKS
from docsmith.template.problems import Problem, Spot

_OPENING = frozenset({"autoescape", "block", "call", "filter", "for", "if", "macro", "raw", "with"})
_ALSO_CALLED = {
    "如果": "if", "否则": "else", "否则如果": "elif", "如果结束": "endif", "结束如果": "endif",
    "循环": "for", "循环结束": "endfor", "结束循环": "endfor",
    "elseif": "elif", "elsif": "elif",
}  # fmt: skip
STATEMENTS = frozenset(
    {
        "autoescape", "block", "call", "cellbg", "colspan", "elif", "else", "endautoescape", "endblock",
        "endcall", "endfilter", "endfor", "endif", "endmacro", "endraw", "endset", "endwith", "extends",
        "filter", "for", "from", "hm", "if", "import", "include", "macro", "merge", "raw", "set", "vm",
        "with", "合并",
    }
)  # fmt: skip
"""What a tag may begin with; some of them are refused later."""
_LEAST_LETTERS, _ALIKE = 2, 0.75
_MIDDLE = {"else": ("if", "for"), "elif": ("if",)}
# {% set x %}…{% endset %} is a block, {% set x = 1 %} is not.
_SET_BLOCK = re.compile(r"\{%\w*[-+]?\s*set\s+[^=]*%\}", re.DOTALL)


class _Open(NamedTuple):
    """A block that is open: its name, docxtpl's letters before it (``tr``), and where it begins."""

    name: str
    level: str
    spot: Spot


@dataclass(slots=True)
class OpenBlocks:
    """The blocks that are open at a point of a part, outermost first.

    ``_crossed`` are blocks that the end of an outer one has closed: their own end may yet come.
    """

    _open: list[_Open] = field(default_factory=list)
    _crossed: list[_Open] = field(default_factory=list)

    @property
    def raw(self) -> bool:
        """Whether text is taken literally here."""
        return bool(self._open) and self._open[-1].name == "raw"

    @property
    def in_loop(self) -> bool:
        """Whether a loop is open here."""
        return any(block.name == "for" for block in self._open)

    def take(self, keyword: str, source: str, spot: Spot, level: str = "") -> Iterator[Problem]:
        """Follow one ``{% keyword … %}`` with docxtpl's letters before it; yields what is wrong with it."""
        if self.raw and keyword != "endraw":
            return
        if (meant := as_meant(keyword)) != keyword:
            if keyword.startswith("end"):  # Jinja takes any other for a tag that it does not know
                hint = _("Did you mean {name}?").format(name=meant)
                yield Problem(
                    spot, _("there is no tag called {name}.").format(name=keyword), hint, "unknown-tag"
                )
            keyword = meant
        if opens_block(keyword, source):
            self._open.append(_Open(keyword, level, spot))
            if len(self._open) == MAX_BLOCKS + 1:
                message = _("more than {limit} blocks are open here.").format(limit=MAX_BLOCKS)
                yield Problem(spot, message, code="template-too-large")
        elif keyword in _MIDDLE:
            yield from self._middle(keyword, level, spot)
        elif keyword.startswith("end"):
            yield from self._close(keyword, level, spot)

    def _middle(self, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
        if not (self._open and self._open[-1].name in _MIDDLE[keyword]):
            message = _("{name} stands in no block that it belongs to.").format(name=keyword)
            yield Problem(spot, message, code="block-middle-alone")
        else:
            yield from _levels_differ(self._open[-1], keyword, level, spot)

    def _close(self, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
        opened = keyword.removeprefix("end")
        if opened not in (block.name for block in self._open):
            yield self._closes_nothing(keyword, opened, spot)
            return
        while self._open:
            block = self._open.pop()
            if block.name == opened:
                yield from _levels_differ(block, keyword, level, spot)
                return
            self._crossed.append(block)

    def _closes_nothing(self, keyword: str, opened: str, spot: Spot) -> Problem:
        for block in reversed(self._crossed):
            if block.name == opened:
                self._crossed.remove(block)
                return Problem(
                    spot,
                    _("{name} comes too late: the block around its {opened} has ended already.").format(
                        name=keyword, opened=opened
                    ),
                    _("What begins last ends first: {% for %} {% if %} {% endif %} {% endfor %}."),
                    "block-crossed",
                )
        return Problem(spot, _("{name} closes nothing.").format(name=keyword), code="block-end-alone")

    def left_open(self) -> Iterator[Problem]:
        """Yield a problem for every block that is still open at the end of a part."""
        for block in (*self._crossed, *self._open):
            yield _never_closed(block)


def as_meant(keyword: str) -> str:
    """Return the keyword that is meant: ``endfor`` for ``endfro``; the same where none is like it."""
    if keyword in STATEMENTS or len(keyword) < _LEAST_LETTERS:
        return keyword
    if keyword in _ALSO_CALLED or keyword.lower() in STATEMENTS:
        return _ALSO_CALLED.get(keyword, keyword.lower())
    from difflib import get_close_matches  # most templates misspell nothing

    return next(iter(get_close_matches(keyword, STATEMENTS, 1, _ALIKE)), keyword)


def opens_block(keyword: str, source: str) -> bool:
    """Return whether a ``{% keyword … %}`` needs an end."""
    return keyword in _OPENING or (keyword == "set" and bool(_SET_BLOCK.fullmatch(source)))


def _levels_differ(block: _Open, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
    """Tell of ``{%tr for %}`` that ends with ``{% endfor %}``: half a row would be repeated."""
    if block.level != level:
        yield Problem(
            spot,
            _("{tag} belongs to {opening}, but has other letters before it.").format(
                tag=_tag(keyword, level), opening=_tag(block.name, block.level)
            ),
            _("Write {tag}.").format(tag=_tag(keyword, block.level)),
            "block-levels",
        )


def _never_closed(block: _Open) -> Problem:
    return Problem(
        block.spot,
        _("{name} is never closed.").format(name=block.name),
        _("Write {tag} where it ends.").format(tag=_tag(f"end{block.name}", block.level)),
        "block-unclosed",
    )


def _tag(name: str, level: str) -> str:
    return f"{{%{level} {name} %}}"
