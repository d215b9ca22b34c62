"""A database says what the workbook with the same rows says: SQLite here, and a real PostgreSQL."""

from __future__ import annotations

import json
import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsmith.errors import SourceError
from docsmith.model.findings import Severity
from docsmith.sources import ImportRules, load
from docsmith.sources.database import DatabaseSource
from docsmith.sources.database.rows import RowReader
from tests.postgres import Server, running
from tests.sources.databases import SCHEMA, fill, in_english, rows_of, said, sqlite, union
from tests.sources.making import BRANCHES, UNIT, by_code

SAMPLE = Path(__file__).parents[2] / "fixtures" / "示例单位" / "数据.xlsx"
MEMBERS = [("支部", "姓名"), ("第一党支部", "甲"), ("第二党支部", "乙")]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL; its folder is not below pytest's, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


def opened(url: str, **options: Any) -> DatabaseSource:
    return DatabaseSource(url, SCHEMA, ImportRules(), **options)


def small(folder: Path, **tables: Any) -> str:
    return sqlite(folder / "数据.db", {"单位": UNIT, "支部": BRANCHES, "党员": MEMBERS, **tables})


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("key", [False, True])
def test_sqlite_says_what_the_workbook_says(tmp_path: Path, most: int, english: bool, key: bool) -> None:
    rows = rows_of(SAMPLE)
    url = sqlite(tmp_path / "数据.db", in_english(rows) if english else rows, key=key, index=key)
    expected = said(load([SAMPLE], SCHEMA))
    assert said(load([url], SCHEMA)) == expected
    assert union(opened(url), most) == expected


@pytest.mark.parametrize("english", [False, True])
def test_postgresql_says_what_the_workbook_says(server: Server, english: bool) -> None:
    rows = rows_of(SAMPLE)
    url = fill(server.make(f"示例{english}"), in_english(rows) if english else rows, key=english)
    expected = said(load([SAMPLE], SCHEMA))
    assert said(load([url], SCHEMA)) == expected
    source = opened(url)
    assert union(source, 2) == expected


NAMES = st.sampled_from(
    [
        "第一党支部",
        "第一支部",
        "中共第二党支部",
        "第 一 党支部",
        "0201",
        "第三党支部",
        "展教支部",
        "",
        "  ",
        None,
        "无",
    ]
)
CELLS = st.sampled_from(["2026-03-05", "1993.10", "昨天", None, "", "2026年3月5日", "\x02甲", "示例馆"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(NAMES, st.sampled_from(["甲", "乙", None, "示 例"]), CELLS, CELLS), max_size=8)
)
def test_rows_with_all_kinds_of_faults_are_judged_as_in_a_file(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("faults")
    branches = [
        *BRANCHES,
        ("0203", "展教支部"),
        ("0204", "展教党支部"),
        ("0201", "重复党支部"),
        (None, "第二党支部"),
    ]
    header = ("支部", "姓名", "出生日期", "别的")
    tables = {"支部": branches, "党员": [header, *rows]}
    objects = {name: [dict(zip(top, row)) for row in below] for name, (top, *below) in tables.items()}
    file = folder / "数据.json"
    file.write_text(json.dumps({"单位": dict(UNIT[1:]), **objects}), encoding="utf-8")
    expected = load([file], SCHEMA)
    url = sqlite(folder / "数据.db", {"单位": UNIT, **tables})
    assert said(load([url], SCHEMA)) == said(expected)
    assert union(opened(url), 1) == said(expected)


def test_rows_come_in_the_order_of_their_key(tmp_path: Path) -> None:
    path = tmp_path / "数据.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE branches (name TEXT, nr INT, part INT, PRIMARY KEY (part, nr))"
        )
        connection.exec_driver_sql("INSERT INTO branches VALUES ('丙', 2, 2), ('乙', 1, 2), ('甲', 7, 1)")
    engine.dispose()
    source = opened(f"sqlite:///{path}", year=2026)
    assert list(source.names()) == ["甲", "乙", "丙"]
    assert [str(branch.where("name").cell) for branch in source.branches()] == [
        "part=1, nr=7 name",
        "part=2, nr=1 name",
        "part=2, nr=2 name",
    ]
    source.close()


def test_views_without_a_key_are_read_and_ordered_by_all_their_columns(tmp_path: Path) -> None:
    url = small(tmp_path)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE VIEW talks AS SELECT 支部 AS branch, '2026-03-05' AS date, 姓名 AS talker,"
            " '丁' AS listener FROM 党员"
        )
    engine.dispose()
    talks = load([url], SCHEMA).tables["talks"]
    assert [talk.talker for talk in talks] == ["甲", "乙"]
    assert (
        talks[0].where("talker").cell == "branch=第一党支部, date=2026-03-05, talker=甲, listener=丁 talker"
    )


