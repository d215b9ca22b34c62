"""Cells that merge down by what they show: ``{% 合并 %}``, ``{% merge %}``.

docxtpl's ``{% vm %}`` merges all rows of a loop, whatever they say. ``{% 合并 %}`` in a cell merges it with
the cell above where both show the same; ``{% 合并 行.类别, 行.项目 %}`` goes by these values instead. It is
written here as Jinja around the cell, in the XML and before docxtpl rewrites that: what decides in each row
is :mod:`docsmith.template.language.merging`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.dialect.columns import decides_columns, span_of
from docsmith.template.dialect.scan import (
    HEAD,
    TAG,
    Merge,
    Scan,
    Tag,
    keyword_of,
    unmarked,
)
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import (
    CELL,
    CELL_PROPERTIES,
    PARAGRAPH,
    ROW,
    TABLE,
    TEXT,
    Element,
    ancestor,
    nearest,
    w,
)
from docsmith.template.problems import Problem, Spot

_KEYS = re.compile(r"\{%[-+]?\s*\w+\s*(.*?)\s*[-+]?%\}", re.DOTALL)
_RANKS = {w(name): rank for rank, name in enumerate(CELL_PROPERTIES)}
_PROPERTIES, _MERGED, _SPAN = w("tcPr"), w("vMerge"), w("gridSpan")
# Tags that say nothing of what the cell shows.
_OF_THE_CELL = ("cellbg", "colspan")
_CODE = "merge-unclear"
# What an empty paragraph must not have: a number of its list, the end of a section, marks of changes.
_NOT_FOR_EMPTY = (w("numPr"), w("sectPr"), w("pPrChange"))


def note_merge(paragraph: Element, source: str, spot: Spot, scan: Scan) -> None:
    """Note a tag that merges its cell, which :func:`merge_cells` looks at when all tags are known."""
    keys = _KEYS.fullmatch(source)
    given = unmarked(keys[1]) if keys else ""
    if given:
        scan.tags.append(Tag(f"{{{{ ({given},) }}}}", "", "", spot, paragraph))
    scan.merges.append(Merge(paragraph, given, spot))


def problems_of_merges(scan: Scan) -> Iterator[Problem]:
    """Yield what is wrong with the tags that were found (``scan.merges``), where they stand in cells."""
    seen: set[Element] = set()
    for merge in scan.merges:
        cell = ancestor(merge.paragraph, CELL)
        if cell is None:
            continue  # was reported
        if cell in seen:
            yield Problem(merge.spot, _("the cell has two tags that merge it."), code=_CODE)
        seen.add(cell)
        tags = (match[0] for match in TAG.finditer(_text(cell)))
        if not merge.keys and any(
            tag.startswith("{%") and keyword_of(tag) not in _OF_THE_CELL for tag in tags
        ):
            message = _("the cell has other tags as well: say by what it merges.")
            yield Problem(merge.spot, message, _("For example {% 合并 行.类别 %}."), _CODE)
        if _continues(cell):
            message = _("the cell is merged with the one above it already.")
            yield Problem(merge.spot, message, _("Put the tag into the first of them."), _CODE)


def merge_cells(scan: Scan) -> None:
    """Write the tags that were found (``scan.merges``) as Jinja, where nothing is wrong with them."""
    cells = ((ancestor(merge.paragraph, CELL), merge) for merge in scan.merges)
    wanted = {cell: merge for cell, merge in cells if cell is not None}
    tables = dict.fromkeys(ancestor(cell, TABLE) for cell in wanted)
    for number, table in enumerate(table for table in tables if table is not None):
        _Table(table, number, scan).write(wanted)


class _Table:
    """A table with cells that merge; ``number`` tells it from the others of its part."""

    def __init__(self, table: Element, number: int, scan: Scan) -> None:
        self.table, self.number, self.scan = table, number, scan

    def write(self, wanted: dict[Element, Merge]) -> None:
        before = next((part for part in self.table if part.tag == w("tblGrid")), self.table.find(w("tblPr")))
        self._put(self.table if before is None else before, f'""|docsmith_table({self.number})')
        for row in nearest(self.table, ROW, TABLE):
            self._row(row, wanted)

    def _row(self, row: Element, wanted: dict[Element, Merge]) -> None:
        cells = list(nearest(row, CELL, TABLE))
        skipped = next(nearest(row, w("gridBefore"), CELL), None)
        position = whole_number(skipped.get(w("val"), "")) if skipped is not None else 0
        depends = any(decides_columns(_text(cell)) for cell in cells)
        counted = [f'""|docsmith_row({self.number}, {position})']
        for cell in cells:
            span = _span(cell)
            place = f"{self.number}, {-1 if depends else position}, {span}"
            if cell in wanted:
                self._merging(cell, wanted[cell], place)
            elif _continues(cell):
                self._put(cell, f'""|docsmith_keep({place})')
            if depends:
                self._put(cell, f"({span_of(_text(cell), span)})|docsmith_cell({self.number})")
            position += span
        self._put(row, *counted)

    def _merging(self, cell: Element, merge: Merge, place: str) -> None:
        properties = cell.find(_PROPERTIES)
        if properties is None:
            properties = etree.Element(_PROPERTIES)
            cell.insert(0, properties)
        values = merge.keys or _shown(cell)
        own = properties.find(_MERGED)  # the template itself merges it with those below
        is_tall = own is not None
        if own is not None:
            properties.remove(own)
        expression = f"({values},)|docsmith_merge({place}, {is_tall}, {bool(merge.keys)})"
        code = self.scan.code(f"{{{{ {self.scan.mark(merge.spot)}{expression} }}}}")
        _insert_in_order(properties, etree.Element(_MERGED, {w("val"): code}))
        self._hide(cell, properties)

    def _hide(self, cell: Element, properties: Element) -> None:
        """Let the cell show what it holds where a merged cell begins, and an empty paragraph below that.

        The paragraph is as high as the template's own, so that no row becomes higher than its text.
        """
        properties.tail = self.scan.code(f'{{% if ""|docsmith_shown({self.number}) %}}')
        first = next((child for child in cell if child.tag == PARAGRAPH), None)
        cell[-1].tail = self.scan.code("{% else %}")
        empty = _empty_like(first)
        cell.append(empty)
        empty.tail = self.scan.code("{% endif %}")

    def _put(self, holder: Element, *expressions: str) -> None:
        """Write what is computed for its effect, at the beginning of a row or cell or behind a grid."""
        code = "".join(self.scan.code(f"{{% if {one} %}}{{% endif %}}") for one in expressions)
        if holder.tag in (ROW, CELL, TABLE):
            holder.text = code + (holder.text or "")
        else:
            holder.tail = code


def _shown(cell: Element) -> str:
    """Return what a cell shows, as the items of a tuple: the values of its tags."""
    printed = [match[0] for match in TAG.finditer(_text(cell)) if match[0].startswith("{{")]
    heads = [HEAD.match(tag) for tag in printed]
    values = [unmarked(tag[head.end() : -2]) for tag, head in zip(printed, heads) if head]
    return ", ".join(f"({value})" for value in values) or '"="'


def _text(cell: Element) -> str:
    """Return the text of a cell itself, without that of tables in it."""
    return "".join(piece.text or "" for piece in nearest(cell, TEXT, TABLE))


def _span(cell: Element) -> int:
    stated = cell.find(f"{_PROPERTIES}/{_SPAN}")
    return max(1, whole_number(stated.get(w("val"), ""))) if stated is not None else 1


def _continues(cell: Element) -> bool:
    merged = cell.find(f"{_PROPERTIES}/{_MERGED}")
    return merged is not None and merged.get(w("val"), "continue") == "continue"


def _insert_in_order(properties: Element, new: Element) -> None:
    rank = _RANKS[str(new.tag)]
    later = (index for index, one in enumerate(properties) if _RANKS.get(str(one.tag), len(_RANKS)) > rank)
    properties.insert(next(later, len(properties)), new)


def _empty_like(paragraph: Element | None) -> Element:
    """Return an empty paragraph of the same format, its end as large as the text of the other."""
    empty = etree.Element(PARAGRAPH)
    own = paragraph.find(w("pPr")) if paragraph is not None else None
    form = deepcopy(own) if own is not None else etree.Element(w("pPr"))
    form.tail = None
    for unwanted in list(_children(form, *_NOT_FOR_EMPTY)):
        form.remove(unwanted)
    letters = paragraph.find(f"{w('r')}/{w('rPr')}") if paragraph is not None else None
    if form.find(w("rPr")) is None and letters is not None:
        form.append(deepcopy(letters))
    if len(form):
        empty.append(form)
    return empty


def _children(element: Element, *tags: str) -> Iterator[Element]:
    return (child for child in element if child.tag in tags)
