"""The small parts of a streamed workbook: looks, names, and what stands around the rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

MOST_ROWS = 1_048_576  # of a sheet, the header included

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Style(IntEnum):
    """How a cell looks: its number among the formats below; text that looks like a formula has the next."""

    TITLE = 1
    HEADER = 2
    NUMBER = 3
    TOTAL = 4
    LINK = 5
    LINE = 6
    WRAPPED = 8
    NOTE = 10


class SheetEntry(NamedTuple):
    """A sheet of the workbook: its number among the parts, its title, and the cells of its table, if any."""

    number: int
    title: str
    area: str = ""


def relations() -> str:
    """Return the part that names the workbook."""
    return _relations([("rId1", "officeDocument", "xl/workbook.xml")])


def workbook_relations(sheets: Sequence[SheetEntry]) -> str:
    """Return the part that names the parts of the workbook."""
    own = [(f"rId{sheet.number}", "worksheet", f"worksheets/sheet{sheet.number}.xml") for sheet in sheets]
    return _relations([*own, ("rIdStyles", "styles", "styles.xml")])


def _relations(entries: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, kind, target in entries
    )
    return f'{_START}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def content_types(sheets: Sequence[SheetEntry]) -> str:
    """Return the part that says what each part is."""
    parts = [(f"/xl/worksheets/sheet{sheet.number}.xml", "worksheet") for sheet in sheets]
    parts += [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    lines = "".join(
        f'<Override PartName="{path}" ContentType="{_TYPES}.{kind}+xml"/>' for path, kind in parts
    )
    return (
        f'{_START}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def workbook(sheets: Sequence[SheetEntry]) -> str:
    """Return the part that lists the sheets; tables keep their header on every page, and have a filter."""
    listed = "".join(
        f'<sheet name={quoteattr(sheet.title)} sheetId="{sheet.number}" r:id="rId{sheet.number}"/>'
        for sheet in sheets
    )
    names = "".join(_names(position, sheet) for position, sheet in enumerate(sheets) if sheet.area)
    return (
        f'{_START}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<bookViews><workbookView/></bookViews><sheets>{listed}</sheets>"
        + (f"<definedNames>{names}</definedNames>" if names else "")
        + "</workbook>"
    )


def _names(position: int, sheet: SheetEntry) -> str:
    quoted = escape("'" + sheet.title.replace("'", "''") + "'")
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{position}" hidden="1">'
        f"{quoted}!{_absolute(sheet.area)}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{position}">{quoted}!$1:$1</definedName>'
    )


def _absolute(area: str) -> str:
    """Return ``$A$1:$F$9`` for ``A1:F9``."""
    first, _colon, last = area.partition(":")
    letters = last.rstrip("0123456789")
    return f"$A${first[1:]}:${letters}${last.removeprefix(letters)}"


def sheet_start(widths: Sequence[int], *, frozen: bool, first: bool) -> str:
    """Return what stands before the rows of a sheet."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    selected = ' tabSelected="1"' if first else ""
    grid = "" if frozen else ' showGridLines="0"'
    return (
        f'{_START}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView{grid}{selected} workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def sheet_end(area: str, merged: Sequence[str]) -> str:
    """Return what stands behind the rows: the filter, merged cells, and a page of A4 across."""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    return (
        "</sheetData>"
        + (f'<autoFilter ref="{area}"/>' if area else "")
        + (f'<mergeCells count="{len(merged)}">{cells}</mergeCells>' if merged else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


_FONT = '<font>{marks}<sz val="{size}"/>{colour}<name val="{name}"/></font>'
_FONTS = (
    _FONT.format(marks="", size=11, colour="", name="宋体"),
    _FONT.format(marks="", size=16, colour="", name="黑体"),
    _FONT.format(marks="<b/>", size=11, colour="", name="宋体"),
    _FONT.format(marks="<u/>", size=11, colour='<color rgb="FF0563C1"/>', name="宋体"),
)
_SIDES = "".join(
    f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_WRAPPED = '<alignment vertical="center" wrapText="1"/>'
_CENTRED = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_STRAIGHT = '<alignment vertical="center"/>'


def _format(font: int, border: int, alignment: str, *, fill: int = 0, quoted: bool = False) -> str:
    quote = ' quotePrefix="1"' if quoted else ""
    return (
        f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" '
        f'applyFill="1" applyBorder="1" applyAlignment="1"{quote}>{alignment}</xf>'
    )


# In the order of the numbers in Style.
_FORMATS = (
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    _format(1, 0, _STRAIGHT),
    _format(2, 1, _CENTRED, fill=2),
    _format(0, 1, _CENTRED),
    _format(2, 1, _CENTRED),
    _format(3, 1, _STRAIGHT),
    _format(0, 1, _STRAIGHT),
    _format(0, 1, _STRAIGHT, quoted=True),
    _format(0, 1, _WRAPPED),
    _format(0, 1, _WRAPPED, quoted=True),
    _format(0, 0, _WRAPPED),
    _format(0, 0, _WRAPPED, quoted=True),
)


def styles() -> str:
    """Return the part that says how cells look."""
    return (
        f'{_START}<styleSheet xmlns="{_MAIN}">'
        f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/></border>'
        f"<border>{_SIDES}</border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS)}">{"".join(_FORMATS)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
