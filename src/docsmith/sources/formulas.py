"""Text that a spreadsheet would run: marked in csv, where nothing else tells text from a formula.

Excel, WPS and LibreOffice run a csv field that starts with ``=``, ``+``, ``-`` or ``@`` (CWE-1236). An
apostrophe before it makes it text. Writing marks such a field, reading takes the mark off; a field that has
such apostrophes of its own gets one more, so that nothing is lost either way.
"""

from __future__ import annotations

import re

# The full-width forms too: East Asian editions of Excel take them for the half-width ones.
STARTS_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_TO_MARK = re.compile(rf"'*{STARTS_FORMULA.pattern}")
_MARKED = re.compile(rf"'+{STARTS_FORMULA.pattern}")


def marked(text: str) -> str:
    """Return a csv field that no spreadsheet runs."""
    return f"'{text}" if _TO_MARK.match(text) else text


def unmarked(field: str) -> str:
    """Return the text of a csv field that :func:`marked` wrote; other fields come back as they are."""
    return field[1:] if _MARKED.match(field) else field
