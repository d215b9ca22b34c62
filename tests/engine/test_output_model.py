"""Runs, edits, deletions, kills and undoing in any order, against a model of a few lines."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from docsmith.engine.ledger import Ledger, RunEntry
from docsmith.engine.ledger.runs import KEPT_RUNS
from docsmith.engine.undo import undo
from tests.engine.faults import Faults, in_a_child, kill
from tests.engine.output import files_of, folder_in_memory, place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")

PATHS = ("2026/甲/一.docx", "2026/甲/二.docx", "2026/乙/一.docx")
paths = st.sampled_from(PATHS)
data = st.dictionaries(paths, st.integers(0, 2), min_size=1)
Contents = dict[str, bytes]


class Step(NamedTuple):
    """What a run did at a path: what was there, what is there, and what was docsmith's own there before."""

    path: str
    before: bytes | None
    after: bytes | None
    owned: bytes | None


class Model:
    """What is in the folder, what docsmith wrote at each path, and what each run did."""

    def __init__(self) -> None:
        self.files: Contents = {}
        self.owned: Contents = {}
        self.runs: list[list[Step]] = []

    def run(self, contents: Contents, *, force: bool) -> None:
        self.runs.append([])
        for path, content in contents.items():
            if self.files.get(path) == content:
                self._put(path, content)
            elif self._is_free(path) or force:
                self._clear_beside(path)
                self._put(path, content)
            else:
                names = (_beside(path, number) for number in range(1, 99))
                target = next(one for one in names if self._is_free(one) or self.files[one] == content)
                if self.files.get(target) != content:
                    self._put(target, content)

    def _clear_beside(self, path: str) -> None:
        for number in range(1, 99):
            beside = _beside(path, number)
            if beside not in self.files:
                return
            if self._is_free(beside):
                self.runs[-1].append(Step(beside, self.files.pop(beside), None, self.owned.get(beside)))

    def _is_free(self, path: str) -> bool:
        return path not in self.files or self.files[path] == self.owned.get(path)

    def _put(self, path: str, content: bytes) -> None:
        self.runs[-1].append(Step(path, self.files.get(path), content, self.owned.get(path)))
        self.files[path] = self.owned[path] = content

    def undo(self) -> None:
        for path, before, after, owned in reversed(self.runs.pop()):
            if before != after and self.files.get(path) in (after, None):
                if before is None:
                    self.files.pop(path, None)
                else:
                    self.files[path] = before
            if owned is None:
                self.owned.pop(path, None)
            else:
                self.owned[path] = owned


def _beside(path: str, number: int) -> str:
    return path.replace(".", f"（新{number if number > 1 else ''}）.")


class OutputFolder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._open = contextlib.ExitStack()
        self.out = self._open.enter_context(folder_in_memory())
        self.model = Model()
        self.ids: list[int] = []
        self.last = 0
        self.edits = 0

    def teardown(self) -> None:
        self._open.close()

    def _enough(self) -> bool:
        return self.last < KEPT_RUNS  # so many can be undone

    @precondition(_enough)
    @rule(contents=data, force=st.booleans())
    def run(self, contents: dict[str, int], force: bool) -> None:
        self._run(contents, force=force)

    def _run(self, contents: dict[str, int], *, force: bool) -> None:
        wanted = {path: b"document %d" % number for path, number in contents.items()}
        place(self.out, wanted, force=force)
        self.last += 1
        self.ids.append(self.last)
        self.model.run(wanted, force=force)

    @precondition(lambda self: self.last + 1 < KEPT_RUNS)
    @rule(contents=data, force=st.booleans(), number=st.integers(1, 40))
    def run_killed_and_again(self, contents: dict[str, int], force: bool, number: int) -> None:
        wanted = {path: b"document %d" % number for path, number in contents.items()}

        def killed() -> None:
            with Faults(number, kill).at_work():
                place(self.out, wanted, force=force)

        in_a_child(killed)
        self.ids.append(self.last + 1)
        place(self.out, wanted, force=force)
        self.last = max(run.id for run in _runs(self.out))
        self.model.run(wanted, force=force)

    @rule(path=paths)
    def edit(self, path: str) -> None:
        if path in self.model.files:
            self.edits += 1
            self.model.files[path] = b"edit %d" % self.edits
            (self.out / path).write_bytes(self.model.files[path])

    @rule(path=paths)
    def delete(self, path: str) -> None:
        if self.model.files.pop(path, None):
            (self.out / path).unlink()

    @precondition(lambda self: self.ids)
    @rule()
    def undo(self) -> None:
        run = self.ids.pop()
        changed = any(one.changes for one in _runs(self.out) if one.state != "undone" and one.id >= run)
        if changed:
            list(undo(self.out, run))
        self.model.undo()

    @invariant()
    def the_folder_is_as_the_model(self) -> None:
        assert files_of(self.out) == self.model.files


def _runs(out: Path) -> Sequence[RunEntry]:
    with Ledger(out) as ledger:
        return ledger.runs()


TestOutputFolder = OutputFolder.TestCase
TestOutputFolder.settings = settings(max_examples=100, stateful_step_count=15, deadline=None)
