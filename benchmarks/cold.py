"""A cold start: one fresh process for one document, docsmith's own command against a script with docxtpl.

The command finds the workspace and the plugins, reads the workbook, judges the rules and makes the form. The
workbook is that of one branch, with its records of a year. The script is the shortest that makes the same
form: what it prints is typed into it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.agreement import difference, visible_text
from benchmarks.entrants import OURS, REFERENCE
from benchmarks.errors import DifferenceError, MeasurementError
from benchmarks.install import Environment

if TYPE_CHECKING:
    from docsmith.model.dataset import Dataset
    from docsmith.model.records import Branch

ROOT = Path(__file__).resolve().parent.parent
_TYPE = "self-check"
_TEMPLATE = ROOT / "templates" / _TYPE / "template.docx"
_SCRIPT = """\
import sys

from docxtpl import DocxTemplate

template = DocxTemplate({template!r})
template.render({context!r}, autoescape=True)
template.save(sys.argv[1])
"""


@dataclass(frozen=True, slots=True)
class ColdStart:
    """The medians of a process from start to end: milliseconds by the clock, and of the processor."""

    name: str
    command: str
    wall_ms: float
    cpu_ms: float


def measure(environments: Mapping[str, Environment], rounds: int, folder: Path) -> list[ColdStart]:
    """Start both in turn, ``rounds`` times, after a first time that is not counted."""
    if REFERENCE not in environments:
        raise MeasurementError(f"{REFERENCE} could not be installed")
    context = _one_branch(folder)
    script = folder / "form.py"
    script.write_text(_SCRIPT.format(template=str(_TEMPLATE), context=context), encoding="utf-8")
    program = shutil.which("docsmith", path=str(Path(sys.executable).parent))
    ours = [program] if program else [sys.executable, "-m", "docsmith"]
    ours += ["render", _TYPE, "--out"]
    reference = [environments[REFERENCE].interpreter, str(script)]
    spent: dict[str, list[tuple[float, float]]] = {OURS: [], REFERENCE: []}
    for number in range(rounds + 1):
        out, file = folder / f"out{number}", folder / f"{number}.docx"
        spent[OURS].append(_timed([*ours, str(out)], environments[OURS], folder))
        spent[REFERENCE].append(_timed([*reference, str(file)], environments[REFERENCE], folder))
        document = next(out.rglob("*.docx"))
        if wrong := difference(visible_text(file), visible_text(document)):
            raise DifferenceError(f"cold start: docsmith prints something else than docxtpl: {wrong}")
    shown = {OURS: f"docsmith render {_TYPE}", REFERENCE: "python form.py"}
    return [_median(name, shown[name], times[1:]) for name, times in spent.items()]


def _timed(command: list[str], environment: Environment, folder: Path) -> tuple[float, float]:
    """Run a command in a folder; returns the milliseconds of the clock and of the processor."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(  # noqa: S603
        command, cwd=folder, env=dict(environment.variables), capture_output=True, text=True, check=False
    )
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode:
        raise MeasurementError(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return 1000 * wall, 1000 * cpu


def _median(name: str, command: str, times: list[tuple[float, float]]) -> ColdStart:
    walls, cpus = zip(*times)
    return ColdStart(name, command, statistics.median(walls), statistics.median(cpus))


def _one_branch(folder: Path) -> dict[str, Any]:
    """Make a workspace of the sample unit's first branch; return what the template prints of it."""
    from docsmith import rules
    from docsmith.cli.session import Session
    from docsmith.engine.context import default_context, extended
    from docsmith.template import Template

    os.chdir(ROOT)  # that is where a session finds its workspace
    session = Session.start()
    dataset = session.load(())
    document_type = session.manager.find(_TYPE)
    session.manager.use([document_type])
    branch = dataset.branches[0]
    _write_workspace(dataset, branch, folder)
    dossier = dataset.dossier(branch, dataset.unit.year)
    verdicts = rules.evaluate(dossier, session.rules)
    added = session.manager.build_context(dossier, document_type, verdicts)
    context = extended(default_context(dossier, document_type, dataset.schema), added, dataset.schema)
    used = Template.open(_TEMPLATE).fields
    return {name: _literal(context[name]) for name in used if name in context}


def _write_workspace(dataset: Dataset, branch: Branch, folder: Path) -> None:
    """Write the workbook that this branch alone would have, and what makes a workspace of the folder."""
    from docsmith.sources.export import write_gathered
    from docsmith.sources.export_rows import Gathered

    own = {
        sheet: tuple(row for row in rows if getattr(row, "branch", branch.name) == branch.name)
        for sheet, rows in dataset.tables.items()
    }
    alone = replace(dataset, tables={**own, "branches": (branch,)})
    with Gathered(dataset.schema) as gathered:
        gathered.add_shared(alone)
        gathered.add_branches(alone)
        write_gathered(gathered, folder / "数据.xlsx")
    (folder / "docsmith.toml").write_text("data = '数据.xlsx'\n", encoding="utf-8")


def _literal(value: Any) -> Any:
    """Return a value as it can be typed into a script: a date is the text that the form prints."""
    if isinstance(value, Mapping):
        return {key: _literal(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_literal(entry) for entry in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
