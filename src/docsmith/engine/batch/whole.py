"""Documents of the whole unit, made when those of all branches are done: from the rows of all of them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from docsmith._i18n import gettext as _
from docsmith.engine.batch.job import Assignment
from docsmith.engine.batch.making import Bench
from docsmith.engine.batch.orders import Finished
from docsmith.engine.batch.shown_pictures import is_as_it_was, with_pictures
from docsmith.engine.copies.unit import made_of_unit, sheets_of
from docsmith.engine.names import safe_name
from docsmith.engine.outcomes import mistake, stopped
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.stamps import digest_of
from docsmith.errors import DocsmithError, SourceError
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Severity
from docsmith.model.rows import Record
from docsmith.sources.shares import Source

_BRANCHES_AT_ONCE = 200


class UnitDocuments:
    """Makes the documents of the unit; ``digests`` are those of the rows of each branch, as workers saw them.

    The rows of the sheets that they use are in memory together, those of no other sheet.
    """

    def __init__(
        self,
        source: Source,
        assignment: Assignment,
        types: Sequence[str],
        branches: Sequence[str],
        digests: Mapping[str, bytes],
    ) -> None:
        self._source, self._assignment, self._types = source, assignment, types
        self._branches, self._digests = branches, digests

    def document(self, type_id: str, known: str) -> Finished:
        """Make the document of one type, unless it was made from the same (``known``) before."""
        try:
            inputs = self._inputs(type_id)
            if is_as_it_was(known, inputs, self._source.head.dataset.pictures):
                return Finished(type_id, "", inputs, same=True)
            return self._made(type_id, inputs)
        except DocsmithError as error:
            return Finished(type_id, "", findings=(stopped(error, ""),))
        except Exception as error:  # one document never stops the others, not even by a mistake of ours
            if os.environ.get("DOCSMITH_DEBUG"):
                raise
            return Finished(type_id, "", findings=(mistake(error, ""),))

    def _inputs(self, type_id: str) -> str:
        unread = [name for name in self._branches if name not in self._digests]
        if unread:
            raise SourceError(
                _("The rows of {number} branches could not be read, such as those of {branch}.").format(
                    number=len(unread), branch=unread[0]
                ),
                hint=_("The documents of these branches say why."),
            )
        rows = [piece for name in self._branches for piece in (name.encode(), self._digests[name])]
        assignment = self._assignment
        return digest_of(assignment.shared, assignment.types[type_id], *rows).hex()

    def _made(self, type_id: str, inputs: str) -> Finished:
        bench, year = self._bench, self._assignment.year
        document_type = bench.manager.types[type_id]
        pipeline = Pipeline(self._dataset, bench.manager, bench.settings)
        made = made_of_unit(pipeline, document_type, bench.templates[type_id], year)
        told = tuple(one for one in made.findings if one.severity is not Severity.INFO)
        if made.content is None:
            return Finished(type_id, "", findings=told)
        dossier = self._dataset.dossier_of_unit(year)
        path = bench.paths.path_of(document_type, dossier, safe_name(str(dossier.unit.name)))
        empty = sum(one.code == "field-missing" for one in made.findings)
        made_from = with_pictures(inputs, made.pictures)
        return Finished(type_id, "", made_from, str(path), made.content, to_fill_in=empty, findings=told)

    @cached_property
    def _bench(self) -> Bench:
        return self._assignment.prepare()

    @cached_property
    def _dataset(self) -> Dataset:
        """The rows of all branches; raises :class:`SourceError`."""
        bench, head = self._bench, self._source.head.dataset
        types = [(bench.manager.types[one], bench.templates[one]) for one in self._types]
        sheets = {sheet for of, template in types for sheet in sheets_of(of, template, head.schema)}
        reader = self._assignment.reader.only(sheets)
        tables: dict[str, list[Record]] = defaultdict(list)
        failed: list[FailedRow] = [*head.failed]
        for ticket in self._source.tickets(self._branches, _BRANCHES_AT_ONCE):
            some = reader.read(ticket).dataset(ticket.branches)
            failed += some.failed[len(head.failed) :]
            for name, records in some.tables.items():
                if name not in head.tables or not head.tables[name]:
                    tables[name] += records
        own = {name: tuple(records) for name, records in tables.items()}
        return replace(
            head,
            tables={**head.tables, **own, **bench.examples},
            failed=tuple(dict.fromkeys(failed)),
            examples=head.examples | bench.examples.keys(),
            survey=bench.survey,
        )
