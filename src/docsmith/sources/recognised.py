"""Files into recognised tables: read, cleaned, and known for the sheets that they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.model.schema import Schema
from docsmith.sources.adopting import adopt_columns
from docsmith.sources.files import read_files
from docsmith.sources.headers import Layout
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes
from docsmith.sources.recognise import Recognised, how_to_say, recognise
from docsmith.sources.scrub import scrub


def recognised_tables(
    paths: Sequence[Path], schema: Schema, imports: ImportRules, notes: Notes, *, clean_pinyin: bool
) -> list[Recognised]:
    """Return the tables of files and folders, in the order of the schema's sheets.

    Raises :class:`docsmith.errors.SourceError` if nothing can be read at all.
    """
    tables = read_files(paths, schema, notes)
    found = [
        _prepared(one, notes)
        for table in tables
        if (one := recognise(scrub(table, notes, clean_pinyin=clean_pinyin), schema, imports, notes))
    ]
    order = {name: position for position, name in enumerate(schema.sheets)}
    return sorted(found, key=lambda one: order[one.sheet.name])


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
