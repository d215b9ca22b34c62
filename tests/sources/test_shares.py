"""Files in shares: the head and the portions of all branches are what ``load`` gives."""

from __future__ import annotations

import csv
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith.errors import UsageError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema, derive_record
from docsmith.sources import ImportRules, load
from docsmith.sources.across import AcrossBranches
from docsmith.sources.file_source import FileSource
from docsmith.sources.opening import open_source
from tests.sources.making import BRANCHES, UNIT, Rows, by_code, workbook

ROOT = Path(__file__).parents[2]
SCHEMA = Schema.built_in()


def opened(*paths: Path, schema: Schema = SCHEMA, **options: Any) -> FileSource:
    source = open_source(paths, schema, ImportRules(), **options)
    assert isinstance(source, FileSource)
    return source


def portions(source: FileSource, most: int) -> Iterator[Dataset]:
    """Read all tickets as a worker does, in another process."""
    reader = pickle.loads(pickle.dumps(source.reader()))
    for ticket in source.tickets(list(source.names()), most):
        sent = pickle.loads(pickle.dumps(ticket))
        yield reader.read(sent).dataset(sent.branches)


def told(records: Iterable[Record]) -> Counter[str]:
    """Return all that records are, to be compared without order."""
    return Counter(repr((type(r).__name__, r.values(), r.extra, r.origin)) for r in records)


def assert_shares_make_up_the_whole(
    *paths: Path, most: int = 1, schema: Schema = SCHEMA, **options: Any
) -> Dataset:
    """Compare the union of all shares with what ``load`` gives, and return that."""
    whole = load(paths, schema, ImportRules(), **options)
    source = opened(*paths, schema=schema, **options)
    head = source.head.dataset
    records = {sheet: told(rows) for sheet, rows in head.tables.items()}
    failed, findings = set(head.failed), Counter(head.findings)
    with AcrossBranches(in_memory=3) as across:
        for portion in portions(source, most):
            assert portion.failed[: len(head.failed)] == head.failed
            assert portion.findings[: len(head.findings)] == head.findings
            failed.update(portion.failed)
            findings.update(portion.findings[len(head.findings) :])
            for sheet, rows in portion.tables.items():
                if not head.tables[sheet]:
                    records[sheet] += told(rows)
            across.add(portion)
        findings.update(across.findings())
    assert records == {sheet: told(rows) for sheet, rows in whole.tables.items()}
    assert failed == set(whole.failed)
    assert findings == Counter(whole.findings)
    assert (head.unit.values(), head.unit.origin) == (whole.unit.values(), whole.unit.origin)
    assert head.partial == whole.partial
    assert tuple(source.names()) == whole.branch_names
    assert told(source.branches()) == told(whole.branches)
    return whole


