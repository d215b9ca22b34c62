"""Joining PDFs: every document begins on a sheet of its own, and the same ones give the same bytes."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence

import pypdfium2
import pytest

from docsmith.pdf.joining import Extent, Joiner
from tests.pdf.samples import pdf


def joined(pdfs: Sequence[bytes]) -> tuple[bytes, Extent]:
    with Joiner() as joiner:
        for one in pdfs:
            joiner.add(one)
        target = io.BytesIO()
        joiner.write(target)
        return target.getvalue(), joiner.extent


def widths(content: bytes) -> list[float]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_width() for page in document]


def test_an_odd_number_of_pages_is_followed_by_an_empty_one_of_its_size() -> None:
    content, extent = joined([pdf(1, 100), pdf(2, 200), pdf(3, 300), pdf(1, 400)])
    assert widths(content) == [100, 100, 200, 200, 300, 300, 300, 300, 400, 400]
    assert extent == Extent(pages=7, sheets=5)


def test_the_same_pdfs_give_the_same_bytes_and_others_do_not() -> None:
    one, two = pdf(1), pdf(2)
    first = joined([one, two])
    time.sleep(1.1)  # PDFium writes the second in which it joins
    assert joined([one, two]) == first
    assert joined([one, two]) != joined([two, one])


def test_what_is_no_pdf_is_refused_and_changes_nothing() -> None:
    with Joiner() as joiner:
        joiner.add(pdf(2))
        for bad in (b"", b"%PDF-1.4 %%EOF", pdf(1)[:100]):
            with pytest.raises(ValueError, match=r"\w"):
                joiner.add(bad)
        assert joiner.extent == Extent(2, 1)
        target = io.BytesIO()
        joiner.write(target)
    assert len(widths(target.getvalue())) == 2


def test_two_thousand_documents_are_one_in_seconds() -> None:
    one = pdf(3)
    content, extent = joined([one] * 2000)
    assert extent == Extent(6000, 4000)
    assert len(widths(content)) == 8000
