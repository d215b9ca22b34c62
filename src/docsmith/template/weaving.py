"""The text of a template, element by element, into constants and slots for values.

What the finished document would have to be mended for is done here once, in the constants: breaks in the
template's own text, paragraph ids that a loop would repeat. What depends on the data gets a slot that does
it while the document is written: numbers of pictures and bookmarks, widths of columns, last paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import groupby
from typing import cast

from jinja2 import nodes

from docsmith.template.breaks import with_breaks
from docsmith.template.compiled import Slot
from docsmith.template.frames import EITHER, Frame, Stack
from docsmith.template.layout import CellLayout, RowLayout, TableLayout
from docsmith.template.lexer import EndTag, OpenTag, RestOfTag, StartTag, Text, Unprovable, tokens
from docsmith.template.oxml import CELL_PROPERTIES, W14, WP, W

Piece = str | tuple[Slot, nodes.Expr | None]

_NAMESPACES = {"xmlns:w": W, "xmlns:w14": W14, "xmlns:wp": WP}
_OUR_PREFIXES = {uri: name for name, uri in _NAMESPACES.items()}
_END_WITH_PARAGRAPH = frozenset({"w:tc", "w:txbxContent", "w:hdr", "w:ftr", "w:footnote", "w:endnote"})
_BLOCK_CONTAINERS = _END_WITH_PARAGRAPH | {"w:body", "w:sdtContent"}
_OTHER_TEXT = frozenset({"w:t", "a:t", "m:t", "wp:posOffset"})
_NEVER_EMPTY = _END_WITH_PARAGRAPH | {"w:tbl", "w:tr"}
_RANKS = {f"w:{name}": rank for rank, name in enumerate(CELL_PROPERTIES)}
_PARAGRAPH_IDS = re.compile(r'\sw14:(?:paraId|textId)="[^"]*"')
_ID = re.compile(r'(?<=\sid=")[^"]*(?=")')


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces, constants that follow each other in one."""
    together: list[Piece] = []
    for are_constants, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        following = list(group)
        together += ["".join(cast(list[str], following))] if are_constants else following
    return together