def folder_of(folder: Path, tables: dict[str, Rows]) -> Path:
    """Write a folder with a csv of each table."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return folder


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


def test_both_branches_of_one_code_are_stopped_in_their_own_portions(tmp_path: Path) -> None:
    branches = [("支部编码", "支部名称"), ("01", "第一党支部"), ("01", "第二党支部")]
    source = opened(folder_of(tmp_path, {"支部": branches}), year=2026)
    first, second = portions(source, 1)
    assert [row.finding.code for row in first.failed] == ["code-duplicate"]
    assert [row.finding.code for row in second.failed] == ["code-duplicate"]
    assert not by_code(first.findings, "code-duplicate")
    assert len(by_code(second.findings, "code-duplicate")) == 1


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
        (("退休支部",), "A3"),
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


def test_what_concerns_a_whole_table_is_said_in_the_head_alone(tmp_path: Path) -> None:
    members = [
        ("党员花名册", "", ""),
        ("支部", "姓名", "爱好"),
        ("", "必填", ""),
        ("示例：第一党支部", "张三", ""),
        ("第一党支部", "李\x01四", "棋"),
        ("第二党支部", "王五", "画"),
        ("支部", "姓名", "爱好"),
    ]
    activities = [("支部", "日期"), ("第一党支部", "2026-01-02"), ("第二党支部", "2026-02-03")]
    folder = folder_of(tmp_path, {"支部": BRANCHES, "党员": members, "组织生活": activities})
    assert_shares_make_up_the_whole(folder, year=2026)
    source = opened(folder, year=2026)
    codes = Counter(finding.code for finding in source.head.dataset.findings)
    assert codes >= Counter(
        ["character-illegal", "column-unknown", "column-missing", "row-example", "row-note", "row-note"]
    )
    for portion in portions(source, 1):
        assert portion.findings == source.head.dataset.findings
        assert [row.sheet for row in portion.failed] == ["activities"]


def test_sheet_that_belongs_to_no_branch_is_in_the_head(tmp_path: Path) -> None:
    record = derive_record(
        Record, [Column("name", "名称", Kind.TEXT, required=True), Column("size", "面积", Kind.COUNT)]
    )
    own = derive_record(BranchRecord, [Column("room", "房间", Kind.TEXT)])
    schema = SCHEMA.with_sheet(Sheet("halls", "展厅", record)).with_sheet(Sheet("rooms", "房间", own))
    halls = [("名称", "面积"), ("一厅", "30"), ("二厅", "大")]
    rooms = [("支部", "房间"), ("第一党支部", "301")]
    path = workbook(tmp_path / "a.xlsx", {"单位": UNIT, "支部": BRANCHES, "展厅": halls, "房间": rooms})
    whole = assert_shares_make_up_the_whole(path, schema=schema)
    source = opened(path, schema=schema)
    assert [hall.values()["name"] for hall in source.head.dataset.tables["halls"]] == ["一厅"]
    assert [row.branches for row in source.head.dataset.failed] == [()]
    assert all(len(portion.tables["halls"]) == 1 for portion in portions(source, 1))
    assert len(whole.tables["rooms"]) == 1
    unit, shared = source.raw_shared()
    assert unit.rows == ((2, ("单位名称", "云屏县科技馆")), (3, ("年度", 2026)))
    assert shared.rows == ((2, ("一厅", "30")), (3, ("二厅", "大")))


def test_raw_rows_are_as_given_with_their_row_numbers(tmp_path: Path) -> None:
    members = [
        ("支部", "姓名", "出生日期", "爱好"),
        ("第二党支部", "张三", "坏", "棋"),
        ("火星", "李四", "", ""),
    ]
    folder = folder_of(tmp_path, {"支部": BRANCHES, "党员": members})
    source = opened(folder, year=2026)
    (ticket,) = source.tickets(["第二党支部"], 5)
    branches, part = source.reader().read(ticket).raw(["第二党支部"])
    assert (branches.sheet, branches.rows) == ("branches", ((3, ("0202", "第二党支部")),))
    assert (part.sheet, part.file, part.table) == ("members", "党员.csv", "党员")
    assert part.titles == ("支部", "姓名", "出生日期", "爱好")
    assert part.columns == ("branch", "name", "born_on", "")
    assert part.rows == ((2, ("第二党支部", "张三", "坏", "棋")),)
    (stray,) = source.raw_shared()
    assert stray.rows == ((3, ("火星", "李四", "", "")),)


def test_tickets_hold_as_many_branches_as_were_asked_for_and_split_into_single_ones(tmp_path: Path) -> None:
    source = opened(workbook(tmp_path / "a.xlsx", {"单位": UNIT, "支部": BRANCHES}))
    assert [t.branches for t in source.tickets(["第二党支部", "第一党支部"], 5)] == [
        ("第二党支部", "第一党支部")
    ]
    (ticket,) = source.tickets(list(source.names()), 2)
    assert [one.branches for one in ticket.split()] == [("第一党支部",), ("第二党支部",)]


def digests(path: Path) -> tuple[bytes, dict[str, bytes]]:
    source = opened(path, year=2026)
    reader = source.reader()
    return source.head.digest, {
        name: reader.read(ticket).digest(name)
        for ticket in source.tickets(list(source.names()), 2)
        for name in ticket.branches
    }


def test_digest_changes_with_the_rows_of_its_branch_and_not_with_their_places(tmp_path: Path) -> None:
    members = [("支部", "姓名"), ("第一党支部", "张三"), ("第二党支部", "李四")]
    before = digests(folder_of(tmp_path / "a", {"支部": BRANCHES, "党员": members}))
    moved = digests(folder_of(tmp_path / "b", {"支部": BRANCHES, "党员": [members[0], *members[:0:-1]]}))
    assert moved == before
    more = digests(folder_of(tmp_path / "c", {"支部": BRANCHES, "党员": [*members, ("第二党支部", "王五")]}))
    assert more[0] == before[0]
    assert more[1]["第一党支部"] == before[1]["第一党支部"]
    assert more[1]["第二党支部"] != before[1]["第二党支部"]


def test_digest_changes_with_the_meaning_of_a_column_and_with_failures_that_name_the_branch(
    tmp_path: Path,
) -> None:
    members = [("支部", "姓名", "学历"), ("第一党支部", "张三", "硕士")]
    before = digests(folder_of(tmp_path / "a", {"支部": BRANCHES, "党员": members}))
    renamed = [("支部", "姓名", "学位"), *members[1:]]
    assert digests(folder_of(tmp_path / "b", {"支部": BRANCHES, "党员": renamed}))[1] != before[1]
    twice = [*BRANCHES, ("0202", "第三党支部")]
    after = digests(folder_of(tmp_path / "c", {"支部": twice, "党员": members}))
    assert after[1]["第二党支部"] != before[1]["第二党支部"]
    assert after[1]["第一党支部"] == before[1]["第一党支部"]


def test_digest_of_the_head_changes_with_the_unit_and_with_what_concerns_everybody(tmp_path: Path) -> None:
    unit = [*UNIT, ("联系电话", "010")]
    plain = digests(folder_of(tmp_path / "a", {"单位": UNIT, "支部": BRANCHES}))
    assert digests(folder_of(tmp_path / "b", {"单位": unit, "支部": BRANCHES}))[0] != plain[0]
    members = [("支部", "姓名"), ("火星", "张三")]
    assert (
        digests(folder_of(tmp_path / "c", {"单位": UNIT, "支部": BRANCHES, "党员": members}))[0] != plain[0]
    )


def test_one_id_number_in_two_branches_is_found_across_them(tmp_path: Path) -> None:
    number = "11010519491231002X"
    members = [
        ("支部", "姓名", "身份证号"),
        ("第二党支部", "李四", number),
        ("第一党支部", "张三", number),
        ("第一党支部", "张三", number),
        ("第一党支部", "王五", number),
    ]
    whole = assert_shares_make_up_the_whole(
        folder_of(tmp_path, {"支部": BRANCHES, "党员": members}), year=2026
    )
    assert [(f.branch, f.place.cell) for f in by_code(whole.findings, "id-duplicate")] == [
        ("第一党支部", "C5"),
        ("第二党支部", "C2"),
    ]
    assert len(by_code(whole.findings, "member-duplicate")) == 1


def test_across_branches_finds_the_same_in_memory_and_in_a_file(tmp_path: Path) -> None:
    numbers = ["1", "2", "1", "3", "3", "1"]
    rows = [(("第一党支部", "第二党支部")[i % 2], f"甲{i}", number) for i, number in enumerate(numbers)]
    folder = folder_of(tmp_path, {"支部": BRANCHES, "党员": [("支部", "姓名", "身份证号"), *rows]})
    found = []
    for in_memory in (100, 0):
        with AcrossBranches(in_memory) as across:
            for portion in portions(opened(folder, year=2026), 1):
                across.add(portion)
            found.append([*across.findings()])
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_database_beside_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        open_source([tmp_path, "sqlite:///a.db"], SCHEMA, ImportRules())


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
