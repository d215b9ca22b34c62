"""What programs pay with, at run time: the filters that :mod:`.metering` puts into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.missing import Missing
from docsmith.template.language import costs
from docsmith.template.language.journal import current
from docsmith.template.language.printing import bounded_text

EACH, BLOCK, COMPARED, CONTAINS, KEY, MADE, JOINED = (
    f"docsmith {name}" for name in ("each", "block", "compared", "in", "key", "made", "text")
)
# The modulus of Python's hash of numbers: larger ones could all be made to fall on one place of a table.
_MODULUS = 2**61 - 1


def _each(value: Any, steps: int, characters: int) -> Sequence[Any]:
    """Return what a loop runs over, all passes paid for; nothing for a missing value."""
    if isinstance(value, Missing):
        return ()
    if not isinstance(value, Iterable):
        current().report(_("there is nothing to loop over here."))  # and what follows is looked at, too
        return ()
    items = list(value)
    _block(steps * len(items), characters * len(items))
    return items


def _block(steps: int, characters: int) -> None:
    journal = current()
    journal.spend(steps)
    journal.wrote(characters)


def _key(value: Any) -> Any:
    """Return a key of a mapping that a template writes: no two kinds of these can be made to collide."""
    if isinstance(value, str) or (isinstance(value, int) and abs(value) < _MODULUS):
        return value
    raise TypeError(_("{value} cannot be the name of a field.").format(value=costs.shown(value)))


def _part_of_text(value: Any) -> str:
    """Return a part of what ``~`` joins, paid for: a tag may have a thousand of them."""
    text = bounded_text(value)
    current().wrote(len(text))
    return text


FILTERS: Mapping[str, Callable[..., Any]] = {
    EACH: _each,
    BLOCK: _block,
    COMPARED: costs.compared,
    CONTAINS: costs.contains,
    KEY: _key,
    MADE: costs.made,
    JOINED: _part_of_text,
}
