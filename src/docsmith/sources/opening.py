"""Opening a source in shares: files, folders, or a database by its URL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith._urls import is_url
from docsmith.errors import UsageError
from docsmith.model.schema import Schema
from docsmith.sources.imports import ImportRules
from docsmith.sources.shares import Source


def open_source(
    data: Sequence[str | Path],
    schema: Schema,
    imports: ImportRules,
    *,
    year: int | None = None,
    clean_pinyin: bool = False,
) -> Source:
    """Open files and folders, or one database (a text with ``://``), to be read in shares.

    :param schema: the sheets and columns to look for.
    :param imports: the unit's ``[import]`` settings.
    :param year: the year to use where the unit names none.
    :param clean_pinyin: take out pinyin that was inserted into the text; each cell is reported.
    :raises docsmith.errors.UsageError: for a database beside something else.
    :raises docsmith.errors.SourceError: if nothing can be read at all.
    """
    urls = [item for item in data if isinstance(item, str) and is_url(item)]
    if not urls:
        from docsmith.sources.file_source import FileSource

        return FileSource([*map(Path, data)], schema, imports, year=year, clean_pinyin=clean_pinyin)
    if len(data) > 1:
        raise UsageError(
            _("A database is read alone; other data cannot be given beside it."),
            hint=_("Export what the files hold into the database, or the other way round."),
        )
    # With SQLAlchemy, which only databases need.
    from docsmith.sources.database import DatabaseSource

    return DatabaseSource(urls[0], schema, imports, year=year, clean_pinyin=clean_pinyin)
