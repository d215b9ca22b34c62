"""Doing what was planned: each step is noted in the ledger first, and then taken, or taken back."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docsmith._files import OWN_FOLDER, sync_folder, write_new
from docsmith.engine.ledger import Change, Written
from docsmith.engine.ledger.history import is_in_history, place_in_history
from docsmith.engine.ledger.ledger import Step
from docsmith.engine.ledger.rows import LINK, MADE_FOLDER
from docsmith.engine.writing.folders import Folders
from docsmith.engine.writing.look import Kind, is_still
from docsmith.engine.writing.planning import Outdated, Plan

NEW = "new"
"""The folder in ``.docsmith`` in which files are written, before they go to their places in one step."""


class ChangedError(Exception):
    """What is at a place is not what was found there: somebody has saved it since."""


class Task(NamedTuple):
    """A plan, the steps that it takes, and the file with the new content (``""`` where none is written).

    ``stamp`` is the folder for what is moved aside for good, within ``.docsmith``.
    """

    plan: Plan
    steps: tuple[Step, ...]
    temporary: str
    stamp: str

    @property
    def aside(self) -> str:
        """Where the earlier file of the target is kept, within the output folder."""
        return f"{OWN_FOLDER}/{self.steps[-1].change.kept}" if self.steps else ""


class Hand:
    """Writes in an output folder. ``numbers`` are those of the next changes of the run."""

    def __init__(
        self, out: Path, run: int, numbers: Iterator[int], folders: Folders, *, durable: bool
    ) -> None:
        self._out, self._run, self._numbers, self._folders = os.fspath(out), run, numbers, folders
        self._durable = durable
        self._own = os.path.join(out, OWN_FOLDER)
        self._new = os.path.join(self._own, NEW)
        self._sweep()

    def _sweep(self) -> None:
        """Delete what a killed run left unfinished; the ledger lets no other run write here meanwhile.

        Only what is called as files are here: some network drives put a folder of theirs everywhere.
        """
        os.makedirs(self._new, exist_ok=True)
        for name in os.listdir(self._new):
            if name.isdecimal():
                discard(os.path.join(self._new, name))

    def scratch(self) -> str:
        """Return a path for a new temporary file."""
        return os.path.join(self._new, f"{next(self._numbers)}")

    def prepare(self, plan: Plan, stamp: str, folders: set[str]) -> Task:
        """Write the content to a temporary file, unless it is in one, and list the steps; raises ``OSError``.

        ``folders`` are those that an earlier task makes; those that this one makes are added.
        """
        temporary = plan.document.file if plan.writes else ""
        if plan.writes and not temporary:
            temporary = self.scratch()
            try:
                write_new(temporary, plan.document.content, durable=self._durable)
            except BaseException:
                discard(temporary)
                raise
        return Task(plan, (*self._steps(plan, stamp, folders),), temporary, stamp)

    def _steps(self, plan: Plan, stamp: str, folders: set[str]) -> Iterator[Step]:
        if plan.writes:
            for folder in self._folders.missing(plan.target.rpartition("/")[0]):
                if folder not in folders:
                    folders.add(folder)
                    yield Step(Change(next(self._numbers), folder, "", MADE_FOLDER, "", None), None)
        # The document itself comes last: until it is there, the next run knows that there is something to do.
        for one in plan.outdated:
            yield self._step_aside(one, stamp)
        if plan.is_news:
            yield self._main_step(plan, stamp)

    def _main_step(self, plan: Plan, stamp: str) -> Step:
        number = next(self._numbers)
        found = plan.found
        kept = ""
        if plan.moves_aside:
            kept = f"{stamp}/{plan.target}"
        elif found.kind in (Kind.OURS, Kind.LINK):
            kept = place_in_history(self._run, number)
        previous = found.sha256 if found.kind is Kind.OURS else ""
        origin = plan.document.origin
        row = Written(
            plan.target,
            plan.sha256,
            previous,
            *origin[:5],
            year=origin.year,
            to_fill_in=origin.to_fill_in,
            beside=plan.target != plan.inner,
            run=self._run,
            copy=origin.copy,
            row=origin.row,
        )
        return Step(Change(number, plan.target, found.sha256, plan.sha256, kept, plan.row), row)

    def _step_aside(self, one: Outdated, stamp: str) -> Step:
        kept = f"{stamp}/{one.path}"
        return Step(Change(next(self._numbers), one.path, one.found.sha256, "", kept, one.row), None)

    def take(self, step: Step, task: Task) -> str:
        """Take a step that was noted; raises ``OSError`` or :class:`ChangedError`, and leaves what is there.

        Returns where within the output folder a file is that somebody saved in the same moment, or ``""``.
        """
        change = step.change
        if change.after == MADE_FOLDER:
            self._folders.make(change.path)
        elif not step.row:
            self._move_aside(change)
        elif task.temporary and is_in_history(change.kept):
            return self._replace(task, change)
        elif task.temporary:
            self._put(task, change)
        return ""

    def _put(self, task: Task, change: Change) -> None:
        """Put a file where there is none, or where what is there is moved aside for good."""
        path = os.path.join(self._out, change.path)
        if change.before:
            self._move_aside(change)
        else:
            self._folders.make(change.path.rpartition("/")[0])
            if not is_still(path, task.plan.found):
                raise ChangedError
        try:
            os.rename(task.temporary, path)
        except OSError:
            if change.before:
                with contextlib.suppress(OSError):
                    os.rename(os.path.join(self._own, change.kept), path)
            raise

    def _replace(self, task: Task, change: Change) -> str:
        """Put a file in the place of one of docsmith's own, which goes to the history."""
        path, kept = os.path.join(self._out, change.path), os.path.join(self._own, change.kept)
        self._make_room(change.kept)
        _keep(path, kept, is_link=change.before == LINK)
        try:
            if not is_still(path, task.plan.found):
                raise ChangedError
            os.replace(task.temporary, path)
        except (OSError, ChangedError):
            discard(kept)
            raise
        return self._rescued(task, change)

    def _rescued(self, task: Task, change: Change) -> str:
        """Keep for good what was saved between the last look and the replacing: the history is forgotten."""
        kept, rescued = os.path.join(self._own, change.kept), f"{task.stamp}/{change.path}"
        try:
            if is_still(kept, task.plan.found):
                return ""
            self._make_room(rescued)
            shutil.copyfile(kept, os.path.join(self._own, rescued))
        except OSError:
            rescued = change.kept
        return f"{OWN_FOLDER}/{rescued}"

    def _move_aside(self, change: Change) -> None:
        self._make_room(change.kept)
        os.rename(os.path.join(self._out, change.path), os.path.join(self._own, change.kept))

    def _make_room(self, kept: str) -> None:
        """Make the folder that an earlier file is kept in."""
        self._folders.make(f"{OWN_FOLDER}/{kept}".rpartition("/")[0])

    def is_undone(self, change: Change) -> bool:
        """Say whether nothing is left of a change that failed: no folder, and no file that lies aside."""
        if change.after == MADE_FOLDER:
            return False
        return not change.kept or not os.path.lexists(os.path.join(self._own, change.kept))

    def sync(self, folder: str) -> None:
        """Wait until the names in a folder are on the disk; raises ``OSError``."""
        sync_folder(os.path.join(self._out, folder))


def _keep(path: str, kept: str, *, is_link: bool) -> None:
    """Give a file a second name, or make a copy of it where the disk knows no such thing."""
    if is_link:
        os.symlink(os.readlink(path), kept)
        return
    try:
        os.link(path, kept)
    except OSError:
        shutil.copyfile(path, kept)


def discard(path: str) -> None:
    """Delete a file, if it can be."""
    with contextlib.suppress(OSError):
        os.unlink(path)
