"""Raw values as cells that every reader takes for the same values, and the marks of wrong ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Finding
from docsmith.sources import xlsx_writer
from docsmith.sources.tables import BrokenCell
from docsmith.sources.xlsx_text import text_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

LONGEST_TEXT = 32_767  # of a cell
# Excel keeps 15 digits of a number.
_FIRST_INEXACT = 10**15
_FONT = Font(name="宋体", size=11)
_WRONG = PatternFill("solid", fgColor="FFC7CE")
# A date that is mended is typed as text, so that 1993-10 stays a month; a code keeps its zeros.
_TYPED_AS_TEXT = frozenset({Kind.CODE, Kind.DATE})
_GENERAL = "General"
_TIME_FORMATS = (
    (dt.datetime, "yyyy-mm-dd hh:mm:ss"),
    (dt.date, xlsx_writer.DATE_FORMAT),
    (dt.time, "hh:mm:ss"),
    (dt.timedelta, "[h]:mm:ss"),
)
_COMMENT_WIDTH, _COMMENT_LINE = 300, 20  # pixels


class CellMaker:
    """Makes the cells of one sheet."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._looks: dict[str, Any] = {}

    def cell(self, value: Any, column: Column | None) -> Cell:
        """Return a cell with a raw value: text stays text, whatever it looks like, dates and numbers theirs.

        What was no value (:class:`BrokenCell`), and what no cell can hold, becomes an error of the
        spreadsheet: so it is still an error if nobody mends it. An empty cell would be taken for one that may
        be empty.
        """
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            return self._time(value)
        typed = column is not None and column.kind in _TYPED_AS_TEXT
        cell = self._formatted(xlsx_writer.TEXT_FORMAT if typed else _GENERAL)
        if is_lost(value):
            cell.value = value.text if isinstance(value, BrokenCell) and value.text in ERROR_CODES else "#N/A"
        elif isinstance(value, float | bool) or (isinstance(value, int) and abs(value) < _FIRST_INEXACT):
            cell.value = value
        elif value is not None and value != "":
            xlsx_writer.put_text(cell, "、".join(value) if isinstance(value, list) else str(value))
        return cell

    def _time(self, value: dt.date | dt.time | dt.timedelta) -> Cell:
        if isinstance(value, dt.datetime | dt.time):
            value = value.replace(tzinfo=None)
        day = value.date() if isinstance(value, dt.datetime) else value
        if isinstance(day, dt.date) and day < xlsx_writer.FIRST_SERIAL_DATE:
            return self.cell(PartialDate.of(day).iso(), None)
        formats = (own for kind, own in _TIME_FORMATS if isinstance(value, kind))
        cell = self._formatted(next(formats))
        cell.value = value
        return cell

    def _formatted(self, number_format: str) -> Cell:
        """Return an empty cell; its look is copied, for openpyxl takes 25 µs to find it among the others."""
        cell: Any = WriteOnlyCell(self._page)
        if number_format not in self._looks:
            cell.font, cell.border, cell.alignment = _FONT, xlsx_writer.BORDER, xlsx_writer.BODY
            cell.number_format = number_format
            self._looks[number_format] = cell._style
        cell._style = copy(self._looks[number_format])
        made: Cell = cell
        return made


def is_lost(value: Any) -> bool:
    """Tell whether a cell cannot hold the value: there is none, or it is nested, or too long."""
    if isinstance(value, list):
        return not all(isinstance(item, str) for item in value)
    return isinstance(value, BrokenCell | dict) or (isinstance(value, str) and len(value) > LONGEST_TEXT)


def mark(cell: Cell) -> None:
    """Make a cell red."""
    cell.fill = _WRONG


def comment_on(cell: Cell, findings: Iterable[Finding]) -> None:
    """Say at a cell what is wrong, what is expected, and an example."""
    lines = [line for finding in findings for line in (finding.message, finding.hint) if line]
    text = "\n".join(dict.fromkeys(lines))
    high = sum(1 + text_width(line) // 40 for line in lines) + 1
    cell.comment = Comment(text, "docsmith", height=high * _COMMENT_LINE, width=_COMMENT_WIDTH)
