"""A finished document, read as a person reads it."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from docsmith.errors import TemplateError
from docsmith.template.reading import read_document

BOX = "<w:pict><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></w:pict>"
TWICE = (
    f"<mc:AlternateContent {nsdecls('w')}"
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="wps">{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>'
)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_their_order_with_styles_and_merged_cells() -> None:
    document = docx.Document()
    document.add_heading("标题", 1)
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "类别"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲\n乙"
    table.cell(2, 2).text = "a|b"
    document.add_paragraph("")
    document.add_paragraph("说明\t见后\n第二行")
    read = read_document(saved(document))
    assert read.paragraphs[0].style == "heading 1"
    assert read.outline().split("\n") == [
        "标题",
        "| 类别 | ← |  |",
        "| 甲<br>乙 |  |  |",
        "| ↑ |  | a\\|b |",
        "说明\t见后",
        "第二行",
    ]
    assert read.tables[0].texts()[2] == ["甲\n乙", "", "a|b"]


def test_headers_and_footers_are_told_apart_from_the_body() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("正文")
    read = read_document(saved(document))
    assert (read.headers, read.text, read.footers) == (("页眉",), "正文", ("第 1 页",))
    assert read.outline() == "[页眉]\n正文\n[第 1 页]"


@pytest.mark.parametrize("mark", ["w:del", "w:moveFrom"])
def test_deleted_text_is_not_read(mark: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("留下")
    run = paragraph.add_run("删去")._r
    deleted = OxmlElement(mark)
    run.getparent().replace(run, deleted)
    deleted.append(run)
    assert read_document(saved(document)).text == "留下"


def test_content_controls_and_tables_in_cells_are_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("控件")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph.getparent().replace(paragraph, control)
    control.append(content)
    content.append(paragraph)
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 1).cell(0, 0).text = "内"
    read = read_document(saved(document))
    assert read.text == "控件\n外\n内\n"
    assert len(read.tables) == 1


def test_text_box_is_read_once_though_word_keeps_it_twice() -> None:
    document = docx.Document()
    document.add_paragraph("旁边").add_run()._r.append(parse_xml(TWICE))
    assert [one.text for one in read_document(saved(document)).paragraphs] == ["旁边", "框中"]


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"表\.docx"):
        read_document(b"PK", "表.docx")
