"""What values and operations on them cost, paid to the journal of the rendering that runs.

A template may ask Python for one operation that takes a minute: to compare two lists that hold each other's
copies forty deep, to look for one long text in another, to sort by texts of a million characters. Each is
paid for by the sizes of what it works on, before or at once after it is done, so that the verdict on a
template does not depend on the machine. A step is a third of a microsecond of work, or less.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.template.language.journal import current

PER_ITEM = 8
"""Steps for an item of a list that is made: they bound the memory, at 40 to 90 bytes an item."""
_SHORT = 256
_LISTS = (list, tuple, range, KeysView, ItemsView, ValuesView)
HOLDERS = (*_LISTS, Mapping)
"""Types of values that hold others."""


def made(value: Any) -> Any:
    """Pay for a value that an expression has made, and return it; what is lazy is made now."""
    if isinstance(value, str):
        current().wrote(len(value))
    elif isinstance(value, Iterator):
        return _all(value)
    elif isinstance(value, list | tuple | dict):
        current().spend(PER_ITEM * len(value))
    return value


def _all(items: Iterator[Any]) -> list[Any]:
    journal = current()
    found = []
    for item in items:
        journal.spend(PER_ITEM)
        found.append(item)
    return found


def weigh(value: object) -> int:
    """Pay for going through everything that a value holds, and return how much that is."""
    if isinstance(value, str):
        return 1 + len(value) // 64
    if not isinstance(value, HOLDERS):
        return 1
    total = 0
    waiting: list[Any] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, HOLDERS):
            current().spend(4 * len(item))
            waiting.extend(item)
            if isinstance(item, Mapping):
                waiting.extend(item.values())
        total += 1 + (len(item) // 64 if isinstance(item, str) else 0)
    current().spend(total)
    return total


def compared(value: Any) -> Any:
    """Pay for comparing something with this value, and return it."""
    if isinstance(value, str):
        if len(value) > _SHORT:
            current().spend(len(value) // _SHORT)
    elif isinstance(value, HOLDERS):
        weigh(value)
    return value


def contains(item: Any, holder: Any) -> bool:
    """Return ``item in holder``, paid for."""
    if isinstance(holder, str) and isinstance(item, str):
        search(holder, item)
    elif isinstance(holder, Mapping):
        weigh(item)
    elif isinstance(holder, _LISTS):
        current().spend(1 + len(holder) * weigh(item) // 4)
    return item in holder


def search(text: str, *sought: object) -> None:
    """Pay for looking through a text for others."""
    for each in sought:
        if isinstance(each, str):
            current().spend(1 + len(text) * (1 + len(each)) // _SHORT)


def items_of(value: Any) -> Any:
    """Return a value that holds items, whose number is known."""
    if isinstance(value, (str, *HOLDERS)):
        return value
    raise TypeError(_("{value} is not a list.").format(value=shown(value)))


def shown(value: object) -> str:
    """Return how a value is called in a message: short, whatever it holds."""
    if isinstance(value, HOLDERS):
        return _("this list")
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"
