"""The one that writes documents into an output folder."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docsmith._files import OWN_FOLDER, not_written
from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.ledger.history import REPLACED
from docsmith.engine.writing.acting import ChangedError, Hand, Task, discard
from docsmith.engine.writing.claims import Claims
from docsmith.engine.writing.documents import Document, Placed
from docsmith.engine.writing.folders import Folders
from docsmith.engine.writing.planning import Plan, Planner
from docsmith.errors import OutputError

_Outcome = Placed | OutputError


class Writer:
    """Writes the documents of one run into an output folder; :meth:`Ledger.begin` comes first.

    ``claims`` says which other documents there are, whose places no document takes; without it, those are all
    that the ledger knows. ``force`` moves a person's file to ``.docsmith/replaced/<time>/`` instead of
    keeping it in its place; ``dry_run`` decides everything and writes nothing. ``durable`` waits for the disk
    with each file (0.4 ms), so that it survives the loss of power; without it, a kill harms nothing, but the
    loss of power may tear the files of the last seconds, which the next run sees and makes again.
    """

    def __init__(
        self,
        out: Path,
        ledger: Ledger,
        claims: Claims | None = None,
        *,
        force: bool = False,
        dry_run: bool = False,
        durable: bool = False,
    ) -> None:
        self._out = out
        self._ledger = ledger
        self._folders = Folders(out)
        self._planner = Planner(out, ledger, self._folders, claims, force=force)
        self._dry_run = dry_run
        self._durable: Final = durable
        self._made: Hand | None = None

    def place(self, path: Path, content: bytes, origin: Origin) -> Placed:
        """Write a document to a path in the output folder; raises :class:`OutputError`."""
        (outcome,) = self.place_all([Document(path, content, origin)])
        if isinstance(outcome, OutputError):
            raise outcome
        return outcome

    def place_all(self, documents: Sequence[Document]) -> list[Placed | OutputError]:
        """Write documents to their paths; return for each where it is, or why it could not be written.

        One that fails stops no other. What the ledger is to say is noted in one transaction, between the
        writing of all temporary files and the first that takes its place.
        """
        plans = self._planner.plans(documents)
        if self._dry_run:
            aside = f"{OWN_FOLDER}/{REPLACED}"
            return [
                plan if isinstance(plan, OutputError) else plan.placed(self._out, aside) for plan in plans
            ]
        tasks = self._prepared(plans)
        self._note(tasks)
        outcomes = [task if isinstance(task, OutputError) else self._perform(task) for task in tasks]
        return self._synced(tasks, outcomes) if self._durable else outcomes

    def scratch(self) -> Path:
        """Return a path for a large file that is to be placed; a next run sweeps away what is left of it.

        Raises :class:`OutputError`.
        """
        try:
            return Path(self._hand().scratch())
        except OSError as error:
            raise not_written(self._out, error) from error

    def _hand(self) -> Hand:
        """Return what writes; the first time, what a killed run left unfinished is swept away."""
        if self._made is None:
            numbers = itertools.count(self._ledger.next_number())
            self._made = Hand(self._out, self._ledger.run, numbers, self._folders, durable=self._durable)
        return self._made

    def _prepared(self, plans: Sequence[Plan | OutputError]) -> list[Task | OutputError]:
        stamp = f"{REPLACED}/{dt.datetime.now():%Y%m%d-%H%M%S-%f}"
        folders: set[str] = set()
        tasks: list[Task | OutputError] = []
        for plan in plans:
            if isinstance(plan, OutputError):
                tasks.append(plan)
                continue
            try:
                tasks.append(self._hand().prepare(plan, stamp, folders))
            except OutputError as error:
                tasks.append(error)
            except OSError as error:
                tasks.append(not_written(plan.document.path, error))
        return tasks

    def _note(self, tasks: list[Task | OutputError]) -> None:
        """Note all steps; where the ledger cannot, the documents that have any fail, for that reason."""
        steps = [step for task in tasks if isinstance(task, Task) for step in task.steps]
        if not steps:
            return
        try:
            self._ledger.intend(steps)
        except OutputError as error:
            for position, task in enumerate(tasks):
                if isinstance(task, Task) and task.steps:
                    discard(task.temporary)
                    tasks[position] = error

    def _perform(self, task: Task) -> _Outcome:
        path = task.plan.document.path
        rescued = ""
        for done, step in enumerate(task.steps):
            try:
                rescued = self._hand().take(step, task)
            except ChangedError:
                self._take_back(task, done)
                return self._again(task)
            except (OSError, OutputError) as error:
                discard(task.temporary)
                self._take_back(task, done)
                return error if isinstance(error, OutputError) else not_written(path, error)
        placed = task.plan.placed(self._out, task.aside)
        return placed._replace(aside=self._out / rescued) if rescued else placed

    def _again(self, task: Task) -> _Outcome:
        """Plan a document anew, at whose place somebody has saved a file since it was looked at."""
        document = task.plan.document
        if not document.file:
            discard(task.temporary)
        tasks = self._prepared(self._planner.plans([document]))
        self._note(tasks)
        (anew,) = tasks
        return self._perform(anew) if isinstance(anew, Task) else anew

    def _take_back(self, task: Task, done: int) -> None:
        """Let the ledger forget the steps of a task that were not taken."""
        self._folders.forget(task.plan.target.rpartition("/")[0])
        changes = [one.change for one in reversed(task.steps[done:]) if self._hand().is_undone(one.change)]
        try:
            self._ledger.take_back(self._ledger.run, changes)
        except OutputError:  # the entry holds the hash of what is still there, too: it is not a person's
            return

    def _synced(self, tasks: Sequence[Task | OutputError], outcomes: list[_Outcome]) -> list[_Outcome]:
        """Wait until the names of all files are on the disk; those that cannot be are not written."""
        errors: dict[str, OSError | None] = {}
        for position, task in enumerate(tasks):
            if (
                isinstance(outcomes[position], OutputError)
                or not isinstance(task, Task)
                or not task.temporary
            ):
                continue
            for folder in {step.change.path.rpartition("/")[0] for step in task.steps}:
                if folder not in errors:
                    errors[folder] = self._sync(folder)
                if error := errors[folder]:
                    outcomes[position] = not_written(task.plan.document.path, error)
        return outcomes

    def _sync(self, folder: str) -> OSError | None:
        try:
            self._hand().sync(folder)
        except OSError as error:
            return error
        return None
