"""Percentages as offices print them: one decimal, half up, and shares that add up to 100.0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

_ONE_DECIMAL = Decimal("0.1")
_TENTHS_OF_A_PERCENT = 1000


def rounded(number: Decimal) -> Decimal:
    """Return a number with one decimal, half up: 2.25 becomes 2.3."""
    return number.quantize(_ONE_DECIMAL, ROUND_HALF_UP)


def percent(part: int, whole: int) -> Decimal | None:
    """Return ``part`` of ``whole`` in percent with one decimal; ``None`` where there is no whole."""
    return rounded(Decimal(part * 100) / whole) if whole > 0 else None


def mean(numbers: Iterable[int]) -> Decimal | None:
    """Return the average with one decimal; ``None`` for no numbers."""
    values = tuple(numbers)
    return rounded(Decimal(sum(values)) / len(values)) if values else None


def shares(counts: Sequence[int]) -> tuple[Decimal, ...] | None:
    """Return the share of each count in percent, with one decimal, adding up to exactly 100.0.

    What rounding down leaves over goes to the largest remainders, the earlier count first where two are
    equal. ``None`` where all counts are zero.
    """
    whole = sum(counts)
    if whole <= 0:
        return None
    tenths = [count * _TENTHS_OF_A_PERCENT // whole for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: -(counts[i] * _TENTHS_OF_A_PERCENT % whole))
    for index in by_remainder[: _TENTHS_OF_A_PERCENT - sum(tenths)]:
        tenths[index] += 1
    return tuple(rounded(Decimal(number) / 10) for number in tenths)
