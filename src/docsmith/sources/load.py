"""A source into a dataset: the one door of this layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from docsmith.model.dataset import Dataset
from docsmith.model.schema import Schema
from docsmith.sources.across import AcrossBranches
from docsmith.sources.file_source import FileSource
from docsmith.sources.imports import ImportRules

NO_RULES = ImportRules()


def load(
    paths: Sequence[Path],
    schema: Schema,
    imports: ImportRules = NO_RULES,
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Dataset:
    """Read files and folders into one dataset, with everything that was found on the way.

    It is the share of all branches at once, and what only a look across them shows.

    :param paths: workbooks (xlsx, xls, et, ods), csv, YAML, JSON, and folders of them; merged in this order.
    :param schema: the sheets and columns to look for.
    :param imports: the unit's ``[import]`` settings.
    :param year: the year to use where the sheet 单位 names none.
    :param clean_pinyin: take out pinyin that was inserted into the text; each cell is reported.
    :raises SourceError: if the only file, or every one of several, cannot be read at all. Whatever is wrong
        inside a readable file is a finding, and a row that cannot be used a :class:`FailedRow`.
    """
    source = FileSource(paths, schema, imports, year=year, clean_pinyin=clean_pinyin)
    dataset = source.whole()
    with AcrossBranches() as across:
        across.add(dataset)
        return replace(dataset, findings=(*dataset.findings, *across.findings()))
