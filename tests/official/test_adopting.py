"""Where forms leave room to write, and what happens to the rest of the text when a tag is put there."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import Table
from hypothesis import given
from hypothesis import strategies as st

from docsmith.official.adopting.blanks import Kind, gaps
from docsmith.official.adopting.form import Form
from docsmith.official.adopting.lines import Line

TEXTS = st.text(
    alphabet=st.sampled_from("姓名年月日度　 _＿：:（）【】《》×X/□是否{}｛｝人到元。，\n20"), max_size=60
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("姓　　名：____性别：___", [("姓名", "line"), ("性别", "line")]),
        ("应到　　人，实到　人", [("应到人数", "room"), ("实到人数", "room")]),
        ("填表人：　　　　审核人：", [("填表人", "room"), ("审核人", "room")]),
        ("填表日期：　　年　　月　　日", [("填表日期", "date")]),
        ("　　月　　日　　时", [("", "date")]),
        ("______党支部20××年度花名册", [("党支部", "line"), ("年度", "mark")]),
        ("□是　□否", [("", "choice")]),
        ("是否流动：是□　否□", [("是否流动", "choice")]),
        ("签字：（　　）", [("签字", "bracket")]),
        ("{{ 姓名 }}和«部门»", [("姓名", "tag"), ("部门", "tag")]),
        ("主持人（签字）：____", [("主持人（签字）", "line")]),
        ("2026年3月5日在党员活动室召开。", []),
        ("注：本表一式两份。", []),
        ("EXXON公司", []),
        ("于____年____月加入", [("于", "date")]),
        ("出生年月：____年____月", [("出生年月", "date")]),
        ("培养时间：__年__月__日至__年__月__日", [("", "date"), ("至", "date")]),
        ("2026年__月__日", [("2026年", "date")]),
        ("____年第__季度", [("年", "line"), ("年第", "line")]),
        ("我是____党支部党员____", [("党支部", "line"), ("党员", "line")]),
        ("本次会议应到党员____人", [("应到党员人数", "line")]),
        ("参加活动____人次，支出____元", [("参加活动人次", "line"), ("支出金额", "line")]),
        ("｛｛姓名｝｝、{{ }}", [("姓名", "tag"), ("", "bracket")]),
        ("职务【　】主题《》单位：/", [("职务", "bracket"), ("主题", "bracket"), ("单位", "mark")]),
        ("身份证号□□□□□□", [("身份证号", "squares")]),
        ("和/或", []),
        ("本人因            ，不能参加            活动", [("本人因", "space"), ("不能参加", "space")]),
        ("填表人张三            审核人：", [("审核人", "room")]),
        ("我支部党员____、____同志", [("党员", "line"), ("姓名", "line")]),
        ("中共　　　　党支部委员会", [("党支部", "line")]),
        ("是        党支部的党员", [("党支部", "line")]),
        ("        名", [("", "room")]),
        ("20__年度、20　　年总结", [("年度", "line"), ("年", "line")]),
        ("《党章》第〔2026〕1号", []),
    ],
)
def test_room_is_found_with_the_words_that_name_it(text: str, found: list[tuple[str, str]]) -> None:
    assert [(gap.label, gap.kind.value) for gap in gaps(text)] == found


def test_the_words_behind_boxes_are_the_choices() -> None:
    for text in ("□支委会　□党课", "支委会□　党课□"):
        (gap,) = gaps(text)
        assert gap.options == ("支委会", "党课")


def test_room_behind_the_last_choice_belongs_to_the_choices() -> None:
    (gap,) = gaps("□当面 □电话 □其他______")
    assert (gap.end, gap.options) == (17, ("当面", "电话", "其他"))


def test_choices_in_lines_of_their_own_are_the_room_of_the_cell() -> None:
    document, _table = table_of([["是否销号", "□是\n□否"]])
    form = form_of(document)
    (blank,) = form.blanks
    assert (blank.label, blank.options) == ("是否销号", ("是", "否"))
    form.fill({blank: "{{ 甲 }}"})
    assert docx.Document(io.BytesIO(form.to_bytes())).tables[0].cell(0, 1).text == "{{ 甲 }}"


def test_spaces_of_the_web_are_spaces() -> None:
    document = docx.Document()
    document.add_paragraph("填表日期：\xa0\xa0年\u2003月\xa0日")
    (blank,) = form_of(document).blanks
    assert (blank.kind, blank.label) == (Kind.DATE, "填表日期")


def test_what_a_value_ends_with_itself_is_part_of_the_room() -> None:
    (people,), (group,), (leader,) = (
        gaps(text) for text in ("民族：____族", "党小组：____小组", "党小组：____组长")
    )
    assert (people.end, group.end, leader.end) == (8, 10, 8)


def test_brackets_stay_around_what_is_written_into_them() -> None:
    (gap,) = gaps("主题《　　》")
    assert (gap.start, gap.end) == (3, 5)


@given(TEXTS)
def test_room_lies_in_the_text_and_never_overlaps(text: str) -> None:
    found = list(gaps(text))
    assert all(0 <= gap.start <= gap.end <= len(text) for gap in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_only_the_room_is_replaced_however_the_text_is_split_into_runs(
    pieces: list[str], data: st.DataObject
) -> None:
    paragraph = docx.Document().add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece)
    line = Line(paragraph._p)
    start = data.draw(st.integers(0, len(line.text)))
    end = data.draw(st.integers(start, len(line.text)))
    expected = line.text[:start] + "甲" + line.text[end:]
    line.replace(start, end, "甲")
    assert Line(paragraph._p).text == expected


def form_of(document: object) -> Form:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return Form(stream.getvalue(), "表.docx")


def test_underlined_blanks_are_room_and_stay_underlined() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("姓名：")
    paragraph.add_run("     ").underline = True
    form = form_of(document)
    (blank,) = form.blanks
    assert (blank.label, blank.kind) == ("姓名", Kind.LINE)
    form.fill({blank: "{{ 记录.姓名 }}"})
    run = docx.Document(io.BytesIO(form.to_bytes())).paragraphs[0].runs[-1]
    assert (run.text, run.underline) == ("{{ 记录.姓名 }}", True)


def test_a_control_that_shows_its_prompt_is_room_by_its_own_name_and_gives_way() -> None:
    document = docx.Document()
    document.add_paragraph("此处：")._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="部门"/><w:showingPlcHdr/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    form = form_of(document)
    blank = form.blanks[-1]
    assert blank.label == "部门"
    form.fill({blank: "{{ 甲 }}"})
    body = docx.Document(io.BytesIO(form.to_bytes())).element.body
    assert not body.xpath(".//w:sdt")
    assert "".join(one.text for one in body.xpath(".//w:t")) == "此处：{{ 甲 }}"


@pytest.mark.parametrize(("instruction", "shown"), [("MERGEFIELD 姓名", "«姓名»"), ("FORMTEXT", "     ")])
def test_fields_to_fill_in_give_way_and_page_numbers_stay(instruction: str, shown: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("姓名：")._p
    for content in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f'<w:t xml:space="preserve">{shown}</w:t>',
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve">，第</w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{content}</w:r>"))
    form = form_of(document)
    blank = next(one for one in form.blanks if one.label == "姓名")
    form.fill({blank: "{{ 甲 }}"})
    body = docx.Document(io.BytesIO(form.to_bytes())).element.body
    assert "".join(one.text for one in body.xpath(".//w:t")) == "姓名：{{ 甲 }}，第"
    assert [one.text.strip() for one in body.xpath(".//w:instrText")] == ["PAGE"]


def test_empty_lines_that_kept_a_cell_tall_become_its_height() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "谈话内容"
    for _line in range(5):
        table.cell(0, 1).add_paragraph()
    form = form_of(document)
    (blank,) = form.blanks
    form.fill({blank: "{{ 甲 }}"})
    filled = docx.Document(io.BytesIO(form.to_bytes())).tables[0]
    assert [one.text for one in filled.cell(0, 1).paragraphs] == ["{{ 甲 }}"]
    assert filled.rows[0].height.pt > 70


def test_a_label_names_one_blank_and_a_blank_has_the_label_at_its_left() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for cell, text in zip(table._cells, ["姓名", "", "性别", "", "", "", "", ""], strict=True):
        cell.text = text
    assert [(blank.place.cell, blank.label) for blank in form_of(document).blanks][:2] == [
        (2, "姓名"),
        (4, "性别"),
    ]


def table_of(rows: list[list[str]]) -> tuple[Document, Table]:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for cell, text in zip(table._cells, (text for row in rows for text in row), strict=True):
        cell.text = text
    return document, table


def test_an_answered_cell_and_a_tag_that_steers_name_no_cell_beside_them() -> None:
    answered, _table = table_of([["性别：□男 □女", "", "姓名", ""]])
    assert [blank.label for blank in form_of(answered).blanks] == ["性别", "", "姓名"]
    steered, _table = table_of(
        [["{%tr for 人 in 名册.行 %}", ""], ["{{ 人.姓名 }}", ""], ["{%tr endfor %}", ""]]
    )
    assert [blank.label for blank in form_of(steered).blanks if blank.kind is Kind.CELL] == [""]


def test_the_suffix_is_room_where_the_label_stands_in_the_cell_beside() -> None:
    document, _table = table_of([["民族", "____族"]])
    form = form_of(document)
    form.fill({form.blanks[0]: "{{ 甲 }}"})
    assert docx.Document(io.BytesIO(form.to_bytes())).tables[0].cell(0, 1).text == "{{ 甲 }}"


@pytest.mark.parametrize(
    "words", ["照片", "照\n片", "照　片", "贴照片处", "一寸免冠照片", "照片（二寸）", "（贴照片）"]
)
def test_the_cell_that_says_where_a_photograph_goes_is_room_and_its_words_give_way(words: str) -> None:
    document, table = table_of([["姓名", "", ""], ["性别", "", ""], ["籍贯", "", ""]])
    place = table.cell(0, 2).merge(table.cell(1, 2))
    place.text = ""
    first, *more = words.split("\n")
    place.paragraphs[0].text = first
    for word in more:
        place.add_paragraph(word)
    form = form_of(document)
    assert [blank.label for blank in form.blanks] == ["姓名", "照片", "性别", "籍贯", ""]
    form.fill({form.blanks[1]: "{{ 甲|照片 }}"})
    made = docx.Document(io.BytesIO(form.to_bytes())).tables[0]
    assert made.cell(0, 2).text == "{{ 甲|照片 }}"


def test_the_word_above_or_beside_the_room_for_photographs_is_its_label() -> None:
    for rows in ([["现场照片", ""]], [["照片"], [""]], [["序号", "姓名", "照片"], *[["", "", ""]] * 3]):
        document, _table = table_of(rows)
        assert all(blank.box is None or blank.box.is_blank for blank in form_of(document).blanks)


def test_a_list_keeps_its_first_row_between_two_tags_and_its_header_on_every_page() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for cell, text in zip(table.rows[0].cells, ("序号", "姓名", "备注"), strict=True):
        cell.text = text
    form = form_of(document)
    (rows,) = form.rows
    assert (rows.labels, rows.number_of_rows, rows.is_list) == (("序号", "姓名", "备注"), 3, True)
    form.repeat(rows, "名册", ["{{ 行.序号 }}", "{{ 行.姓名 }}", ""], [])
    made = docx.Document(io.BytesIO(form.to_bytes())).tables[0]
    first = [row.cells[0].text for row in made.rows]
    assert first == ["序号", "{%tr for 行 in 名册.行 %}", "{{ 行.序号 }}", "{%tr endfor %}"]
    assert made.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_what_is_written_into_room_of_two_points_without_a_label_can_be_read() -> None:
    document, table = table_of([["合计", "", ""]])
    for cell in table.rows[0].cells[1:]:
        cell.paragraphs[0].add_run("").font.size = Pt(2)
    form = form_of(document)
    form.fill({form.blanks[1]: "{{ 甲 }}"})
    (run,) = [
        run
        for run in docx.Document(io.BytesIO(form.to_bytes())).tables[0].cell(0, 2).paragraphs[0].runs
        if run.text
    ]
    assert run.font.size is None


def test_a_list_goes_on_to_the_row_that_says_so_and_days_in_its_cells_are_room() -> None:
    row = ["", "  年  月  日", ""]
    document, _table = table_of([["事项", "日期", "备注"], row, row, ["……", "", ""], ["合计", "", ""]])
    (rows,) = form_of(document).rows
    assert (rows.region.first, rows.region.last, rows.is_list) == (1, 3, True)


def test_heads_that_are_called_the_same_have_the_words_above_them() -> None:
    heads = [["月份", "党课", "", "支委会", ""], ["", *["次数", "人数"] * 2]]
    document, table = table_of([*heads, *[[f"{month}月", *[""] * 4] for month in (1, 2)]])
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    (rows,) = form_of(document).rows
    assert rows.labels == ("月份", "党课次数", "党课人数", "支委会次数", "支委会人数")


def test_records_side_by_side_are_counted() -> None:
    head, row = ["序号", "姓名", "签到"] * 2, ["1", "", "", "3", "", ""]
    document, _table = table_of([head, row, row])
    (rows,) = form_of(document).rows
    assert (rows.labels, rows.abreast, rows.number_of_rows) == (("序号", "姓名", "签到"), 2, 4)


def test_items_side_by_side_are_told_with_all_their_columns() -> None:
    document, _table = table_of([["姓名", "得分"] * 2, *[["甲", "", "乙", ""]] * 2])
    (rows,) = form_of(document).rows
    assert (rows.labels, rows.abreast) == (("姓名", "得分", "姓名", "得分"), 1)


def test_an_answered_cell_is_no_header_of_the_rows_below() -> None:
    document, _table = table_of([["时间", "  年  月  日", "地点", "____"], *[["甲", "", "乙", ""]] * 3])
    assert form_of(document).rows == []


def test_the_words_before_a_label_are_its_group() -> None:
    document, table = table_of([["谈话人", "姓名", "", "职务", ""], ["", "性别", "", "民族", "汉"]])
    table.cell(0, 0).merge(table.cell(1, 0))
    groups = [blank.group and blank.group.text.strip() for blank in form_of(document).blanks]
    assert groups == ["谈话人"] * 3


def test_a_table_that_claims_a_billion_columns_costs_nothing() -> None:
    document = docx.Document()
    table = document.add_table(30, 3)
    for row in table.rows:
        for cell in row.cells:
            cell._tc.get_or_add_tcPr().get_or_add_gridSpan().val = 999_999_999
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="999999999"/>'))
    assert len(form_of(document).blanks) == 90
