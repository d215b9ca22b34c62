"""Taking the clock out of a PDF: nothing moves, and nothing else changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docsmith.pdf.settling import settled

TAIL = (
    b"\nendstream\nendobj\n<</Creator<FEFF>/CreationDate(D:%s)>>\ntrailer\n<</Size 3/ID [ <%s>\n<%s> ]\n"
    b"/DocChecksum /%s\n>>\nstartxref\n1\n%%%%EOF\n"
)


def pdf(content: bytes, when: bytes, number: bytes) -> bytes:
    return b"%PDF-1.6\n" + content + TAIL % (when, number, number, number)


@given(st.binary(), st.datetimes(), st.integers(0, 2**128 - 1))
def test_time_and_number_leave_no_trace(content: bytes, when: object, number: int) -> None:
    first = pdf(content, b"20261122024116Z'", b"A" * 32)
    later = pdf(content, f"{when:%Y%m%d%H%M%S}".rjust(14, "0").encode() + b"Z'", b"%032X" % number)
    assert settled(first) == settled(later)
    assert len(settled(first)) == len(first)
    assert settled(first).startswith(b"%PDF-1.6\n" + content)


def test_other_content_has_another_number() -> None:
    assert (
        settled(pdf(b"a", b"20261122024116Z'", b"A" * 32))[-150:]
        != (settled(pdf(b"b", b"20261122024116Z'", b"A" * 32))[-150:])
    )


def test_what_is_no_pdf_is_returned_as_it_is() -> None:
    assert settled(b"D:20261122024116 is no date here") == b"D:20261122024116 is no date here"
