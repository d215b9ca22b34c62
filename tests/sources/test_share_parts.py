"""The parts of a source in shares: the head, tickets, raw rows, digests, and a look across branches."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from docsmith.errors import UsageError
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import derive_record
from docsmith.sources import ImportRules
from docsmith.sources.across import AcrossBranches
from docsmith.sources.opening import open_source
from tests.sources.making import BRANCHES, UNIT, by_code, workbook
from tests.sources.sharing import SCHEMA, assert_shares_make_up_the_whole, folder_of, opened, portions


def test_both_branches_of_one_code_are_stopped_in_their_own_portions(tmp_path: Path) -> None:
    branches = [("支部编码", "支部名称"), ("01", "第一党支部"), ("01", "第二党支部")]
    source = opened(folder_of(tmp_path, {"支部": branches}), year=2026)
    first, second = portions(source, 1)
    assert [row.finding.code for row in first.failed] == ["code-duplicate"]
    assert [row.finding.code for row in second.failed] == ["code-duplicate"]
    assert not by_code(first.findings, "code-duplicate")
    assert len(by_code(second.findings, "code-duplicate")) == 1


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
    doubted = digests(folder_of(tmp_path / "c", {"单位": UNIT, "支部": BRANCHES, "党员": members}))
    assert doubted[0] != plain[0]
    # A second row of nobody changes no document: the doubt is the same.
    members += [("木星", "李四")]
    assert digests(folder_of(tmp_path / "d", {"单位": UNIT, "支部": BRANCHES, "党员": members})) == doubted


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
