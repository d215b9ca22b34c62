"""What a template's layout does on the page: heads of tables, merged cells in loops, widths."""

from __future__ import annotations

import pytest
from docx import Document
from docx.shared import Cm

from tests.template.builders import docx, saved, with_body_xml
from tests.template.linting.making import found, mistakes

_HEAD = "<w:trPr><w:tblHeader/></w:trPr>"
FOR, END = "{%tr for 行 in 党员 %}", "{%tr endfor %}"


def cell(text: str, merge: str = "", span: int = 1) -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{spanned}{merged}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str, head: bool = False) -> str:
    return f"<w:tr>{_HEAD if head else ''}{''.join(cells)}</w:tr>"


def table(*rows: str, width: int = 8000) -> bytes:
    grid = f'<w:tblGrid><w:gridCol w:w="{width // 2}"/><w:gridCol w:w="{width // 2}"/></w:tblGrid>'
    properties = f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/></w:tblPr>'
    return with_body_xml(docx("后"), f"<w:tbl>{properties}{grid}{''.join(rows)}</w:tbl>")


LOOP = (row(cell(FOR), cell("")), row(cell("{{ 行.姓名 }}"), cell("")), row(cell(END), cell("")))


def test_a_table_that_grows_without_its_head_is_found() -> None:
    assert found(table(row(cell("姓名"), cell("备注")), *LOOP)) == [("no-header-repeat", "body, table 1")]
    assert found(table(row(cell("姓名"), cell("备注"), head=True), *LOOP)) == []


def test_a_long_table_without_a_loop_needs_a_head_too() -> None:
    rows = [row(cell(str(number)), cell("")) for number in range(60)]
    assert found(table(row(cell("序号"), cell("项目")), *rows)) == [("no-header-repeat", "body, table 1")]
    assert found(table(row(cell("序号"), cell("项目")), *rows[:10])) == []


def test_a_form_with_a_loop_somewhere_below_has_no_head() -> None:
    fields = [row(cell("姓名"), cell("{{ 支部.书记 }}"))] * 2
    assert found(table(*fields, row(cell("名单"), cell("")), *LOOP)) == []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [row(cell(FOR, "restart"), cell("")), row(cell("", "continue"), cell("甲")), LOOP[2]],
            id="begins in the row of the tag",
        ),
        pytest.param(
            [
                LOOP[0],
                row(cell("类别", "restart"), cell("甲")),
                LOOP[2],
                row(cell("", "continue"), cell("合计")),
            ],
            id="ends below the loop",
        ),
    ],
)
def test_merged_cells_that_a_loop_would_break_are_found(rows: list[str]) -> None:
    head = row(cell("类别"), cell("项目"), head=True)
    assert [code for code, _where in found(table(head, *rows))] == ["merge-broken"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [row(cell("类", "restart"), cell("甲")), row(cell("", "continue"), cell("乙"))], id="inside"
        ),
        pytest.param(
            [row(cell("名单", "restart"), cell("姓名")), row(cell("", "continue"), cell("{{ 行.姓名 }}"))],
            id="above and inside",
        ),
    ],
)
def test_merged_cells_that_a_loop_keeps_are_no_mistake(rows: list[str]) -> None:
    head = row(cell("类别"), cell("项目"), head=True)
    inside = [head, LOOP[0], *rows, LOOP[2]]
    above = [head, rows[0], LOOP[0], rows[1], LOOP[2]]
    assert found(table(*inside)) == found(table(*above)) == []


def test_a_cell_over_columns_that_a_loop_repeats_is_found() -> None:
    columns = row(*(cell(text) for text in ("{%tc for 组 in 党小组 %}", "{{ 组 }}", "{%tc endfor %}")))
    assert ("merge-broken", "body, table 1, row 1, cell 1") in found(
        table(row(cell("各组", span=3)), columns)
    )
    assert found(table(row(cell("{% colspan 党小组|length %}各组", span=3)), columns)) == []


def test_a_cell_that_claims_a_billion_columns_takes_no_time() -> None:
    assert found(table(row(cell("甲", span=999_999_999), cell("乙", span=999_999_999)))) == []


def test_a_table_wider_than_the_text_is_found_with_both_widths() -> None:
    (mistake,) = mistakes(table(row(cell("甲"), cell("乙")), width=14_000))
    assert mistake.code == "table-too-wide"
    assert "24.7 cm" in mistake.message


def test_a_table_in_a_landscape_section_may_be_wide() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    grid = document.add_table(rows=1, cols=2)
    for column in grid.columns:
        column.width = Cm(11)
    assert found(saved(document)) == []
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    assert found(saved(document)) == [("table-too-wide", "body, table 1")]


def test_a_picture_wider_than_the_text_is_found() -> None:
    xml = '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{0}" cy="1"/></wp:inline></w:drawing></w:r></w:p>'
    wide, narrow = (with_body_xml(docx("后"), xml.format(width)) for width in (9_000_000, 3_000_000))
    assert found(wide) == [("picture-too-wide", "body, paragraph 1")]
    assert found(narrow) == []


@pytest.mark.parametrize(
    ("indent", "codes"),
    [
        ('w:left="8500"', ["indent-off-page"]),
        ('w:left="-3000"', ["indent-off-page"]),
        ('w:left="720" w:hanging="720"', []),
        ('w:firstLineChars="200" w:firstLine="640"', []),
        ('w:left="1e999"', []),
    ],
)
def test_an_indent_that_leads_off_the_page_is_found(indent: str, codes: list[str]) -> None:
    xml = f"<w:p><w:pPr><w:ind {indent}/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
    assert [code for code, _where in found(with_body_xml(docx("后"), xml))] == codes
