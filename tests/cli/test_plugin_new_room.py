"""``docsmith plugin new --from``: every mark by which a form leaves room is filled in or told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.cli.adopted import adopt, form, made, tags, template, with_people
from tests.cli.conftest import Docsmith


@pytest.fixture
def office(workspace: Path) -> Path:
    return with_people(workspace)


def test_a_count_in_a_sentence_is_called_what_it_counts(docsmith: Docsmith, office: Path) -> None:
    line = "本次会议应到党员____人，实到____人，经无记名投票表决，同意____票，反对____票。"
    done = adopt(docsmith, form(office, lines=[line, "会议地点：____"]), "会议情况")
    assert tags(done) == {
        "应到党员人数": "{{ 记录.应到人数 }}",
        "实到人数": "{{ 记录.实到人数 }}",
        "会议地点": "{{ 记录.地点 }}",
    }
    assert list(tags(done, "new_columns")) == ["同意票数", "反对票数"]


def test_the_committee_of_a_branch_stays_one(docsmith: Docsmith, office: Path) -> None:
    adopt(docsmith, form(office, lines=["中共××××支部委员会", "____党支部"]), "公示")
    template = docx.Document(str(office / "文种" / "own" / "template.docx"))
    assert [line.text for line in template.paragraphs] == [
        "中共{{ 支部.支部名称 }}委员会",
        "{{ 支部.支部名称 }}",
    ]


def test_the_unit_of_one_count_is_no_part_of_the_next(docsmith: Docsmith, office: Path) -> None:
    line = "优秀____票　合格____票　基本合格____票"
    done = adopt(docsmith, form(office, lines=[line]), "评议情况")
    assert list(tags(done, "new_columns")) == ["优秀票数", "合格票数", "基本合格票数"]


def test_a_count_may_have_its_label_in_the_cell_beside(docsmith: Docsmith, office: Path) -> None:
    rows = [["活动主题", ""], ["应到党员", "      名"], ["实到", "____人"]]
    assert tags(adopt(docsmith, form(office, rows), "活动甲")) == {
        "活动主题": "{{ 记录.主题 }}",
        "应到党员人数": "{{ 记录.应到人数 }}",
        "实到人数": "{{ 记录.实到人数 }}",
    }


def test_a_name_is_never_printed_where_somebody_signs(docsmith: Docsmith, office: Path) -> None:
    lines = ["我叫（　　　），在此承诺。", "承诺人：____　（本人签名）"]
    done = adopt(docsmith, form(office, lines=lines), "承诺书甲")
    assert tags(done) == {"我叫": "{{ 记录.姓名 }}"}
    assert [(one["label"], one["why"]) for one in done.json["left"]] == [("承诺人", "pen")]


def test_a_long_piece_of_a_sentence_makes_no_column(docsmith: Docsmith, office: Path) -> None:
    done = adopt(docsmith, form(office, lines=["一年来支部组织党员到基层一线开展走访活动____次"]), "报告甲")
    assert done.json["new_columns"] == []
    assert [one["why"] for one in done.json["left"]] == ["unknown"]


@pytest.mark.parametrize("tag", ["｛｛姓名｝｝", "{{ 姓名 }}", "{｛ 姓名 }｝"])
def test_a_name_in_braces_asks_for_one_document_a_member(docsmith: Docsmith, office: Path, tag: str) -> None:
    done = adopt(docsmith, form(office, lines=[f"兹证明{tag}同志，书记｛｛支部.书记｝｝"]), "证明")
    assert done.json["per"] == "members"
    assert tags(done) == {"姓名": "{{ 记录.姓名 }}", "支部.书记": "{{ 支部.书记 }}"}


def test_what_each_member_has_is_no_column_of_the_branch(docsmith: Docsmith, office: Path) -> None:
    done = adopt(docsmith, form(office, lines=["党支部：____　党小组：____"]), "汇总单")
    assert done.json["per"] == "branch"
    assert [(one["label"], one["why"]) for one in done.json["left"]] == [("党小组", "member")]


@pytest.mark.parametrize("room", ["/", "【　　】", "（　　）", "×××", "XX", "____", "｛｛｝｝"])
def test_any_mark_that_fills_the_cell_beside_a_label_is_its_room(
    docsmith: Docsmith, office: Path, room: str
) -> None:
    rows = [["谈话人", room, "谈话对象", room], ["帮扶措施", room, "谈话地点", room]]
    done = adopt(docsmith, form(office, rows), "谈话卡")
    assert list(tags(done)) == ["谈话人", "谈话对象", "谈话地点"]
    assert list(tags(done, "new_columns")) == ["帮扶措施"]


def test_brackets_around_room_stay(docsmith: Docsmith, office: Path) -> None:
    adopt(docsmith, form(office, [["会议主题", "《　　　》"], ["主持人", ""], ["记录人", ""]]), "会议甲")
    assert template(office).cell(0, 1).text == "《{{ 记录.主题 }}》"


@pytest.mark.parametrize("room", ["□支委会 □党课", "□支委会\n□党课"])
def test_choices_stay_in_their_lines(docsmith: Docsmith, office: Path, room: str) -> None:
    rows = [["会议类型", room], ["会议地点", ""], ["是否公开", "□是 □否"]]
    adopt(docsmith, form(office, rows), "会议甲")
    assert made(docsmith, office)[0][1].replace("√主题党日", "").strip() == room


@pytest.mark.parametrize(
    "line",
    ["该同志现任【　　】", "参加《　　　》学习", "联系人：×××", "帮扶单位：/", "证号□□□□□□", "共（　　）个"],
)
def test_room_that_nobody_can_tell_is_listed_for_a_person(
    docsmith: Docsmith, office: Path, line: str
) -> None:
    done = adopt(docsmith, form(office, lines=[line]), "杂项单")
    assert len(done.json["left"]) == 1
    assert done.json["new_columns"] == []


@pytest.mark.parametrize("room", ["____", "20__", "20××", "20　　"])
def test_the_first_two_digits_of_a_year_are_not_printed_twice(
    docsmith: Docsmith, office: Path, room: str
) -> None:
    adopt(docsmith, form(office, lines=[f"{room}年工作总结", "党支部：____"]), "工作总结")
    made = docx.Document(str(office / "文种" / "own" / "template.docx"))
    assert made.paragraphs[0].text == "{{ 年度 }}年工作总结"


def test_space_before_the_year_of_the_heading_is_for_the_year_and_an_indent_is_none(
    docsmith: Docsmith, office: Path
) -> None:
    lines = ["        年度工作总结", "　　年度工作按计划完成。"]
    adopt(docsmith, form(office, lines=lines), "工作总结")
    made = docx.Document(str(office / "文种" / "own" / "template.docx"))
    assert [one.text for one in made.paragraphs] == ["{{ 年度 }}年度工作总结", lines[1]]


def test_the_readme_says_each_thing_once_and_in_one_line(docsmith: Docsmith, office: Path) -> None:
    lines = ["自____年____月至____年____月，自____年____月起", "{{ 姓\n名 }}"]
    adopt(docsmith, form(office, lines=lines), "经历单")
    readme = (office / "文种" / "own" / "README.md").read_text(encoding="utf-8").splitlines()
    entries = [line for line in readme if line.startswith("- ")]
    assert len(entries) == len(set(entries))
    assert all(line.startswith(("- ", "#", "由", "可以用")) or line[:1].isdigit() for line in readme if line)


def many_blanks(office: Path) -> None:
    form(office, [[f"项目{number}", "", f"名目{number}", ""] for number in range(300)])


def many_lists(office: Path) -> None:
    document = docx.Document()
    for _number in range(55):
        document.add_paragraph("表")
        heads = document.add_table(3, 3).rows[0].cells
        for cell, text in zip(heads, ("事项", "办法", "结果"), strict=True):
            cell.text = text
    document.save(str(office / "原表.docx"))


@pytest.mark.parametrize("make", [many_blanks, many_lists])
def test_a_form_that_no_type_can_be_made_of_leaves_nothing_behind(
    docsmith: Docsmith, office: Path, make: Callable[[Path], None]
) -> None:
    make(office)
    settings = (office / "docsmith.toml").read_bytes()
    done = docsmith("plugin", "new", "own", "--title", "大表", "--from", str(office / "原表.docx"))
    assert done.code == 4
    assert "more than 50" in done.err
    assert "nothing was written" in done.err
    assert not (office / "文种" / "own").exists()
    assert (office / "docsmith.toml").read_bytes() == settings