class Weaver:
    """Follows the open elements (``stack``) through one part and collects its ``pieces``.

    ``depth`` and ``loops`` count the blocks and the loops that are open. ``tables`` are the layouts found, by
    where each table begins; those in ``tracked`` get slots that count their columns.
    """

    def __init__(self, tracked: frozenset[Hashable], formats: Callable[[int], tuple[str, str]]) -> None:
        self.stack = Stack()
        self.pieces: list[Piece] = []
        self.depth = self.loops = 0
        self.tables: dict[Hashable, TableLayout] = {}
        self._tracked = tracked
        self._formats = formats
        self._paragraph_ids: dict[str, Hashable] = {}
        self._grid: list[str] | None = None

    def constant(self, node: nodes.TemplateData) -> None:
        """Take a piece of the template's own text."""
        for offset, token in tokens(node.data, self.stack.tag):
            key = (id(node), offset)
            match token:
                case Text():
                    self._text(token.source)
                case StartTag():
                    self._start(key, token)
                case EndTag():
                    self._end(token.name)
                case OpenTag():
                    self._open(key, token)
                case RestOfTag():
                    self._rest(key, token)

    def value(self, expression: nodes.Expr, following: str) -> None:
        """Take a value that is printed; ``following`` is the template's text after it."""
        if self.stack.tag:
            self._put(self._slot_of_attribute(), expression)
            return
        frame = self.stack.frames[-1] if self.stack.frames else Frame("", 0, None)
        if frame.name == "w:t" and self.stack.parent_is("w:r"):
            last = following.startswith("</w:t></w:r>")
            self._put(("text", self.stack.frames[-2].formatting, self._paragraph_formatting(), last), expression)
        elif frame.name in _OTHER_TEXT:
            self._put(("other text",), expression)
        elif frame.name in _BLOCK_CONTAINERS:
            self._put(("blocks", *self._formats(expression.lineno)), expression)
            frame.last = EITHER
        else:
            raise Unprovable(f"a value stands in {frame.name or 'no element'}")

    # What is written

    def _write(self, source: str) -> None:
        if self._grid is not None:
            self._grid.append(source)
            return
        if self.stack.capture is not None:
            self.stack.capture.append(source)
        self.pieces.append(source)

    def _put(self, slot: Slot, expression: nodes.Expr | None = None) -> None:
        if self._grid is not None:
            raise Unprovable("a grid depends on values")
        self.stack.break_capture()
        self.pieces.append((slot, expression))

    def _text(self, source: str) -> None:
        if not self.stack.frames:
            raise Unprovable("text outside of the root element")
        if self.stack.frames[-1].name == "w:t" and self.stack.parent_is("w:r"):
            formatting = self.stack.frames[-2].formatting
            if "\t" in source and formatting is None:
                raise Unprovable("a tab in a run whose formatting is not known")
            source = with_breaks(source, formatting or "")
        self._write(source)

    def _paragraph_formatting(self) -> str | None:
        """Return the formatting of the paragraph that holds this run itself; ``None`` if not known."""
        frames = self.stack.frames
        return frames[-3].formatting if len(frames) > 2 and frames[-3].name == "w:p" else None

    # Tags

    def _start(self, key: Hashable, tag: StartTag) -> None:
        _check_prefixes(tag.attributes)
        frame = Frame(tag.name, self.depth, key)
        self._check_order(tag.name)
        if tag.empty and tag.name in _NEVER_EMPTY:
            raise Unprovable(f"{tag.name} is empty")
        source = self._without_repeated_ids(key, tag.name, tag.attributes, tag.source)
        self.stack.frames.append(frame)
        if rule := _START_RULES.get(tag.name):
            rule(self, frame, tag, source)
        elif tag.empty and tag.name == "w:p":
            self._write(source.removesuffix("/>").rstrip() + "></w:p>")
        else:
            self._begin_capture(tag)
            self._write(source)
        if tag.empty:
            self._close(tag.name)

    def _end(self, name: str) -> None:
        if not self.stack.frames or self.stack.frames[-1].name != name or self.stack.tag:
            raise Unprovable(f"{name} is closed where it is not open")
        frame = self.stack.frames[-1]
        if rule := _END_RULES.get(name):
            rule(self, frame)
        if name in _END_WITH_PARAGRAPH and frame.last not in ("w:p", "w:sdt"):
            if frame.last == EITHER:
                self._put(("last paragraph",))
            else:
                self._write("<w:p></w:p>")
        self._write(f"</{name}>")
        self._close(name)

    def _open(self, key: Hashable, tag: OpenTag) -> None:
        if self.stack.tag == "":
            _check_prefixes(tag.attributes)
            if tag.name in _WHOLE_TAGS:
                raise Unprovable(f"{tag.name} depends on values")
            self._check_order(tag.name)
            self.stack.frames.append(Frame(tag.name, self.depth, key))
        source = self._without_repeated_ids(key, tag.name, tag.attributes, tag.source)
        if tag.name == "wp:docPr":
            self._drawing(source)
        else:
            self._write(source)
        self.stack.tag = tag.name
        self.stack.attribute = tag.attribute or self.stack.attribute

    def _rest(self, key: Hashable, tag: RestOfTag) -> None:
        name = self.stack.tag
        source = self._without_repeated_ids(key, name, tag.attributes, tag.source)
        if name == "w:gridSpan" and self.stack.attribute == "w:val":
            cast(CellLayout, self.stack.nearest("w:tc").layout).span = None
        if name == "wp:docPr":
            self._drawing(source)
        else:
            self._write(source)
        self.stack.tag = self.stack.attribute = ""
        if tag.empty:
            self._close(name)

    def _close(self, name: str) -> None:
        """Take an element off the stack."""
        self.stack.frames.pop()
        if not self.stack.frames:
            return
        parent = self.stack.frames[-1]
        parent.last = name
        if (name, parent.name) in _FORMATTING:
            source = None if self.stack.capture is None else "".join(self.stack.capture)
            # A section must not end twice; a paragraph that does so is not copied.
            parent.formatting = None if source is None or "<w:sectPr" in source else source
            self.stack.capture = None

    def _begin_capture(self, tag: StartTag) -> None:
        if self.stack.parent_is("w:r") and tag.name == "w:rPr":
            self.stack.capture = []
        if self.stack.parent_is("w:p") and tag.name == "w:pPr":
            self.stack.capture = []

    def _check_order(self, name: str) -> None:
        parent = self.stack.frames[-1] if self.stack.frames else None
        if parent is None or parent.name != "w:tcPr":
            return
        before = _RANKS.get(parent.last, -1 if not parent.last else len(_RANKS))
        if _RANKS.get(name, len(_RANKS)) < before:
            raise Unprovable("the properties of a cell are not in order")

    def _without_repeated_ids(self, key: Hashable, name: str, attributes: Mapping[str, str], source: str) -> str:
        """Take Word's own ids off paragraphs and rows that a loop repeats, or that a template repeats."""
        identity = attributes.get("w14:paraId")
        if identity is None or name not in ("w:p", "w:tr"):
            return source
        if self.loops == 0 and self._paragraph_ids.setdefault(identity, key) == key:
            return source
        return _PARAGRAPH_IDS.sub("", source)

    # Elements that need more than being copied

    def _table(self, frame: Frame, _tag: StartTag, source: str) -> None:
        frame.layout = self.tables[frame.key] = TableLayout()
        self._write(source)
        if frame.key in self._tracked:
            self._put(("table",))

    def _table_end(self, frame: Frame) -> None:
        if frame.key in self._tracked:
            width = cast(TableLayout, frame.layout).width
            self._put(("table end", _number(width)))

    def _is_tracked(self) -> bool:
        return any(frame.name == "w:tbl" for frame in self.stack.frames) and (
            self.stack.nearest("w:tbl").key in self._tracked
        )

    def _table_width(self, _frame: Frame, tag: StartTag, source: str) -> None:
        if self.stack.parent_is("w:tblPr") and tag.attributes.get("w:type") == "dxa":
            cast(TableLayout, self.stack.nearest("w:tbl").layout).width = tag.attributes.get("w:w", "")
        self._write(source)

    def _table_grid(self, frame: Frame, tag: StartTag, source: str) -> None:
        if self.stack.parent_is("w:tbl"):
            table = self.stack.nearest("w:tbl")
            layout = cast(TableLayout, table.layout)
            layout.has_grid, layout.grid = True, []
            if table.depth != frame.depth:
                raise Unprovable("a grid depends on values")
        self._write(source)
        if not tag.empty and self.stack.parent_is("w:tbl") and self._is_tracked():
            self._grid = []

    def _table_grid_end(self, _frame: Frame) -> None:
        if self._grid is not None and self.stack.parent_is("w:tbl"):
            columns, self._grid = "".join(self._grid), None
            layout = cast(TableLayout, self.stack.nearest("w:tbl").layout)
            self._put(("grid", columns, tuple(map(_number, layout.grid or ()))))

    def _grid_column(self, _frame: Frame, tag: StartTag, source: str) -> None:
        names = [frame.name for frame in self.stack.frames[-3:-1]]
        if names == ["w:tbl", "w:tblGrid"]:
            layout = cast(TableLayout, self.stack.nearest("w:tbl").layout)
            if layout.grid is not None:
                layout.grid.append(tag.attributes.get("w:w", ""))
        self._write(source)

    def _row(self, frame: Frame, _tag: StartTag, source: str) -> None:
        table = self.stack.nearest("w:tbl")
        layout = RowLayout(fixed=frame.depth == table.depth)
        frame.layout = cast(TableLayout, table.layout).rows[frame.key] = layout
        self._write(source)

    def _row_end(self, frame: Frame) -> None:
        if self._is_tracked():
            row = cast(RowLayout, frame.layout)
            self._put(("row end", row.before, row.after))

    def _skipped(self, frame: Frame, tag: StartTag, source: str) -> None:
        row = self.stack.nearest("w:tr")
        if row.depth != frame.depth:
            raise Unprovable("the columns that a row skips depend on values")
        layout = cast(RowLayout, row.layout)
        number = _number(tag.attributes.get("w:val", ""))
        if tag.name == "w:gridBefore":
            layout.before = number
        else:
            layout.after = number
        self._write(source)

    def _cell(self, frame: Frame, _tag: StartTag, source: str) -> None:
        row = self.stack.nearest("w:tr")
        layout = CellLayout(fixed=frame.depth == row.depth)
        frame.layout = cast(RowLayout, row.layout).cells[frame.key] = layout
        self._write(source)

    def _cell_end(self, _frame: Frame) -> None:
        if self._is_tracked():
            self._put(("cell end",))

    def _cell_width(self, _frame: Frame, tag: StartTag, source: str) -> None:
        if tag.empty and self.stack.parent_is("w:tcPr") and self._is_tracked():
            given = tag.attributes.get("w:w", "") if tag.attributes.get("w:type", "dxa") == "dxa" else ""
            self._put(("width", source, _number(given)))
        else:
            self._write(source)

    def _span(self, frame: Frame, tag: StartTag, source: str) -> None:
        cell = self.stack.nearest("w:tc")
        span = max(1, _number(tag.attributes.get("w:val", "")))
        layout = cast(CellLayout, cell.layout)
        layout.span = span if cell.depth == frame.depth else None
        self._write(source)
        if self._is_tracked():
            self._put(("span", span))

    def _slot_of_attribute(self) -> Slot:
        if self.stack.tag == "w:gridSpan" and self._is_tracked():
            return ("span value",)
        return ("attribute",)

    def _drawing(self, source: str) -> None:
        before, _id, after = _split(_ID, source)
        self._write(before)
        if _id is not None:
            self._put(("drawing id", _id))
        self._write(after)

    def _drawing_start(self, _frame: Frame, _tag: StartTag, source: str) -> None:
        self._drawing(source)

    def _bookmark(self, _frame: Frame, tag: StartTag, source: str) -> None:
        if not tag.empty:
            raise Unprovable("a bookmark has content")
        kind = "bookmark end" if tag.name == "w:bookmarkEnd" else "bookmark start"
        self._put((kind, source, tag.attributes.get("w:id", ""), tag.attributes.get("w:name", "")))

    def _control_id(self, _frame: Frame, tag: StartTag, source: str) -> None:
        if tag.empty and self.stack.parent_is("w:sdtPr"):
            self._put(("control id", source, tag.attributes.get("w:val", "")))
        else:
            self._write(source)


