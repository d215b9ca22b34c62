"""The runs of an output folder, and what became of their documents."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from docsmith.engine.ledger.database import Database
from docsmith.engine.ledger.history import forget_all_but
from docsmith.engine.ledger.rows import ResultRow, RunEntry, Status
from docsmith.errors import OutputError
from docsmith.model.findings import Citation, Finding, Place, Severity

KEPT_RUNS = 5
_LIST = """
SELECT id, command, arguments, started, finished, state,
       (SELECT COUNT(*) FROM changes WHERE changes.run = runs.id)
FROM runs ORDER BY id
"""
# The last runs, and the last of those that changed something: a night of "unchanged" forgets nothing.
_KEPT = """
SELECT id FROM (SELECT id FROM runs ORDER BY id DESC LIMIT :most) UNION
SELECT id FROM (
    SELECT id FROM runs WHERE EXISTS (SELECT 1 FROM changes WHERE changes.run = runs.id)
    ORDER BY id DESC LIMIT :most
)
"""
_FORGOTTEN = f"run IN (SELECT id FROM runs WHERE id NOT IN ({_KEPT}))"  # noqa: S608 - our own text


class Runs(Database):
    """The runs of an output folder.

    When one begins, the last five are kept, and the last five that changed something, with their results and
    what undoing them needs. Earlier ones are forgotten; their numbers are not given again.
    """

    run = 0
    """The run that is on; 0 before :meth:`begin`."""

    def begin(self, command: str, arguments: Mapping[str, Any]) -> int:
        """Begin a run and return its id; a run that never finished was interrupted, and is called so now."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET state = 'interrupted' WHERE state = 'running'")
            most = {"most": KEPT_RUNS}
            kept = {run for (run,) in connection.execute(_KEPT, most)}
            connection.execute(f"DELETE FROM changes WHERE {_FORGOTTEN}", most)  # noqa: S608
            connection.execute(f"DELETE FROM results WHERE {_FORGOTTEN}", most)  # noqa: S608
            connection.execute(f"DELETE FROM runs WHERE id NOT IN ({_KEPT})", most)  # noqa: S608
            cursor = connection.execute(
                "INSERT INTO runs (command, arguments, started) VALUES (?, ?, ?)",
                (command, json.dumps(arguments, ensure_ascii=False, default=str), _now()),
            )
        self.run = cursor.lastrowid or 0
        forget_all_but(self.out, kept)
        return self.run

    def finish(self, run: int, state: str) -> None:
        """Say how a run ended: ``done`` or ``interrupted``."""
        with self.transaction() as connection:
            connection.execute("UPDATE runs SET state = ?, finished = ? WHERE id = ?", (state, _now(), run))

    @contextmanager
    def running(self, command: str, arguments: Mapping[str, Any]) -> Iterator[int]:
        """Begin a run for a block, and lend its id; it is done when the block ends without an error."""
        run = self.begin(command, arguments)
        try:
            yield run
        except BaseException:
            with contextlib.suppress(OutputError):  # the first error is the one to tell of
                self.finish(run, "interrupted")
            raise
        self.finish(run, "done")

    def runs(self) -> Sequence[RunEntry]:
        """Return the runs that are not forgotten, the first one first."""
        with self.reading() as connection:
            return [
                RunEntry(run, command, json.loads(arguments), *rest)
                for run, command, arguments, *rest in connection.execute(_LIST)
            ]

    def record(self, run: int, results: Iterable[ResultRow]) -> None:
        """Note what became of documents; a result for the same position replaces the earlier one."""
        rows = [
            (
                run,
                *result[:7],
                json.dumps([_packed(one) for one in result.findings], ensure_ascii=False),
                result.copy,
            )
            for result in results
        ]
        with self.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )

    def results(self, run: int, status: Status | None = None) -> Iterator[ResultRow]:
        """Yield the results of a run in the order of their positions, all or those of one status."""
        return self._results("AND status = ?", run, status) if status else self._results("", run)

    def remarked(self, run: int) -> Iterator[ResultRow]:
        """Yield the results of documents that are there, and of which something is worth saying."""
        return self._results("AND status != ? AND findings != '[]'", run, Status.FAILED)

    def _results(self, only: str, *values: object) -> Iterator[ResultRow]:
        query = f"SELECT * FROM results WHERE run = ? {only} ORDER BY position"  # noqa: S608
        with self.reading() as connection:
            for _run, *row, findings, copy in connection.execute(query, values):
                result = ResultRow._make((*row, tuple(map(_unpacked, json.loads(findings))), copy))
                yield result._replace(status=Status(result.status))


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def _packed(finding: Finding) -> list[Any]:
    return [*finding]  # JSON has no named tuples, and writes those inside as lists too


def _unpacked(values: list[Any]) -> Finding:
    severity, message, hint, place, code, branch, citation = values
    cited = Citation(*citation) if citation else None
    return Finding(Severity(severity), message, hint, Place(*place), code, branch, cited)
