"""The documents of one order, made one after the other: one that fails never stops the others."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from docsmith.engine.batch.orders import Finished, Order
from docsmith.engine.batch.shown_pictures import with_pictures
from docsmith.engine.copies.rows import CopyMaker
from docsmith.engine.outcomes import gone, mistake, stopped
from docsmith.engine.paths import Paths
from docsmith.engine.pipeline import Pipeline
from docsmith.errors import BudgetError, DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Branch
from docsmith.model.rows import Record
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.template import Template


class Bench(NamedTuple):
    """What a worker keeps from order to order."""

    manager: Manager
    paths: Paths
    templates: Mapping[str, Template]
    examples: Mapping[str, tuple[Record, ...]]
    settings: RuleSettings
    survey: Survey
    year: int


class Making:
    """The documents of one order."""

    def __init__(
        self,
        bench: Bench,
        order: Order,
        inputs: Mapping[tuple[str, str], str],
        same: Collection[tuple[str, str]],
    ) -> None:
        """Make those documents that are not the ``same``, by type and branch, as all ``inputs`` are."""
        self._bench, self._order, self._inputs, self._same = bench, order, inputs, same

    def documents(self, names: Sequence[str], dataset: Dataset | None) -> Iterator[Finished]:
        """Yield a result for each document; ``dataset`` has the branches of which any is to be made.

        Of a type that a branch has several of, there is one for each, or one that says that all are the same.
        """
        read = {branch.name: branch for branch in dataset.branches} if dataset else {}
        if dataset:
            dataset = self._settled(dataset)
        for name in names:
            wanted = [type_id for type_id in self._order.types if (type_id, name) not in self._same]
            made = dict(self._of_branch(dataset, name, read.get(name), wanted)) if dataset and wanted else {}
            for type_id in self._order.types:
                if type_id in made:
                    yield from made[type_id]
                else:
                    yield Finished(type_id, name, self._inputs[type_id, name], same=True)

    def _settled(self, dataset: Dataset) -> Dataset:
        """Return the dataset with what the workspace decides, and with the examples of plugins."""
        examples = self._bench.examples
        return replace(
            dataset,
            tables={**dataset.tables, **examples},
            examples=dataset.examples | examples.keys(),
            survey=self._bench.survey,
        )

    def _of_branch(
        self, dataset: Dataset, name: str, branch: Branch | None, wanted: Sequence[str]
    ) -> Iterator[tuple[str, Sequence[Finished]]]:
        """Yield the documents of a branch by type; without ``branch``, why they cannot be made."""
        pipeline = Pipeline(dataset, self._bench.manager, self._bench.settings)
        types = [self._bench.manager.types[type_id] for type_id in wanted]
        if branch is None:
            for document_type in types:
                findings = pipeline.stopped_by(document_type, name) or (gone(name),)
                yield document_type.id, [Finished(document_type.id, name, findings=findings)]
            return
        dossier = dataset.dossier(branch, self._bench.year)
        for document_type in types:
            if per := document_type.plan.per:
                template = self._bench.templates[document_type.id]
                maker = CopyMaker(pipeline, self._bench.paths, document_type, template, per)
                yield document_type.id, list(self._of_rows(maker, dossier))
            else:
                yield document_type.id, [self._document(pipeline, document_type, dossier)]
        dossier.kept.clear()  # what is kept knows the dossier: only the next look for garbage would free it

    def _of_rows(self, maker: CopyMaker, dossier: Dossier) -> Iterator[Finished]:
        """Yield a result for each row of a branch that has a document."""
        type_id, branch = maker.document_type.id, dossier.branch.name
        known = self._order.copies.get((type_id, branch), ())
        made = list(maker.documents(dossier, self._order.folders[branch], known))
        # The first look at a picture counts: what is saved meanwhile is changed the next time.
        shown = (stamp for one in reversed(made) for stamp in one.pictures)
        inputs = with_pictures(self._inputs[type_id, branch], shown)
        if not made:
            yield Finished(type_id, branch, inputs, is_none=True)
        for one in made:
            yield Finished(
                type_id,
                branch,
                inputs,
                one.path,
                one.content,
                spent=one.spent,
                to_fill_in=_to_fill_in(one.findings),
                findings=_told(one.findings),
                copy=one.copy,
                row=one.row,
            )

    def _document(self, pipeline: Pipeline, document_type: DocumentType, dossier: Dossier) -> Finished:
        branch = dossier.branch
        try:
            return self._made(pipeline, document_type, dossier)
        except DocsmithError as error:
            finding = stopped(error, branch.name)
            spent = isinstance(error, BudgetError)
            return Finished(document_type.id, branch.name, spent=spent, findings=(finding,))
        except Exception as error:  # one document never stops the others, not even by a mistake of ours
            if os.environ.get("DOCSMITH_DEBUG"):
                raise
            return Finished(document_type.id, branch.name, findings=(mistake(error, branch.name),))

    def _made(self, pipeline: Pipeline, document_type: DocumentType, dossier: Dossier) -> Finished:
        branch = dossier.branch
        made = pipeline.make(document_type, self._bench.templates[document_type.id], dossier)
        told = _told(made.findings)
        if made.content is None:
            return Finished(document_type.id, branch.name, findings=told)
        path = self._bench.paths.path_of(document_type, dossier, self._order.folders[branch.name])
        return Finished(
            document_type.id,
            branch.name,
            with_pictures(self._inputs[document_type.id, branch.name], made.pictures),
            str(path),
            made.content,
            to_fill_in=_to_fill_in(made.findings),
            findings=told,
        )


def _told(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what a batch tells of a document: empty fields are counted."""
    return tuple(one for one in findings if one.severity is not Severity.INFO)


def _to_fill_in(findings: Iterable[Finding]) -> int:
    return sum(one.code == "field-missing" for one in findings)
