"""A database of many branches: memory stays flat, and a table is not read once for each branch."""

from __future__ import annotations

import gc
import sqlite3
import tracemalloc
from pathlib import Path

import pytest

from docsmith.model.schema import Schema
from docsmith.sources import ImportRules
from docsmith.sources.database import DatabaseSource
from tests.sources.making import by_code


def made(path: Path, branches: int, *, each: int = 1, index: bool = True) -> str:
    """Make a database whose branches have so many members each."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE unit (item TEXT, content TEXT)")
    connection.execute("INSERT INTO unit VALUES ('单位名称', '云屏县'), ('年度', '2026')")
    connection.execute("CREATE TABLE branches (id INTEGER PRIMARY KEY, code TEXT, name TEXT UNIQUE)")
    connection.execute('CREATE TABLE "members" (id INTEGER PRIMARY KEY, branch TEXT, name TEXT)')
    names = [f"云屏县第{number}小学党支部" for number in range(branches)]
    connection.executemany(
        "INSERT INTO branches (code, name) VALUES (?, ?)",
        ((f"{n:06d}", name) for n, name in enumerate(names)),
    )
    connection.executemany(
        "INSERT INTO members (branch, name) VALUES (?, '甲')",
        ((name,) for _ in range(each) for name in names),
    )
    if index:
        connection.execute("CREATE INDEX by_branch ON members (branch)")
    connection.commit()
    connection.close()
    return f"sqlite:///{path}"


def opened(url: str) -> DatabaseSource:
    return DatabaseSource(url, Schema.built_in(), ImportRules())


def test_hundred_thousand_branches_take_a_few_hundred_bytes_each(tmp_path: Path) -> None:
    opened(made(tmp_path / "small.db", 10)).close()  # what is imported and compiled once
    url = made(tmp_path / "large.db", 100_000)
    gc.collect()
    tracemalloc.start()
    try:
        source = opened(url)
        names = list(source.names())
        reader = source.reader()
        for count, ticket in enumerate(source.tickets(names, 50)):
            if count % 200 == 0:
                reader.read(ticket).dataset(ticket.branches)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(names) == 100_000
    assert peak / 100_000 < 500
    source.close()


@pytest.mark.parametrize("index", [True, False])
def test_large_table_without_an_index_is_said_once_and_read_a_few_times(tmp_path: Path, index: bool) -> None:
    source = opened(made(tmp_path / "数据.db", 3000, each=8, index=index))
    findings = by_code(source.head.dataset.findings, "index-missing")
    tickets = list(source.tickets(list(source.names()), 10))
    if index:
        assert (len(findings), len(tickets)) == (0, 300)
    else:
        (finding,) = findings
        assert finding.hint == 'Add an index: CREATE INDEX docsmith_members ON "members" (branch)'
        assert len(tickets) == 50
    members = source.reader().read(tickets[-1]).dataset(tickets[-1].branches).tables["members"]
    assert len(members) == 8 * len(tickets[-1].branches)
    source.close()


def test_small_table_needs_no_index(tmp_path: Path) -> None:
    source = opened(made(tmp_path / "数据.db", 100, index=False))
    assert source.head.dataset.findings == ()
    assert len(list(source.tickets(list(source.names()), 10))) == 10
    source.close()
