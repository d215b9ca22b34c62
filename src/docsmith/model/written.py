"""A finished document as a person reads it: paragraphs and tables, without their looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

ACROSS = "←"
DOWN = "↑"


class Paragraph(NamedTuple):
    """A paragraph: its text (tabs and line breaks as such), and the name of its style."""

    text: str
    style: str = ""


class Cell(NamedTuple):
    r"""A cell of a table; ``text`` has its paragraphs, those of tables inside it too, joined by ``\n``.

    ``columns`` counts the columns of the table that it takes; ``continues`` tells that it is the lower part
    of a cell that is merged downwards.
    """

    text: str
    columns: int = 1
    continues: bool = False


class Table(NamedTuple):
    """A table: its rows, each with its cells from left to right."""

    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> list[list[str]]:
        """Return the text of every place of the grid: a merged cell says it at each place that it takes."""
        texts: list[list[str]] = []
        for row in self.rows:
            line: list[str] = []
            for cell in row:
                above = texts[-1][len(line) : len(line) + cell.columns] if texts else []
                line += above if cell.continues and above else [cell.text] * cell.columns
            texts.append(line)
        return texts


class WrittenDocument(NamedTuple):
    """A document: what stands in its body in that order, and its headers and footers."""

    body: tuple[Paragraph | Table, ...]
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables."""
        return tuple(block for block in self.body if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that stand in the body itself."""
        return tuple(block for block in self.body if isinstance(block, Table))

    @property
    def text(self) -> str:
        """Everything that the body says, a line for each paragraph."""
        return "\n".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for block in self.body:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for row in block.rows for cell in row if not cell.continues)

    def outline(self, *, styles: bool = False) -> str:
        """Return the document as lines: a paragraph is a line, a row of a table is ``| 序号 | 姓名 |``.

        ``←`` stands where a cell goes on from the left, ``↑`` where it goes on from above, ``<br>`` between
        the lines of a cell. Empty paragraphs are left out. Headers come first, footers last. With ``styles``,
        the name of its style stands before a paragraph outside tables: ``标题> 工作计划``.
        """
        lines = [f"[{text}]" for text in self.headers]
        for block in self.body:
            if isinstance(block, Table):
                lines += [_row_line(row) for row in block.rows]
            elif block.text.strip():
                start = f"{block.style}> " if styles else ""
                lines += [start + line.strip() for line in block.text.split("\n") if line.strip()]
        return "\n".join([*lines, *(f"[{text}]" for text in self.footers)])


def _row_line(row: tuple[Cell, ...]) -> str:
    places: list[str] = []
    for cell in row:
        lines = [line.strip() for line in cell.text.replace("|", "\\|").split("\n")]
        places.append(DOWN if cell.continues else "<br>".join(lines))
        places += [ACROSS] * (cell.columns - 1)
    return f"| {' | '.join(places)} |"
