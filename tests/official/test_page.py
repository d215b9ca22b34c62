"""The numbers of GB/T 9704-2012 on a real page, and forms whose tables hold together."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from docsmith.official.blocks import header_line, notes
from docsmith.official.document import Part, build
from docsmith.official.page import ARTICLE, FORM, WIDE_ANNEX, WIDE_FORM, Page, mm
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, header_row
from docsmith.official.text import paragraph
from docsmith.official.xml import NAMESPACES, Element
from tests.pages import needs_pages, page_texts

MARKS = "，、；：。"


def document_xml(document: bytes) -> Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def attributes(root: Element, path: str, name: str) -> list[str]:
    return [str(value) for value in root.xpath(f"{path}/@w:{name}", namespaces=NAMESPACES)]


@needs_pages
def test_article_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    body = paragraph("国" * 28 * 30, "BodyText")
    document = build([Part(Section(ARTICLE, PageNumbers.ARTICLE), [body])], "测试")
    lines = [line for line in page_texts(document, tmp_path)[0].splitlines() if "国" in line]
    assert len(lines) == 22
    assert {line.count("国") for line in lines[1:]} == {28}
    assert lines[0].count("国") == 26  # the first line stands in two characters


@needs_pages
def test_lines_of_an_article_keep_the_marks_at_their_ends(tmp_path: Path) -> None:
    chosen = random.Random(5)
    clauses = ["学习贯彻落实" * 2, "党支部", "国家", "2026年", "会议", "“作风建设”", "（扩大）工作"]
    texts = ["".join(chosen.choice(clauses) + chosen.choice(MARKS) for _ in range(60)) for _ in range(60)]
    body = [paragraph(text, "BodyText") for text in texts]
    pages = page_texts(build([Part(Section(ARTICLE, PageNumbers.ARTICLE), body)], "测试"), tmp_path)
    found, written = Counter("".join(pages)), Counter("".join(texts))
    # LibreOffice drops marks that hang over a justified line; with characters set closer, one in a hundred.
    assert sum(written[mark] - found[mark] for mark in MARKS) <= len(texts) * 60 / 1000


@needs_pages
def test_article_pages_are_numbered_between_dashes(tmp_path: Path) -> None:
    body = paragraph("国" * 28 * 30, "BodyText")
    pages = page_texts(build([Part(Section(ARTICLE, PageNumbers.ARTICLE), [body])], "测试"), tmp_path)
    assert ["— 1 —" in pages[0], "— 2 —" in pages[1]] == [True, True]


@needs_pages
@pytest.mark.parametrize(("rows", "numbered"), [(3, False), (60, True)])
def test_form_shows_page_numbers_only_when_it_has_more_than_one_page(
    rows: int, numbered: bool, tmp_path: Path
) -> None:
    table = Table([165], [header_row(["标题"]), *(Row([Cell("内容")]) for _ in range(rows))])
    form = build([Part(Section(FORM, PageNumbers.FORM), [table.element()])], "测试")
    assert ("页" in "".join(page_texts(form, tmp_path))) is numbered


@needs_pages
def test_header_row_comes_back_on_every_page(tmp_path: Path) -> None:
    rows = [header_row(["栏目名称"]), *(Row([Cell("内容")]) for _ in range(60))]
    form = build([Part(Section(FORM, PageNumbers.FORM), [Table([165], rows).element()])], "测试")
    pages = page_texts(form, tmp_path)
    assert len(pages) > 1
    assert all("栏目名称" in page for page in pages)


def test_article_margins_leave_a_text_area_of_156_by_225_millimetres() -> None:
    assert ARTICLE.text_width == 156
    assert ARTICLE.height - ARTICLE.top - ARTICLE.bottom == 225


@pytest.mark.parametrize("page", [FORM, WIDE_FORM, WIDE_ANNEX])
def test_wide_pages_and_only_those_are_landscape(page: Page) -> None:
    document = build([Part(Section(page, PageNumbers.NONE), [paragraph("", "Normal")])], "测试")
    orientation = attributes(document_xml(document), "//w:pgSz", "orient")
    assert orientation == (["landscape"] if page is not FORM else [])


def test_every_cell_is_as_wide_as_its_grid_columns() -> None:
    rows = [Row([Cell("甲", span=2), Cell("乙")]), Row([Cell("丙"), Cell("丁"), Cell("戊")])]
    table = Table([20, 35.5, 109.5], rows).element()
    grid = [int(width) for width in attributes(table, ".//w:gridCol", "w")]
    assert grid == [mm(20), mm(35.5), mm(109.5)]
    assert [int(width) for width in attributes(table, ".//w:tcW", "w")] == [grid[0] + grid[1], grid[2], *grid]
    assert attributes(table, ".//w:tblW", "w") == [str(sum(grid))]


def test_every_cell_ends_with_a_paragraph_even_when_it_is_empty() -> None:
    table = Table([10, 10], [Row([Cell(), Cell("一\n二")])]).element()
    last = [cell[-1].tag for cell in table.iter(f"{{{NAMESPACES['w']}}}tc")]
    assert last == [f"{{{NAMESPACES['w']}}}p"] * 2


def test_same_document_gives_the_same_bytes() -> None:
    part = Part(Section(FORM, PageNumbers.FORM), header_line(FORM, "左", "右"))
    again = Part(Section(FORM, PageNumbers.FORM), header_line(FORM, "左", "右"))
    assert build([part], "测试") == build([again], "测试")


def test_one_note_stands_without_a_number_and_several_with() -> None:
    texts = ["".join(note.itertext()) for note in notes(["甲"])]
    assert texts == ["注：甲"]
    texts = ["".join(note.itertext()) for note in notes(["甲", "乙"])]
    assert texts == ["注：1.甲", "2.乙"]
