"""What databases store and workbooks do not: numbers of other types, bytes, JSON, padded texts."""

from __future__ import annotations

import datetime as dt
import tempfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from docsmith.model.dataset import Dataset
from docsmith.model.schema import Schema
from docsmith.sources import load
from docsmith.sources.database.rows import PIECE
from docsmith.sources.database.values import plain, plain_columns
from tests.postgres import Server, running
from tests.sources.databases import said
from tests.sources.making import by_code

BASE = (
    "CREATE TABLE unit (name TEXT, year INT)",
    "INSERT INTO unit VALUES ('云屏县科技馆', 2026)",
    "CREATE TABLE branches (name VARCHAR(40), founded_on DATE, covered_units NUMERIC(6, 2))",
    "INSERT INTO branches VALUES ('第一党支部', '2011-07-01', 3)",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


def read(url: str, *statements: str) -> Dataset:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in (*BASE, *statements):
            connection.exec_driver_sql(statement)
    engine.dispose()
    return load([url], Schema.built_in())


def in_sqlite(folder: Path, *statements: str) -> Dataset:
    return read(f"sqlite:///{folder / 'data.db'}", *statements)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (Decimal(3), 3),
        (Decimal("3.00"), 3),
        (Decimal("94.4"), 94.4),
        (Decimal("0.1000000000000000000001"), "0.1000000000000000000001"),
        (Decimal("NaN"), "NaN"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (["甲", "乙"], "甲、乙"),
        (None, None),
        (True, True),
        ("", ""),
        (dt.date(2026, 3, 5), dt.date(2026, 3, 5)),
    ],
)
def test_cell_becomes_what_a_workbook_would_have(stored: object, expected: object) -> None:
    assert plain_columns([(stored,)]) == [(expected,)]
    assert type(plain(stored)) is type(expected)


def test_typed_columns_of_postgresql_are_read(server: Server) -> None:
    dataset = read(
        server.make("typed"),
        "CREATE TYPE sex AS ENUM ('男', '女')",
        "CREATE TABLE members (nr SERIAL PRIMARY KEY, branch CHAR(20), name TEXT, gender sex, born_on DATE)",
        "INSERT INTO members (branch, name, gender, born_on) VALUES ('第一党支部', '甲', '男', '1990-02-03')",
        "CREATE TABLE activities (branch TEXT, kind TEXT, date TIMESTAMPTZ, due NUMERIC, present BIGINT)",
        "INSERT INTO activities VALUES ('第一党支部', '党课', '2026-03-05 14:30:00+00', 12.00, 11)",
    )
    (member,) = dataset.tables["members"]
    (activity,) = dataset.tables["activities"]
    (branch,) = dataset.branches
    assert (member.branch, member.gender, str(member.born_on)) == ("第一党支部", "男", "1990年2月3日")  # type: ignore[attr-defined]
    assert (activity.due, activity.present, activity.time) == (12, 11, "14:30")  # type: ignore[attr-defined]
    assert (branch.covered_units, branch.founded_on and branch.founded_on.year) == (3, 2011)
    assert dataset.failed == ()


def test_branches_may_be_numbers_or_of_an_enumerated_type(server: Server) -> None:
    dataset = read(
        server.make("enumerated"),
        "CREATE TYPE who AS ENUM ('第一党支部', '第七党支部')",
        "CREATE TABLE members (branch who, name TEXT)",
        "INSERT INTO members VALUES ('第一党支部', '甲')",
        "INSERT INTO branches VALUES ('7', NULL, NULL)",
        "CREATE TABLE talks (branch INTEGER, date DATE, talker TEXT, listener TEXT)",
        "INSERT INTO talks VALUES (7, '2026-03-05', '甲', '乙')",
    )
    assert [m.branch for m in dataset.tables["members"]] == ["第一党支部"]  # type: ignore[attr-defined]
    assert [t.branch for t in dataset.tables["talks"]] == ["7"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind",
    [
        "CREATE DOMAIN who AS TEXT",
        "CREATE DOMAIN said AS VARCHAR(40); CREATE DOMAIN who AS said",
        "CREATE TYPE who AS ENUM ('第一党支部', '第二党支部')",
        "CREATE TYPE said AS ENUM ('第一党支部', '第二党支部'); CREATE DOMAIN who AS said",
        "CREATE EXTENSION citext; CREATE DOMAIN who AS citext",
    ],
    ids=["domain", "domain of a domain", "enum", "domain of an enum", "citext"],
)
def test_names_of_branches_may_be_of_any_type_that_holds_text(server: Server, kind: str) -> None:
    if "citext" in kind and not server.has("citext"):
        pytest.skip("PostgreSQL is installed without its extensions")
    dataset = read(
        server.make(f"names {zlib.crc32(kind.encode())}"),
        *kind.split("; "),
        "DROP TABLE branches",
        "CREATE TABLE branches (name who PRIMARY KEY, founded_on DATE)",
        "INSERT INTO branches VALUES ('第一党支部', '2011-07-01'), ('第二党支部', NULL)",
        "CREATE TABLE members (branch who, name TEXT)",
        "INSERT INTO members VALUES ('第一党支部', '甲')",
    )
    assert [branch.name for branch in dataset.branches] == ["第一党支部", "第二党支部"]
    assert [m.branch for m in dataset.tables["members"]] == ["第一党支部"]  # type: ignore[attr-defined]
    assert dataset.failed == ()


