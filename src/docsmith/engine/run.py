"""Many documents: each type for each branch, one bad one never harming another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._version import VERSION
from docsmith.engine.folders import allot
from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.outcomes import mistake, said_of, stopped
from docsmith.engine.path_pattern import DEFAULT_PATTERN
from docsmith.engine.paths import Paths
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.writing import Claims, Status, Writer
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding
from docsmith.model.records import Branch
from docsmith.plugin.document_type import DocumentType
from docsmith.template import Template


class Result(NamedTuple):
    """What became of one document. ``beside`` is the new version, where ``path`` is a person's file.

    One that failed has no ``path``.
    """

    document_type: str
    branch: str
    path: Path | None
    status: Status
    findings: tuple[Finding, ...] = ()
    beside: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints (documented in the README)."""
        return {
            "document_type": self.document_type,
            "branch": self.branch,
            "path": str(self.path) if self.path else None,
            "beside": str(self.beside) if self.beside else None,
            "status": str(self.status),
            "findings": [finding.as_json() for finding in self.findings],
        }


class _Ready(NamedTuple):
    """A document type with its template, compiled, and the hash of the template's file."""

    document_type: DocumentType
    template: Template
    digest: str


class Run(NamedTuple):
    """One run: what makes documents, what names them, and what writes them; each branch has a folder."""

    pipeline: Pipeline
    out: Path
    paths: Paths
    folders: Mapping[str, str]
    writer: Writer
    year: int

    def documents(self, document_types: Sequence[DocumentType], names: Sequence[str]) -> Iterator[Result]:
        """Yield a result for each document, branch by branch (by their names) within each type.

        A branch whose own row failed fails in all its documents.
        A type whose template cannot be opened, or whose Python cannot be loaded, fails in all its documents;
        where that is true of every type, the first error is raised, for then nothing can be done.
        """
        ready = {one.id: self._prepare(one) for one in document_types}
        errors = [one for one in ready.values() if isinstance(one, DocsmithError)]
        if errors and len(errors) == len(ready):
            raise errors[0]
        branches = {branch.name: branch for branch in self.pipeline.dataset.branches}
        for document_type in document_types:
            for name in names:
                if branch := branches.get(name):
                    yield self._document(document_type, branch, ready[document_type.id])
                else:
                    yield self._unmade(document_type, name)

    def _prepare(self, document_type: DocumentType) -> _Ready | DocsmithError:
        try:
            self.pipeline.manager.use([document_type])
            template = Template.open(document_type.template, document_type.title)
        except DocsmithError as error:
            return error
        digest = hashlib.sha256(document_type.template.read_bytes()).hexdigest()
        return _Ready(document_type, template, digest)

    def _document(self, document_type: DocumentType, branch: Branch, ready: _Ready | DocsmithError) -> Result:
        try:
            if isinstance(ready, _Ready):
                return self._made(ready, branch)
            finding = stopped(ready, branch.name)
        except DocsmithError as error:
            finding = stopped(error, branch.name)
        except Exception as error:  # one document never stops the others, not even by a mistake of ours
            if os.environ.get("DOCSMITH_DEBUG"):
                raise
            finding = mistake(error, branch.name)
        return Result(document_type.id, branch.name, None, Status.FAILED, (finding,))

    def _unmade(self, document_type: DocumentType, name: str) -> Result:
        """Return the result for a branch that is known by its name alone: its row could not be read."""
        findings = self.pipeline.stopped_by(document_type, name)
        return Result(document_type.id, name, None, Status.FAILED, findings)

    def _made(self, ready: _Ready, branch: Branch) -> Result:
        dossier = self.pipeline.dataset.dossier(branch, self.year)
        made = self.pipeline.make(ready.document_type, ready.template, dossier)
        if made.content is None:
            return Result(ready.document_type.id, branch.name, None, Status.FAILED, made.findings)
        path = self.out / self.paths.path_of(ready.document_type, dossier, self.folders[branch.name])
        origin = Origin(ready.document_type.id, branch.name, ready.digest, VERSION, year=self.year)
        placed = self.writer.place(path, made.content, origin)
        findings = (*made.findings, *said_of(placed, branch.name))
        return Result(
            ready.document_type.id, branch.name, placed.path, placed.status, findings, placed.beside
        )


@contextmanager
def open_run(
    pipeline: Pipeline,
    out: Path,
    year: int,
    *,
    pattern: str = DEFAULT_PATTERN,
    force: bool = False,
    dry_run: bool = False,
) -> Iterator[Run]:
    """Open the output folder for a run; ``pattern`` says where in it documents go.

    Raises :class:`docsmith.errors.OutputError` while another run has the folder.
    """
    paths = Paths.of(pattern, pipeline.manager.types.values(), pipeline.dataset.schema)
    with Ledger(out, read_only=dry_run) as ledger:
        folders = allot(pipeline.dataset.branch_names, ledger.folders(year), paths.most_branches_in_folder)
        claims = Claims(pipeline.manager.types, lambda: pipeline.dataset.branch_names)
        writer = Writer(out, ledger, claims, force=force, dry_run=dry_run)
        with nullcontext() if dry_run else ledger.running("render", {"year": year, "force": force}):
            if not dry_run:
                ledger.give_folders(year, folders)
            yield Run(pipeline, out, paths, folders, writer, year)
