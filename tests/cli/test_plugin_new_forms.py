"""``docsmith plugin new --from`` with the layouts of offices: people in blocks, ledgers, sheets to sign."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.adopted import MEMBERS, adopt, form, made, manifest, tags, template, with_people
from tests.cli.conftest import Docsmith


@pytest.fixture
def office(workspace: Path) -> Path:
    return with_people(workspace)


def test_fields_beside_a_merged_label_belong_to_that_person(docsmith: Docsmith, office: Path) -> None:
    rows = [
        ["谈话人", "姓名", "", "职务", ""],
        ["", "政治面貌", "", "联系电话", ""],
        ["谈话对象", "姓名", "", "职务", ""],
        ["谈话时间", "", "", "谈话地点", ""],
        ["谈话主要内容", "", "", "", ""],
    ]
    merged = [(0, 0, 1, 0), (3, 1, 3, 2), (4, 1, 4, 4)]
    done = adopt(docsmith, form(office, rows, merged), "谈话表")
    assert done.json["per"] == "talks"
    assert tags(done) == {
        "谈话人": "{{ 记录.谈话人 }}",
        "谈话对象": "{{ 记录.谈话对象 }}",
        "谈话时间": "{{ 记录.日期 }}",
        "谈话地点": "{{ 记录.地点 }}",
        "谈话主要内容": "{{ 记录.谈话内容 }}",
    }
    assert list(tags(done, "new_columns")) == [
        "谈话人职务", "谈话人政治面貌", "谈话人联系电话", "谈话对象职务",
    ]  # fmt: skip
    assert done.json["doubtful"] == []


def test_two_people_below_one_label_are_numbered_and_what_is_the_members_own_keeps_its_name(
    docsmith: Docsmith, office: Path
) -> None:
    rows = [
        ["本人情况", "姓名", "", "入党时间", ""],
        ["培养联系人", "姓名", "", "入党时间", ""],
        ["", "姓名", "", "入党时间", ""],
    ]
    done = adopt(docsmith, form(office, rows, [(1, 0, 2, 0)]), "党员登记卡片")
    assert list(tags(done)) == ["姓名", "入党时间"]
    new = {one["label"]: one["kind"] for one in done.json["new_columns"]}
    assert new == {
        "培养联系人": "name",
        "培养联系人入党时间": "date",
        "培养联系人2": "name",
        "培养联系人2入党时间": "date",
    }


def test_labels_below_a_row_with_room_for_days_are_fields_and_no_list(
    docsmith: Docsmith, office: Path
) -> None:
    day = "    年  月  日"
    rows = [
        ["出发日期", day, "返回日期", day],
        ["目的地", "", "同行人", ""],
        ["外出事由", "", "交通工具", ""],
        ["联系方式", "", "批准人", ""],
    ]
    done = adopt(docsmith, form(office, rows), "外出报备表")
    assert (done.json["lists"], done.json["rows_left"]) == ([], [])
    assert list(tags(done, "new_columns")) == [
        "出发日期", "返回日期", "目的地", "同行人", "外出事由", "交通工具", "联系方式", "批准人",
    ]  # fmt: skip


def test_a_ledger_takes_members_adds_up_numbers_and_leaves_signatures_to_a_pen(
    docsmith: Docsmith, office: Path
) -> None:
    rows = [
        ["序号", "姓名", "党内职务", "第一季度", "缴纳金额（元）", "缴纳人签字", "备注"],
        *[[str(number), *[""] * 6] for number in (1, 2, 3)],
        ["……", *[""] * 6],
        ["合  计", *[""] * 6],
    ]
    done = adopt(docsmith, form(office, rows, [(5, 0, 5, 2)]), "党费收缴台账")
    assert [one["sheet"] for one in done.json["lists"]] == ["members"]
    assert done.json["left"] == []
    assert manifest(office)["columns"] == {
        "members": [
            {"name": "own_1", "title": "第一季度", "kind": "number"},
            {"name": "own_2", "title": "缴纳金额", "kind": "number"},
        ]
    }
    assert made(docsmith, office)[1:] == [
        ["1", "陆承安", "书记", "100", "12.5", "", ""],
        ["2", "闻人静", "", "200", "7", "", ""],
        ["3", "乔喆", "", "300", "1", "", ""],
        [""] * 7,
        ["合  计", "合  计", "合  计", "600", "20.5", "", ""],
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ["序号", "称谓", "姓名", "政治面貌"],  # relatives
        ["序号", "党员姓名", "转出时间", "转入党组织"],  # a row for each thing that happened
    ],
)
def test_a_list_of_other_people_or_of_what_happened_gets_a_sheet_of_its_own(
    docsmith: Docsmith, office: Path, heads: list[str]
) -> None:
    done = adopt(docsmith, form(office, [heads, [""] * 4, [""] * 4]), "名册甲")
    assert [one["sheet"] for one in done.json["lists"]] == ["own"]


def test_a_list_of_members_is_made_for_the_branch_whatever_stands_above_it(
    docsmith: Docsmith, office: Path
) -> None:
    rows = [["序号", "姓名", "党内职务", "加分", "本人签字"], *[[""] * 5] * 2]
    done = adopt(docsmith, form(office, rows, lines=["所属党小组：______"]), "党员积分台账")
    assert done.json["per"] == "branch"
    assert [one["why"] for one in done.json["left"]] == ["member"]


def test_days_and_choices_in_each_row_are_room_of_a_list(docsmith: Docsmith, office: Path) -> None:
    rows = [["事项", "办理日期", "是否办结"], *[["", "  年  月  日", "□是\n□否"]] * 2]
    adopt(docsmith, form(office, rows), "事项台账")
    (office / "数据" / "事项台账.csv").write_text(
        "支部,事项,办理日期,是否办结\n第一党支部,走访,2026-03-05,否\n", encoding="utf-8"
    )
    assert made(docsmith, office)[1] == ["走访", "2026年3月5日", "□是\n√否"]


def test_a_list_has_photographs_months_and_the_branch_as_their_columns_say(
    docsmith: Docsmith, office: Path
) -> None:
    rows = [["所在党支部", "名称", "起始年月", "照片"], *[["", "", "  年  月", ""]] * 2]
    adopt(docsmith, form(office, rows), "品牌台账")
    assert [cell.text for cell in template(office).rows[2].cells] == [
        "{{ 支部.支部名称 }}", "{{ 行.名称 }}", "{{ 行.起始年月|年月 }}", "{{ 行.照片|照片 }}",
    ]  # fmt: skip


def test_what_stands_over_several_heads_says_whose_they_are(docsmith: Docsmith, office: Path) -> None:
    rows = [["姓名", "学历", "培养联系人", ""], ["", "", "姓名", "职务"], *[[""] * 4] * 2]
    adopt(docsmith, form(office, rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]), "培养台账")
    cells = [cell.text for cell in template(office).rows[3].cells]
    assert cells == ["{{ 行.姓名 }}", "{{ 行.学历 }}", "{{ 行.培养联系人姓名 }}", "{{ 行.培养联系人职务 }}"]


def test_a_type_may_be_made_again_where_another_one_uses_its_columns(
    docsmith: Docsmith, office: Path
) -> None:
    file = form(office, [["谈话人", ""], ["谈话对象", ""], ["帮扶措施", ""]])
    adopt(docsmith, file, "谈话甲")
    assert docsmith("plugin", "new", "second", "--title", "谈话乙", "--from", str(file)).code == 0
    shutil.rmtree(office / "文种" / "own")
    rows = [["谈话人", ""], ["谈话对象", ""], ["谈话效果", ""], ["帮扶措施", ""]]
    adopt(docsmith, form(office, rows), "谈话甲")
    assert [one["name"] for one in manifest(office)["columns"]["talks"]] == ["own_2", "own_1"]


def test_two_lists_of_the_same_rows_share_their_new_columns(docsmith: Docsmith, office: Path) -> None:
    document = docx.Document(str(form(office, [["姓名", "党内职务", "捐款金额"], *[[""] * 3] * 2])))
    document.add_paragraph("续表")
    for cell, text in zip(document.add_table(3, 3).rows[0].cells, ("姓名", "学历", "捐款金额"), strict=True):
        cell.text = text
    document.save(str(office / "原表.docx"))
    done = adopt(docsmith, office / "原表.docx", "捐款台账")
    assert [one["sheet"] for one in done.json["lists"]] == ["members", "members"]
    assert manifest(office)["columns"] == {
        "members": [{"name": "own_1", "title": "捐款金额", "kind": "number"}]
    }


def test_a_sheet_of_ones_own_is_never_called_what_means_another(docsmith: Docsmith, office: Path) -> None:
    heads = ["事项", "经办人", "办理情况"]
    adopt(docsmith, form(office, [heads, [""] * 3, [""] * 3]), "活动记录")  # 组织生活, too
    (sheet,) = manifest(office)["sheets"]
    assert sheet["title"] == "活动记录2"


def test_a_sheet_to_sign_in_two_columns_names_the_members_side_by_side(
    docsmith: Docsmith, office: Path
) -> None:
    heads = ["序号", "姓名", "签到"]
    rows = [heads * 2, *[[str(number), "", "", str(number + 2), "", ""] for number in (1, 2)]]
    lines = ["活动主题：______　活动时间：______　活动地点：______"]
    done = adopt(docsmith, form(office, rows, lines=lines), "活动签到表")
    assert done.json["per"] == "activities"
    assert made(docsmith, office)[1:] == [
        ["1", "陆承安", "", "3", "乔喆", ""],
        ["2", "闻人静", "", "", "", ""],
    ]
    readme = (office / "文种" / "own" / "README.md").read_text(encoding="utf-8")
    assert "并排2条" in readme
    assert "先上后下" in readme
    assert "留给手写的列：签到" in readme


def test_numbers_that_run_across_are_filled_across(docsmith: Docsmith, office: Path) -> None:
    heads = ["序号", "姓名", "签到"]
    rows = [heads * 2, ["1", "", "", "2", "", ""], ["3", "", "", "4", "", ""]]
    adopt(docsmith, form(office, rows), "大会签到表")
    assert [row[1::3] for row in made(docsmith, office)[1:]] == [["陆承安", "闻人静"], ["乔喆", ""]]


def test_more_members_than_the_sheet_had_room_for_are_all_named(docsmith: Docsmith, office: Path) -> None:
    rows = [["姓名", "签到"] * 2, *[[""] * 4] * 2]
    adopt(docsmith, form(office, rows), "大会签到表")
    people = "".join(f"第一党支部,党员{number},,,\n" for number in range(2))
    (office / "数据" / "党员.csv").write_text(MEMBERS + people, encoding="utf-8")
    assert [row[2] for row in made(docsmith, office)[1:]] == ["闻人静", "党员0", ""]


def test_merged_cells_of_a_list_name_the_groups_of_its_rows(docsmith: Docsmith, office: Path) -> None:
    heads = ["类别", "项目", "日期", "主题", "地点", "应到人数"]
    kinds = [["三会", "支部党员大会"], ["", ""], ["", "支部委员会"], ["", ""], ["一课", "党课"], ["", ""]]
    rows = [heads, *[[*kind, "", "", "", ""] for kind in kinds]]
    merged = [(1, 0, 4, 0), (1, 1, 2, 1), (3, 1, 4, 1), (5, 0, 6, 0), (5, 1, 6, 1)]
    done = adopt(docsmith, form(office, rows, merged), "三会一课统计")
    assert done.json["lists"][0]["labels"] == heads
    (column,) = manifest(office)["columns"]["activities"]  # 项目 is 类型: all its words are choices of that
    assert (column["title"], column["choices"]) == ("类别", ["三会", "一课"])
    assert manifest(office)["tables"][0]["sort"] == ["类别", "类型"]
    text = (office / "文种" / "own" / "plugin.toml").read_text(encoding="utf-8")
    assert '# where = ["类型=支部党员大会|支委会|党课"]' in text
    (office / "数据" / "组织生活.csv").write_text(
        "支部,类型,日期,主题,类别\n第一党支部,党课,2026-01-09,甲,一课\n第一党支部,支委会,2026-02-09,乙,三会\n"
        "第一党支部,支部党员大会,2026-03-09,丙,三会\n第一党支部,支委会,2026-04-09,丁,三会\n",
        encoding="utf-8",
    )
    page = made(docsmith, office)
    assert [row[:2] + row[3:4] for row in page[1:5]] == [
        ["三会", "支部党员大会", "丙"],
        ["三会", "支委会", "乙"],
        ["三会", "支委会", "丁"],
        ["一课", "党课", "甲"],
    ]
    document = docx.Document(str(next((office / "输出").rglob("*.docx"))))
    column_of_kinds = document.tables[0].columns[0].cells
    assert column_of_kinds[1]._tc is column_of_kinds[3]._tc


def test_merged_cells_that_are_signed_stay_for_a_pen(docsmith: Docsmith, office: Path) -> None:
    rows = [["审核人签字", "事项", "金额", "经办人"], *[[""] * 4] * 2]
    done = adopt(docsmith, form(office, rows, [(1, 0, 2, 0)]), "经费台账")
    assert [one["labels"][0] for one in done.json["lists"]] == ["审核人签字"]
    assert template(office).rows[2].cells[0].text == ""


def test_a_row_that_adds_up_adds_what_the_workbook_knows_as_well(docsmith: Docsmith, office: Path) -> None:
    rows = [["日期", "主题", "地点", "实到会人数"], *[[""] * 4] * 2, ["合计", "", "", ""]]
    adopt(docsmith, form(office, rows), "组织生活台账")
    (office / "数据" / "组织生活.csv").write_text(
        "支部,类型,日期,主题,地点,实到人数\n第一党支部,党课,2026-01-09,甲,乙,3\n第一党支部,党课,2026-02-09,丙,丁,4\n",
        encoding="utf-8",
    )
    assert made(docsmith, office)[-1] == ["合计", "", "", "7"]


def test_what_voters_write_on_a_ballot_stays_for_a_pen(docsmith: Docsmith, office: Path) -> None:
    rows = [["候选人姓名", ""], ["符号", ""], ["另选人姓名", ""], ["符号", ""]]
    done = adopt(docsmith, form(office, rows), "换届选票")
    assert list(tags(done, "new_columns")) == ["候选人姓名"]
    assert {one["why"] for one in done.json["left"]} == {"pen"}


def test_a_percentage_is_kept_as_it_was_typed(docsmith: Docsmith, office: Path) -> None:
    rows = [["事项", "缴费比例", "完成率"], *[[""] * 3] * 2]
    adopt(docsmith, form(office, rows), "情况台账")
    assert docsmith("blank", "own", "-o", "空表.xlsx").code == 0
    page = openpyxl.load_workbook("空表.xlsx")["情况台账"]
    formats = {cell.value: page.cell(2, cell.column).number_format for cell in page[1]}
    assert formats == {"*支部": "General", "事项": "General", "缴费比例": "@", "完成率": "@"}