def test_place_of_a_cell_is_found_by_one_select(tmp_path: Path) -> None:
    rows = [("支部", "姓名", "出生日期"), ("第一党支部", "甲", "1990-01-01"), ("第二党支部", "乙", "昨天")]
    url = small(tmp_path, 党员=rows)
    (finding,) = by_code(load([url], SCHEMA).findings, "date-unreadable")
    assert finding.place.sheet == "党员"
    key, column = finding.place.cell.split(" ")
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"SELECT {column} FROM 党员 WHERE {key}").scalar_one() == "昨天"
    engine.dispose()


def test_row_whose_branch_nobody_knows_is_in_the_head_and_in_no_ticket(tmp_path: Path) -> None:
    url = small(tmp_path, 党员=[*MEMBERS, ("火星支部", "丙"), (None, "丁")])
    source = opened(url)
    failed = [(row.finding.code, row.finding.place.cell) for row in source.head.dataset.failed]
    assert failed == [("branch-unknown", "id=3 支部"), ("required-empty", "id=4 支部")]
    assert [row[1][1] for part in source.raw_shared() if part.sheet == "members" for row in part.rows] == [
        "丙",
        "丁",
    ]
    for ticket in source.tickets(list(source.names()), 1):
        portion = source.reader().read(ticket)
        assert len(portion.dataset(ticket.branches).tables["members"]) == 1
        assert len(portion.raw(ticket.branches)) == 2
    source.close()


def test_spellings_of_a_branch_are_asked_for_by_the_branch(tmp_path: Path) -> None:
    rows = [
        ("支部", "姓名"),
        ("第一支部", "甲"),
        (" 中共第1党支部", "乙"),
        ("第一党支部", "丙"),
        ("0202", "丁"),
    ]
    source = opened(small(tmp_path, 党员=rows))
    first, second = source.tickets(list(source.names()), 1)
    reader = source.reader()
    assert [m.name for m in reader.read(first).dataset(first.branches).tables["members"]] == [
        "甲",
        "乙",
        "丙",
    ]
    assert [m.name for m in reader.read(second).dataset(second.branches).tables["members"]] == ["丁"]
    source.close()


def test_table_of_codes_belongs_to_the_branches_that_have_them(tmp_path: Path) -> None:
    source = opened(small(tmp_path, 党员=[("支部编码", "姓名"), ("0202", "甲"), ("0201", "乙")]))
    tickets = list(source.tickets(list(source.names()), 1))
    names = [[m.name for m in source.reader().read(t).dataset(t.branches).tables["members"]] for t in tickets]
    assert names == [["乙"], ["甲"]]
    source.close()


@pytest.mark.parametrize("nameless", [None, "", "  "])
def test_rows_without_a_name_are_asked_for_by_their_codes(tmp_path: Path, nameless: str | None) -> None:
    members = [
        ("支部", "所在党支部编码", "姓名"),
        *((nameless, code, code) for code in ("0201", "0202", "火星")),
    ]
    source = opened(small(tmp_path, 党员=members))
    reader = source.reader()
    (stored,) = [sheet.stored for sheet in reader._sheets if sheet.stored.sheet == "members"]
    with reader._link.snapshot() as connection:
        rows = RowReader(reader._link.address, stored).spelt(connection, {(nameless, "0201")})
    assert [row[-1] for row in rows.cells] == ["0201"]
    assert [failed.branches for failed in source.head.dataset.failed] == [()]
    for ticket in source.tickets(list(source.names()), 1):
        (member,) = reader.read(ticket).dataset(ticket.branches).tables["members"]
        assert (member.branch, member.name) in [("第一党支部", "0201"), ("第二党支部", "0202")]  # type: ignore[attr-defined]
    source.close()


def test_digest_of_a_branch_changes_with_its_rows_alone(tmp_path: Path) -> None:
    def digests(members: Any) -> dict[str, bytes]:
        (tmp_path / "数据.db").unlink(missing_ok=True)
        source = opened(small(tmp_path, 党员=members))
        (ticket,) = source.tickets(list(source.names()), 10)
        portion = source.reader().read(ticket)
        source.close()
        return {branch: portion.digest(branch) for branch in portion.branches}

    before, moved = digests(MEMBERS), digests([MEMBERS[0], *reversed(MEMBERS[1:])])
    assert moved == before
    changed = digests([*MEMBERS[:2], ("第二党支部", "丙")])
    assert changed["第一党支部"] == before["第一党支部"]
    assert changed["第二党支部"] != before["第二党支部"]


