"""A workbook as a stream: rows go into the archive as they come, and none is kept.

It knows only what a report needs: text, whole numbers, links, tables with one header. For half a million
documents it takes 5 s of one processor and 39 MB; openpyxl's write-only mode takes five times as long
(``benchmarks/write_report.py``). The parts are those of ECMA-376 part 1, 18.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count, islice
from pathlib import Path
from typing import IO, NamedTuple
from xml.sax.saxutils import escape

from docsmith._files import opened_atomically
from docsmith.engine.report import spreadsheet_parts as parts
from docsmith.engine.report.spreadsheet_parts import MOST_ROWS, SheetEntry, Style
from docsmith.sources.formulas import STARTS_FORMULA
from docsmith.sources.tables import letter_of
from docsmith.sources.xlsx_text import TimelessArchive, storable, text_width

LONGEST_TEXT = 32_767  # of a cell
_LONGEST_LITERAL = 255  # of a text within a formula
_LINE_HEIGHT, _HIGHEST = 15, 409  # points
# Whatever XML or a workbook may write in another way.
_UNUSUAL = re.compile("[\x00-\x1f&<>_\ud800-\udfff\ufffe\uffff]")
_AT_ONCE = 1 << 18  # characters that go into the archive together


class Column(NamedTuple):
    """A column of a table: its title, its width in digits, and whether its text is wrapped."""

    title: str
    width: int
    wraps: bool = False


class Link(NamedTuple):
    """A cell that opens a file, by the way to it from the workbook's folder; ``text`` is what it shows."""

    path: str
    text: str


Value = str | int | Link | None


