"""The branch that a row belongs to: the cell with its name, and the one with its code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.records import Branch
from docsmith.model.values import CellError, as_code, as_name
from docsmith.sources.branches import Directory
from docsmith.sources.cells import CellReader
from docsmith.sources.headers import Layout, keys_of
from docsmith.sources.keys import header_key
from docsmith.sources.tables import BrokenCell

_ANY = Column("any", "", Kind.TEXT)
_BRANCHES = Sheet("branches", "支部", Branch)


class BranchReader:
    """Tells whom the rows of tables of one layout belong to; see :func:`branch_index`."""

    def __init__(self, layout: Layout, directory: Directory) -> None:
        self._directory = directory
        self._name_at = layout.index_of("branch")
        self._code_at = code_index(layout)

    def __call__(self, row: Sequence[Any]) -> str | CellError:
        """Return the branch as the sheet 支部 spells it, or why it cannot be told."""
        try:
            name = as_name(_plain(row[self._name_at])) if self._name_at is not None else None
            code = as_code(_plain(row[self._code_at])) if self._code_at is not None else None
            return self._directory.find(name, code)
        except CellError as error:
            return error.with_traceback(None)  # with it, it would keep the row and all that was at work


def branch_index(layout: Layout) -> int | None:
    """Return where a table that is not the sheet 支部 says the branch of a row: its name, else its code."""
    name_at = layout.index_of("branch")
    return name_at if name_at is not None else code_index(layout)


def code_index(layout: Layout) -> int | None:
    """Return where a table that is not the sheet 支部 has the code of the row's branch."""
    codes = {
        key for key, (_rank, column) in keys_of(_BRANCHES).items() if column.name == "code" and "支部" in key
    }
    return next((h.index for h in layout.headings if h.column is None and header_key(h.text) in codes), None)


def _plain(cell: Any) -> Any:
    """Return a cell that holds a name or a code; anything else is an error at that cell."""
    return CellReader(_ANY)(cell) if isinstance(cell, BrokenCell | list | dict) else cell
