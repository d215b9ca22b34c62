"""The documents of a type for the rows of a branch: one that fails never stops the others."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docsmith.engine.copies.naming import Known, Wanted, named, placed
from docsmith.engine.outcomes import mistake, stopped
from docsmith.engine.paths import MOST_BYTES_OF_STEM, Paths
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.stamps import digest_of, plainly
from docsmith.errors import BudgetError, DocsmithError
from docsmith.model.dataset import FailedRow
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Place, Severity
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.per import PerRow
from docsmith.plugin.plan import RowsPlan
from docsmith.template import Template

if TYPE_CHECKING:
    from docsmith.model.pictures import Stamp

# What is computed from rows of any sheet.
_FIGURES = ("figures", "数据")
_OF_ROW = re.compile(r"[A-Z]*([0-9]+)|(.*)[. ][^. ]*", re.DOTALL)


class CopyMade(NamedTuple):
    """One document: its name, a digest of its row, its path within the output folder, and its bytes.

    ``pictures`` are those beside the data that it asked for.

    Without ``content`` it was stopped, for the reasons in ``findings``; without a ``copy`` its row could not
    be read, or no name be made of it. One that ``spent`` did more than any form needs.
    """

    copy: str = ""
    row: str = ""
    path: str = ""
    content: bytes | None = None
    findings: tuple[Finding, ...] = ()
    spent: bool = False
    pictures: tuple[Stamp, ...] = ()


NO_COPY = CopyMade()


class CopyMaker(NamedTuple):
    """Makes the documents of a type for the rows of one branch after the other."""

    pipeline: Pipeline
    paths: Paths
    document_type: DocumentType
    template: Template
    per: PerRow

    def documents(self, dossier: Dossier, folder: str, known: Sequence[Known]) -> Iterator[CopyMade]:
        """Yield a result for each row, in the order of the documents, and then for rows that cannot be read.

        Where all of them have to stop, there is one result for all. ``folder`` is that of the branch,
        ``known`` are the documents of earlier runs.
        """
        branch = dossier.branch.name
        alone, everything = self._stopping(branch)
        if everything:
            yield CopyMade(findings=everything)
            return
        said: set[Finding] = set()
        try:
            for one in self._of_rows(dossier, folder, known):
                yield one._replace(findings=tuple(_new(one.findings, said)))
        except Exception as error:  # the documents of one branch never stop those of another
            yield _failed(error, branch)
        for findings in alone:
            yield CopyMade(findings=findings)

    def _stopping(self, branch: str) -> tuple[list[tuple[Finding, ...]], tuple[Finding, ...]]:
        """Return what stops the document of one row alone, row by row, and what stops all of a branch."""
        rows: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
        everything: list[Finding] = []
        for row in self.pipeline.dataset.stopping(branch):
            if row.sheet not in self.document_type.uses:
                continue
            if self._stops_alone(row):
                rows[_row_of(row.finding.place)].append(row.finding)
            else:
                everything.append(row.finding)
        return [tuple(findings) for findings in rows.values()], tuple(everything)

    def _stops_alone(self, row: FailedRow) -> bool:
        """Say whether a row that cannot be read is in no document but its own, as far as can be known."""
        return row.sheet == self._apart and row.finding.code != "column-missing"

    @property
    def _apart(self) -> str:
        """The sheet of the rows, where no document shows another row of it, as far as can be known."""
        sheet = self.per.sheet
        title = self.pipeline.dataset.schema.sheets[sheet].title
        tables = self.document_type.plan.tables
        shown = {name for one in tables if _shows(one, sheet) for name in (one.name, one.title)}
        is_apart = shown.union((sheet, title, *_FIGURES)).isdisjoint(self.template.fields)
        return sheet if is_apart and not self.document_type.manifest.python else ""

    def _of_rows(self, dossier: Dossier, folder: str, known: Sequence[Known]) -> Iterator[CopyMade]:
        branch = dossier.branch.name
        named_rows: list[tuple[Dossier, Wanted]] = []
        alike: Counter[bytes] = Counter()
        for record in self.per.rows(dossier):
            about = dossier.about(record)
            row = digest_of(plainly(record.values()), plainly(record.extra))
            alike[row] += 1  # a row that is there twice has two documents
            try:
                name = self.paths.name_of(self.document_type, about)
            except Exception as error:
                yield _failed(error, branch)
            else:
                named_rows.append((about, Wanted(name, digest_of(row, b"%d" % alike[row]).hex())))
        names = named([wanted for _about, wanted in named_rows], known, MOST_BYTES_OF_STEM)
        places = placed(names, known)
        for copy, (about, wanted) in zip(names, named_rows, strict=True):
            try:
                made = self._made(about, folder, copy, places[copy])
            except Exception as error:  # one document never stops the others
                made = _failed(error, branch)
            yield made._replace(copy=copy, row=wanted.row)

    def _made(self, dossier: Dossier, folder: str, copy: str, place: str) -> CopyMade:
        made = self.pipeline.made(self.document_type, self.template, dossier, copy, self._apart)
        path = self.paths.path_of_copy(self.document_type, dossier, folder, place)
        return CopyMade(path=str(path), content=made.content, findings=made.findings, pictures=made.pictures)


def _failed(error: Exception, branch: str) -> CopyMade:
    """Return the result for a document that an error stopped, be it a mistake of ours."""
    if isinstance(error, DocsmithError):
        return CopyMade(findings=(stopped(error, branch),), spent=isinstance(error, BudgetError))
    if os.environ.get("DOCSMITH_DEBUG"):
        raise error
    return CopyMade(findings=(mistake(error, branch),))


def _shows(table: RowsPlan, sheet: str) -> bool:
    return sheet == table.sheet or (table.join is not None and sheet == table.join.sheet)


def _new(findings: Sequence[Finding], said: set[Finding]) -> Iterator[Finding]:
    """Yield what was not said of an earlier document of the branch; empty fields are each document's own."""
    for finding in findings:
        if finding.severity is Severity.INFO or finding.severity is Severity.ERROR:
            yield finding
        elif finding not in said:
            said.add(finding)
            yield finding


def _row_of(place: Place) -> tuple[str, str, str]:
    """Return which row a cell is in: ``5`` of ``D5``, of ``5.born_on`` and of ``id=5 born_on``."""
    found = _OF_ROW.fullmatch(place.cell)
    return place.file, place.sheet, (found[1] or found[2]) if found else place.cell
