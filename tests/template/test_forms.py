"""What forms need: boxes to tick, lines as paragraphs, rows for a pen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.model.blank import BLANK
from docsmith.model.missing import MISSING_TEXT
from docsmith.template import Beside, Properties, Rendered, Template
from tests.template.builders import W, docx, part, render, rows, saved, texts
from tests.template.test_both_ways import check_equal

CHOICES = {"谈话类型": ("任前", "日常", "其他"), "type": ("a", "b")}


def printed(tag: str, value: Any, choices: Mapping[str, Sequence[str]] | None = None) -> str:
    return texts(made(tag, value, choices).data)[0]


def made(tag: str, value: Any, choices: Mapping[str, Sequence[str]] | None = None) -> Rendered:
    context = {"x": value, "谈话": {"谈话类型": value, "type": value}}
    return Template.open(docx(tag)).make(context, Properties(), Beside(choices or {}))


@pytest.mark.parametrize("name", ["勾选", "boxes"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("是", "√是 □否"),
        (False, "□是 √否"),
        ("", "□是 □否"),
        ("部分", "□是 □否 √部分"),
        (["是", "否"], "√是 √否"),
    ],
)
def test_a_choice_prints_all_choices_with_boxes(name: str, value: Any, expected: str) -> None:
    assert printed(f'{{{{ x|{name}("是", "否") }}}}', value) == expected
    assert printed(f"{{{{ x|{name}(“是”, “否”) }}}}", value) == expected


@pytest.mark.parametrize("tag", ["{{ 谈话.谈话类型|勾选 }}", '{{ 谈话["谈话类型"]|boxes }}'])
def test_the_choices_of_a_column_are_known(tag: str) -> None:
    assert printed(tag, "日常", CHOICES) == "□任前 √日常 □其他"


def test_choices_that_nobody_knows_are_an_error_with_its_place() -> None:
    with pytest.raises(TemplateError, match="say what the choices are") as caught:
        printed("{{ x|勾选 }}", "日常", CHOICES)
    assert "paragraph 1" in str(caught.value)


def test_a_missing_choice_leaves_all_boxes_open_and_is_listed() -> None:
    document = made('{{ 谈话.谈话类型|勾选("是", "否") }}', None)
    assert texts(document.data)[0] == "□是 □否"
    assert [mark.label for mark in document.missing] == ["谈话.谈话类型"]


def with_style(text: str) -> bytes:
    """Return a template with that text in a cell whose paragraph and letters have a form of their own."""
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.first_line_indent = Pt(21)
    paragraph.add_run(text).font.size = Pt(10.5)
    return saved(document)


@pytest.mark.parametrize("name", ["分段", "paragraphs"])
def test_lines_print_as_paragraphs_of_the_kind_of_their_tag(name: str) -> None:
    template = with_style(f"一、{{{{ x|{name} }}}}。")
    data = render(template, {"x": "甲<\n\n乙\t丙\r\n丁"}).data
    cell = etree.fromstring(part(data)).find(f".//{W}tc")
    paragraphs = cell.findall(f"{W}p")
    assert rows(data) == [["一、甲<\n乙\t丙\n丁。"]]
    assert len({etree.tostring(one.find(f"{W}pPr")) for one in paragraphs}) == 1
    assert {size.get(f"{W}val") for size in cell.iter(f"{W}sz")} == {"21"}
    assert all(run.find(f"{W}rPr/{W}sz") is not None for run in cell.iter(f"{W}r"))
    assert cell.find(f".//{W}br") is None
    check_equal(template, {"x": "甲<\n\n乙\t丙\r\n丁"})


@pytest.mark.parametrize(("value", "expected"), [(None, MISSING_TEXT), ("", ""), ("一行", "一行")])
def test_a_text_without_lines_prints_as_it_is(value: Any, expected: str) -> None:
    assert printed("{{ x|分段 }}", value) == expected


def test_lines_in_a_paragraph_of_their_own_are_paragraphs() -> None:
    assert texts(render(docx("{{p x|分段 }}", "后"), {"x": "甲\n乙"}).data)[:3] == ["甲", "乙", "后"]


def test_lines_where_no_paragraph_can_stand_are_an_error() -> None:
    with pytest.raises(TemplateError):
        Template.open(docx("{% set y = x|分段 %}{{ y ~ '!' }}")).render({"x": "甲\n乙"})


def ledger(loop: str) -> bytes:
    return docx(
        [
            ["序号", "姓名", "年龄", "差"],
            [f"{{%tr for 行 in {loop} %}}", "", "", ""],
            [
                "{{ loop.index }}",
                "{{ 行.姓名 }}",
                "{% if 行.年龄 > 60 %}老{% endif %}{{ 行.年龄 }}",
                "{{ 行.年龄 - 60 }}",
            ],
            ["{%tr endfor %}", "", "", ""],
        ]
    )


@pytest.mark.parametrize("name", ["至少", "at_least"])
@pytest.mark.parametrize("people", [0, 2, 4])
def test_a_list_is_filled_up_with_empty_rows(name: str, people: int) -> None:
    context = {"党员": [{"姓名": "张三", "年龄": 70}] * people}
    found = rows(render(ledger(f"党员|{name}(3)"), context).data)[1:]
    assert [row[0] for row in found] == [str(number + 1) for number in range(max(3, people))]
    assert [row[1:] for row in found] == [["张三", "老70", "10"]] * people + [["", "", ""]] * (3 - people)
    check_equal(ledger(f"党员|{name}(3)"), context)


def test_a_list_that_is_missing_is_filled_up_too() -> None:
    assert len(rows(render(ledger("党员|至少(2)"), {"党员": None}).data)) == 3


def test_empty_rows_need_no_number_and_are_none_of_the_groups() -> None:
    template = docx(
        [
            ["{%tr for 行 in 党员|至少(3) %}", ""],
            [
                "{{ 行.组 }}{% 合并 %}",
                "{{ loop.index if 行 }}{{ 行.日期|日期 }}{{ 行.数|序号 }}{{ 行.率|百分比 }}",
            ],
            ["{%tr endfor %}", ""],
        ]
    )
    row = {"组": "一", "日期": "", "数": 1, "率": 0.5}
    assert rows(render(template, {"党员": [row]}).data) == [["一", "1一50.0%"], ["", ""], ["", ""]]


@pytest.mark.parametrize("name", ["分栏", "side_by_side"])
@pytest.mark.parametrize(
    ("people", "page"),
    [
        ("", []),
        ("甲", ["甲", ""]),
        ("甲乙丙", ["甲", "丙", "乙", ""]),
        ("甲乙丙丁", ["甲", "丙", "乙", "丁"]),
    ],
)
def test_records_stand_side_by_side_and_are_read_down(name: str, people: str, page: list[str]) -> None:
    tags = ["{{ 行[0].姓名 }}", "{{ 行[1].姓名 if 行[1] }}"]
    loop = [f"{{%tr for 行 in 党员|{name}(2) %}}", ""], tags, ["{%tr endfor %}", ""]
    found = rows(render(docx([["左", "右"], *loop]), {"党员": [{"姓名": one} for one in people]}).data)
    assert [cell for row in found[1:] for cell in row] == page


@pytest.mark.parametrize("number", ["-1", "'3'", "1001", "1.5"])
def test_a_number_that_no_form_is_filled_up_to_is_an_error(number: str) -> None:
    with pytest.raises(TemplateError, match="filled up"):
        render(ledger(f"党员|至少({number})"), {"党员": []})


@pytest.mark.parametrize(
    "pattern", ["{{ x + 1 }}", "{{ 2 * x }}", "{{ x / 3 }}", "{{ -x }}", "{{ x.y[0].z }}"]
)
def test_what_is_computed_from_a_blank_is_blank(pattern: str) -> None:
    assert printed(pattern, BLANK) == ""


def test_a_blank_joins_texts_without_a_trace() -> None:
    assert printed("{{ '第' + x + '号' }}{{ x ~ '。' }}", BLANK) == "第号。"


def test_blanks_of_the_data_stay_blank() -> None:
    template = docx(
        [["{%tr for 行 in x %}"], ["{% if 行.a < 60 %}不合格{% endif %}{{ 行.a * 2 }}"], ["{%tr endfor %}"]]
    )
    assert rows(render(template, {"x": [{"a": BLANK}, {"a": 50, "b": 1.5}]}).data) == [[""], ["不合格100"]]
