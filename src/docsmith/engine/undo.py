"""Bringing back the state before a run: what it made goes, what it replaced or moved aside comes back."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._files import OWN_FOLDER, reason_of, remedy_of
from docsmith._i18n import gettext as _
from docsmith.engine.ledger import Change, Ledger, RunEntry, ledger_file
from docsmith.engine.ledger.history import forget
from docsmith.engine.ledger.rows import LINK, MADE_FOLDER
from docsmith.engine.writing.folders import Folders
from docsmith.engine.writing.look import is_torn_file, state_of
from docsmith.errors import OutputError, UsageError

_AT_A_TIME = 500


class Undoing(StrEnum):
    """What became of a file that a run had made or replaced."""

    RESTORED = "restored"
    REMOVED = "removed"
    STAYS = "stays"  # a person has edited it since
    LOST = "lost"  # the earlier one is not where it was kept; the file stays as the run made it


class Undone(NamedTuple):
    """What became of one file; ``path`` lies in the output folder."""

    run: int
    path: Path
    what: Undoing

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints."""
        return {"run": self.run, "path": str(self.path), "what": str(self.what)}


def undo(out: Path, run: int | None = None) -> Iterator[Undone]:
    """Bring back the state before a run, or before the last one that changed anything.

    Later runs are undone first. Yields what became of each file. What a person edited after the run stays.
    Killed midway, it can simply be run again. Raises :class:`UsageError` for a run that cannot be undone, and
    :class:`OutputError` for a file that cannot be brought back, which ends the undoing until it is run again.
    """
    if not ledger_file(out).is_file():
        raise UsageError(_("There is no run in {folder} that can be undone.").format(folder=out))
    with Ledger(out) as ledger:
        for one in _to_undo(ledger, out, run):
            yield from _Undo(out, ledger, one.id).steps()


def _to_undo(ledger: Ledger, out: Path, run: int | None) -> list[RunEntry]:
    """Return the runs to undo, the last one first."""
    runs = [one for one in ledger.runs() if one.state != "undone"]
    changed = [one for one in runs if one.changes]
    if not changed:
        raise UsageError(_("There is no run in {folder} that can be undone.").format(folder=out))
    first = changed[-1].id if run is None else run
    if not any(one.id == first for one in runs):
        names = "；".join(_described(one) for one in changed)
        raise UsageError(
            _("Run {run} cannot be undone in {folder}.").format(run=run, folder=out),
            hint=_("These can: {runs}").format(runs=names),
        )
    return [one for one in reversed(runs) if one.id >= first]


def _described(run: RunEntry) -> str:
    """Return for example ``12 (batch, 2026-11-22 08:15, 495 files)``."""
    files = _("{number} files").format(number=f"{run.changes:,}")
    return f"{run.id} ({run.command}, {run.started[:16].replace('T', ' ')}, {files})"


class _Undo:
    """Undoing one run, backwards."""

    def __init__(self, out: Path, ledger: Ledger, run: int) -> None:
        self._out, self._ledger, self._run = out, ledger, run
        self._folders = Folders(out)

    def steps(self) -> Iterator[Undone]:
        while changes := _until_a_path_repeats(self._ledger.changes(self._run, _AT_A_TIME)):
            lost = []
            for change, what in self._put_back(changes):
                if what is Undoing.LOST:
                    lost.append(change.path)
                yield Undone(self._run, self._out / change.path, what)
            self._ledger.take_back(self._run, self._with_rows(changes, lost))
        self._ledger.undone(self._run)
        forget(self._out, self._run)

    def _put_back(self, changes: Sequence[Change]) -> Iterator[tuple[Change, Undoing]]:
        for change in changes:
            path = self._out / change.path
            try:
                self._folders.missing(change.path.rpartition("/")[0])  # refuses a way out of the folder
                what = self._undo(change, path)
            except OSError as error:
                raise OutputError(
                    _("{path} could not be brought back: {reason}").format(
                        path=path, reason=reason_of(error)
                    ),
                    hint=remedy_of(error),
                ) from error
            if what:
                yield change, what

    def _with_rows(self, changes: Sequence[Change], lost: Sequence[str]) -> list[Change]:
        """Return the changes so that what stays as the run made it stays docsmith's own."""
        rows = self._ledger.rows(lost)
        return [change._replace(entry=rows.get(change.path, change.entry)) for change in changes]

    def _undo(self, change: Change, path: Path) -> Undoing | None:
        if change.after == MADE_FOLDER:
            self._remove_folder(change.path)
            return None
        now = state_of(path)
        if now == change.before:
            return None
        kept = self._out / OWN_FOLDER / change.kept if change.kept else None
        if now and now != change.after and (now == LINK or not is_torn_file(path)):
            return Undoing.STAYS
        if kept and not os.path.lexists(kept):
            return Undoing.LOST
        if kept:
            self._folders.make(change.path.rpartition("/")[0])
            kept.replace(path)
            return Undoing.RESTORED
        if not now:  # a person has deleted it already
            return None
        path.unlink()
        return Undoing.REMOVED

    def _remove_folder(self, folder: str) -> None:
        self._folders.forget(folder)
        with contextlib.suppress(OSError):  # not empty: something of a person's is in it
            (self._out / folder).rmdir()


def _until_a_path_repeats(changes: Sequence[Change]) -> Sequence[Change]:
    """Return the first changes, each of another path.

    What the ledger says of a path explains the last step there, and so a kill while that is undone.
    """
    seen: set[str] = set()
    for number, change in enumerate(changes):
        if change.path in seen:
            return changes[:number]
        seen.add(change.path)
    return changes
