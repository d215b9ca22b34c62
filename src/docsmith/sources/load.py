"""A source into a dataset: the one door of this layer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from docsmith.model.dataset import Dataset
from docsmith.model.schema import Schema
from docsmith.sources.across import AcrossBranches
from docsmith.sources.imports import ImportRules
from docsmith.sources.opening import open_source

NO_RULES = ImportRules()


def load(
    data: Sequence[str | Path],
    schema: Schema,
    imports: ImportRules = NO_RULES,
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Dataset:
    """Read files and folders, or a database, into one dataset, with everything that was found on the way.

    It is the share of all branches at once, and what only a look across them shows.

    :param data: workbooks (xlsx, xls, et, ods), csv, YAML, JSON, and folders of them, merged in this order;
        or the URL of a database.
    :param schema: the sheets and columns to look for.
    :param imports: the unit's ``[import]`` settings.
    :param year: the year to use where the sheet 单位 names none.
    :param clean_pinyin: take out pinyin that was inserted into the text; each cell is reported.
    :raises SourceError: if the only file, or every one of several, cannot be read at all. Whatever is wrong
        inside a readable file is a finding, and a row that cannot be used a :class:`FailedRow`.
    """
    source = open_source(data, schema, imports, year=year, clean_pinyin=clean_pinyin)
    with closing(source), AcrossBranches() as across:
        dataset = source.whole()
        across.add(dataset)
        return replace(dataset, findings=(*dataset.findings, *across.findings()))
