"""A source into a dataset: the one door of this layer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Place
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.sources.adopting import adopt_columns
from docsmith.sources.binding import Binder, Bound
from docsmith.sources.branches import Directory, as_branches
from docsmith.sources.duplicates import without_duplicates
from docsmith.sources.files import read_files
from docsmith.sources.headers import Layout
from docsmith.sources.imports import ImportRules
from docsmith.sources.members import check_members
from docsmith.sources.notes import Notes
from docsmith.sources.recognise import Recognised, how_to_say, recognise
from docsmith.sources.scrub import scrub
from docsmith.sources.units import UnitReader

NO_RULES = ImportRules()
# Findings about a whole file or table: whatever stands in it is not in the dataset.
_WHOLLY_UNREAD = frozenset({"file-unreadable", "sheet-ambiguous"})


def load(
    paths: Sequence[Path],
    schema: Schema,
    imports: ImportRules = NO_RULES,
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Dataset:
    """Read files and folders into one dataset, with everything that was found on the way.

    :param paths: workbooks (xlsx, xls, et, ods), csv, YAML, JSON, and folders of them; merged in this order.
    :param schema: the sheets and columns to look for.
    :param imports: the unit's ``[import]`` settings.
    :param year: the year to use where the sheet 单位 names none.
    :param clean_pinyin: take out pinyin that was inserted into the text; each cell is reported.
    :raises SourceError: if the only file, or every one of several, cannot be read at all. Whatever is wrong
        inside a readable file is a finding, and a row that cannot be used a :class:`FailedRow`.
    """
    notes = Notes()
    tables = read_files(paths, schema, notes)
    recognised = [
        _prepared(found, notes)
        for table in tables
        if (found := recognise(scrub(table, notes, clean_pinyin=clean_pinyin), schema, imports, notes))
    ]
    return _Loading(schema, imports, notes, recognised).dataset(year)


def _prepared(found: Recognised, notes: Notes) -> Recognised:
    """Return a recognised table with the columns that only its values name."""
    layout = found.layout
    if layout and layout.lacking:
        layout = adopt_columns(found.table, layout, notes)
    if found.foreign:
        _report_foreign(found, layout, notes)
    return found._replace(layout=layout)


def _report_foreign(found: Recognised, layout: Layout | None, notes: Notes) -> None:
    """Say what a table of another system was taken for, and which columns it does not have."""
    there = {column.name for column in layout.matched} if layout else set()
    absent = (
        [c.title for c in found.sheet.columns if c.name not in there and not c.required] if layout else []
    )
    message = _("this table is read as the sheet {sheet}").format(sheet=found.sheet.title)
    if absent:
        message += _("; it has no column {columns}").format(columns="、".join(absent))
    notes.info("sheet-recognised", found.table.whole(), message, how_to_say(found.sheet.title))


class _Loading:
    """One run of :func:`load`: the branches come first, because all other rows refer to them."""

    def __init__(
        self, schema: Schema, imports: ImportRules, notes: Notes, tables: Sequence[Recognised]
    ) -> None:
        self._schema, self._imports, self._notes, self._tables = schema, imports, notes, tables
        self._records: dict[str, list[Record]] = {n: [] for n, s in schema.sheets.items() if not s.paired}
        self._failed: list[FailedRow] = []

    def dataset(self, year: int | None) -> Dataset:
        """Bind all tables and put the dataset together."""
        unit_reader = UnitReader(self._schema.sheets["unit"], self._imports, self._notes)
        for found in self._of("unit"):
            unit_reader.take(found.table)
        directory = self._bind_branches(unit_reader.names)
        for name in self._records:
            if name != "branches":
                for found in self._of(name):
                    self._bind(found, directory)
        if not self._of("branches"):
            self._records["branches"] = list(as_branches(directory))
        check_members(self._records["members"], self._notes)  # type: ignore[arg-type]
        unit, failed = unit_reader.finish(year, self._years(), tuple(name for name, _code in directory.named))
        return Dataset(
            schema=self._schema,
            unit=unit,
            tables={name: tuple(records) for name, records in self._records.items()},
            failed=(*failed, *self._failed),
            findings=tuple(self._notes.findings),
            partial=any(finding.code in _WHOLLY_UNREAD for finding in self._notes.findings),
        )

    def _of(self, sheet: str) -> list[Recognised]:
        return [found for found in self._tables if found.sheet.name == sheet]

    def _bind(self, found: Recognised, directory: Directory | None) -> Bound:
        assert found.layout is not None  # noqa: S101 - only the sheet of pairs has none
        bound = Binder(found.table, found.sheet, found.layout, self._imports, directory, self._notes).bind()
        self._records[found.sheet.name] += bound.records
        self._failed += bound.failed
        return bound

    def _bind_branches(self, owners: Sequence[str]) -> Directory:
        sheets = self._of("branches")
        if not sheets:
            self._notes.error(
                "branches-missing",
                Place(),
                _("there is no sheet 支部: the branches that other rows name are used"),
                _("Add a sheet 支部 with a row for each branch: 支部编码, 支部名称, 书记 …"),
            )
            return Directory(owners=owners, closed=False)
        broken = [name for found in sheets for name in self._bind(found, None).failed_names]
        kept, failed = without_duplicates(self._records["branches"], self._notes)  # type: ignore[arg-type]
        self._records["branches"] = list(kept)
        self._failed += failed
        named = [(branch.name, branch.code) for branch in kept]
        return Directory([*named, *((name, None) for name in broken)], owners=owners)

    def _years(self) -> Iterable[int]:
        events: list[Any] = [*self._records["activities"], *self._records["talks"]]
        return {event.date.year for event in events}