def test_no_row_is_lost_where_case_does_not_count(server: Server) -> None:
    if not server.has("citext"):
        pytest.skip("PostgreSQL is installed without its extensions")
    dataset = read(
        server.make("caseless"),
        "CREATE EXTENSION citext",
        "INSERT INTO branches VALUES ('A座党支部', NULL, NULL)",
        "CREATE TABLE members (branch citext, name TEXT)",
        "INSERT INTO members VALUES ('A座党支部', '甲'), ('a座党支部', '乙'), ('A座党支部', '丙')",
    )
    assert [m.name for m in dataset.tables["members"]] == ["甲", "乙", "丙"]  # type: ignore[attr-defined]


def test_materialized_views_and_schemas_are_found_by_the_search_path(server: Server) -> None:
    url = server.make("paths")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA party")
    engine.dispose()
    dataset = read(
        f"{url}?options=-csearch_path%3Dparty",
        "CREATE MATERIALIZED VIEW members AS SELECT '第一党支部' AS branch, '甲' AS name",
    )
    assert len(dataset.tables["members"]) == 1
    assert {finding.place.file for finding in dataset.findings} <= {"", url.partition("@")[2]}


@pytest.mark.parametrize("kind", ["BIGINT", "NUMERIC", "REAL"])
def test_id_number_in_a_column_of_numbers_is_an_error(tmp_path: Path, kind: str) -> None:
    dataset = in_sqlite(
        tmp_path,
        f"CREATE TABLE members (branch TEXT, name TEXT, id_number {kind})",
        "INSERT INTO members VALUES ('第一党支部', '甲', 110105194912310021)",
    )
    assert len(by_code(dataset.findings, "digits-lost")) == 1


def test_bytes_in_a_known_column_fail_the_row(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "CREATE TABLE members (branch TEXT, name TEXT, department TEXT)",
        "INSERT INTO members VALUES ('第一党支部', '甲', x'00FF'), ('第一党支部', '乙', '办公室')",
        "INSERT INTO members VALUES (x'01', '丙', '')",
    )
    assert [member.name for member in dataset.tables["members"]] == ["乙"]  # type: ignore[attr-defined]
    assert [f.place.cell for f in by_code(dataset.findings, "value-binary")] == [
        "rowid=3 branch",
        "rowid=1 department",
    ]
    assert [row.branches for row in dataset.failed] == [(), ("第一党支部",)]


def test_text_in_another_encoding_fails_its_row_alone(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "CREATE TABLE members (branch TEXT, name TEXT, id_number TEXT)",
        "INSERT INTO members VALUES ('第一党支部', '甲', NULL)",
        "INSERT INTO members VALUES ('第一党支部', '乙', CAST('110105194912310021' || x'CDF5' AS TEXT))",
        "INSERT INTO members VALUES (CAST(x'CDF5' AS TEXT), '丙', '')",
        "INSERT INTO members VALUES ('第一党支部', CAST(x'CDF5CEE5' AS TEXT), NULL)",
    )
    assert [member.name for member in dataset.tables["members"]] == ["甲"]  # type: ignore[attr-defined]
    assert [f.place.cell for f in by_code(dataset.findings, "value-binary")] == [
        "rowid=3 branch",
        "rowid=2 id_number",
        "rowid=4 name",
    ]
    assert "19491231" not in "".join(finding.message for finding in dataset.findings)


def test_text_in_another_encoding_behind_many_rows_loses_none_of_them(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "CREATE TABLE members (id INTEGER PRIMARY KEY, branch TEXT, name TEXT)",
        *(f"INSERT INTO branches VALUES ('第{number}支部', NULL, NULL)" for number in range(PIECE + 10)),
        "INSERT INTO branches VALUES (CAST(x'CDF5' AS TEXT), NULL, NULL)",
        f"INSERT INTO members SELECT rowid, name, '甲' FROM branches WHERE rowid <= {PIECE + 11}",
        f"UPDATE members SET name = CAST(x'CDF5' AS TEXT) WHERE id = {PIECE + 5}",
    )
    assert len(dataset.branches) == PIECE + 11
    assert len(dataset.tables["members"]) == PIECE + 10
    assert [row.branches for row in dataset.failed] == [(), (f"第{PIECE + 3}支部",)]


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 BC", "12026-01-01"])
@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP", "TIMESTAMPTZ"])
def test_date_that_python_has_not_fails_its_row_alone(server: Server, day: str, kind: str) -> None:
    dataset = read(
        server.make(f"dates {kind} {day}"),
        f"CREATE TABLE members (id SERIAL PRIMARY KEY, branch TEXT, name TEXT, born_on {kind})",
        "INSERT INTO members (branch, name, born_on) VALUES ('第一党支部', '甲', '1990-02-03')",
        f"INSERT INTO members (branch, name, born_on) VALUES ('第一党支部', '乙', '{day}')",
    )
    assert [member.name for member in dataset.tables["members"]] == ["甲"]  # type: ignore[attr-defined]
    assert [f.place.cell for f in by_code(dataset.findings, "date-unreadable")] == ["id=2 born_on"]


