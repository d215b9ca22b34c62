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
    "如果": "if", "假如": "if", "若": "if", "如果结束": "endif", "结束如果": "endif",
    "否则": "else", "否则如果": "elif", "elseif": "elif", "elsif": "elif",
    "循环": "for", "对于": "for", "遍历": "for", "循环结束": "endfor", "结束循环": "endfor",
    "foreach": "for", "endforeach": "endfor",
}  # fmt: skip
STATEMENTS = frozenset(
    {
        "autoescape", "block", "call", "cellbg", "colspan", "elif", "else", "endautoescape", "endblock",
        "endcall", "endfilter", "endfor", "endif", "endmacro", "endraw", "endset", "endwith", "extends",
        "filter", "for", "from", "hm", "if", "import", "include", "macro", "merge", "print", "raw",
        "set", "vm", "with", "合并",
    }
)  # fmt: skip
"""What a tag may begin with; some of them are refused later."""
_ENDS_ANY = ("end", "结束")
_LEAST_LETTERS, _ALIKE = 2, 0.75
_MIDDLE = {"else": ("if", "for"), "elif": ("if",)}
# {% set x %}…{% endset %} is a block, {% set x = 1 %} is not.
_SET_BLOCK = re.compile(r"\{%\w*[-+]?\s*set\s+\w+(?:\s*,\s*\w+)*\s*(?:\|[^=＝]*)?-?%\}", re.DOTALL)


class _Open(NamedTuple):
    """A block that is open: its name, docxtpl's letters before it (``tr``), and where it begins.

    ``misended``: the end of another block stands where its own is expected, and was told.
    """

    name: str
    level: str
    spot: Spot
    misended: bool = False


@dataclass(slots=True)
class OpenBlocks:
    """The blocks that are open at a point of a part, outermost first.

    ``_crossed`` are blocks that the end of an outer one has closed: their own end may yet come. ``_strange``
    is how many tags mean nothing, each of which may have been meant to open a block.
    """

    _open: list[_Open] = field(default_factory=list)
    _crossed: list[_Open] = field(default_factory=list)
    _strange: int = 0

    @property
    def raw(self) -> bool:
        """Whether text is taken literally here."""
        return bool(self._open) and self._open[-1].name == "raw"

    @property
    def in_loop(self) -> bool:
        """Whether a loop is open here."""
        return any(block.name == "for" for block in self._open)

    def meant(self, keyword: str) -> str:
        """Return the keyword that is meant here: ``endfor`` for ``endfro``, and for ``end`` in a loop."""
        if keyword in _ENDS_ANY and self._open:
            return f"end{self._open[-1].name}"
        return as_meant(keyword)

    def take(self, keyword: str, source: str, spot: Spot, level: str = "") -> Iterator[Problem]:
        """Follow one ``{% keyword … %}`` with docxtpl's letters before it; yields what is wrong with it."""
        if self.raw and keyword != "endraw":
            return
        if (meant := self.meant(keyword)) != keyword or keyword not in STATEMENTS:
            hint = _("Did you mean {name}?").format(name=meant) if meant != keyword else ""
            yield Problem(spot, _("there is no tag called {name}.").format(name=keyword), hint, "unknown-tag")
            self._strange += meant == keyword
            keyword = meant
        if opens_block(keyword, source):
            self._open.append(_Open(keyword, level, spot))
            if len(self._open) == MAX_BLOCKS + 1:
                message = _("more than {limit} blocks are open here.").format(limit=MAX_BLOCKS)
                yield Problem(spot, message, code="template-too-large")
        elif keyword in _MIDDLE:
            yield from self._middle(keyword, level, spot)
        elif keyword.startswith("end") and keyword in STATEMENTS:
            yield from self._close(keyword, level, spot)

    def _middle(self, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
        if self._open and self._open[-1].name in _MIDDLE[keyword]:
            yield from _levels_differ(self._open[-1], keyword, level, spot)
        elif not self._strange:
            message = _("{name} stands in no block that it belongs to.").format(name=keyword)
            hint = _("It belongs between {% if … %} and {% endif %}.")
            yield Problem(spot, message, hint, "block-middle-alone")

    def _close(self, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
        opened = keyword.removeprefix("end")
        if opened not in (block.name for block in self._open):
            yield from self._closes_nothing(keyword, level, spot)
            return
        while self._open:
            block = self._open.pop()
            if block.name == opened:
                yield from _levels_differ(block, keyword, level, spot)
                return
            self._crossed.append(block)

    def _closes_nothing(self, keyword: str, level: str, spot: Spot) -> Iterator[Problem]:
        opened = keyword.removeprefix("end")
        for block in reversed(self._crossed):
            if block.name == opened:
                self._crossed.remove(block)
                message = _("{name} comes too late: the block around its {opened} has ended already.")
                yield Problem(
                    spot,
                    message.format(name=keyword, opened=opened),
                    _("What begins last ends first: {% for %} {% if %} {% endif %} {% endfor %}."),
                    "block-crossed",
                )
                return
        if self._strange:  # what was meant to open its block was told
            self._strange -= 1
            return
        beginning = _tag(f"{opened} …", level)
        hint = _("Take it out, or write {tag} where its block begins.").format(tag=beginning)
        if self._open:
            *outer, innermost = self._open
            self._open = [*outer, innermost._replace(misended=True)]
            wanted = _tag(f"end{innermost.name}", innermost.level)
            hint = _("Open here is {name}: write {tag}, or take it out.").format(
                name=innermost.name, tag=wanted
            )
        yield Problem(spot, _("{name} closes nothing.").format(name=keyword), hint, "block-end-alone")

    def left_open(self) -> Iterator[Problem]:
        """Yield a problem for every block that is still open at the end of a part."""
        for block in (*self._crossed, *self._open):
            if not block.misended:
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
