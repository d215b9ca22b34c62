"""How long a database of many branches takes to be looked over, and to be read branch by branch.

Run: python benchmarks/read_database.py [BRANCHES] [URL]. Each branch has 8 members and 4 activities. The URL
is of an empty database, in which the tables are made; without one, SQLite is used, in a temporary folder.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from docsmith.model.schema import Schema
from docsmith.sources import ImportRules
from docsmith.sources.database import DatabaseSource

MEMBERS, ACTIVITIES = 8, 4
AT_ONCE = 50  # branches in a ticket
READ = 5000  # branches that are read
PIECE = 20_000  # rows that are written at once
COLUMNS = {
    "unit": "item content",
    "branches": "code name secretary",
    "members": "branch name gender born_on joined_on education mobile",
    "activities": "branch kind date topic chair content",
}


def rows_of(table: str, branches: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as the months bring them: those of one branch do not lie together."""
    names = [f"云屏县第{number}小学党支部" for number in range(branches)]
    if table == "unit":
        yield from (("单位名称", "云屏县教育局"), ("年度", "2026"))
    elif table == "branches":
        yield from ((f"{number:06}", name, "张三") for number, name in enumerate(names))
    elif table == "members":
        for one in range(MEMBERS):
            told = ("男", "1990-01-02", "2012-03-04", "本科")
            yield from ((name, f"王{one}", *told, f"139{at:08}") for at, name in enumerate(names))
    else:
        for month in range(ACTIVITIES):
            yield from (
                (name, "党课", f"2026-0{month + 1}-02", "学习", "张三", "内容" * 20) for name in names
            )


def fill(url: str, branches: int) -> None:
    """Make the tables, with a primary key each, and an index where a branch is named."""
    engine, meta = sa.create_engine(url), sa.MetaData()
    for name, columns in COLUMNS.items():
        indexed = {"branches": "name"}.get(name, "branch")
        texts: list[Any] = [sa.Column(column, sa.Text, index=column == indexed) for column in columns.split()]
        sa.Table(name, meta, sa.Column("id", sa.Integer, primary_key=True), *texts)
    meta.create_all(engine)
    with engine.begin() as connection:
        for name, table in meta.tables.items():
            titles = COLUMNS[name].split()
            values: list[dict[str, str]] = []
            for row in rows_of(name, branches):
                values.append(dict(zip(titles, row)))
                if len(values) == PIECE:
                    connection.execute(table.insert(), values)
                    values = []
            if values:
                connection.execute(table.insert(), values)
        if connection.dialect.name in ("postgresql", "sqlite"):
            connection.exec_driver_sql("ANALYZE")  # as their own upkeep does within minutes
    engine.dispose()


def measure(url: str) -> None:
    """Print the time of the first look, of one branch's rows, and the memory of the process."""
    start = time.perf_counter()
    source = DatabaseSource(url, Schema.built_in(), ImportRules())
    names = list(source.names())
    print(f"looked over {len(names)} branches in {time.perf_counter() - start:.2f} s")
    reader, read = source.reader(), 0
    start = time.perf_counter()
    for ticket in source.tickets(names[:READ], AT_ONCE):
        read += len(reader.read(ticket).branches)
    taken = (time.perf_counter() - start) / read
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"the {1 + MEMBERS + ACTIVITIES} rows of a branch in {taken * 1e3:.3f} ms; {peak} MB at most")
    source.close()


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        where = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{Path(folder, 'data.db')}"
        fill(where, count)
        measure(where)