@pytest.mark.parametrize("kind", ["BLOB", "JSON"])
def test_unknown_column_of_bytes_or_json_is_left_out_and_named(tmp_path: Path, kind: str) -> None:
    dataset = in_sqlite(
        tmp_path,
        f"CREATE TABLE members (branch TEXT, name TEXT, photo {kind})",
        "INSERT INTO members VALUES ('第一党支部', '甲', '{}')",
    )
    assert [member.extra for member in dataset.tables["members"]] == [{}]
    assert [f.place.cell for f in by_code(dataset.findings, "column-unreadable")] == ["photo"]


def test_json_in_a_known_column_fails_the_row_and_a_list_of_texts_is_names(server: Server) -> None:
    dataset = read(
        server.make("json"),
        "ALTER TABLE branches ADD other_members TEXT[]",
        "UPDATE branches SET other_members = ARRAY['甲', '乙']",
        "CREATE TABLE talks (branch TEXT, date DATE, talker TEXT, listener TEXT, content JSONB)",
        """INSERT INTO talks VALUES ('第一党支部', '2026-03-05', '甲', '乙', '{"a": 1}')""",
    )
    assert dataset.branches[0].other_members == ("甲", "乙")
    assert [f.code for f in dataset.findings] == ["value-nested"]


def test_column_of_a_type_that_nobody_knows_is_an_extra_field(server: Server) -> None:
    dataset = read(
        server.make("points"),
        "ALTER TABLE branches ADD 位置 POINT",
        "UPDATE branches SET 位置 = '(1,2)'",
    )
    assert dataset.branches[0].extra == {"位置": "(1,2)"}


def test_unknown_columns_are_kept_and_surrogate_keys_are_not(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "CREATE TABLE members (id INTEGER PRIMARY KEY, branch TEXT, name TEXT, 爱好 TEXT, 空列 TEXT)",
        "INSERT INTO members (branch, name, 爱好) VALUES ('第一党支部', '甲', '党员')",
    )
    assert [member.extra for member in dataset.tables["members"]] == [{"爱好": "党员"}]
    assert [f.place.cell for f in by_code(dataset.findings, "column-unknown")] == ["爱好"]


def test_unit_is_one_row_or_pairs(tmp_path: Path) -> None:
    row = in_sqlite(tmp_path)
    pairs = read(
        f"sqlite:///{tmp_path / 'pairs.db'}",
        "DROP TABLE unit",
        "CREATE TABLE 单位 (项目 TEXT, 内容)",
        "INSERT INTO 单位 VALUES ('单位名称', '云屏县科技馆'), ('年度', 2026)",
    )
    assert said(row) == said(pairs)
    assert (row.unit.name, row.unit.year) == ("云屏县科技馆", 2026)


def test_key_of_the_unit_is_data_only_where_it_is_one_of_its_columns(tmp_path: Path) -> None:
    for key, file in (
        ("name TEXT PRIMARY KEY, nr INT", "a.db"),
        ("nr INTEGER PRIMARY KEY, name TEXT", "b.db"),
    ):
        dataset = read(
            f"sqlite:///{tmp_path / file}",
            "DROP TABLE unit",
            f"CREATE TABLE unit ({key}, year INT)",
            "INSERT INTO unit (name, nr, year) VALUES ('云屏县科技馆', 7, 2026)",
        )
        assert dataset.unit.name == "云屏县科技馆"
        assert dataset.unit.extra == ({"nr": "7"} if file == "a.db" else {})


def test_second_row_of_the_unit_is_said(tmp_path: Path) -> None:
    dataset = in_sqlite(tmp_path, "INSERT INTO unit VALUES ('别的单位', 2025)")
    assert [finding.code for finding in dataset.findings] == ["unit-rows"]


def test_year_of_the_events_is_used_where_the_unit_names_none(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "UPDATE unit SET year = NULL",
        "CREATE TABLE talks (branch TEXT, date TEXT, talker TEXT, listener TEXT)",
        "INSERT INTO talks VALUES ('第一党支部', '2025.3.5', '甲', '乙'), ('第一党支部', '昨天', '甲', '乙')",
    )
    assert dataset.unit.year == 2025


def test_case_of_a_collation_does_not_lose_rows(tmp_path: Path) -> None:
    dataset = in_sqlite(
        tmp_path,
        "INSERT INTO branches VALUES ('A座党支部', NULL, NULL)",
        "CREATE TABLE members (branch TEXT COLLATE NOCASE, name TEXT)",
        "INSERT INTO members VALUES ('A座党支部', '甲'), ('a座党支部', '乙'), ('A座党支部', '丙')",
    )
    assert [m.name for m in dataset.tables["members"]] == ["甲", "乙", "丙"]  # type: ignore[attr-defined]
