"""``python -m benchmarks.batch``: ``docsmith batch`` for 100,000 branches (docs/batch-speed.md)."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import machine
from benchmarks.batch import bare, documents, store
from benchmarks.batch.picture import svg
from benchmarks.batch.process import Spent, run
from benchmarks.batch.report import markdown
from benchmarks.batch.results import Killed, Results
from benchmarks.install import CACHE
from benchmarks.markdown import refresh

_DOCS = bare.ROOT / "docs"


def main() -> int:
    """Measure; the exit code is 1 where a goal does not hold."""
    options = _parser().parse_args()
    if options.workbook:
        store.workbook(options.workbook, options.branches)
        return 0
    CACHE.mkdir(exist_ok=True)
    _say(f"a database of {options.branches:,} branches …")
    database = store.database(CACHE, options.branches)
    results = Results(options.branches)
    with tempfile.TemporaryDirectory(prefix="docsmith-", dir=options.folder) as folder:
        results.machine = machine.describe(Path(folder))
        _Measurement(results, database, Path(folder)).all(options.documents)
    _write(results, docs=options.write_docs)
    print(markdown(results))
    return int(not all(holds for _text, _found, holds in results.goals()))


class _Measurement:
    """The parts of a measurement, one after the other, in a folder that is thrown away at the end.

    Nothing is thrown away before: ext4 leaves out the inodes of files that are gone for some minutes, one by
    one, so that whatever makes files after a large deletion seems to take a tenth longer.
    """

    def __init__(self, results: Results, database: Path, folder: Path) -> None:
        self._results, self._database, self._folder = results, database, folder

    def all(self, bare_documents: int) -> None:
        results = self._results
        count = min(bare_documents, results.branches)
        before = self._bare(count)
        results.runs[1] = self._run(1, "one")
        # A machine is faster now and then: what is compared stands around what it is compared with.
        results.bare, results.bare_count = before.mean(self._bare(count)), 2 * count
        results.unchanged = self._run(1, "one")
        undisturbed = documents.digests(self._folder / "one")
        results.runs[2] = self._run(2, "two")
        results.same_for_any_jobs = documents.digests(self._folder / "two") == undisturbed
        results.killed = self._kill(results.runs[2].wall / 2, undisturbed)

    def _bare(self, count: int) -> bare.Bare:
        _say("docxtpl …")
        return bare.measure(self._database, count, Path(tempfile.mkdtemp(dir=self._folder)))

    def _kill(self, seconds: float, undisturbed: Mapping[str, bytes]) -> Killed:
        self._run(2, "killed", kill_after=seconds)
        out = self._folder / "killed"
        found, torn = sum(1 for _path in documents.documents_in(out)), documents.torn_in(out)
        resumed = self._run(2, "killed")
        return Killed(seconds, found, torn, resumed, documents.digests(out) == undisturbed)

    def _run(self, jobs: int, out: str, *, kill_after: float | None = None) -> Spent:
        _say(f"docsmith batch --jobs {jobs}{', killed' if kill_after else ''} …")
        arguments = ["batch", bare.TYPE, "--data", f"sqlite:///{self._database}"]
        arguments += ["--out", out, "--jobs", str(jobs)]
        return run(arguments, self._folder, kill_after=kill_after)


def _write(results: Results, *, docs: bool) -> None:
    (CACHE / "batch.md").write_text(markdown(results), encoding="utf-8")
    (CACHE / "batch.svg").write_text(svg(results), encoding="utf-8")
    if docs:
        refresh(_DOCS / "batch-speed.md", markdown(results))
        (_DOCS / "pictures" / "batch-memory.svg").write_text(svg(results), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--branches", type=int, default=100_000, help="how many branches (100000)")
    parser.add_argument("--documents", type=int, default=300, help="documents for docxtpl (300)")
    parser.add_argument("--folder", type=Path, help="where documents are written; that of temporary files")
    parser.add_argument("--workbook", type=Path, metavar="FILE", help="only write the branches as an .xlsx")
    parser.add_argument("--write-docs", action="store_true", help="write docs/batch-speed.md and its picture")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
