"""Slots that print no value: ids that are counted, and the columns of tables that depend on the data."""

from __future__ import annotations

from typing import Any, cast

from docsmith.template.language.journal import current
from docsmith.template.slots.cells import span_number
from docsmith.template.slots.columns import Columns, Hole, LastParagraph
from docsmith.template.slots.values import Writer, Written, escaped_in_quotes


def constant(text: str = "", *_other: object) -> Writer:
    """Write always the same."""
    written = text.encode()
    return lambda _value: written


def nothing(*_constants: object) -> Writer:
    """Write nothing."""
    return constant()


def drawing_id(_old: str) -> Writer:
    """Write the id of the next drawing."""
    return lambda _value: b"%d" % current().ids.drawing()


def control_id(_source: str, before: str, old: str, after: str) -> Writer:
    """Write the ``w:id`` of a content control."""
    return lambda _value: f"{before}{current().ids.control(old)}{after}".encode()


def bookmark_start(_source: str, template: str, old: str, name: str) -> Writer:
    """Write a ``w:bookmarkStart``; in ``template``, %s stands for its id and then for its name."""

    def write(_value: Any) -> Written:
        number, chosen = current().ids.bookmark_start(old, name)
        return (template % (number, escaped_in_quotes(chosen))).encode()

    return write


def bookmark_end(_source: str, before: str, old: str, after: str) -> Writer:
    """Write a ``w:bookmarkEnd``."""
    return lambda _value: f"{before}{current().ids.bookmark_end(old)}{after}".encode()


def last_paragraph() -> Writer:
    """Write a paragraph where there is none at the end."""
    return lambda _value: LastParagraph()


def table() -> Writer:
    """Begin a table."""

    def write(_value: Any) -> Written:
        current().tables.append(Columns())
        return b""

    return write


def grid(source: str, widths: tuple[int, ...]) -> Writer:
    """Write the columns of a grid, which may still change."""

    def write(_value: Any) -> Written:
        table = current().tables[-1]
        table.grid, table.widths = Hole(source.encode()), widths
        return table.grid

    return write


def width(source: str, number: int) -> Writer:
    """Write a ``w:tcW``, which may still change."""

    def write(_value: Any) -> Written:
        cell = current().tables[-1].cell
        cell.hole, cell.width = Hole(source.encode()), number
        return cell.hole

    return write


def span(number: int) -> Writer:
    """Note how many columns the cell takes."""

    def write(_value: Any) -> Written:
        current().tables[-1].cell.span = number
        return b""

    return write


def span_value(is_tracked: bool) -> Writer:
    """Write into the value of a ``w:gridSpan``, and note it where the columns of the table are counted."""
    inside = span_number()

    def write(value: Any) -> Written:
        written = cast(bytes, inside(value))
        if is_tracked:
            current().tables[-1].cell.span = int(written)
        return written

    return write


def cell_end() -> Writer:
    """End a cell."""

    def write(_value: Any) -> Written:
        current().tables[-1].end_cell()
        return b""

    return write


def row_end(before: int, after: int) -> Writer:
    """End a row, with the columns that it skips at either end."""

    def write(_value: Any) -> Written:
        current().tables[-1].end_row(before, after)
        return b""

    return write


def table_end(width: int) -> Writer:
    """End a table, of the width that it states."""

    def write(_value: Any) -> Written:
        current().tables.pop().end(width)
        return b""

    return write