class Sheet:
    """One sheet while it is written, from the top; made by :class:`Spreadsheet`."""

    def __init__(self, stream: IO[bytes], widths: Sequence[int]) -> None:
        self._stream, self._widths = stream, widths
        self._letters = [letter_of(position) for position in range(len(widths))]
        self._pending: list[str] = []
        self._size = 0
        self.rows = 0
        self.merged: list[str] = []

    @property
    def area(self) -> str:
        """All cells, as ``A1:F9``."""
        return f"A1:{self._letters[-1]}{self.rows}"

    def add(self, values: Sequence[Value], styles: Sequence[Style], *, height: int = 0) -> None:
        """Add a row; without a height it is as high as its wrapped text needs."""
        self.rows += 1
        cells = [
            _cell(f"{letter}{self.rows}", value, style)
            for letter, value, style in zip(self._letters, values, styles)
        ]
        points = height or self._height(values, styles)
        high = f' ht="{points}" customHeight="1"' if points else ""
        self.write(f'<row r="{self.rows}"{high}>{"".join(cells)}</row>')

    def add_across(self, text: str, style: Style, *, height: int = 0) -> None:
        """Add a row that is one cell over all columns."""
        lines = _lines(text, sum(self._widths))
        self.add([text], [style], height=height or _LINE_HEIGHT * lines + 4)
        self.merged.append(f"A{self.rows}:{self._letters[-1]}{self.rows}")

    def _height(self, values: Sequence[Value], styles: Sequence[Style]) -> int:
        """Return the points that a row needs; 0 for a row of single lines, whose height nobody has to say."""
        if Style.WRAPPED not in styles:
            return 0
        lines = max(
            (
                _lines(value, width)
                for value, style, width in zip(values, styles, self._widths)
                if style is Style.WRAPPED and isinstance(value, str)
            ),
            default=1,
        )
        return min(_LINE_HEIGHT * lines + 4, _HIGHEST) if lines > 1 else 0

    def write(self, xml: str) -> None:
        """Add XML to the part."""
        self._pending.append(xml)
        self._size += len(xml)
        if self._size > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Pass on what was written."""
        self._stream.write("".join(self._pending).encode())
        self._pending.clear()
        self._size = 0


class Spreadsheet:
    """A workbook that is being written; its sheets one after the other."""

    def __init__(self, archive: TimelessArchive) -> None:
        self._archive = archive
        self._sheets: list[SheetEntry] = []

    def table(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        """Add as many sheets with a header as the rows need; none where there are no rows."""
        left = iter(rows)
        for number in count(1):
            first = next(left, None)
            if first is None:
                return
            own = chain([first], islice(left, MOST_ROWS - 2))
            self._add_table(title if number == 1 else f"{title}（{number}）", columns, own)

    def _add_table(self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        styles = [Style.WRAPPED if column.wraps else Style.LINE for column in columns]
        with self._sheet(title, [column.width for column in columns], table=True) as sheet:
            sheet.add([column.title for column in columns], [Style.HEADER] * len(columns), height=24)
            for values in rows:
                sheet.add(values, styles)

    def front(self, title: str, widths: Sequence[int], fill: Callable[[Sheet], None]) -> None:
        """Add a sheet before all others, with what ``fill`` writes on it."""
        with self._sheet(title, widths, table=False) as sheet:
            fill(sheet)
        self._sheets.insert(0, self._sheets.pop())

    @contextmanager
    def _sheet(self, title: str, widths: Sequence[int], *, table: bool) -> Iterator[Sheet]:
        number = len(self._sheets) + 1
        entry = self._archive.entry(f"xl/worksheets/sheet{number}.xml")
        with self._archive.open(entry, "w") as stream:
            sheet = Sheet(stream, widths)
            sheet.write(parts.sheet_start(widths, frozen=table, first=not table))
            yield sheet
            area = sheet.area if table else ""
            sheet.write(parts.sheet_end(area, sheet.merged))
            sheet.flush()
        self._sheets.append(SheetEntry(number, title, area))

    def finish(self) -> None:
        """Write the parts that speak of all sheets."""
        for name, xml in (
            ("[Content_Types].xml", parts.content_types(self._sheets)),
            ("_rels/.rels", parts.relations()),
            ("xl/workbook.xml", parts.workbook(self._sheets)),
            ("xl/_rels/workbook.xml.rels", parts.workbook_relations(self._sheets)),
            ("xl/styles.xml", parts.styles()),
        ):
            self._archive.writestr(name, xml)


@contextmanager
def open_spreadsheet(path: Path) -> Iterator[Spreadsheet]:
    """Open a workbook that takes its place when the block ends; raises :class:`OutputError`."""
    with opened_atomically(path) as stream, TimelessArchive(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        spreadsheet = Spreadsheet(archive)
        yield spreadsheet
        spreadsheet.finish()


def _cell(reference: str, value: Value, style: Style) -> str:
    if value is None or value == "":
        return f'<c r="{reference}" s="{style}"/>'
    if isinstance(value, int):
        own = style if style is Style.TOTAL else Style.NUMBER
        return f'<c r="{reference}" s="{own}"><v>{value}</v></c>'
    if isinstance(value, Link):
        return _link(reference, value)
    if len(value) > LONGEST_TEXT:
        value = f"{value[: LONGEST_TEXT - 1]}…"
    look = style + 1 if style >= Style.LINE and STARTS_FORMULA.match(value) else style
    space = "" if value == value.strip() else ' xml:space="preserve"'
    return f'<c r="{reference}" s="{look}" t="inlineStr"><is><t{space}>{_xml(value)}</t></is></c>'


def _link(reference: str, link: Link) -> str:
    """Return a link as a formula: of real ones a sheet holds 65,530, and one more makes Excel repair it.

    The path is quoted as a text of the formula. One that is too long for that stays text, and so does one
    with ``#``, behind which a place within the file would be looked for.
    """
    path, text = (one.replace('"', '""') for one in link)
    if max(len(path), len(text)) > _LONGEST_LITERAL or "#" in path:
        return _cell(reference, link.text, Style.LINE)
    formula = f'HYPERLINK("{_xml(path)}","{_xml(text)}")'
    return f'<c r="{reference}" s="{Style.LINK}" t="str"><f>{formula}</f><v>{_xml(link.text)}</v></c>'


def _xml(text: str) -> str:
    """Return text as XML; nearly all of it is that already, and looking takes a fifth of doing."""
    return escape(storable(text)) if _UNUSUAL.search(text) else text


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(math.ceil(text_width(line) / (width - 1)) or 1 for line in text.split("\n"))
