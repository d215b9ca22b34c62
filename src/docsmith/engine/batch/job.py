"""What a worker does: from the rows of some branches to the bytes of their documents. It writes nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.loading import examples_for
from docsmith.engine.outcomes import mistake, stopped
from docsmith.engine.paths import Paths
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.stamps import digest_of, stamp_of_type
from docsmith.errors import BudgetError, DocsmithError, PluginError, SourceError
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Branch
from docsmith.model.rows import Record
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.sources.shares import Head, RawPart, ShareReader, Ticket
from docsmith.template import Template


class Order(NamedTuple):
    """Which documents to make: every type for every branch of a ticket.

    ``folders`` are those of the branches; ``known`` what the documents that are in their places were made
    from (a digest in hexadecimal digits), by type and branch.
    """

    ticket: Ticket
    types: tuple[str, ...]
    folders: Mapping[str, str]
    known: Mapping[tuple[str, str], str]

    def split(self) -> Sequence[Order]:
        """Return an order for each branch."""
        return [self._replace(ticket=one) for one in self.ticket.split()]


class Finished(NamedTuple):
    """What a worker made of one document: its path within the output folder, and its bytes.

    Without ``content`` it was stopped, for the reasons in ``findings``, or, with ``same``, is as it was. A
    document that ``spent`` was stopped because its template did more than any form needs.
    """

    document_type: str
    branch: str
    inputs: str = ""
    path: str = ""
    content: bytes | None = None
    same: bool = False
    spent: bool = False
    to_fill_in: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stopped the document."""
        stopped = self.content is None and not self.same
        return tuple(one for one in self.findings if stopped and one.severity is Severity.ERROR)


class Delivery(NamedTuple):
    """What a worker gives back for an order: its documents, and the rows of branches that failed.

    ``unread`` is why nothing of it could be read, so that all of its documents failed.
    """

    documents: tuple[Finished, ...]
    failed_rows: tuple[RawPart, ...] = ()
    unread: SourceError | None = None


class Bench(NamedTuple):
    """What a worker keeps from order to order."""

    manager: Manager
    paths: Paths
    templates: Mapping[str, Template]
    examples: Mapping[str, tuple[Record, ...]]


class Assignment(NamedTuple):
    """All that a worker needs to know before its first order; it is the same for the whole run.

    ``plugins`` are the places to look for document types in, ``options`` what the workspace says of each;
    ``types`` digests each type as it is in the parent, and ``shared`` whatever else documents are made from
    beside the data of their branches.
    """

    head: Head
    reader: ShareReader
    plugins: Mapping[str, Any]
    options: Mapping[str, Mapping[str, Any]]
    types: Mapping[str, bytes]
    shared: bytes
    settings: RuleSettings
    survey: Survey
    pattern: str
    year: int

    def prepare(self) -> Bench:
        """Find the document types, and open their templates.

        Raises :class:`PluginError` where they are not those of the parent.
        """
        manager = Manager.discover(**self.plugins)
        manager.configure(self.options)
        types = [manager.find(name) for name in self.types]
        for one in types:
            if stamp_of_type(one) != self.types[one.id]:
                raise _not_the_same(one)
        manager.use(types)
        paths = Paths.of(self.pattern, manager.types.values(), manager.schema)
        templates = {one.id: Template.open(one.template, one.title) for one in types}
        examples = examples_for(self.head.dataset, manager.types.values())
        return Bench(manager, paths, templates, examples)

    def perform(self, bench: Bench, order: Order) -> Delivery:
        """Make the documents of an order, branch by branch; one that fails never stops the others."""
        try:
            portion = self.reader.read(order.ticket)
        except SourceError as error:
            return _unread(order, error)
        inputs = {
            (name, branch): digest_of(
                self.shared, self.types[name], portion.digest(branch), order.folders[branch].encode()
            ).hex()
            for branch in portion.branches
            for name in order.types
        }
        fresh = {key[1] for key, made_from in inputs.items() if order.known.get(key) != made_from}
        making = _Making(self, bench, order, inputs)
        documents = making.documents(portion.branches, portion.dataset(fresh) if fresh else None)
        made = tuple(documents)
        failed = {one.branch for one in made if any(finding.place.sheet for finding in one.errors)}
        return Delivery(made, portion.raw(failed) if failed else ())


