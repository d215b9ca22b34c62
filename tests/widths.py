"""The widths of tables: Word goes by the cells, WPS and LibreOffice by the grid."""

from __future__ import annotations

from lxml import etree

from tests.template.builders import W, part


def check_widths(document: bytes, total: int = 0) -> int:
    """Fail unless every cell is as wide as the grid columns that it takes, and all rows take all of them.

    ``total`` is what the columns of a table are to add up to, in twips. Returns how many tables there were.
    """
    tables = list(etree.fromstring(part(document)).iter(f"{W}tbl"))
    for table in tables:
        grid = [int(column.get(f"{W}w")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
        assert not total or sum(grid) == total
        for row in table.iterchildren(f"{W}tr"):
            position = _number(row, f"{W}trPr/{W}gridBefore", 0)
            for cell in row.iterchildren(f"{W}tc"):
                span = _number(cell, f"{W}tcPr/{W}gridSpan", 1)
                stated = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
                assert stated == sum(grid[position : position + span]), "".join(cell.itertext())
                position += span
            assert position + _number(row, f"{W}trPr/{W}gridAfter", 0) == len(grid), "".join(row.itertext())
    return len(tables)


def _number(element: etree._Element, path: str, otherwise: int) -> int:
    found = element.find(path)
    return otherwise if found is None else int(found.get(f"{W}val"))
