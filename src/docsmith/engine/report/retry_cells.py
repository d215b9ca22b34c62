"""Raw values as cells that every reader takes for the same values, and the marks of wrong ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
_TIME_FORMATS = ((dt.datetime, "yyyy-mm-dd hh:mm:ss"), (dt.time, "hh:mm:ss"), (dt.timedelta, "[h]:mm:ss"))
_COMMENT_WIDTH, _COMMENT_LINE = 300, 20  # pixels


def retry_cell(page: Any, value: Any, column: Column | None) -> Cell:
    """Return a cell with a raw value: text stays text, whatever it looks like, and dates and numbers theirs.

    What was no value (:class:`BrokenCell`), and what no cell can hold, becomes an error of the spreadsheet:
    so it is still an error if nobody mends it. An empty cell would be taken for one that may be empty.
    """
    cell: Cell = WriteOnlyCell(page)
    cell.font, cell.border, cell.alignment = _FONT, xlsx_writer.BORDER, xlsx_writer.BODY
    if column and column.kind in _TYPED_AS_TEXT:
        cell.number_format = xlsx_writer.TEXT_FORMAT
    if is_lost(value):
        cell.value = value.text if isinstance(value, BrokenCell) and value.text in ERROR_CODES else "#N/A"
        return cell
    if isinstance(value, list):
        value = "、".join(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        _put_time(cell, value)
    elif isinstance(value, float | bool) or (isinstance(value, int) and abs(value) < _FIRST_INEXACT):
        cell.value = value
    elif value is not None and value != "":
        xlsx_writer.put_text(cell, str(value))
    return cell


def is_lost(value: Any) -> bool:
    """Tell whether a cell cannot hold the value: there is none, or it is nested, or too long."""
    if isinstance(value, list):
        return not all(isinstance(item, str) for item in value)
    return isinstance(value, BrokenCell | dict) or (isinstance(value, str) and len(value) > LONGEST_TEXT)


def _put_time(cell: Cell, value: dt.date | dt.time | dt.timedelta) -> None:
    if isinstance(value, dt.datetime | dt.time):
        value = value.replace(tzinfo=None)
    day = value.date() if isinstance(value, dt.datetime) else value
    if isinstance(day, dt.date) and day < xlsx_writer.FIRST_SERIAL_DATE:
        xlsx_writer.put_text(cell, PartialDate.of(day).iso())
        return
    cell.value = value
    formats = (own for kind, own in _TIME_FORMATS if isinstance(value, kind))
    cell.number_format = next(formats, xlsx_writer.DATE_FORMAT)


def mark(cell: Cell) -> None:
    """Make a cell red."""
    cell.fill = _WRONG


def comment_on(cell: Cell, findings: Iterable[Finding]) -> None:
    """Say at a cell what is wrong, what is expected, and an example."""
    lines = [line for finding in findings for line in (finding.message, finding.hint) if line]
    text = "\n".join(dict.fromkeys(lines))
    high = sum(1 + text_width(line) // 40 for line in lines) + 1
    cell.comment = Comment(text, "docsmith", height=high * _COMMENT_LINE, width=_COMMENT_WIDTH)