def _not_the_same(document_type: DocumentType) -> PluginError:
    return PluginError(
        _("The document type {id} is not the same on {host}.").format(
            id=document_type.id, host=platform.node() or "this machine"
        ),
        hint=_(
            "Let all machines have the same folder {folder}; and change no plugin while a batch runs."
        ).format(folder=document_type.folder),
    )


def _unread(order: Order, error: SourceError) -> Delivery:
    documents = [
        Finished(type_id, name, findings=(stopped(error, name),))
        for name in order.ticket.branches
        for type_id in order.types
    ]
    return Delivery(tuple(documents), unread=error)


class _Making:
    """The documents of one order."""

    def __init__(
        self, assignment: Assignment, bench: Bench, order: Order, inputs: Mapping[tuple[str, str], str]
    ) -> None:
        self._assignment, self._bench, self._order, self._inputs = assignment, bench, order, inputs

    def documents(self, names: Sequence[str], dataset: Dataset | None) -> Iterator[Finished]:
        """Yield a result for each document; ``dataset`` has the branches of which any is to be made."""
        read = {branch.name: branch for branch in dataset.branches} if dataset else {}
        if dataset:
            dataset = self._settled(dataset)
        for name in names:
            wanted = [type_id for type_id in self._order.types if not self._is_same(type_id, name)]
            made = dict(self._of_branch(dataset, name, read.get(name), wanted)) if dataset and wanted else {}
            for type_id in self._order.types:
                yield made.get(type_id) or Finished(type_id, name, self._inputs[type_id, name], same=True)

    def _settled(self, dataset: Dataset) -> Dataset:
        """Return the dataset with what the workspace decides, and with the examples of plugins."""
        examples = self._bench.examples
        return replace(
            dataset,
            tables={**dataset.tables, **examples},
            examples=dataset.examples | examples.keys(),
            survey=self._assignment.survey,
        )

    def _is_same(self, type_id: str, branch: str) -> bool:
        return self._order.known.get((type_id, branch)) == self._inputs[type_id, branch]

    def _of_branch(
        self, dataset: Dataset, name: str, branch: Branch | None, wanted: Sequence[str]
    ) -> Iterator[tuple[str, Finished]]:
        pipeline = Pipeline(dataset, self._bench.manager, self._assignment.settings)
        for type_id in wanted:
            document_type = self._bench.manager.types[type_id]
            if branch is None:
                findings = pipeline.stopped_by(document_type, name)
                yield type_id, Finished(type_id, name, findings=findings)
            else:
                yield type_id, self._document(pipeline, document_type, branch)

    def _document(self, pipeline: Pipeline, document_type: DocumentType, branch: Branch) -> Finished:
        try:
            return self._made(pipeline, document_type, branch)
        except DocsmithError as error:
            finding = stopped(error, branch.name)
            spent = isinstance(error, BudgetError)
            return Finished(document_type.id, branch.name, spent=spent, findings=(finding,))
        except Exception as error:  # one document never stops the others, not even by a mistake of ours
            if os.environ.get("DOCSMITH_DEBUG"):
                raise
            return Finished(document_type.id, branch.name, findings=(mistake(error, branch.name),))

    def _made(self, pipeline: Pipeline, document_type: DocumentType, branch: Branch) -> Finished:
        dossier = pipeline.dataset.dossier(branch, self._assignment.year)
        made = pipeline.make(document_type, self._bench.templates[document_type.id], dossier)
        told = tuple(one for one in made.findings if one.severity is not Severity.INFO)
        if made.content is None:
            return Finished(document_type.id, branch.name, findings=told)
        path = self._bench.paths.path_of(document_type, dossier, self._order.folders[branch.name])
        return Finished(
            document_type.id,
            branch.name,
            self._inputs[document_type.id, branch.name],
            str(path),
            made.content,
            to_fill_in=sum(one.code == "field-missing" for one in made.findings),
            findings=told,
        )
