"""What a unit says once about the sheets of other systems: the table ``[import]`` of its ``docsmith.toml``.

::

    [import.files]                      # which file, or which sheet of a file, is which sheet
    "党员信息*.xlsx" = "党员"
    "汇总.xlsx/Sheet2" = "组织生活"

    [import.columns."党员"]             # which header is which column
    "入党年月" = "加入党组织日期"

    [import.values."党员"."党籍状态"]   # which value is which choice
    "在册" = "正式党员"

Sheets and columns may be named in Chinese or English.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.columns import Column, Sheet
from docsmith.model.nearest import suggestion
from docsmith.model.schema import Schema
from docsmith.model.values import CellError, choice_key, read_cell
from docsmith.sources.keys import header_key

# How deep the texts of each setting stand.
_DEPTHS = {"files": 0, "columns": 1, "values": 2}


class ImportRules(NamedTuple):
    """The settings of ``[import]``, by English names.

    ``files`` maps a pattern (``党员*.xlsx``, or ``file/sheet``) to a sheet; ``columns`` a sheet and a header
    key to a column; ``values`` a sheet, a column and a value's key to the value that it stands for.
    """

    files: Mapping[str, str] = MappingProxyType({})
    columns: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    values: Mapping[str, Mapping[str, Mapping[str, str]]] = MappingProxyType({})

    @classmethod
    def from_table(cls, table: Mapping[str, Any], schema: Schema) -> ImportRules:
        """Read the table ``[import]``; raises :class:`UsageError` for a sheet, column or choice unknown."""
        _check_shape(table)
        files = {pattern: _sheet(name, schema).name for pattern, name in table.get("files", {}).items()}
        columns: dict[str, dict[str, str]] = {}
        for sheet_name, headers in table.get("columns", {}).items():
            sheet = _sheet(sheet_name, schema)
            columns[sheet.name] = {
                header_key(header): _column(name, sheet).name for header, name in headers.items()
            }
        values: dict[str, dict[str, dict[str, str]]] = {}
        for sheet_name, by_column in table.get("values", {}).items():
            sheet = _sheet(sheet_name, schema)
            values[sheet.name] = {
                _column(name, sheet).name: {
                    choice_key(value): _value(meant, _column(name, sheet)) for value, meant in spelt.items()
                }
                for name, spelt in by_column.items()
            }
        return cls(files, columns, values)

    def sheet_of(self, file: str, sheet: str) -> str:
        """Return the English name of the sheet that a table is said to be, or an empty text."""
        name = PurePosixPath(file).name
        for pattern, meant in self.files.items():
            if any(fnmatchcase(text, pattern) for text in (f"{name}/{sheet}", f"{file}/{sheet}", name, file)):
                return meant
        return ""


def _check_shape(table: Mapping[str, Any]) -> None:
    """Refuse unknown keys, and anything but tables of texts at the depth that each key has."""
    for key, content in table.items():
        depth = _DEPTHS.get(key)
        if depth is None:
            raise UsageError(
                _("[import] has no setting {name}.").format(name=key),
                hint=suggestion(key, _DEPTHS),
            )
        _check_depth(f"import.{key}", content, depth)


def _check_depth(name: str, content: Any, depth: int) -> None:
    if not isinstance(content, Mapping):
        raise UsageError(_("[{name}] must be a table.").format(name=name))
    for key, value in content.items():
        if depth:
            _check_depth(f"{name}.{key}", value, depth - 1)
        elif not isinstance(value, str):
            raise UsageError(_("{key} in [{name}] must be a text.").format(key=key, name=name))


def _sheet(name: str, schema: Schema) -> Sheet:
    for sheet in schema.sheets.values():
        if name in (sheet.name, sheet.title):
            return sheet
    raise UsageError(
        _("[import] names the sheet {name}, which does not exist.").format(name=name),
        hint=suggestion(name, (sheet.title for sheet in schema.sheets.values())),
    )


def _column(name: str, sheet: Sheet) -> Column:
    for column in sheet.columns:
        if name in (column.name, column.title):
            return column
    raise UsageError(
        _("[import] names the column {name}, which the sheet {sheet} does not have.").format(
            name=name, sheet=sheet.title
        ),
        hint=suggestion(name, (column.title for column in sheet.columns)),
    )


def _value(meant: str, column: Column) -> str:
    """Return the value that another stands for, if its column can hold it."""
    try:
        read_cell(meant, column)
    except CellError as error:
        raise UsageError(
            _("[import] gives the column {column} the value {value}: {problem}.").format(
                column=column.title, value=meant, problem=error.message
            ),
            hint=error.hint,
        ) from None
    return meant
