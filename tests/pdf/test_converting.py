"""Converting with the real LibreOffice: good documents come out whole whatever is among them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pypdfium2
import pytest

from docsmith.pdf.converting import Converter, Limits, PdfProblem
from docsmith.pdf.pages import page_count
from docsmith.pdf.soffice import find_soffice
from tests.pdf.samples import damaged, document, linking_to, needs_libreoffice, pressed_together, red_picture

pytestmark = needs_libreoffice


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    with Converter(find_soffice()) as one:
        yield one


def text_of(pdf: bytes | PdfProblem) -> str:
    assert isinstance(pdf, bytes)
    with pypdfium2.PdfDocument(pdf) as opened:
        return "".join(page.get_textpage().get_text_bounded() for page in opened)


def test_documents_come_back_in_their_order(converter: Converter) -> None:
    pdfs = converter.convert([document(f"支部{number}第") for number in range(12)])
    assert ["".join(text_of(pdf).split()) for pdf in pdfs] == [f"支部{number}第1" for number in range(12)]


def test_no_mark_at_the_end_of_a_justified_line_is_lost(converter: Converter) -> None:
    told = (
        "支部认真落实制度，按时召开党员大会、支委会；组织党员集中学习（含专题研讨），开展主题党日活动。" * 4
    )
    paragraphs = [told[start : start + 100 + start % 7] for start in range(80)]
    (pdf,) = converter.convert([pressed_together(paragraphs)])
    printed, marks = text_of(pdf), "，、；。（）"
    assert [printed.count(mark) for mark in marks] == ["".join(paragraphs).count(mark) for mark in marks]


def test_the_same_call_gives_the_same_bytes_whenever_it_is_made(converter: Converter) -> None:
    documents = [document("甲"), document("乙")]
    first = converter.convert(documents)
    time.sleep(1.1)  # the times in PDFs are whole seconds
    with Converter(find_soffice()) as another:
        assert another.convert(documents) == first


def test_what_cannot_be_read_is_named_and_harms_no_other(converter: Converter) -> None:
    hostile = [
        b"",
        b"plain text",
        b"<html><img src='http://127.0.0.1/x'></html>",
        document()[:500],
        damaged(),
    ]
    mixed = [document("甲"), *hostile, document("乙")]
    first, *problems, last = converter.convert(mixed)
    assert "甲" in text_of(first)
    assert "乙" in text_of(last)
    assert all(isinstance(one, PdfProblem) and one.reason.endswith(".") for one in problems)


def test_a_linked_picture_is_neither_fetched_nor_shown(converter: Converter, tmp_path: Path) -> None:
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(str(self.client_address))

    secret = tmp_path / "secret.png"
    secret.write_bytes(red_picture())
    with HTTPServer(("127.0.0.1", 0), Listening) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/secret.png"
            web, local = converter.convert([linking_to(url), linking_to(secret.as_uri())])
        finally:
            server.shutdown()
            thread.join()
    assert asked == []
    assert "链接" in text_of(web)
    assert isinstance(local, bytes)
    with pypdfium2.PdfDocument(local) as opened:
        drawn = bytes(opened[0].render(rev_byteorder=True).buffer)
    assert b"\xff\x00\x00" * 8 not in drawn


def test_a_document_that_takes_too_long_is_a_problem_of_its_own() -> None:
    with Converter(find_soffice(), Limits(start=0.01, each=0.01, alone=0.05)) as hurried:
        (problem,) = hurried.convert([document()])
    assert isinstance(problem, PdfProblem)
    assert "seconds" in problem.reason


def test_two_converters_work_side_by_side() -> None:
    program = (
        "from docsmith.pdf.converting import Converter; from docsmith.pdf.soffice import find_soffice\n"
        "from tests.pdf.samples import document\n"
        "with Converter(find_soffice()) as one:\n"
        "    pdfs = one.convert([document(str(number)) for number in range(10)])\n"
        "print(sum(isinstance(pdf, bytes) for pdf in pdfs))\n"
    )
    root = Path(__file__).parents[2]
    both = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=root) for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in both] == [b"10", b"10"]


def test_pages_are_counted_in_what_comes_back(converter: Converter) -> None:
    (pdf,) = converter.convert([document(pages=3)])
    assert isinstance(pdf, bytes)
    assert page_count(pdf) == 3


def test_the_profile_is_gone_when_the_converter_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Converter(find_soffice()) as one:
        one.convert([document()])
        assert [path.name for path in tmp_path.iterdir()] != []
    assert list(tmp_path.iterdir()) == []