def test_reader_and_tickets_are_pickled_without_a_connection(tmp_path: Path) -> None:
    source = opened(small(tmp_path))
    (ticket,) = source.tickets(list(source.names()), 10)
    here = source.reader().read(ticket).dataset(ticket.branches)
    reader, ticket = pickle.loads(pickle.dumps((source.reader(), ticket)))
    assert said(reader.read(ticket).dataset(ticket.branches)) == said(here)
    reader.close()
    source.close()


def test_split_ticket_gives_each_branch_its_own(tmp_path: Path) -> None:
    source = opened(small(tmp_path, 党员=[("支部", "姓名"), ("第一支部", "甲"), ("0202", "乙")]))
    (ticket,) = source.tickets(list(source.names()), 10)
    for alone, name in zip(ticket.split(), "甲乙", strict=True):
        portion = source.reader().read(alone).dataset(alone.branches)
        assert [member.name for member in portion.tables["members"]] == [name]
    source.close()


def test_table_without_the_column_of_branches_is_named_once(tmp_path: Path) -> None:
    url = small(tmp_path, 谈心谈话=[("日期", "谈话人", "谈话对象"), *[("2026-03-05", "甲", "乙")] * 3])
    dataset = load([url], SCHEMA)
    (finding,) = by_code(dataset.findings, "column-missing")
    assert "支部" in finding.message
    assert [(row.sheet, row.branches) for row in dataset.failed] == [("talks", ())]


def test_database_without_branches_cannot_be_used(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "数据.db", {"党员": MEMBERS})
    with pytest.raises(SourceError, match="no table 支部"):
        opened(url)


def test_other_tables_are_named_and_not_read(tmp_path: Path) -> None:
    (finding,) = load([small(tmp_path, 缴费=[("月份",), ("1",)])], SCHEMA).findings
    assert (finding.severity, finding.code) == (Severity.INFO, "sheet-unknown")
    assert "缴费" in finding.message


def test_table_may_be_named_in_the_settings(tmp_path: Path) -> None:
    url = sqlite(tmp_path / "数据.db", {"单位": UNIT, "支部": BRANCHES, "dyxx": MEMBERS})
    rules = ImportRules.from_table({"files": {"数据.db/dyxx": "党员"}}, SCHEMA)
    assert len(load([url], SCHEMA, rules).tables["members"]) == 2


@pytest.mark.parametrize(
    "name", ["x'; DROP TABLE 党员; --", 'a"b', "50% %s :names", "{0}{id}", "甲\\乙", "第一党支部'"]
)
def test_names_that_look_like_sql_are_names(tmp_path: Path, server: Server, name: str) -> None:
    tables = {
        "单位": UNIT,
        "支部": [("支部名称", name), (name, "1")],
        "党员": [("支部", "姓名", name), (name, name, name)],
        name: [("a",), ("b",)],
    }
    database = server.make(f"注入{abs(hash(name))}")
    for url in (sqlite(tmp_path / "数据.db", tables), fill(database, tables)):
        source = opened(url)
        (ticket,) = source.tickets(list(source.names()), 1)
        (member,) = source.reader().read(ticket).dataset(ticket.branches).tables["members"]
        assert (member.branch, member.name) == (name, name)  # type: ignore[attr-defined]
        assert member.where("name").cell == "id=1 姓名"
        assert member.extra == {name: name}
        source.close()


def test_example_among_the_branches_is_none(tmp_path: Path) -> None:
    examples = [("示例：0201", "示例党支部"), (None, "示例：第一党支部")]
    source = opened(small(tmp_path, 支部=[BRANCHES[0], *examples, *BRANCHES[1:]]))
    assert list(source.names()) == ["第一党支部", "第二党支部"]
    assert [branch.name for branch in source.branches()] == ["第一党支部", "第二党支部"]
    source.close()


def test_same_id_number_is_seen_across_branches(tmp_path: Path) -> None:
    number = "11010519491231002X"
    rows = [("支部", "姓名", "身份证号"), ("第一党支部", "甲", number), ("第二党支部", "乙", number)]
    assert len(by_code(load([small(tmp_path, 党员=rows)], SCHEMA).findings, "id-duplicate")) == 1


def test_code_of_two_branches_stops_both(tmp_path: Path) -> None:
    source = opened(small(tmp_path, 支部=[*BRANCHES, ("0201", "第三党支部")]))
    for ticket in source.tickets(list(source.names()), 1):
        failed = source.reader().read(ticket).dataset(ticket.branches).failed
        assert [row.finding.code for row in failed] == (
            [] if ticket.branches == ("第二党支部",) else ["code-duplicate"]
        )
    source.close()
