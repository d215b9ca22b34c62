"""Which files a source consists of, and the tables in each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from docsmith._files import OWN_FOLDER, REPORT_FOLDER
from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.model.findings import Place
from docsmith.model.schema import Schema
from docsmith.sources.detect import Format, format_of, read_bytes
from docsmith.sources.notes import Notes
from docsmith.sources.tables import RawTable
from docsmith.sources.workbook import read_workbook

# What is looked at in a folder; a file that is named is read whatever its ending.
ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".yaml", ".yml", ".json"})
# What editors check data files by (``docsmith schema``).
_SCHEMA = ".schema.json"
# Where docsmith writes documents unless it is told otherwise.
_NO_DATA = frozenset({"输出", REPORT_FOLDER, "__pycache__", "node_modules"})


def read_files(paths: Sequence[Path], schema: Schema, notes: Notes) -> list[RawTable]:
    """Return all tables of some files and folders, folders looked through to the bottom.

    A file that cannot be read is an error finding where others can; raises :class:`SourceError` if it is
    the only one, or if nothing can be read at all.
    """
    files = [found for path in paths for found in _files_of(path)]
    if len(files) == 1:
        return _only_file(*files[0], schema, notes)
    tables: list[RawTable] = []
    errors: list[SourceError] = []
    for path, name in files:
        try:
            tables += read_file(path, name, schema, notes)
        except SourceError as error:
            errors.append(error)
            notes.error("file-unreadable", Place(name), error.message, error.hint)
    if errors and not tables:
        raise SourceError("\n".join(error.message for error in errors), hint=errors[0].hint)
    return tables


def _only_file(path: Path, name: str, schema: Schema, notes: Notes) -> list[RawTable]:
    try:
        return read_file(path, name, schema, notes)
    except SourceError as error:
        error.file = name
        raise


def read_file(path: Path, name: str, schema: Schema, notes: Notes) -> list[RawTable]:
    """Return the tables of one file, called ``name`` in findings; raises :class:`SourceError`."""
    data = read_bytes(path, name)
    kind = format_of(data, name)
    if kind in (Format.YAML, Format.JSON):
        # With ruamel.yaml, which a workbook does not need: 8 ms.
        from docsmith.sources.structured import read_objects

        return read_objects(data, kind, name, schema, notes)
    if kind is Format.CSV:
        from docsmith.sources.text_tables import read_csv

        return read_csv(data, name)
    return read_workbook(data, kind, name)


def _files_of(path: Path) -> list[tuple[Path, str]]:
    """Return the data files of a path, each with the name that findings call it by."""
    if not path.is_dir():
        return [(path, path.name)]
    files = sorted(_walk(path))
    if not files:
        raise SourceError(
            _("The folder {folder} holds no data file.").format(folder=path.name or str(path)),
            hint=_("Put workbooks into it (.xlsx, .xls, .et, .ods, .csv, .yaml or .json)."),
        )
    return [(file, file.relative_to(path).as_posix()) for file in files]


def _is_no_data(folder: Path) -> bool:
    """Say whether a folder is hidden, or holds what docsmith wrote: its reports hold rows of data."""
    return folder.name.startswith(".") or folder.name in _NO_DATA or (folder / OWN_FOLDER).is_dir()


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the data files below a folder; no lock files, hidden ones, schemas, nor docsmith's output."""
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _is_no_data(Path(parent, name))]
        for name in files:
            if name.startswith((".", "~$")) or name.endswith(_SCHEMA):
                continue
            if Path(name).suffix.lower() in ENDINGS:
                yield Path(parent, name)
