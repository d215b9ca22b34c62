"""A bundled document type, made from records by the real pipeline, and read back as a person sees it."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.table import _Row

from docsmith.engine.loading import with_examples
from docsmith.engine.pipeline import Pipeline
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding
from docsmith.model.records import Branch, Unit
from docsmith.model.rows import Record
from docsmith.model.survey import USUAL_SURVEY, Survey
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.template import Template

UNIT = Unit(name="示例研究所", year=2026, report_date="2026-12-08")
BRANCH = Branch(name="第一党支部")


@cache
def manager() -> Manager:
    return Manager.discover()


def least(type_id: str, branch: Branch = BRANCH) -> Record:
    """A row that a type has a document for, with what must be there and nothing else."""
    per = manager().types[type_id].plan.per
    assert per is not None
    sheet = manager().schema.sheets[per.sheet]
    cells = {column.name: column.example for column in sheet.columns if column.required}
    return sheet.record(**cells).changed(branch=branch.name)


@dataclass(frozen=True)
class Made:
    content: bytes
    document: Document
    findings: tuple[Finding, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The text of the paragraphs outside tables, and of those below the last line of one."""
        below = (row for table in self.document.tables for row in table.rows if _is_below(row))
        return [
            *(paragraph.text for paragraph in self.document.paragraphs),
            *(paragraph.text for row in below for paragraph in row.cells[0].paragraphs),
        ]

    def rows(self, table: int) -> list[list[str]]:
        """The text of the cells of a table; a cell merged downwards or across is there once for each."""
        rows = (row for row in self.document.tables[table].rows if not _is_below(row))
        return [[cell.text for cell in row.cells] for row in rows]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]


def _is_below(row: _Row) -> bool:
    """Tell a row without lines, which a person sees below the table."""
    return bool(row._tr.xpath("./w:tc/w:tcPr/w:tcBorders/w:left"))


def make(
    type_id: str,
    *,
    unit: Unit = UNIT,
    branch: Branch = BRANCH,
    options: dict[str, Any] | None = None,
    unread: Collection[str] = (),
    survey: Survey = USUAL_SURVEY,
    **tables: list[Record],
) -> Made:
    """Make a document for a branch from these records (``activities=[Activity(…)]``).

    ``unread`` names sheets of which rows could not be read. A type with a document for each row makes that of
    its first; without any, that of a row of which only the least is known.
    """
    found = manager()
    document_type = found.types[type_id]
    changed = document_type._replace(options={**document_type.options, **(options or {})})
    records = {"branches": (branch,), **{name: tuple(rows) for name, rows in tables.items()}}
    dataset = with_examples(Dataset(found.schema, unit, records, survey=survey), found.types.values())
    found.use([document_type])
    pipeline = Pipeline(dataset, found, RuleSettings())
    dossier = replace(dataset.dossier(branch), unread=frozenset(unread))
    if changed.plan.per:
        dossier = dossier.about(next(iter(changed.plan.per.rows(dossier)), least(type_id, branch)))
    made = pipeline.make(changed, Template.open(changed.template), dossier)
    assert made.content is not None, made.findings
    return Made(made.content, docx.Document(io.BytesIO(made.content)), made.findings)
