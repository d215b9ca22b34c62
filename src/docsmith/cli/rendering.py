"""What ``docsmith render`` does once, and ``docsmith render --watch`` again and again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.cli.report import counted, show_results, summary
from docsmith.cli.say import print_json, say
from docsmith.cli.session import Session
from docsmith.engine.copies.unit import makeable, without_rows
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.run import Result, open_run
from docsmith.engine.selection import named_branches
from docsmith.engine.writing import Status
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding
from docsmith.plugin.document_type import DocumentType


class Done(NamedTuple):
    """What became of documents, and what to say of types that have none."""

    results: Sequence[Result]
    notes: Sequence[Finding]

    @property
    def is_whole(self) -> bool:
        """Whether no document failed."""
        return not any(one.status is Status.FAILED for one in self.results)


class Wishes(NamedTuple):
    """What the command line of ``docsmith render`` asks for."""

    names: tuple[str, ...]
    data: tuple[str | Path, ...] = ()
    out: Path | None = None
    branches: tuple[str, ...] = ()
    period: str | None = None
    dry_run: bool = False
    force: bool = False
    clean_pinyin: bool = False
    plugin_dirs: tuple[Path, ...] = ()

    def load(self, session: Session) -> Dataset:
        """Read the data; raises :class:`docsmith.errors.SourceError`."""
        return session.load(self.data, year=session.year(self.period), clean_pinyin=self.clean_pinyin)

    def folder(self, session: Session) -> Path:
        """Return where the documents go."""
        return self.out or session.workspace.out

    def make(self, session: Session, dataset: Dataset, types: Sequence[DocumentType]) -> Done:
        """Make the documents of these types."""
        pipeline = Pipeline(dataset, session.manager, session.rules)
        chosen = named_branches(dataset.branch_names, self.branches)
        types, left_out = makeable(types, is_partial=len(chosen) < len(dataset.branch_names))
        year, pattern = session.year(self.period) or dataset.unit.year, session.workspace.path
        with open_run(
            pipeline, self.folder(session), year, pattern=pattern, force=self.force, dry_run=self.dry_run
        ) as run:
            results = list(run.documents(types, chosen))
        return Done(
            results, (*left_out, *without_rows(types, dataset, {one.document_type for one in results}))
        )

    def report(self, session: Session, dataset: Dataset, done: Done, *, as_json: bool = False) -> None:
        """Print what became of the documents."""
        findings = (*session.manager.findings, *dataset.findings, *done.notes)
        if as_json:
            documents = [result.as_json() for result in done.results]
            told = {"documents": documents, "findings": [finding.as_json() for finding in findings]}
            print_json({"dry_run": True, **told} if self.dry_run else told)
            return
        if done.results:
            show_results(done.results, {one.id: one.title for one in session.manager.types.values()})
            say()
            say(summary(done.results))
        for note in done.notes:
            say(f"! {note.message}")
        if self.dry_run:
            say(_("Nothing was written: this was a dry run."))
        if broken := session.manager.broken:
            say(
                _("Plugins that cannot be used: {names}; see docsmith types.").format(names="、".join(broken))
            )
        if dataset.findings:
            say(
                _("In the data: {counts}. docsmith check lists them.").format(
                    counts=counted(dataset.findings)
                )
            )
