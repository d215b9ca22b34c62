"""From the paths, or the URL, that a person names to the dataset of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsmith import sources
from docsmith.engine.shipped import shipped_rows
from docsmith.errors import PluginError
from docsmith.model.dataset import Dataset
from docsmith.model.rows import Record
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
    return with_examples(replace(dataset, survey=survey), manager.types.values(), manager.give_up)


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


GiveUp = Callable[[DocumentType, PluginError], None]
"""What to do with a type whose rows cannot be read."""


def _stop(_document_type: DocumentType, error: PluginError) -> None:
    raise error


def with_examples(
    dataset: Dataset, document_types: Iterable[DocumentType], give_up: GiveUp = _stop
) -> Dataset:
    """Return the dataset with the rows that a plugin ships for a sheet that the unit does not have."""
    shipped = examples_for(dataset, document_types, give_up)
    return replace(dataset, tables={**dataset.tables, **shipped}, examples=dataset.examples | shipped.keys())


def examples_for(
    dataset: Dataset, document_types: Iterable[DocumentType], give_up: GiveUp = _stop
) -> Mapping[str, tuple[Record, ...]]:
    """Return the rows that plugins ship, by sheet, for the sheets that the unit does not have.

    A sheet with a row that failed is the unit's own: no example takes its place. Raises :class:`PluginError`
    for rows that cannot be read, unless ``give_up`` deals with it.
    """
    own = {sheet for sheet, records in dataset.tables.items() if records}
    own |= {row.sheet for row in dataset.failed}
    examples: dict[str, tuple[Record, ...]] = {}
    for document_type in tuple(document_types):
        tables = [one for one in document_type.manifest.sheets if one.rows and one.name not in own]
        try:
            examples |= {
                one.name: shipped_rows(document_type, dataset.schema.sheets[one.name], one.rows or "")
                for one in tables
            }
        except PluginError as error:
            give_up(document_type, error)
    return examples
