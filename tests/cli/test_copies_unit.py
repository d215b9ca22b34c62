"""One document for the whole unit, from the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Docsmith
from tests.cli.copies import (
    FIRST,
    MEMBERS,
    SECOND,
    TALKS,
    documents,
    files,
    statuses,
    write_csv,
    write_talks,
)
from tests.engine.data import text_of


@pytest.fixture(params=["render", "batch"])
def make(request: pytest.FixtureRequest) -> str:
    """Both commands make these documents, and the same."""
    return str(request.param)


def test_the_document_of_the_unit_has_the_rows_of_all_branches_in_their_order(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    done = docsmith(make, "名单表", "--json")
    assert done.code == 0, done.err
    assert files(rows_office) == {"研究所/研究所-名单表.docx": f"{FIRST}；{SECOND}；王五、赵六、钱七、"}
    assert documents(done)[0]["branch"] == ""


def test_a_row_of_any_branch_that_cannot_be_read_stops_the_document_of_the_unit(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    write_csv(rows_office, "党员", MEMBERS, f"{SECOND},钱七,男或女,正式党员")
    done = docsmith(make, "名单表", "--json")
    assert done.code == 1
    (failed,) = documents(done)
    assert failed["findings"][0]["cell"] == "C2"


RULES = (
    '[[rules]]\nid = "T-01"\nof = "党员"\nwhere = "出生日期="\nmessage = "没有写出生日期"\n'
    '[[rules]]\nid = "T-02"\nof = "党员"\nat_least = 2\nmessage = "党员太少"\n'
    '[[rules]]\nid = "T-03"\nof = "单位"\nwhere = "填报日期="\nmessage = "没有写填报日期"\n'
)


def test_the_rules_of_a_type_of_the_unit_speak_beside_it_of_each_branch(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    with (rows_office.parent / "文种" / "test-roster" / "plugin.toml").open("a", encoding="utf-8") as stream:
        stream.write(RULES)
    done = docsmith(make, "名单表", "--json")
    assert done.code == 0, done.err
    found = [(one["code"], one["branch"]) for one in documents(done)[0]["findings"]]
    assert ("T-02", SECOND) in found
    assert ("T-02", FIRST) not in found
    assert {branch for code, branch in found if code == "T-01"} == {FIRST, SECOND}
    assert [branch for code, branch in found if code == "T-03"] == [""]


def test_of_many_things_that_are_wrong_beside_the_document_of_the_unit_the_first_are_told(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    with (rows_office.parent / "文种" / "test-roster" / "plugin.toml").open("a", encoding="utf-8") as stream:
        stream.write(RULES)
    write_csv(rows_office, "党员", MEMBERS, *(f"{FIRST},王{number:04},,正式党员" for number in range(50)))
    found = documents(docsmith(make, "名单表", "--json"))[0]["findings"]
    assert len(found) < 30
    assert "more things are wrong with its data" in found[-1]["message"]


def test_rows_that_the_document_of_the_unit_does_not_show_do_not_stop_it(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    write_talks(rows_office, TALKS[0].replace("2026-03-01", "三月"))
    assert docsmith(make, "名单表").code == 0


def test_a_run_for_some_branches_does_not_make_the_document_of_the_unit_and_says_so(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    done = docsmith(make, "通知单", "名单表", "--branch", FIRST)
    assert done.code == 0
    assert "名单表 was not made" in done.out
    assert set(files(rows_office)) == {f"{FIRST}/{FIRST}-通知单.docx"}
    alone = docsmith(make, "名单表", "--branch", FIRST)
    assert alone.code == 2
    assert "--branch" in alone.err


def test_the_document_of_the_unit_reads_only_the_tables_that_it_shows(
    docsmith: Docsmith, rows_office: Path
) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    _to_database(rows_office.parent / "党务.db")
    database = f"sqlite:///{(rows_office.parent / '党务.db').as_posix()}"
    assert docsmith("batch", "名单表").code == 0
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", listen)
    try:
        done = docsmith("batch", "名单表", "--data", database, "--json", "--out", "库")
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", listen)
    assert done.code == 0, done.err
    said = text_of(Path(documents(done)[0]["path"]).read_bytes())
    assert said == files(rows_office)["研究所/研究所-名单表.docx"]
    of_members, of_talks = (_number_of_selects(asked, table) for table in ("members", "talks"))
    assert of_members == of_talks + 1


def _number_of_selects(statements: list[str], table: str) -> int:
    """Return how often rows of some branches were asked for."""
    plain = (" ".join(one.replace('"', "").split()) for one in statements)
    return sum(f"FROM {table} WHERE " in one for one in plain)


def _to_database(path: Path) -> None:

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE unit (name, year)")
        connection.execute("INSERT INTO unit VALUES ('研究所', 2026)")
        connection.execute("CREATE TABLE branches (name, secretary)")
        connection.executemany("INSERT INTO branches VALUES (?, ?)", [(FIRST, "张三"), (SECOND, "李四")])
        connection.execute("CREATE TABLE members (branch, name, status)")
        connection.executemany(
            "INSERT INTO members VALUES (?, ?, ?)",
            [(SECOND, "钱七", "正式党员"), (FIRST, "王五", "正式党员"), (FIRST, "赵六", "入党申请人")],
        )
        connection.execute("CREATE TABLE talks (支部, 日期, 谈话人, 谈话对象)")


def test_the_document_of_the_unit_is_made_again_when_any_branch_changes(
    docsmith: Docsmith, rows_office: Path
) -> None:
    docsmith("batch", "名单表")
    assert statuses(docsmith("batch", "名单表", "--json")) == {"": "unchanged"}
    write_csv(rows_office, "党员", MEMBERS, f"{SECOND},钱七,男,正式党员")
    assert statuses(docsmith("batch", "名单表", "--json")) == {"": "written"}
    assert files(rows_office)["研究所/研究所-名单表.docx"].endswith("；钱七、")
