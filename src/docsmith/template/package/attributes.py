"""Numbers in attributes, as a stranger may have written them."""

from __future__ import annotations

_MOST_DIGITS = 10  # of 32 bits, which is all that Word has for any of them


def whole_number(text: str) -> int:
    """Return a whole number that is not negative; 0 for what is none, or larger than any in a document."""
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else 0
