"""Items that a form brings along (验收内容), and the answers that it asks for (自评分): two sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docsmith.engine.new_type.columns import NewColumns, may_be_title
from docsmith.engine.new_type.meanings import member_of, title_of
from docsmith.model.columns import Column, Kind
from docsmith.official.adopting.form import Blank, Form
from docsmith.official.adopting.grid import Box
from docsmith.official.adopting.repeating import ROW_NAME
from docsmith.official.adopting.rows import Rows
from docsmith.sources.keys import header_key

NUMBER = "编号"
NUMBER_HEADS = ("序号", "编号", "号")
_TOTAL = re.compile(r"合计|总计|总分")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class Items:
    """Item rows of a form: the columns of the items and of the answers, and the items as a csv file.

    ``totals`` are the blanks of the row that adds up, each with the column that it adds.
    """

    rows: Rows
    items: tuple[Column, ...]
    answers: tuple[Column, ...]
    content: str
    totals: Mapping[Blank, Column]


def items_of(rows: Rows, form: Form, new: NewColumns) -> Items | None:
    """Read item rows; ``None`` where two columns would be called the same, or one has no name."""
    titles = [NUMBER if is_number(one) else title_of(one) for one in rows.heads]
    if len({*titles, NUMBER}) < len(titles) + (NUMBER not in titles) or not all(map(may_be_title, titles)):
        return None
    table = rows.items()
    filled = {*range(len(rows.groups)), *(len(rows.groups) + one for one in rows.region.filled)}
    number = Column("number", NUMBER, Kind.CODE, required=True, example="1")
    items, answers = [number], [number]
    for position, title in enumerate(titles):
        if title == NUMBER:
            continue
        home = items if position in filled else answers
        column = new.make(title, (), None, [*items, *answers])
        said = [row[position] for row in table] if position in filled else ()
        home.append(column._replace(kind=_kind_of(said)) if said else column)
    content = "\n".join(_csv_lines(titles, filled, table))
    totals = totals_of(rows, form, {column.title: column for column in answers})
    return Items(rows, tuple(items), tuple(answers), content, dict(totals))


def is_number(label: str) -> bool:
    """Tell whether a head asks for a running number."""
    return header_key(label) in NUMBER_HEADS


def tags_of(items: Items) -> tuple[list[str], list[str]]:
    """Return the tags of the columns of a row, and those of its merged columns."""
    columns = {column.title: column for column in (*items.items, *items.answers)}

    def tag(label: str) -> str:
        column = columns[NUMBER if is_number(label) else title_of(label)]
        return f"{{{{ {member_of(ROW_NAME, column)} }}}}"

    return [tag(label) for label in items.rows.labels], [tag(label) for label in items.rows.groups]


def _kind_of(said: Sequence[str]) -> Kind:
    return Kind.NUMBER if all(map(_PLAIN_NUMBER.fullmatch, said)) else Kind.TEXT


def _csv_lines(titles: Sequence[str], filled: set[int], table: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the file, 编号 first: the form's own numbers, else those of the rows."""
    kept = [position for position, title in enumerate(titles) if position in filled and title != NUMBER]
    own = titles.index(NUMBER) if NUMBER in titles else None
    yield _csv_line([NUMBER, *(titles[position] for position in kept)])
    for count, row in enumerate(table, 1):
        number = row[own].rstrip(".、") if own is not None else ""
        yield _csv_line([number or str(count), *(row[position] for position in kept)])


def _csv_line(values: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()


def total_row(rows: Rows) -> list[Box]:
    """Return the boxes of the row below that adds up; none where no row does."""
    below = rows.below()
    return below if any(_TOTAL.search("".join(box.text.split())) for box in below) else []


def totals_of(rows: Rows, form: Form, columns: Mapping[str, Column]) -> Iterator[tuple[Blank, Column]]:
    """Yield the blanks of a row below that adds up, each below a column that holds numbers.

    ``columns`` go by what the form calls them.
    """
    below = total_row(rows)
    heads = {(box.column, box.columns): title_of(label) for box, label in zip(rows.region.boxes, rows.labels)}
    added = {title: one for title, one in columns.items() if one.kind in (Kind.NUMBER, Kind.COUNT)}
    for blank in form.blanks:
        title = heads.get((blank.box.column, blank.box.columns)) if blank.box in below else None
        if title in added:
            yield blank, added[title]
