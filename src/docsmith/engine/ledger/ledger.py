"""What docsmith wrote, and from what: the memory that tells its own files from a person's."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from docsmith._files import digest_of_file
from docsmith.engine.ledger.rows import Change, CopyEntry, CopySet, Entry, Origin, Written
from docsmith.engine.ledger.runs import Runs

_COLUMNS = ", ".join(Written._fields)
# All of these names in one statement, however many they are.
_ONE_OF = "IN (SELECT value FROM json_each(?))"
_REMEMBER = f"""
INSERT INTO written ({_COLUMNS}) VALUES ({", ".join("?" * len(Written._fields))})
ON CONFLICT (path) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in Written._fields[1:])}
"""  # noqa: S608 - names of our own
_KNOWN = f"""
SELECT document_type, branch, path, sha256, inputs, to_fill_in FROM written
WHERE year = ? AND branch {_ONE_OF} AND NOT beside AND copy = '' ORDER BY run
"""  # noqa: S608
_COPIES = f"""
SELECT document_type, branch, copy, row, beside, run, path, sha256, inputs, to_fill_in FROM written
WHERE year = ? AND branch {_ONE_OF} AND copy != '' ORDER BY run, rowid
"""  # noqa: S608
_SETS = f"SELECT document_type, branch, inputs, copies, run FROM sets WHERE year = ? AND branch {_ONE_OF}"  # noqa: S608
_PLACE = """
SELECT path FROM written WHERE branch = ? AND year = ? AND document_type = ? AND copy = ? AND NOT beside
ORDER BY run DESC LIMIT 1
"""
_BESIDE = """
SELECT sha256, previous FROM written
WHERE branch = ? AND year = ? AND document_type = ? AND copy = ? AND beside
"""
_NOTE = "INSERT INTO changes (run, number, path, before, after, kept, entry) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Step(NamedTuple):
    """A change that is about to be made, and what the ledger says of the path from then on.

    Without a ``row`` it goes on saying what it said: a file that is moved aside was docsmith's own, and must
    still be if the run is killed before.
    """

    change: Change
    row: Written | None


class Ledger(Runs):
    """The ledger of an output folder, held by one run at a time.

    An entry is written *before* its file, with the hash of what the file replaces. So a run that is killed in
    between leaves a file that one of the two hashes explains, and that is docsmith's own in the next run.
    """

    def known(self, year: int, branches: Collection[str]) -> Mapping[tuple[str, str], Entry]:
        """Return the documents of these branches by document type and branch, each as it was last written.

        Of those types alone that a branch has one document of; for others, see :meth:`copies`.
        """
        with self.reading() as connection:
            found = connection.execute(_KNOWN, (year, _listed(branches)))
            return {(kind, branch): Entry(*rest) for kind, branch, *rest in found}

    def copies(
        self, year: int, branches: Collection[str]
    ) -> Mapping[tuple[str, str], Mapping[str, CopyEntry]]:
        """Return by document type and branch, and then by their names, those that a branch has several of.

        Each is as it was last written; ``row`` is that of its last version, be it beside a person's file.
        """
        found: dict[tuple[str, str], dict[str, CopyEntry]] = {}
        with self.reading() as connection:
            for kind, branch, copy, row, beside, run, *rest in connection.execute(
                _COPIES, (year, _listed(branches))
            ):
                of = found.setdefault((kind, branch), {})
                known = of.get(copy)
                # What stands beside a person's file says which row it is of, not where its place is.
                entry = known.entry if beside and known else Entry(*rest)
                of[copy] = CopyEntry(copy, row, entry, bool(beside), run)
        return found

    def sets(self, year: int, branches: Collection[str]) -> Mapping[tuple[str, str], CopySet]:
        """Return which documents the last run had, by type and branch, of types with several for a branch."""
        with self.reading() as connection:
            found = connection.execute(_SETS, (year, _listed(branches)))
            return {
                (kind, branch): CopySet(inputs, tuple(json.loads(copies)), run)
                for kind, branch, inputs, copies, run in found
            }

    def keep_sets(self, year: int, sets: Mapping[tuple[str, str], CopySet]) -> None:
        """Note which documents of a type a branch has, and, with their inputs, that all of them are there.

        They are those of the run that is on, whatever run the sets say.
        """
        rows = [
            (year, kind, branch, one.inputs, _listed(one.copies), self.run)
            for (kind, branch), one in sets.items()
        ]
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO sets (year, document_type, branch, inputs, copies, run)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )

    def agrees(self, entry: Entry) -> bool:
        """Say whether a document's file is there, can be read, and is what was written."""
        try:
            return digest_of_file(f"{self.out}/{entry.path}") == entry.sha256
        except OSError:
            return False

    def rows(self, paths: Collection[str]) -> Mapping[str, Written]:
        """Return what is known of these files (paths within the output folder), by their paths."""
        query = f"SELECT {_COLUMNS} FROM written WHERE path {_ONE_OF}"  # noqa: S608
        with self.reading() as connection:
            found = connection.execute(query, (_listed(paths),))
            return {row[0]: _written(row) for row in found}

    def place_of(self, origin: Origin) -> str:
        """Return where a document was last written, ``""`` for one that never was."""
        with self.reading() as connection:
            found = connection.execute(
                _PLACE, (origin.branch, origin.year, origin.document_type, origin.copy)
            ).fetchone()
            return str(found[0]) if found else ""

    def put_beside(self, origin: Origin) -> Collection[str]:
        """Return the hashes of the new versions that were put beside a document that a person had edited."""
        with self.reading() as connection:
            found = connection.execute(
                _BESIDE, (origin.branch, origin.year, origin.document_type, origin.copy)
            )
            return {sha256 for row in found for sha256 in row if sha256}

    def folders(self, year: int) -> Mapping[str, str]:
        """Return the folders that branches were given for a year."""
        with self.reading() as connection:
            return dict(connection.execute("SELECT branch, folder FROM folders WHERE year = ?", (year,)))

    def give_folders(self, year: int, folders: Mapping[str, str]) -> None:
        """Give folders to branches for a year; a branch that has one keeps it, until the run is undone."""
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO folders (year, branch, folder, run) VALUES (?, ?, ?, ?)",
                ((year, branch, folder, self.run) for branch, folder in folders.items()),
            )

    def next_number(self) -> int:
        """Return the number of the next change of this run."""
        query = "SELECT COALESCE(MAX(number), 0) + 1 FROM changes WHERE run = ?"
        with self.reading() as connection:
            return int(connection.execute(query, (self.run,)).fetchone()[0])

    def intend(self, steps: Sequence[Step]) -> None:
        """Note what the run is about to do, in one transaction."""
        if not self.run:
            raise ValueError("a run must begin before it changes anything")
        with self.transaction(durable=True) as connection:
            connection.executemany(_NOTE, [(self.run, *_packed(step.change)) for step in steps])
            connection.executemany(_REMEMBER, [step.row for step in steps if step.row])

    def changes(self, run: int, most: int) -> Sequence[Change]:
        """Return the last changes of a run, at most so many, the last one first."""
        query = "SELECT number, path, before, after, kept, entry FROM changes WHERE run = ?"
        with self.reading() as connection:
            found = connection.execute(f"{query} ORDER BY number DESC LIMIT ?", (run, most))
            return [_unpacked(row) for row in found]

    def take_back(self, run: int, changes: Sequence[Change]) -> None:
        """Forget changes of a run, and say of their paths what was said before; the last comes first."""
        with self.transaction() as connection:
            for change in changes:
                if change.entry:
                    connection.execute(_REMEMBER, change.entry)
                else:
                    connection.execute("DELETE FROM written WHERE path = ?", (change.path,))
            connection.executemany(
                "DELETE FROM changes WHERE run = ? AND number = ?",
                [(run, change.number) for change in changes],
            )

    def undone(self, run: int) -> None:
        """Note that nothing is left of a run, nor of the names of folders that it gave."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM folders WHERE run = ?", (run,))
            connection.execute("DELETE FROM results WHERE run = ?", (run,))
            connection.execute("UPDATE runs SET state = 'undone' WHERE id = ?", (run,))


def _listed(names: Iterable[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False)


def _written(row: Sequence[object]) -> Written:
    return Written._make(row)


def _packed(change: Change) -> tuple[object, ...]:
    entry = json.dumps(change.entry, ensure_ascii=False) if change.entry else ""
    return (*change[:-1], entry)


def _unpacked(row: Sequence[object]) -> Change:
    *rest, entry = row
    return Change._make((*rest, _written(json.loads(str(entry))) if entry else None))
