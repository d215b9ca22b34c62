"""Many documents: each type for each branch, one bad one never harming another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from docsmith._version import VERSION
from docsmith.engine.copies.gone import gone, known_copies, left
from docsmith.engine.copies.rows import NO_COPY, CopyMade, CopyMaker
from docsmith.engine.copies.unit import made_of_unit
from docsmith.engine.folders import allot
from docsmith.engine.ledger import CopySet, Ledger, Origin
from docsmith.engine.names import safe_name
from docsmith.engine.outcomes import mistake, said_of, stopped
from docsmith.engine.path_pattern import DEFAULT_PATTERN
from docsmith.engine.paths import Paths
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.templates import open_template
from docsmith.engine.writing import Claims, Status, Writer
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding
from docsmith.model.records import Branch
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.per import PerRow
from docsmith.template import Template


class Result(NamedTuple):
    """What became of one document. ``beside`` is the new version, where ``path`` is a person's file.

    One that failed has no ``path``. ``copy`` is the name of one of several documents of a type for a branch;
    a document of the whole unit has no ``branch``.
    """

    document_type: str
    branch: str
    path: Path | None
    status: Status
    findings: tuple[Finding, ...] = ()
    beside: Path | None = None
    copy: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints (documented in the README)."""
        return {
            "document_type": self.document_type,
            "branch": self.branch,
            **({"name": self.copy} if self.copy else {}),
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
    ledger: Ledger
    writer: Writer
    year: int

    def documents(self, document_types: Sequence[DocumentType], names: Sequence[str]) -> Iterator[Result]:
        """Yield a result for each document, branch by branch (by their names) within each type.

        There is one for each branch, or for each row of a branch, or for the whole unit. A branch whose own
        row failed fails in all its documents. A type whose template cannot be opened, or whose Python cannot
        be loaded, fails in all its documents; where that is true of every type, the first error is raised,
        for then nothing can be done.
        """
        ready = {one.id: self._prepare(one) for one in document_types}
        errors = [one for one in ready.values() if isinstance(one, DocsmithError)]
        if errors and len(errors) == len(ready):
            raise errors[0]
        branches = {branch.name: branch for branch in self.pipeline.dataset.branches}
        for document_type in document_types:
            if document_type.manifest.per == "unit":
                yield self._document(document_type, "", partial(self._of_unit, ready[document_type.id]))
                continue
            for name in names:
                if not (branch := branches.get(name)):
                    yield self._unmade(document_type, name)
                elif document_type.plan.per:
                    per = document_type.plan.per
                    yield from self._of_rows(document_type, per, branch, ready[document_type.id])
                else:
                    make = partial(self._of_branch, branch, ready[document_type.id])
                    yield self._document(document_type, name, make)

    def _prepare(self, document_type: DocumentType) -> _Ready | DocsmithError:
        try:
            self.pipeline.manager.use([document_type])
            template = open_template(document_type, self.pipeline.dataset.schema, self.pipeline.dataset)
        except DocsmithError as error:
            return error
        digest = hashlib.sha256(document_type.template.read_bytes()).hexdigest()
        return _Ready(document_type, template, digest)

    def _document(
        self, document_type: DocumentType, branch: str, make: Callable[[], Result | Finding]
    ) -> Result:
        """Return the result of making one document, whatever it raises."""
        try:
            result = make()
            if isinstance(result, Result):
                return result
            finding = result
        except DocsmithError as error:
            finding = stopped(error, branch)
        except Exception as error:  # one document never stops the others, not even by a mistake of ours
            if os.environ.get("DOCSMITH_DEBUG"):
                raise
            finding = mistake(error, branch)
        return _failed(document_type, branch, (finding,))

    def _unmade(self, document_type: DocumentType, name: str) -> Result:
        """Return the result for a branch that is known by its name alone: its row could not be read."""
        return _failed(document_type, name, self.pipeline.stopped_by(document_type, name))

    def _of_branch(self, branch: Branch, ready: _Ready | DocsmithError) -> Result | Finding:
        if not isinstance(ready, _Ready):
            return stopped(ready, branch.name)
        dossier = self.pipeline.dataset.dossier(branch, self.year)
        made = self.pipeline.make(ready.document_type, ready.template, dossier)
        if made.content is None:
            return _failed(ready.document_type, branch.name, made.findings)
        path = self.paths.path_of(ready.document_type, dossier, self.folders[branch.name])
        return self._placed(ready, path, made.content, made.findings, branch.name)

    def _of_unit(self, ready: _Ready | DocsmithError) -> Result | Finding:
        if not isinstance(ready, _Ready):
            return stopped(ready, "")
        made = made_of_unit(self.pipeline, ready.document_type, ready.template, self.year)
        if made.content is None:
            return _failed(ready.document_type, "", made.findings)
        dossier = self.pipeline.dataset.dossier_of_unit(self.year)
        path = self.paths.path_of(ready.document_type, dossier, safe_name(str(dossier.unit.name)))
        return self._placed(ready, path, made.content, made.findings, "")

    def _of_rows(
        self, document_type: DocumentType, per: PerRow, branch: Branch, ready: _Ready | DocsmithError
    ) -> Iterator[Result]:
        """Yield a result for each row of a branch, and one for each earlier document whose row is gone."""
        if not isinstance(ready, _Ready):
            yield _failed(document_type, branch.name, (stopped(ready, branch.name),))
            return
        maker = CopyMaker(self.pipeline, self.paths, document_type, ready.template, per)
        key = document_type.id, branch.name
        found = self.ledger.copies(self.year, [branch.name]).get(key, {})
        dossier = self.pipeline.dataset.dossier(branch, self.year)
        last = self.ledger.sets(self.year, [branch.name]).get(key)
        known = known_copies(found, last, self.out)
        names: list[str] = []
        for one in maker.documents(dossier, self.folders[branch.name], known):
            names.append(one.copy)
            place = partial(self._copy, ready, one, branch.name)
            yield self._document(document_type, branch.name, place)._replace(copy=one.copy)
        for copy, path in gone(found, names, self.out):
            finding = left(path, branch.name)
            yield Result(document_type.id, branch.name, self.out / path, Status.LEFT, (finding,), copy=copy)
        # What a killed run made for rows that are gone is left behind from now on, too.
        is_new = (
            last is None
            or {*last.copies} != {*names}
            or any(one.run > last.run and one.copy not in names for one in found.values())
        )
        if self.ledger.run and is_new and "" not in names:
            # For no data: a batch looks at each of them.
            self.ledger.keep_sets(self.year, {key: CopySet("", tuple(names))})

    def _copy(self, ready: _Ready, made: CopyMade, branch: str) -> Result:
        if made.content is None:
            return _failed(ready.document_type, branch, made.findings)
        return self._placed(ready, Path(made.path), made.content, made.findings, branch, made)

    def _placed(
        self,
        ready: _Ready,
        path: PurePath,
        content: bytes,
        findings: tuple[Finding, ...],
        branch: str,
        made: CopyMade = NO_COPY,
    ) -> Result:
        origin = Origin(
            ready.document_type.id,
            branch,
            ready.digest,
            VERSION,
            year=self.year,
            copy=made.copy,
            row=made.row,
        )
        placed = self.writer.place(self.out / path, content, origin)
        said = (*findings, *said_of(placed, branch))
        return Result(ready.document_type.id, branch, placed.path, placed.status, said, placed.beside)


def _failed(document_type: DocumentType, branch: str, findings: tuple[Finding, ...]) -> Result:
    return Result(document_type.id, branch, None, Status.FAILED, findings)


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
            yield Run(pipeline, out, paths, folders, ledger, writer, year)