_START_RULES: Mapping[str, Callable[[Weaver, Frame, StartTag, str], None]] = {
    "w:tbl": Weaver._table,
    "w:tblW": Weaver._table_width,
    "w:tblGrid": Weaver._table_grid,
    "w:gridCol": Weaver._grid_column,
    "w:tr": Weaver._row,
    "w:gridBefore": Weaver._skipped,
    "w:gridAfter": Weaver._skipped,
    "w:tc": Weaver._cell,
    "w:tcW": Weaver._cell_width,
    "w:gridSpan": Weaver._span,
    "wp:docPr": Weaver._drawing_start,
    "w:bookmarkStart": Weaver._bookmark,
    "w:bookmarkEnd": Weaver._bookmark,
    "w:id": Weaver._control_id,
}
_END_RULES: Mapping[str, Callable[[Weaver, Frame], None]] = {
    "w:tbl": Weaver._table_end,
    "w:tblGrid": Weaver._table_grid_end,
    "w:tr": Weaver._row_end,
    "w:tc": Weaver._cell_end,
}
_WHOLE_TAGS = frozenset(_START_RULES) - {"w:gridSpan", "wp:docPr"}
_FORMATTING = frozenset({("w:rPr", "w:r"), ("w:pPr", "w:p")})


def _check_prefixes(attributes: Mapping[str, str]) -> None:
    """Refuse a template that calls the namespaces otherwise than everybody does."""
    for name, value in attributes.items():
        if name.startswith("xmlns") and _OUR_PREFIXES.get(value, name) != name:
            raise Unprovable(f"{value} is called {name}")
        if _NAMESPACES.get(name, value) != value:
            raise Unprovable(f"{name} is {value}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _split(pattern: re.Pattern[str], source: str) -> tuple[str, str | None, str]:
    match = pattern.search(source)
    if match is None:
        return source, None, ""
    return source[: match.start()], match[0], source[match.end() :]
