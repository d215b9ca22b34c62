"""Lists of a form, a row per entry: the sheet that the rows come from, and what stands in each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docsmith.engine.new_type.columns import NewColumns, kinds_of_list, may_be_title
from docsmith.engine.new_type.itemised import is_number, total_row, totals_of
from docsmith.engine.new_type.meanings import (
    BRANCH,
    Meaning,
    Meanings,
    SheetNames,
    as_printed,
    boxes,
    member_of,
    title_of,
)
from docsmith.engine.new_type.room import is_signed
from docsmith.engine.new_type.subject import names_members, sheet_of_list
from docsmith.model.columns import Column, Kind
from docsmith.model.schema import Schema
from docsmith.official.adopting.blanks import Kind as Room
from docsmith.official.adopting.form import Blank, Form
from docsmith.official.adopting.grid import Box
from docsmith.official.adopting.repeating import ROW_NAME
from docsmith.official.adopting.rows import Rows

_BRANCH_NAME = re.compile(r"支部(名称)?$")
_LISTS = ("members", "activities", "talks", "plans", "problems")
# What few of the rows of a list have: where it is empty, nothing is missing.
_OFTEN_NONE = ("党内职务", "行政职务")


@dataclass(frozen=True)
class NewTable:
    """A list of the form: the table that its rows come from; ``minimum`` is how many rows it has now.

    ``pen`` are the labels of columns that are signed by hand, ``columns`` the new ones, ``grouped`` the
    titles of those in which cells are merged; ``kinds`` are the rows that the form has such cells for,
    as conditions: ``类型=党课|党小组会``.
    """

    rows: Rows
    name: str
    title: str
    of: str
    of_title: str
    minimum: int
    columns: tuple[Column, ...]
    known: tuple[str, ...]
    pen: tuple[str, ...]
    grouped: tuple[str, ...]
    kinds: tuple[str, ...]
    totals: Mapping[Blank, Column]


class Lists:
    """Finds the rows of the lists of a form: those of a sheet that their header means, else of a new one."""

    def __init__(
        self,
        form: Form,
        title: str,
        schema: Schema,
        meanings: Meanings,
        new: NewColumns,
        sheet_names: SheetNames,
    ) -> None:
        self._form, self._title, self._schema = form, title, schema
        self._meanings, self._new, self._sheet_names = meanings, new, sheet_names
        self._shared: dict[tuple[str, str], Column] = {}

    def lists_members(self) -> bool:
        """Tell whether a list of the form has a row for each member."""
        return any(self._sheet(_asked(rows))[0] == "members" for rows in self._form.rows if rows.is_list)

    def tables(self, per: str) -> list[NewTable]:
        """Return a table for each list of a document of the branch.

        A document of anything else can list the members alone, with room for a pen: those who sign.
        """
        lists = [rows for rows in self._form.rows if rows.is_list]
        found: list[NewTable] = []
        for rows in lists:
            labels = _asked(rows)
            of, kinds = self._sheet(labels)
            signed = per != "members" and of == "members" and all(self._known(one, of) for one in labels)
            if _has_distinct_titles(rows) and (per == "branch" or signed):
                found.append(self._table(rows, len(found) + 1, of, kinds))
        return found

    def tags(self, table: NewTable) -> list[str | None]:
        """Return what stands in each column of a row, ``None`` where a pen writes."""
        labels, abreast = table.rows.labels, table.rows.abreast
        tags = [
            self._tag(
                table, label, ROW_NAME if abreast == 1 else f"{ROW_NAME}[{block}]", table.rows.cell(number)
            )
            for block in range(abreast)
            for number, label in enumerate(labels)
        ]
        first = len(labels)  # the last rows of the list may not fill the line: those places are empty
        return [
            tag and (tag if place < first else tag.replace(" }}", f" if {ROW_NAME}[{place // first}] }}}}"))
            for place, tag in enumerate(tags)
        ]

    def group_tags(self, table: NewTable) -> list[str | None]:
        """Return what stands in the columns of a row in which the form merges cells downwards."""
        rows = table.rows
        return [self._tag(table, label, ROW_NAME, rows.group(label)) for label in rows.groups]

    def total_rows(self, tables: Iterable[NewTable]) -> set[Blank]:
        """Return the blanks of the rows that add up lists: those below texts stay empty."""
        below = {box for table in tables for box in total_row(table.rows)}
        return {blank for blank in self._form.blanks if blank.box in below}

    def _sheet(self, labels: Sequence[str]) -> tuple[str | None, list[Kind]]:
        """Return the sheet whose rows a list has, and what its columns would hold if they were new."""
        kinds = kinds_of_list(labels, self._title)
        if names_members(labels, kinds, self._title, self._meanings):
            return "members", kinds
        return sheet_of_list(labels, _LISTS, self._meanings), kinds

    def _known(self, label: str, of: str | None) -> Meaning | None:
        """Return what a label means in the rows of a list; the branch of a row is that of the document."""
        if _BRANCH_NAME.search(label):
            return self._meanings.in_sheet(label, BRANCH)
        return self._meanings.in_sheet(label, of) if of is not None and of in self._schema.sheets else None

    def _meant(self, rows: Rows, label: str, of: str | None) -> Meaning | None:
        """Return what the label of a column means; words that name groups of rows say it first."""
        named = self._known(label, of)
        said = set(rows.said(label)) if label in rows.groups else set()
        if not said:
            return named
        if of is not None and of in self._schema.sheets:
            for column in self._schema.sheets[of].columns:
                if said <= {word for choice, others in column.choices.items() for word in (choice, *others)}:
                    return Meaning(of, column, 1)
        return named if named is not None and not named.column.choices else None

    def _grouped(self, rows: Rows, of: str | None) -> Iterator[str]:
        """Yield the titles of the columns whose equal values stand together."""
        for label in rows.groups:
            meaning = self._meant(rows, label, of)
            is_column = not is_number(label) and not is_signed(label)
            if is_column and (meaning is None or meaning.sheet != BRANCH):
                yield title_of(label) if meaning is None else meaning.column.title

    def _kinds(self, rows: Rows, of: str | None) -> Iterator[str]:
        """Yield conditions for the rows whose kinds the form has printed."""
        for label in rows.groups:
            said, meaning = set(rows.said(label)), self._meant(rows, label, of)
            if said and meaning is not None and meaning.column.choices:
                choices = meaning.column.choices.items()
                named = [choice for choice, others in choices if not said.isdisjoint((choice, *others))]
                yield f"{meaning.column.title}={'|'.join(named)}"

    def _table(self, rows: Rows, number: int, of: str | None, kinds: Sequence[Kind]) -> NewTable:
        known, columns = dict[str, Column](), list[Column]()
        for label, kind in zip(_asked(rows), kinds, strict=True):
            if meaning := self._meant(rows, label, of):
                known[label] = meaning.column
            else:
                columns.append(self._column(label, _options(rows, label), of, columns, kind))
        called = {title_of(label): column for label, column in known.items()}
        called |= {column.title: column for column in columns}
        count = str(number) if number > 1 else ""
        name, title = self._sheet_names.take() if of is None else (of, self._schema.sheets[of].title)
        return NewTable(
            rows=rows,
            name=f"list{number}",
            title=f"清单{count}",
            of=name,
            of_title=title,
            minimum=rows.number_of_rows,
            columns=tuple(columns),
            known=tuple(known),
            pen=tuple(filter(is_signed, rows.heads)),
            grouped=tuple(self._grouped(rows, of)),
            kinds=tuple(self._kinds(rows, of)),
            totals=dict(totals_of(rows, self._form, called)),
        )

    def _column(
        self, label: str, options: Sequence[str], of: str | None, beside: Iterable[Column], kind: Kind
    ) -> Column:
        """Return a new column; several lists of the same rows have one of a title together."""
        if of is None:
            return self._new.make(label, options, of, beside, kind)
        if (of, title_of(label)) not in self._shared:
            self._shared[of, title_of(label)] = self._new.make(label, options, of, beside, kind)
        return self._shared[of, title_of(label)]

    def _tag(self, table: NewTable, label: str, row: str, cell: Box | None) -> str | None:
        if is_signed(label):
            return None
        if is_number(label):
            return f"{{{{ {row}.序号 }}}}"
        meaning = self._meant(table.rows, label, table.of)
        if meaning is not None and meaning.sheet == BRANCH:
            return f"{{{{ {meaning.expression()} }}}}"
        new = {column.title: column for column in table.columns}
        column = meaning.column if meaning is not None else new[title_of(label)]
        return _printed(member_of(row, column), column, label, cell)


def _options(rows: Rows, label: str) -> Sequence[str]:
    """Return the words that a column offers: behind boxes to tick, or in cells merged downwards."""
    if label in rows.groups:
        return rows.said(label)
    gap = rows.cell(rows.labels.index(label)).gap
    return gap.options if gap is not None else ()


def _printed(expression: str, column: Column, label: str, cell: Box | None) -> str:
    """Return the tag of a column as the room of its cells asks for it."""
    gap = cell.gap if cell is not None else None
    if cell is not None and gap is not None and gap.options:
        return boxes(expression, gap.options, in_lines=cell.is_in_lines)
    if column.kind is Kind.PICTURE:
        return f"{{{{ {expression}|照片 }}}}"
    if column.title in _OFTEN_NONE:
        return f"{{{{ {expression} or '' }}}}"
    to_month = gap is not None and gap.kind is Room.DATE and not gap.has_day
    return f"{{{{ {as_printed(expression, column, '年月' if to_month else label)} }}}}"


def _asked(rows: Rows) -> list[str]:
    """Return the labels of the columns that data fill: no running number, and nothing to sign."""
    return [label for label in rows.heads if not is_number(label) and not is_signed(label)]


def _has_distinct_titles(rows: Rows) -> bool:
    """Tell whether each column may have a name of its own."""
    asked = _asked(rows)
    return bool(asked) and len({*map(title_of, asked)}) == len(asked) and all(map(may_be_title, asked))
