"""The clock is taken out of what LibreOffice wrote: the same documents give the same PDFs on any day."""

from __future__ import annotations

import hashlib
import re

# Files in zips have the same date: the oldest that they can have.
_DATE = b"D:19800101000000"
# Behind its last stream a PDF is plain text: who made it and when, where everything is, and its number.
_WHEN = re.compile(rb"(?<=\()D:[0-9]{14}")
_NUMBER = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


def settled(pdf: bytes) -> bytes:
    """Return a PDF of LibreOffice without the time, and with a number made from what is in it.

    Everything keeps its length and so its place. What no time is found in is returned as it is.
    The same call of LibreOffice then gives the same bytes. In a call with other documents it does not: fonts
    are numbered through, in packed streams, all that a call makes.
    """
    start = pdf.rfind(b"endstream")
    if start < 0:
        return pdf
    end = _NUMBER.sub(b"0" * 32, _WHEN.sub(_DATE, pdf[start:]))
    number = hashlib.sha256(pdf[:start] + end).hexdigest()[:32].upper().encode()
    return pdf[:start] + _NUMBER.sub(number, end)
