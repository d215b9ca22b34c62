"""The rows that a plugin ships in csv files: read whole or not at all, every mistake told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.model.columns import Sheet
from docsmith.model.rows import Record, RecordError
from docsmith.plugin.document_type import DocumentType

MAX_BYTES = 4 << 20
"""Bytes of a csv file of rows: ten thousand items with long texts."""
MAX_ROWS = 20_000
_MOST_SHOWN = 20


class Shipped(NamedTuple):
    """The rows of a file, and what is wrong with it, one sentence for each row or cell."""

    records: tuple[Record, ...]
    mistakes: tuple[str, ...]


def shipped_rows(document_type: DocumentType, sheet: Sheet, file_name: str) -> tuple[Record, ...]:
    """Return the rows of a plugin's csv file; raises :class:`PluginError` that tells what is wrong in it."""
    shipped = read_shipped(document_type.folder / file_name, sheet)
    if shipped.mistakes:
        raise PluginError(
            _("The rows in {file} of the plugin {name} cannot be read: {reason}").format(
                file=file_name, name=document_type.id, reason=_listed(shipped.mistakes)
            ),
            hint=_("Mend the plugin in {folder}.").format(folder=document_type.folder),
        )
    return shipped.records


def read_shipped(path: Path, sheet: Sheet) -> Shipped:
    """Read a csv file (UTF-8, a header of column titles) as rows of a sheet."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return _wrong(_("the file is larger than {limit} MB").format(limit=MAX_BYTES >> 20))
        text = content.decode("utf-8-sig")
    except OSError as error:
        return _wrong(reason_of(error))
    except UnicodeDecodeError:
        return _wrong(_("it is not UTF-8; save it as “CSV UTF-8” in Excel or WPS"))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return _wrong(str(error))
    if len(rows) > MAX_ROWS:
        return _wrong(_("it has more than {limit} rows").format(limit=f"{MAX_ROWS:,}"))
    return _read(rows, sheet)


def _wrong(reason: str) -> Shipped:
    return Shipped((), (reason,))


def _read(rows: Sequence[Sequence[str]], sheet: Sheet) -> Shipped:
    header = rows[0] if rows else []
    if problems := list(_header_problems(header, sheet)):
        return Shipped((), tuple(problems))
    names = {column.title: column.name for column in sheet.columns}
    records, mistakes = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            mistakes.append(_("row {number} has more cells than the header").format(number=number))
            continue
        try:
            records.append(sheet.record.read({names[title]: cell for title, cell in zip(header, row)}))
        except RecordError as error:
            titles = {column.name: column.title for column in sheet.columns}
            mistakes += [
                _("row {number}, {title}: {problem}").format(
                    number=number, title=titles.get(name, name), problem=problem
                )
                for name, problem in error.problems.items()
            ]
    return Shipped(tuple(records), tuple(mistakes))


def _header_problems(header: Sequence[str], sheet: Sheet) -> Iterator[str]:
    titles = [column.title for column in sheet.columns]
    if not header:
        yield _("it is empty; a header with the titles of the columns is expected")
    for number, title in enumerate(header):
        if title not in titles:
            known = "、".join(titles)
            yield _("there is no column {title}; known are {known}").format(title=title, known=known)
        elif title in header[:number]:
            yield _("the column {title} is there twice").format(title=title)


def _listed(mistakes: Sequence[str]) -> str:
    shown = list(mistakes[:_MOST_SHOWN])
    if rest := len(mistakes) - len(shown):
        shown.append(_("… and {number} more.").format(number=rest))
    return "; ".join(shown)
