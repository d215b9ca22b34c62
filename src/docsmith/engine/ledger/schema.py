"""The tables of the ledger, and how a ledger of an earlier version becomes one of this."""

from __future__ import annotations

import sqlite3

VERSION = 4

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
    run INTEGER NOT NULL DEFAULT 0,
    copy TEXT NOT NULL DEFAULT '',
    row TEXT NOT NULL DEFAULT ''
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
    copy TEXT NOT NULL DEFAULT '',
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
_SETS = """
CREATE TABLE sets (
    year INTEGER NOT NULL,
    document_type TEXT NOT NULL,
    branch TEXT NOT NULL,
    inputs TEXT NOT NULL,
    copies TEXT NOT NULL,
    run INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (year, branch, document_type)
) WITHOUT ROWID;
"""
# Version 1 knew no years, but put everything into a folder of its year; what names no year becomes 0.
_FROM_VERSION_1 = """
INSERT INTO written (path, sha256, previous, document_type, branch, template, version, year)
SELECT path, sha256, previous, document_type, branch, template, version, CAST(path AS INTEGER)
FROM written_1 ORDER BY path;
DROP TABLE written_1;
"""
# Version 2 knew one document of a type for a branch; what undoing needs is in ``changes``, as a list.
_FROM_VERSION_2 = """
ALTER TABLE written ADD COLUMN copy TEXT NOT NULL DEFAULT '';
ALTER TABLE written ADD COLUMN row TEXT NOT NULL DEFAULT '';
ALTER TABLE results ADD COLUMN copy TEXT NOT NULL DEFAULT '';
UPDATE changes SET entry = json_insert(entry, '$[12]', '', '$[13]', '') WHERE entry != '';
"""
# Version 3 did not say which run a set is of: that is the last one.
_FROM_VERSION_3 = """
ALTER TABLE sets ADD COLUMN run INTEGER NOT NULL DEFAULT 0;
UPDATE sets SET run = (SELECT COALESCE(MAX(id), 0) FROM runs);
"""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a ledger: 0 where there is nothing in it, 1 for that of docsmith 0.1."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'written'").fetchone():
        return 1
    return int(version)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or turn those of an earlier version into them, all in one transaction."""
    if (earlier := version_of(connection)) == VERSION:
        return
    connection.execute("BEGIN EXCLUSIVE")
    for statement in _script(earlier).split(";"):  # executescript() would commit first
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _script(earlier: int) -> str:
    """Return the statements that make this version's tables of those of an earlier one (0: of nothing)."""
    if earlier == 3:
        return _FROM_VERSION_3
    if earlier == 2:
        return _FROM_VERSION_2 + _SETS
    if earlier == 1:
        return f"ALTER TABLE written RENAME TO written_1;{_TABLES}{_SETS}{_FROM_VERSION_1}"
    return _TABLES + _SETS
