"""The elements of a part that need more than being copied: tables, and what carries ids.

A rule is called with what is woven so far, the frame of the element that has just been opened or is about to
be closed, and, for a start tag, the tag and its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import cast

from docsmith.template.compiled import Slot
from docsmith.template.compiling.frames import Frame
from docsmith.template.compiling.layout import CellLayout, RowLayout, TableLayout
from docsmith.template.compiling.lexer import StartTag, Unprovable
from docsmith.template.compiling.pieces import Pieces
from docsmith.template.package.attributes import whole_number

_ID = re.compile(r'(?<=\sid=")[^"]*(?=")')
_WORD_ID = re.compile(r'(?<=\sw:id=")[^"]*(?=")')
_NAME = re.compile(r'(?<=\sw:name=")[^"]*(?=")')
_VALUE = re.compile(r'(?<=\sw:val=")[^"]*(?=")')


def _table(out: Pieces, frame: Frame, _tag: StartTag, source: str) -> None:
    frame.layout = out.tables[frame.key] = TableLayout()
    out.write(source)
    if frame.key in out.tracked:
        out.put(("table",))


def _table_end(out: Pieces, frame: Frame) -> None:
    if frame.key in out.tracked:
        width = cast(TableLayout, frame.layout).width
        out.put(("table end", whole_number(width)))


def _is_tracked(out: Pieces) -> bool:
    return any(frame.name == "w:tbl" for frame in out.stack.frames) and (
        out.stack.nearest("w:tbl").key in out.tracked
    )


def _is_in(out: Pieces, *names: str) -> bool:
    """Return whether the innermost open element stands directly in these."""
    return tuple(frame.name for frame in out.stack.frames[-1 - len(names) : -1]) == names


def _table_width(out: Pieces, _frame: Frame, tag: StartTag, source: str) -> None:
    if _is_in(out, "w:tbl", "w:tblPr") and tag.attributes.get("w:type") == "dxa":
        cast(TableLayout, out.stack.nearest("w:tbl").layout).width = tag.attributes.get("w:w", "")
    out.write(source)


def _table_grid(out: Pieces, frame: Frame, tag: StartTag, source: str) -> None:
    if out.stack.parent_is("w:tbl"):
        table = out.stack.nearest("w:tbl")
        layout = cast(TableLayout, table.layout)
        layout.has_grid, layout.grid = True, []
        if table.depth != frame.depth:
            raise Unprovable("a grid depends on values")
    out.write(source)
    if not tag.empty and out.stack.parent_is("w:tbl") and _is_tracked(out):
        out.grid = []


def _table_grid_end(out: Pieces, _frame: Frame) -> None:
    if out.grid is not None and out.stack.parent_is("w:tbl"):
        columns, out.grid = "".join(out.grid), None
        layout = cast(TableLayout, out.stack.nearest("w:tbl").layout)
        out.put(("grid", columns, tuple(map(whole_number, layout.grid or ()))))


def _grid_column(out: Pieces, frame: Frame, tag: StartTag, source: str) -> None:
    if _is_in(out, "w:tbl", "w:tblGrid"):
        if frame.depth != out.stack.frames[-2].depth:
            raise Unprovable("a grid depends on values")
        layout = cast(TableLayout, out.stack.nearest("w:tbl").layout)
        if layout.grid is not None:
            layout.grid.append(tag.attributes.get("w:w", ""))
    out.write(source)


def _row(out: Pieces, frame: Frame, _tag: StartTag, source: str) -> None:
    table = out.stack.nearest("w:tbl")
    layout = RowLayout(fixed=frame.depth == table.depth)
    frame.layout = cast(TableLayout, table.layout).rows[frame.key] = layout
    out.write(source)


def _row_end(out: Pieces, frame: Frame) -> None:
    if _is_tracked(out):
        row = cast(RowLayout, frame.layout)
        out.put(("row end", row.before, row.after))


def _skipped(out: Pieces, frame: Frame, tag: StartTag, source: str) -> None:
    row = out.stack.nearest("w:tr")
    if row.depth != frame.depth:
        raise Unprovable("the columns that a row skips depend on values")
    layout = cast(RowLayout, row.layout)
    number = whole_number(tag.attributes.get("w:val", ""))
    if tag.name == "w:gridBefore":
        layout.before = number
    else:
        layout.after = number
    out.write(source)


def _cell(out: Pieces, frame: Frame, _tag: StartTag, source: str) -> None:
    row = out.stack.nearest("w:tr")
    layout = CellLayout(fixed=frame.depth == row.depth)
    frame.layout = cast(RowLayout, row.layout).cells[frame.key] = layout
    out.write(source)


def _cell_end(out: Pieces, _frame: Frame) -> None:
    if _is_tracked(out):
        out.put(("cell end",))


def _cell_width(out: Pieces, _frame: Frame, tag: StartTag, source: str) -> None:
    # What a cell was before a change that is tracked (w:tcPrChange) is not touched.
    if tag.empty and _is_in(out, "w:tc", "w:tcPr") and _is_tracked(out):
        given = tag.attributes.get("w:w", "") if tag.attributes.get("w:type", "dxa") == "dxa" else ""
        out.put(("width", source, whole_number(given)))
    else:
        out.write(source)


def _span(out: Pieces, frame: Frame, tag: StartTag, source: str) -> None:
    cell = out.stack.nearest("w:tc")
    span = max(1, whole_number(tag.attributes.get("w:val", "")))
    layout = cast(CellLayout, cell.layout)
    layout.span = span if cell.depth == frame.depth else None
    out.write(source)
    if _is_tracked(out):
        out.put(("span", span))


def slot_of_attribute(out: Pieces) -> Slot:
    """Return the slot for a value in the attribute that is open."""
    if (out.stack.tag, out.stack.attribute) == ("w:gridSpan", "w:val"):
        return ("span value", _is_tracked(out))
    if (out.stack.tag, out.stack.attribute) == ("w:shd", "w:fill"):
        return ("colour",)
    return ("attribute",)


def drawing(out: Pieces, source: str) -> None:
    """Write a ``wp:docPr``, or a piece of one, with a slot in the place of its id."""
    before, old, after = _split(_ID, source)
    out.write(before)
    if old is not None:
        out.put(("drawing id", old))
    out.write(after)


def _drawing_start(out: Pieces, _frame: Frame, tag: StartTag, source: str) -> None:
    if "id" not in tag.attributes:
        raise Unprovable("a drawing has no id")
    drawing(out, source)


def _bookmark(out: Pieces, _frame: Frame, tag: StartTag, source: str) -> None:
    if not tag.empty:
        raise Unprovable("a bookmark has content")
    before, old, after = _split(_WORD_ID, source)
    if old is None:
        raise Unprovable("a bookmark has no id")
    if tag.name == "w:bookmarkEnd":
        out.put(("bookmark end", source, before, old, after))
        return
    with_id = f"{before.replace('%', '%%')}%s{after.replace('%', '%%')}"
    before, name, after = _split(_NAME, with_id)
    if name is None:
        raise Unprovable("a bookmark has no name")
    named = f"{before}%s{after}"
    if len(before) < with_id.index("%s"):
        raise Unprovable("a bookmark's name stands before its id")
    out.put(("bookmark start", source, named, old, unescape(tag.attributes["w:name"])))


def _control_id(out: Pieces, _frame: Frame, tag: StartTag, source: str) -> None:
    if tag.empty and out.stack.parent_is("w:sdtPr"):
        before, old, after = _split(_VALUE, source)
        if old is None:
            raise Unprovable("a content control has no number")
        out.put(("control id", source, before, old, after))
    else:
        out.write(source)


START_RULES: Mapping[str, Callable[[Pieces, Frame, StartTag, str], None]] = {
    "w:tbl": _table,
    "w:tblW": _table_width,
    "w:tblGrid": _table_grid,
    "w:gridCol": _grid_column,
    "w:tr": _row,
    "w:gridBefore": _skipped,
    "w:gridAfter": _skipped,
    "w:tc": _cell,
    "w:tcW": _cell_width,
    "w:gridSpan": _span,
    "wp:docPr": _drawing_start,
    "w:bookmarkStart": _bookmark,
    "w:bookmarkEnd": _bookmark,
    "w:id": _control_id,
}
END_RULES: Mapping[str, Callable[[Pieces, Frame], None]] = {
    "w:tbl": _table_end,
    "w:tblGrid": _table_grid_end,
    "w:tr": _row_end,
    "w:tc": _cell_end,
}
WHOLE_TAGS = frozenset(START_RULES) - {"w:gridSpan", "wp:docPr"}


def _split(pattern: re.Pattern[str], source: str) -> tuple[str, str | None, str]:
    match = pattern.search(source)
    if match is None:
        return source, None, ""
    return source[: match.start()], match[0], source[match.end() :]
