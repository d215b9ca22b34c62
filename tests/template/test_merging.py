"""Cells that merge down by what they show: by value, within their group, and never into a broken table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.template import Template
from tests.template.builders import W, docx, part, render, rows, saved
from tests.template.test_both_ways import check_equal, parsed


def table(*cells: str, head: bool = True) -> list[list[str]]:
    """Return a table with a row for each of 各行, its cells as given."""
    blank = [""] * (len(cells) - 1)
    loop = [["{%tr for 行 in 各行 %}", *blank], list(cells), ["{%tr endfor %}", *blank]]
    return [["头"] * len(cells), *loop] if head else loop


def merges(data: bytes, number: int = 0) -> list[list[str]]:
    """Return how each cell of a table stands to the one above: ``restart``, ``continue`` or nothing."""
    found = list(etree.fromstring(part(data)).iter(f"{W}tbl"))[number]
    marks = []
    for row in found.iterchildren(f"{W}tr"):
        cells = [cell.find(f"{W}tcPr/{W}vMerge") for cell in row.iterchildren(f"{W}tc")]
        marks.append(["" if mark is None else mark.get(f"{W}val", "continue") for mark in cells])
    return marks


def records(*rows: str) -> dict[str, Any]:
    """Return a context of rows whose fields 甲, 乙 and 丙 are the characters of a text."""
    return {"各行": [dict(zip("甲乙丙", row)) for row in rows]}


@pytest.mark.parametrize("tag", ["{% 合并 %}", "{% merge %}", "{%合并%}"])
def test_equal_values_down_a_column_become_one_cell(tag: str) -> None:
    data = render(docx(table("{{ 行.甲 }}" + tag, "{{ 行.乙 }}")), records("a1", "a2", "b3")).data
    assert merges(data) == [["", ""], ["restart", ""], ["continue", ""], ["", ""]]
    assert rows(data)[1:] == [["a", "1"], ["", "2"], ["b", "3"]]


def test_an_inner_merge_stops_at_the_border_of_the_outer_one() -> None:
    template = docx(table("{{ 行.甲 }}{% 合并 %}", "{{ 行.乙 }}{% 合并 %}", "{{ 行.丙 }}"))
    data = render(template, records("a11", "a12", "b13", "b24")).data
    assert merges(data)[1:] == [
        ["restart", "restart", ""],
        ["continue", "continue", ""],
        ["restart", "", ""],
        ["continue", "", ""],
    ]


def test_what_is_empty_or_missing_is_equal_to_nothing() -> None:
    context = {"各行": [{"甲": "", "乙": None}] * 3}
    data = render(docx(table("{{ 行.甲 }}{% 合并 %}", "{{ 行.乙 }}{% 合并 %}")), context).data
    assert merges(data)[1:] == [["", ""]] * 3


def test_values_of_different_groups_do_not_merge_even_where_they_are_equal() -> None:
    template = docx(
        [
            ["{%tr for 组 in 各组 %}", ""],
            ["{%tr for 行 in 组.行 %}", ""],
            ["{{ 组.名 }}{% 合并 %}", "{{ 行.名 }}"],
            ["{%tr endfor %}", ""],
            ["{%tr endfor %}", ""],
        ],
        [
            ["{%tr for 组 in 各组 %}", ""],
            ["{%tr for 行 in 组.行 %}", ""],
            ["{{ 行.名 }}{% 合并 %}", "其他"],
            ["{%tr endfor %}", ""],
            ["{%tr endfor %}", ""],
        ],
    )
    groups = [{"名": "一", "行": [{"名": "x"}, {"名": "x"}]}, {"名": "二", "行": [{"名": "x"}, {"名": "y"}]}]
    data = render(template, {"各组": groups}).data
    assert [row[0] for row in merges(data)] == ["restart", "continue", "restart", "continue"]
    assert [row[0] for row in merges(data, 1)] == ["restart", "continue", "", ""]


def test_a_row_between_ends_a_merge() -> None:
    template = docx(
        [
            ["{%tr for 行 in 各行 %}", ""],
            ["{%tr if 行.丙 == '!' %}", ""],
            ["小计", ""],
            ["{%tr endif %}", ""],
            ["{{ 行.甲 }}{% 合并 %}", "{{ 行.乙 }}"],
            ["{%tr endfor %}", ""],
        ]
    )
    data = render(template, records("a1 ", "a2 ", "a3!", "a4 ")).data
    assert [row[0] for row in merges(data)] == ["restart", "continue", "", "restart", "continue"]


def test_rows_of_different_looks_merge_with_each_other() -> None:
    template = docx(
        [
            ["{%tr for 行 in 各行 %}", ""],
            ["{%tr if 行.乙 == '1' %}", ""],
            ["{{ 行.甲 }}{% 合并 %}", "重点"],
            ["{%tr else %}", ""],
            ["{{ 行.甲 }}{% 合并 %}", "一般"],
            ["{%tr endif %}", ""],
            ["{%tr endfor %}", ""],
        ]
    )
    data = render(template, records("a1", "a2", "a1")).data
    assert [row[0] for row in merges(data)] == ["restart", "continue", "continue"]
    assert [row[1] for row in rows(data)] == ["重点", "一般", "重点"]


def test_the_values_that_decide_can_be_named() -> None:
    cell = "{% if 行.乙 %}第{{ 行.乙 }}项{% endif %}{% 合并 行.甲, 行.丙 %}"
    data = render(docx(table(cell, "")), records("a1x", "a2x", "a3y", "b4y")).data
    assert [row[0] for row in merges(data)][1:] == ["restart", "continue", "", ""]
    assert [row[0] for row in rows(data)][1:] == ["第1项", "", "第3项", "第4项"]


def test_cells_of_several_paragraphs_merge_by_all_their_lines() -> None:
    context = {"各行": [{"甲": "一\n二"}, {"甲": "一\n二"}, {"甲": "一"}]}
    data = render(docx(table("{{ 行.甲|分段 }}{% 合并 %}", "")), context).data
    assert [row[0] for row in merges(data)][1:] == ["restart", "continue", ""]
    assert [row[0] for row in rows(data)][1:] == ["一\n二", "", "一"]


def test_a_text_without_values_merges_all_rows_of_its_loop() -> None:
    data = render(docx(table("整改\n\n情况{% 合并 %}", "{{ 行.甲 }}")), records("a", "b", "c")).data
    assert [row[0] for row in merges(data)][1:] == ["restart", "continue", "continue"]
    assert [row[0] for row in rows(data)][1:] == ["整改\n情况", "", ""]


def test_a_merge_by_what_a_percent_sign_computes_works() -> None:
    data = render(docx(table("{{ 行.甲 }}{% 合并 loop.index0 // 2 % 2 %}", "")), records(*"aaaa")).data
    assert [row[0] for row in merges(data)][1:] == ["restart", "continue", "restart", "continue"]


def tall_records(continued: bool) -> bytes:
    """Return a template of two rows for each record, whose first cell is as high as both."""
    document = Document()
    made = document.add_table(rows=4, cols=2)
    for row, texts in zip(
        made.rows,
        [
            ("{%tr for 行 in 各行 %}", ""),
            ("{{ 行.甲 }}", "{{ 行.乙 }}"),
            ("", "{{ 行.丙 }}"),
            ("{%tr endfor %}", ""),
        ],
    ):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    if continued:
        made.cell(1, 0).paragraphs[0].add_run("{% 合并 %}")
    for index, mark in ((1, "restart"), (2, "continue")):
        merged = OxmlElement("w:vMerge")
        merged.set(qn("w:val"), mark)
        made.cell(index, 0)._tc.get_or_add_tcPr().append(merged)
    return saved(document)


def test_a_record_of_several_rows_keeps_the_cells_that_its_template_merges() -> None:
    data = render(tall_records(continued=False), records("a12", "a34")).data
    assert [row[0] for row in merges(data)] == ["restart", "continue"] * 2
    assert [row[1] for row in rows(data)] == list("1234")


def test_records_of_several_rows_merge_with_each_other() -> None:
    data = render(tall_records(continued=True), records("a12", "a34", "b56")).data
    assert [row[0] for row in merges(data)] == ["restart", *["continue"] * 3, "restart", "continue"]
    assert [row[0] for row in rows(data)] == ["a", "", "", "", "b", ""]
    check_equal(tall_records(continued=True), records("a12", "a34", "b56"))


def test_an_empty_cell_of_a_merge_is_as_low_as_the_text_of_the_first() -> None:
    document = Document()
    made = document.add_table(rows=3, cols=1)
    for row, text in zip(made.rows, ["{%tr for 行 in 各行 %}", "", "{%tr endfor %}"]):
        row.cells[0].text = text
    run = made.cell(1, 0).paragraphs[0].add_run("{{ 行.甲 }}{% 合并 %}")
    run.font.size = 101600  # 8 points
    made.cell(1, 0).paragraphs[0].style = document.styles["List Number"]
    data = render(saved(document), records("a", "a")).data
    second = etree.fromstring(part(data)).findall(f".//{W}tc")[1]
    assert second.find(f"{W}p/{W}pPr/{W}rPr/{W}sz").get(f"{W}val") == "16"
    assert second.find(f"{W}p/{W}pPr/{W}pStyle") is not None


def test_cells_behind_columns_that_a_loop_makes_merge_in_their_own_column() -> None:
    cells = [
        "{{ 行.甲 }}{% 合并 %}",
        "{%tc for 月 in 各月 %}",
        "{{ 月 }}{% 合并 %}",
        "{%tc endfor %}",
        "{{ 行.乙 }}{% 合并 %}",
    ]
    context = {**records("a1", "a1", "b1"), "各月": [1, 1, 2]}
    data = render(docx(table(*cells, head=False)), context).data
    assert merges(data) == [["restart"] * 5, ["continue"] * 5, [""] * 5]
    assert rows(data)[0] == ["a", "1", "1", "2", "1"]


def test_rows_that_have_different_columns_do_not_merge() -> None:
    cells = ["{%tc if 行.丙 == '!' %}", "多", "{%tc endif %}", "{{ 行.甲 }}{% 合并 %}"]
    data = render(docx(table(*cells, head=False)), records("a !", "a  ", "a  ")).data
    assert merges(data) == [["", ""], ["restart"], ["continue"]]


def test_a_cell_of_several_columns_merges() -> None:
    data = render(
        docx(table("{% colspan 2 %}{{ 行.甲 }}{% 合并 %}", "{{ 行.乙 }}")), records("a1", "a2")
    ).data
    assert [row[0] for row in merges(data)][1:] == ["restart", "continue"]


def test_a_table_in_a_cell_merges_for_itself() -> None:
    document = Document()
    outer = document.add_table(rows=3, cols=2)
    for row, text in zip(outer.rows, ["{%tr for 组 in 各组 %}", "{{ 组.名 }}{% 合并 %}", "{%tr endfor %}"]):
        row.cells[0].text = text
    inner = outer.cell(1, 1).add_table(rows=3, cols=1)
    outer.cell(1, 1).add_paragraph()
    for row, text in zip(inner.rows, ["{%tr for 行 in 组.行 %}", "{{ 行 }}{% 合并 %}", "{%tr endfor %}"]):
        row.cells[0].text = text
    context = {"各组": [{"名": "一", "行": ["x", "x"]}, {"名": "一", "行": ["x", "y"]}]}
    data = render(saved(document), context).data
    assert [row[0] for row in merges(data)] == ["restart", "continue"]
    assert [merges(data, number) for number in (1, 2)] == [[["restart"], ["continue"]], [[""], [""]]]
    check_equal(saved(document), context)


def test_a_template_with_macros_merges_as_well() -> None:
    template = docx(
        "{% macro f(x) %}<{{ x }}>{% endmacro %}{{ f(1) }}",
        table("{{ 行.甲 }}{% 合并 %}", "{{ f(行.乙) }}{% 合并 %}", "{{ 行.丙|分段 }}"),
    )
    data = render(template, records("a1x", "a1y", "b1z")).data
    assert merges(data)[1:] == [["restart", "restart", ""], ["continue", "continue", ""], ["", "", ""]]
    assert rows(data)[1:] == [["a", "<1>", "x"], ["", "", "y"], ["b", "<1>", "z"]]


def test_a_table_that_is_repeated_begins_anew() -> None:
    template = docx(
        "{%p for 组 in [1, 2] %}", table("{{ 行.甲 }}{% 合并 %}", "", head=False), "{%p endfor %}"
    )
    data = render(template, records("a", "a")).data
    assert [merges(data, number) for number in (0, 1)] == [[["restart", ""], ["continue", ""]]] * 2


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        (["{% 合并 %}"], "{% 合并 %} stands in no table."),
        ([[["{{ 甲 }}{% merge %}"]]], "{% merge %} stands in no loop."),
        ([table("{{ 行.甲 }}{% 合并 %}{% merge %}", "")], "two tags that merge it"),
        ([table("{% if 行.甲 %}x{% endif %}{% 合并 %}", "")], "say by what it merges"),
        ([table("{{ 行.甲 }}{% 合并 行. %}", "")], "cannot be read"),
        ([table("{{ 行.甲 }}{% vm %}{% 合并 %}", "")], "has other tags as well"),
        ([table("{{ 行.甲|docsmith_row(1, 1) }}", "")], "docsmith's own"),
    ],
)
def test_a_merge_that_cannot_be_is_an_error_with_its_place(blocks: Sequence[Any], message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        Template.open(docx(*blocks), "t.docx")
    assert message in str(caught.value)
    assert "body" in str(caught.value)


@pytest.mark.parametrize(("key", "message"), [("行", "cannot be merged by this value"), ("行.错", "错")])
def test_a_value_that_no_cell_merges_by_is_an_error_with_its_place(key: str, message: str) -> None:
    template = docx(table(f"{{% 合并 {key} %}}{{{{ 行.甲 }}}}", ""))
    with pytest.raises(TemplateError) as caught:
        render(template, records("a", "b"))
    assert message in str(caught.value)
    assert "table 1, row 3, cell 1" in str(caught.value)


def test_the_names_that_decide_are_among_the_fields_of_a_template() -> None:
    fields = Template.open(docx(table("{% 合并 行.甲 %}{{ 行.乙 }}", ""))).fields
    assert list(fields) == ["各行"]
    assert set(fields["各行"].fields) == {"甲", "乙"}


CELLS = st.sampled_from(
    ["{{ 行.甲 }}{% 合并 %}", "{{ 行.乙 }}{% 合并 %}", "{{ 行.丙 }}", "{% merge 行.丙 %}{{ 行.甲 }}"]
)
WIDE = st.sampled_from(["{% colspan 行.n %}", ""])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "甲": st.sampled_from("ab "),
            "乙": st.sampled_from(["x", "y", ""]),
            "丙": st.booleans(),
            "n": st.integers(1, 2),
        }
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(WIDE, CELLS), min_size=1, max_size=4), st.booleans(), ROWS, st.integers(0, 2))
def test_any_grouping_leaves_a_table_that_word_can_draw(
    cells: list[tuple[str, str]], has_columns: bool, context: list[Mapping[str, Any]], months: int
) -> None:
    texts = ["".join(cell) for cell in cells]
    if has_columns:
        texts[1:1] = ["{%tc for 月 in 各月 %}", "{{ 月 }}{% 合并 %}", "{%tc endfor %}"]
    values = {"各行": context, "各月": list(range(months))}
    template = docx("前", table(*texts, head=False), "后")
    data = render(template, values).data
    check_merges(data)
    check_merges(parsed(template).render(values))
    check_equal(template, values)


def check_merges(data: bytes) -> None:
    """Fail unless every cell that goes on stands below one of its merge, in the same columns."""
    for found in etree.fromstring(part(data)).iter(f"{W}tbl"):
        above: dict[tuple[int, int], bool] = {}
        for row in found.iterchildren(f"{W}tr"):
            merged, position = {}, 0
            for cell in row.iterchildren(f"{W}tc"):
                stated = cell.find(f"{W}tcPr/{W}gridSpan")
                span = 1 if stated is None else int(stated.get(f"{W}val"))
                mark = cell.find(f"{W}tcPr/{W}vMerge")
                if mark is not None:
                    merged[position, span] = True
                    assert mark.get(f"{W}val") in ("restart", "continue")
                    assert mark.get(f"{W}val") == "restart" or above.get((position, span))
                    assert mark.get(f"{W}val") == "restart" or not "".join(cell.itertext())
                position += span
            above = merged
