"""Files in shares: the head and the portions of all branches are what ``load`` gives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.making import UNIT, Rows, by_code, workbook
from tests.sources.sharing import assert_shares_make_up_the_whole, folder_of, opened

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("most", [1, 2, 100])
@pytest.mark.parametrize(
    "path", ["fixtures/示例单位", "fixtures/messy/数据", "tools/fixtures_source/示例单位"], ids=str
)
def test_shares_of_the_fixtures_make_up_the_whole(path: str, most: int) -> None:
    whole = assert_shares_make_up_the_whole(ROOT / path, most=most)
    assert whole.branches


def test_shares_of_a_folder_of_workbooks_make_up_the_whole(tmp_path: Path) -> None:
    for number, name in enumerate(("第一党支部", "第二党支部", "第三党支部")):
        members = [
            ("支部", "姓名", "出生日期", "爱好"),
            (name, f"张{number}", "1980-01-02", "棋"),
            (name, "李", "坏"),
        ]
        activities = [("支部", "类型", "日期"), (name, "党课", "2026-03-05  14:30")]
        sheets = {
            "支部": [("支部编码", "支部名称"), (f"0{number}", name)],
            "党员": members,
            "组织生活": activities,
        }
        workbook(tmp_path / f"{name}.xlsx", {"单位": UNIT, **sheets})
    whole = assert_shares_make_up_the_whole(tmp_path)
    assert len(whole.tables["members"]) == 3
    assert len(by_code(whole.findings, "column-unknown")) == 3


def test_branch_whose_own_row_fails_is_named_and_keeps_its_rows(tmp_path: Path) -> None:
    branches = [("支部编码", "支部名称", "支部类别"), ("01", "第一党支部", "坏"), ("02", "第二党支部", "")]
    members = [("支部", "姓名"), ("第一党支部", "张三"), ("第二党支部", "李四")]
    whole = assert_shares_make_up_the_whole(
        folder_of(tmp_path, {"支部": branches, "党员": members}), year=2026
    )
    assert [branch.name for branch in whole.branches] == ["第二党支部"]
    assert whole.branch_names == ("第二党支部", "第一党支部")
    assert len(whole.tables["members"]) == 2


def test_branches_that_stand_there_twice_are_said_once(tmp_path: Path) -> None:
    branches = [
        ("支部编码", "支部名称", "书记"),
        ("01", "第一党支部", "张三"),
        ("01", "第一党支部", "张三"),
        ("02", "第二党支部", "李四"),
        ("02", "第二党支部", "王五"),
        ("02", "第三党支部", "赵六"),
    ]
    whole = assert_shares_make_up_the_whole(folder_of(tmp_path, {"支部": branches}), year=2026)
    for code in ("branch-repeated", "branch-duplicate", "code-duplicate"):
        assert len(by_code(whole.findings, code)) == 1
    (shared,) = [row for row in whole.failed if row.finding.code == "code-duplicate"]
    assert shared.branches == ("第三党支部", "第二党支部")


def test_data_without_a_sheet_of_branches_has_those_that_rows_name(tmp_path: Path) -> None:
    tables: dict[str, Rows] = {
        "党员": [
            ("支部", "支部编码", "姓名"),
            ("第一党支部", "", "张三"),
            ("第1支部", "01", "李四"),
            ("", "01", "王"),
        ],
        "谈心谈话": [("支部", "日期", "谈话人", "谈话对象"), ("第二党支部", "2026-05-06", "甲", "乙")],
    }
    whole = assert_shares_make_up_the_whole(folder_of(tmp_path, tables))
    assert [branch.name for branch in whole.branches] == ["第一党支部", "第二党支部"]
    assert whole.unit.year == 2026


def test_rows_of_unknown_and_ambiguous_branches_are_in_the_head(tmp_path: Path) -> None:
    branches = [("支部编码", "支部名称"), ("01", "展教支部"), ("02", "展教党支部"), ("03", "退休支部")]
    members = [
        ("支部", "姓名"),
        ("展教", "张三"),
        ("退休第二支部", "李四"),
        ("火星", "王五"),
        ("", "赵六"),
        ("退休", "孙"),
    ]
    folder = folder_of(tmp_path, {"支部": branches, "党员": members})
    assert_shares_make_up_the_whole(folder, year=2026)
    head = opened(folder, year=2026).head.dataset
    assert [(row.branches, row.finding.place.cell) for row in head.failed] == [
        (("展教支部", "展教党支部"), "A2"),
        ((), "A3"),
        ((), "A4"),
        ((), "A5"),
    ]


def test_merged_cells_give_each_row_its_branch(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "党员"
    for row in (("支部", "姓名"), ("第一党支部", "张三"), (None, "李四"), ("第二党支部", "王五")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    made.save(tmp_path / "a.xlsx")
    whole = assert_shares_make_up_the_whole(tmp_path / "a.xlsx", year=2026)
    assert [(m.branch, m.name) for m in whole.tables["members"]] == [
        ("第一党支部", "张三"),
        ("第一党支部", "李四"),
        ("第二党支部", "王五"),
    ]


def test_objects_keep_their_extra_fields_and_their_places(tmp_path: Path) -> None:
    content = {
        "unit": {"name": "科技馆", "year": 2026, "extra": {"邮编": "010"}},
        "branches": [{"name": "第一党支部", "other_members": ["张三"], "extra": {"楼": "3"}}],
        "members": [{"branch": "第一党支部", "name": "李四", "hobby": "棋"}, {"branch": "第一党支部"}, 7],
    }
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    whole = assert_shares_make_up_the_whole(tmp_path / "a.json")
    assert whole.branches[0].extra == {"楼": "3"}
    (failed,) = whole.failed
    assert failed.finding.place.cell == "2.name"
    source = opened(tmp_path / "a.json")
    (ticket,) = source.tickets(["第一党支部"], 1)
    branches, members = source.reader().read(ticket).raw(["第一党支部"])
    assert branches.titles == ("name", "other_members", "楼")
    assert branches.rows == ((1, ("第一党支部", ["张三"], "3")),)
    assert [number for number, _row in members.rows] == [1, 2]


NAMES = st.sampled_from(
    [
        "第一党支部",
        "第1支部",
        "第二党支部",
        "中共第二支部",
        "展教支部",
        "展教党支部",
        "火星",
        "",
        "支部",
        "合计",
        "必填",
        "无",
    ]
)
CODES = st.sampled_from(["01", "02", "03", ""])
PEOPLE = st.sampled_from(["张三", "李四", "王五", "", "姓名", "（示例）张三", "必填", "合计：3人"])
DATES = st.sampled_from(["2026-03-05", "2025.6", "2026/3/5 14:30", "2026-2-30", "不详", "", "格式yyyy-mm-dd"])
KINDS = st.sampled_from(["党课", "支部党员大会", "", "聚餐", "类型"])
IDS = st.sampled_from(["11010519491231002X", "110105194912310021", "", "110105491231002"])
FREE = st.sampled_from(["", "棋", "\x02", "备注：以上"])


def table(header: Sequence[str], *cells: st.SearchStrategy[str]) -> st.SearchStrategy[Rows]:
    return st.lists(st.tuples(*cells), max_size=7).map(lambda rows: [tuple(header), *rows])


TABLES = st.fixed_dictionaries(
    {},
    optional={
        "单位": st.just(UNIT),
        "支部": table(
            ("支部编码", "支部名称", "支部类别", "备注栏"),
            CODES,
            NAMES,
            st.sampled_from(["", "普通支部", "坏"]),
            FREE,
        ),
        "党员": table(("支部", "姓名", "出生日期", "身份证号", "爱好"), NAMES, PEOPLE, DATES, IDS, FREE),
        "组织生活": table(("支部", "支部编码", "类型", "日期", "缺席"), NAMES, CODES, KINDS, DATES, FREE),
        "谈心谈话": table(("支部", "日期", "谈话人"), NAMES, DATES, PEOPLE),
        "测评": table(("支部编码", "测评项目", "应参加"), CODES, FREE, st.sampled_from(["3", "三", ""])),
    },
)


@settings(max_examples=120, deadline=None)
@given(tables=TABLES.filter(bool), most=st.integers(1, 3))
def test_shares_of_any_rows_make_up_the_whole(tables: dict[str, Rows], most: int) -> None:
    with TemporaryDirectory() as folder:
        assert_shares_make_up_the_whole(folder_of(Path(folder), tables), most=most)


@settings(max_examples=60, deadline=None)
@given(tables=TABLES.filter(bool), most=st.integers(1, 3))
def test_shares_of_any_objects_make_up_the_whole(tables: dict[str, Rows], most: int) -> None:
    content = {
        name: [{title: cell for title, cell in zip(rows[0], row) if cell} for row in rows[1:]]
        for name, rows in tables.items()
    }
    with TemporaryDirectory() as folder:
        path = Path(folder, "数据.json")
        path.write_text(json.dumps(content), encoding="utf-8")
        assert_shares_make_up_the_whole(path, most=most)


def test_total_and_header_are_no_branches_where_rows_say_who_the_branches_are(tmp_path: Path) -> None:
    members = [
        ("支部", "姓名", "出生日期"),
        *[("第一党支部", f"张{i}", "") for i in range(5)],
        ("支部", "姓名", "出生日期"),
        ("合计", "", ""),
    ]
    talks = [("支部", "日期", "谈话人", "谈话对象"), ("支部", "日期", "谈话人", "谈话对象")]
    folder = folder_of(tmp_path, {"党员": [*members, ("第二党支部", "", "")], "谈心谈话": talks})
    whole = assert_shares_make_up_the_whole(folder, year=2026)
    assert [branch.name for branch in whole.branches] == ["第一党支部", "第二党支部"]
    assert [f.place.cell for f in by_code(whole.findings, "row-note")] == ["A2", "A7", "A8"]
