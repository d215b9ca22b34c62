"""Which blocks of a template are open: every ``if`` and ``for`` needs its end, in the right order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docsmith._i18n import gettext as _
from docsmith.template.limits import MAX_BLOCKS
from docsmith.template.problems import Problem, Spot

_OPENING = frozenset({"autoescape", "block", "call", "filter", "for", "if", "macro", "raw", "with"})
_MIDDLE = {"else": ("if", "for"), "elif": ("if",)}
# {% set x %}…{% endset %} is a block, {% set x = 1 %} is not.
_SET_BLOCK = re.compile(r"\{%\w*[-+]?\s*set\s+[^=]*%\}", re.DOTALL)


@dataclass(slots=True)
class OpenBlocks:
    """The blocks that are open at a point of a part, outermost first."""

    _open: list[tuple[str, Spot]] = field(default_factory=list)

    @property
    def raw(self) -> bool:
        """Whether text is taken literally here."""
        return bool(self._open) and self._open[-1][0] == "raw"

    @property
    def in_loop(self) -> bool:
        """Whether a loop is open here."""
        return any(name == "for" for name, _spot in self._open)

    def take(self, keyword: str, source: str, spot: Spot) -> Iterator[Problem]:
        """Follow one ``{% keyword … %}``; yields what is wrong with it."""
        if self.raw and keyword != "endraw":
            return
        if keyword in _OPENING or (keyword == "set" and _SET_BLOCK.fullmatch(source)):
            self._open.append((keyword, spot))
            if len(self._open) == MAX_BLOCKS + 1:
                yield Problem(spot, _("more than {limit} blocks are open here.").format(limit=MAX_BLOCKS))
        elif keyword in _MIDDLE and not (self._open and self._open[-1][0] in _MIDDLE[keyword]):
            yield Problem(spot, _("{name} stands in no block that it belongs to.").format(name=keyword))
        elif keyword.startswith("end"):
            yield from self._close(keyword, spot)

    def _close(self, keyword: str, spot: Spot) -> Iterator[Problem]:
        opened = keyword.removeprefix("end")
        if opened not in (name for name, _spot in self._open):
            yield Problem(spot, _("{name} closes nothing.").format(name=keyword))
            return
        while self._open:
            name, place = self._open.pop()
            if name == opened:
                return
            yield _never_closed(name, place)

    def left_open(self) -> Iterator[Problem]:
        """Yield a problem for every block that is still open at the end of a part."""
        for name, place in self._open:
            yield _never_closed(name, place)


def _never_closed(name: str, place: Spot) -> Problem:
    return Problem(
        place,
        _("{name} is never closed.").format(name=name),
        _("Write {tag} where it ends.").format(tag=f"{{% end{name} %}}"),
    )
