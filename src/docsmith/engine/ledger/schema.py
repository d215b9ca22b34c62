"""The tables of the ledger, and how a ledger of an earlier version becomes one of this."""

from __future__ import annotations

import sqlite3

VERSION = 2

# ``written`` and ``changes`` grow at their ends, whatever the names are: only two indexes grow everywhere.
_TABLES = """
CREATE TABLE written (
    path TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    previous TEXT NOT NULL,
    document_type TEXT NOT NULL,
    branch TEXT NOT NULL,
    template TEXT NOT NULL,
    version TEXT NOT NULL,
    inputs TEXT NOT NULL DEFAULT '',
    year INTEGER NOT NULL DEFAULT 0,
    to_fill_in INTEGER NOT NULL DEFAULT 0,
    beside INTEGER NOT NULL DEFAULT 0,
    run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX written_of_branch ON written (branch, year);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    arguments TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'running'
);
CREATE TABLE changes (
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    path TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    kept TEXT NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE TABLE results (
    run INTEGER NOT NULL,
    position INTEGER NOT NULL,
    document_type TEXT NOT NULL,
    branch TEXT NOT NULL,
    status TEXT NOT NULL,
    path TEXT NOT NULL,
    beside TEXT NOT NULL,
    to_fill_in INTEGER NOT NULL,
    findings TEXT NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE folders (
    year INTEGER NOT NULL,
    branch TEXT NOT NULL,
    folder TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (year, branch)
) WITHOUT ROWID;
"""
# Version 1 knew no years, but put everything into a folder of its year; what names no year becomes 0.
_FROM_VERSION_1 = """
INSERT INTO written (path, sha256, previous, document_type, branch, template, version, year)
SELECT path, sha256, previous, document_type, branch, template, version, CAST(path AS INTEGER)
FROM written_1 ORDER BY path;
DROP TABLE written_1;
"""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a ledger: 0 where there is nothing in it, 1 for that of docsmith 0.1."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'written'").fetchone():
        return 1
    return int(version)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or turn those of version 1 into them, all in one transaction."""
    if (earlier := version_of(connection)) == VERSION:
        return
    script = f"ALTER TABLE written RENAME TO written_1;{_TABLES}{_FROM_VERSION_1}" if earlier else _TABLES
    connection.execute("BEGIN EXCLUSIVE")
    for statement in script.split(";"):  # executescript() would commit first
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
