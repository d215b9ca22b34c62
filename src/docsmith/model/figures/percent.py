"""Percentages with one decimal, half up, and shares that add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from docsmith.model.wording import rounded

_TENTHS_OF_A_PERCENT = 1000


def percent(part: int, whole: int) -> Decimal | None:
    """Return ``part`` of ``whole`` in percent with one decimal; ``None`` where there is no whole."""
    return rounded(Decimal(part * 100) / whole) if whole > 0 else None


def mean(numbers: Iterable[int]) -> Decimal | None:
    """Return the average with one decimal; ``None`` for no numbers."""
    values = tuple(numbers)
    return rounded(Decimal(sum(values)) / len(values)) if values else None


def shares(counts: Sequence[int], together: int = 0) -> tuple[Decimal, ...] | None:
    """Return the share of each count in percent, with one decimal, adding up to exactly 100.0.

    The first counts, as many as ``together`` says, add up to their :func:`percent` too: what a document
    prints for them as one number. ``None`` where all counts are zero.
    """
    whole = sum(counts)
    first = percent(sum(counts[:together]), whole)
    if first is None:
        return None
    tenths = int(first * 10)
    return (
        *_apportioned(counts[:together], whole, tenths),
        *_apportioned(counts[together:], whole, _TENTHS_OF_A_PERCENT - tenths),
    )


def _apportioned(counts: Sequence[int], whole: int, tenths: int) -> Iterator[Decimal]:
    """Yield the share of each count in ``whole``, adding up to ``tenths`` of a percent.

    What rounding down leaves over goes to the largest remainders, the earlier count first where two are
    equal. ``tenths`` is the share of all counts, rounded up or down; so it is never less than what rounding
    down takes, and leaves no count more than one tenth.
    """
    parts = [divmod(count * _TENTHS_OF_A_PERCENT, whole) for count in counts]
    left = tenths - sum(down for down, _remainder in parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: -parts[i][1])
    raised = set(by_remainder[:left])
    for index, (down, _remainder) in enumerate(parts):
        yield Decimal(down + (index in raised)).scaleb(-1)
