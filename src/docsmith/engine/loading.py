"""From the paths, or the URL, that a person names to the dataset of a run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsmith import sources
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.model.columns import Sheet
from docsmith.model.dataset import Dataset
from docsmith.model.rows import Record, RecordError
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager

if TYPE_CHECKING:
    from docsmith.sources.shares import Source


def load_dataset(
    data: Sequence[str | Path],
    manager: Manager,
    imports: Mapping[str, Any],
    survey: Survey,
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Dataset:
    """Read the data, with the sheets and columns that the document types declare.

    ``survey`` is how the unit counts votes; ``year`` is for data that names none. Raises
    :class:`docsmith.errors.SourceError` for a file that cannot be read at all,
    :class:`docsmith.errors.UsageError` for settings under ``[import]`` that are not known, and
    :class:`PluginError` where plugins clash.
    """
    rules = sources.ImportRules.from_table(imports, manager.schema)
    dataset = sources.load(data, manager.schema, rules, year=year, clean_pinyin=clean_pinyin)
    return with_examples(replace(dataset, survey=survey), manager.types.values())


def open_data(
    paths: Sequence[str | Path],
    manager: Manager,
    imports: Mapping[str, Any],
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Source:
    """Open the data to be read in shares, with the sheets and columns that the document types declare.

    The rows that plugins ship, and how the unit counts votes, are not in it. Raises as :func:`load_dataset`.
    """
    from docsmith.sources.opening import open_source  # with what only large sources need

    rules = sources.ImportRules.from_table(imports, manager.schema)
    return open_source(paths, manager.schema, rules, year=year, clean_pinyin=clean_pinyin)


def with_examples(dataset: Dataset, document_types: Iterable[DocumentType]) -> Dataset:
    """Return the dataset with the rows that a plugin ships for a sheet that the unit does not have."""
    shipped = examples_for(dataset, document_types)
    return replace(dataset, tables={**dataset.tables, **shipped}, examples=dataset.examples | shipped.keys())


def examples_for(
    dataset: Dataset, document_types: Iterable[DocumentType]
) -> Mapping[str, tuple[Record, ...]]:
    """Return the rows that plugins ship, by sheet, for the sheets that the unit does not have.

    A sheet with a row that failed is the unit's own: no example takes its place.
    """
    own = {sheet for sheet, records in dataset.tables.items() if records}
    own |= {row.sheet for row in dataset.failed}
    return {
        table.name: _shipped_rows(document_type, dataset.schema.sheets[table.name], table.rows)
        for document_type in document_types
        for table in document_type.manifest.sheets
        if table.rows is not None and table.name not in own
    }


def _shipped_rows(document_type: DocumentType, sheet: Sheet, file_name: str) -> tuple[Record, ...]:
    """Return the rows of a plugin's csv file (UTF-8, a header of column titles)."""
    path = document_type.folder / file_name
    names = {column.title: column.name for column in sheet.columns}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, restkey="…", strict=True))
            return tuple(
                sheet.record.read({names.get(title, title): cell for title, cell in row.items()})
                for row in rows
            )
    except (OSError, UnicodeDecodeError, csv.Error, RecordError) as error:
        raise PluginError(
            _("The rows in {file} of the plugin {name} cannot be read: {reason}").format(
                file=file_name, name=document_type.id, reason=error
            ),
            hint=_("Mend the plugin in {folder}.").format(folder=document_type.folder),
        ) from error
