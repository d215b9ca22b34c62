"""The report as a page: what it says, in which order, and that nothing in the data can act there."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith.engine.ledger import Status
from docsmith.engine.report import Report, page, write_page
from docsmith.model.findings import Place
from tests.engine.report.making import BAD_DATE, report, result


class Reader(HTMLParser):
    """Collects the text of a page, its headings, its links, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.headings: list[str] = []
        self.links: list[str] = []
        self.elements: set[str] = set()
        self._last = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self._last = tag
        self.links += [value or "" for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._last == "h2":
            self.headings.append(data.strip())


def read(made: Report, path: Path) -> Reader:
    write_page(made, path)
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.headings = [heading for heading in reader.headings if heading]
    return reader


def test_what_failed_comes_first_and_the_counts_last(tmp_path: Path) -> None:
    rows = [result(1, Status.FAILED), result(2, Status.KEPT, beside="b.docx"), result(3, to_fill_in=2)]
    found = read(report(rows, tmp_path, findings=(BAD_DATE,)), tmp_path / "报告.html")
    assert found.headings == ["Failed", "Kept", "Data", "To fill in", "By document type"]


def test_a_page_without_failures_lists_none(tmp_path: Path) -> None:
    found = read(report([result(1)], tmp_path), tmp_path / "报告.html")
    assert found.headings == ["By document type"]
    assert any("nothing is left to do" in text for text in found.texts)


def test_a_failure_is_told_with_reason_cell_and_help(tmp_path: Path) -> None:
    found = read(report([result(1, Status.FAILED)], tmp_path), tmp_path / "报告.html")
    for said in (BAD_DATE.message, BAD_DATE.hint, "数据.xlsx", "党员!D5", "第1党支部"):
        assert said in found.texts


def test_one_reason_for_all_documents_of_a_branch_is_told_once(tmp_path: Path) -> None:
    rows = [result(1, Status.FAILED), result(1, Status.FAILED, document_type="annual-summary")]
    found = read(report(rows, tmp_path), tmp_path / "报告.html")
    assert found.texts.count(BAD_DATE.message) == 1
    assert "自检自查表、年终总结" in found.texts


def test_long_lists_are_cut_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_ROWS", 3)
    findings = [BAD_DATE._replace(place=Place("数据.xlsx", "党员", f"D{number}")) for number in range(1, 6)]
    rows = [result(number, Status.FAILED, findings=(one,)) for number, one in enumerate(findings, 1)]
    found = read(report(rows, tmp_path), tmp_path / "报告.html")
    assert "第3党支部" in found.texts
    assert "第4党支部" not in found.texts
    assert any("the first 3" in text for text in found.texts)
    monkeypatch.setattr(page, "MOST_ROWS", 5)
    found = read(report(rows, tmp_path), tmp_path / "报告.html")
    assert not any("the first" in text for text in found.texts)


def test_what_stops_many_branches_is_told_once(tmp_path: Path) -> None:
    found = read(report([result(n, Status.FAILED) for n in range(1, 8)], tmp_path), tmp_path / "报告.html")
    assert "第1党支部、第2党支部、第3党支部 … (7 branches)" in found.texts
    assert sum(BAD_DATE.message in text for text in found.texts) == 1


def test_fields_beyond_the_cut_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_ROWS", 1)
    found = read(
        report([result(number, to_fill_in=2) for number in range(1, 6)], tmp_path), tmp_path / "报告.html"
    )
    assert any("10 fields in 5 documents" in text for text in found.texts)


def test_links_lead_from_the_page_to_the_document(tmp_path: Path) -> None:
    row = result(1, path="2026/a b#?.docx", to_fill_in=1)
    found = read(report([row], tmp_path), tmp_path / "报告" / "报告.html")
    assert found.links == ["./../2026/a%20b%23%3F.docx"]


def test_the_page_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    found = read(report([result(1, Status.FAILED)], tmp_path), tmp_path / "报告.html")
    assert found.elements.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    text = (tmp_path / "报告.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_text_of_the_data_stays_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    hostile = f"<script>{text}\"'&amp;</td>"
    finding = BAD_DATE._replace(message=hostile, hint=hostile, place=BAD_DATE.place._replace(file=hostile))
    row = result(1, Status.FAILED, branch=hostile, findings=(finding,))
    folder = tmp_path_factory.mktemp("a")
    made = report([row, result(2, to_fill_in=1, path=hostile)], folder, unit=hostile, findings=(finding,))
    found = read(made, folder / "报告.html")
    assert "script" not in found.elements
    assert "".join(found.texts).count(hostile) >= 7
