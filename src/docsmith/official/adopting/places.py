"""Where a blank stands, as a person finds it in Word."""

from __future__ import annotations

from typing import NamedTuple

from docsmith._i18n import gettext as _


class Place(NamedTuple):
    """A cell of a table, or a paragraph outside of tables; all numbers count from 1, 0 is none.

    ``part`` is empty for the body, else the name of a header or footer.
    """

    part: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0

    def __str__(self) -> str:
        where = self.part or _("body")
        if not self.table:
            return _("{place}, paragraph {number}").format(place=where, number=self.paragraph)
        table = _("{place}, table {number}").format(place=where, number=self.table)
        return _("{place}, row {row}, cell {cell}").format(place=table, row=self.row, cell=self.cell)

    @property
    def chinese(self) -> str:
        """The place in Chinese: what is written into files is Chinese, whoever's terminal it is."""
        where = self.part and f"{self.part}，"
        if not self.table:
            return f"{where}第{self.paragraph}段"
        return f"{where}表{self.table}第{self.row}行第{self.cell}格"
