"""``python -m benchmarks``: docsmith and its peers on the same work, in one run (docs/speed.md)."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks import cold, machine, memory
from benchmarks.entrants import OURS, PEERS, REFERENCE
from benchmarks.errors import DifferenceError, MeasurementError
from benchmarks.install import CACHE, Environment, prepare
from benchmarks.picture import svg
from benchmarks.race import Entrant, Settings, race
from benchmarks.report import markdown, refresh
from benchmarks.results import Line, Results
from benchmarks.workloads import WORKLOADS

DOCS = Path(__file__).resolve().parent.parent / "docs"
_RACES = ("A", "B", "C", "AN", "R")
_ALL = (*_RACES, "memory", "cold")


def main() -> int:
    """Measure what is asked for; the exit code is 1 where a goal does not hold or a measurement failed."""
    parser = _parser()
    options = parser.parse_args()
    if options.write_docs and (options.what or options.only):
        parser.error("--write-docs is for everything: docs/speed.md shows one whole run")
    what = _known(options.what or _ALL, _ALL)
    environments, left_out = prepare(PEERS[name] for name in _chosen(options.only, what))
    results = Results(left_out=left_out)
    above = options.folder or machine.fastest_folder()
    with tempfile.TemporaryDirectory(prefix="docsmith-", dir=above) as folder:
        results.machine = machine.describe(Path(folder))
        for name in what:
            _say(f"{name} …")
            try:
                _measure(name, results, environments, options, Path(folder, name))
            except (DifferenceError, MeasurementError) as error:
                results.left_out[name] = f"{name}: {error}"
    _write(results, docs=options.write_docs)
    print(markdown(results))
    failed = {OURS, *what} & results.left_out.keys()
    return int(bool(failed) or any(goal.holds is False for goal in results.goals()))


def _measure(
    name: str,
    results: Results,
    environments: Mapping[str, Environment],
    options: argparse.Namespace,
    folder: Path,
) -> None:
    folder.mkdir()
    if name == "memory":
        results.memory = memory.measure(options.documents, folder)
    elif name == "cold":
        results.cold = cold.measure(environments, options.rounds + 2, folder)
    else:
        settings = Settings(options.rounds, options.seconds)
        series, left_out = race(_entrants(name, environments), environments, settings, folder)
        results.races[name] = [Line.of(one) for one in series]
        results.left_out |= left_out


def _entrants(name: str, environments: Collection[str]) -> list[Entrant]:
    """Return who takes part: docsmith once more where it is compared with itself."""
    ours = PEERS[OURS]
    if name == "R":
        return [Entrant(ours, WORKLOADS["B"]), Entrant(ours, WORKLOADS["R"])]
    entrants = [Entrant(PEERS[engine], WORKLOADS[name]) for engine in PEERS if engine in environments]
    return [Entrant(ours, WORKLOADS["A"]), *entrants] if name == "AN" and OURS in environments else entrants


def _chosen(only: str | None, what: Sequence[str]) -> list[str]:
    """Return the names of the engines to prepare, in the order of the table of peers."""
    needed = set(_known(only.split(",") if only else PEERS, PEERS))
    if "R" in what or "cold" in what:
        needed.add(OURS)
    if "cold" in what:
        needed.add(REFERENCE)
    return [name for name in PEERS if name in needed]


def _known(names: Iterable[str], possible: Collection[str]) -> tuple[str, ...]:
    """Return the names; ends the program where one is not possible."""
    given = tuple(names)
    if unknown := [name for name in given if name not in possible]:
        sys.exit(f"not known: {', '.join(unknown)}; known are {', '.join(possible)}")
    return given


def _write(results: Results, *, docs: bool) -> None:
    results.save(CACHE / "results.json")
    (CACHE / "results.md").write_text(markdown(results), encoding="utf-8")
    (CACHE / "results.svg").write_text(svg(results), encoding="utf-8")
    if docs:
        refresh(DOCS / "speed.md", results)
        (DOCS / "pictures" / "speed.svg").write_text(svg(results), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=f"of {', '.join(_ALL)}; all by default")
    parser.add_argument("--rounds", type=int, default=7, help="measured rounds (7)")
    parser.add_argument(
        "--seconds", type=float, default=0.4, help="what a batch of one engine shall take (0.4)"
    )
    parser.add_argument("--only", metavar="NAME,…", help=f"only these engines: {','.join(PEERS)}")
    parser.add_argument("--documents", type=int, default=50_000, help="documents for memory (50000)")
    parser.add_argument("--folder", type=Path, help="where documents are written; in memory by default")
    parser.add_argument("--write-docs", action="store_true", help="write docs/speed.md and its picture")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
