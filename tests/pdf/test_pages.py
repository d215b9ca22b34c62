"""Counting pages, and the word about the library that does it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.errors import UsageError
from docsmith.pdf import pages
from docsmith.pdf.pages import need_pdfium, page_count
from tests.pdf.samples import pdf


@pytest.mark.parametrize("number", [1, 2, 7])
def test_the_pages_of_a_pdf_are_counted(number: int) -> None:
    assert page_count(pdf(number)) == number


@given(st.binary(), st.booleans())
def test_whatever_else_there_is_has_no_page(content: bytes, framed: bool) -> None:
    assert page_count(b"%PDF-1.6\n" + content + b"\n%%EOF" if framed else content) == 0


def test_a_machine_without_the_library_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    need_pdfium()
    monkeypatch.setattr(pages, "find_spec", lambda _name: None)
    with pytest.raises(UsageError) as raised:
        need_pdfium()
    assert 'pip install "docsmith-forms[pdf]"' in raised.value.hint
