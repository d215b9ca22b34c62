"""A form made in Word into a template and what its manifest has to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docsmith.engine.new_type.columns import NewColumns
from docsmith.engine.new_type.itemised import Items, items_of, tags_of
from docsmith.engine.new_type.lists import Lists, NewTable
from docsmith.engine.new_type.meanings import BRANCH, UNIT, Meanings, SheetNames
from docsmith.engine.new_type.persons import name_persons
from docsmith.engine.new_type.room import Why, is_signed
from docsmith.engine.new_type.sorting import Doubtful, Left, Placed, Sorter
from docsmith.engine.new_type.subject import Subject, subject_of
from docsmith.model.columns import Column
from docsmith.model.schema import Schema
from docsmith.official.adopting.blanks import Kind as BlankKind
from docsmith.official.adopting.form import Form
from docsmith.official.adopting.rows import Rows
from docsmith.plugin.shape import Shape

_FEWEST_FOR_A_SHEET = 3


@dataclass(frozen=True)
class NewSheet:
    """A sheet that the type declares: its names and columns."""

    name: str
    title: str
    columns: tuple[Column, ...]
    content: str = ""  # the csv file of its rows, which are the unit's then


@dataclass(frozen=True)
class NewItems:
    """The items of a form: their sheet, that of the answers, and the table that joins them."""

    items: Items
    title: str
    asked: NewSheet
    answered: NewSheet


@dataclass
class Adoption:
    """What became of a form, for the manifest, the terminal and the README.

    ``per`` is ``branch`` or the sheet whose rows get a document each, ``columns`` are new ones of sheets that
    are there already.
    """

    template: bytes
    shape: Shape
    subject: Subject
    per: str
    placed: Sequence[Placed]
    doubtful: Sequence[Doubtful]
    left: Sequence[Left]
    tables: Sequence[NewTable]
    items: NewItems | None
    untouched: Sequence[Rows]
    sheets: Sequence[NewSheet] = ()
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)

    @property
    def per_title(self) -> str:
        """What a person calls the sheet whose rows get a document each; empty for the branch."""
        own = [sheet.title for sheet in self.sheets if sheet.name == self.per]
        return own[0] if own else "" if self.per == "branch" else Schema.built_in().sheets[self.per].title

    @property
    def uses(self) -> tuple[str, ...]:
        """The sheets that the document needs."""
        own = {sheet.name for sheet in self.sheets}
        named = [self.per, *(table.of for table in self.tables)]
        named += [self.items.asked.name, self.items.answered.name] if self.items else []
        wanted = [UNIT, BRANCH, *(name for name in named if name != "branch" and name not in own)]
        return tuple(dict.fromkeys((*wanted, *(name for name in named if name in own))))


def adopt(form: Form, plugin_id: str, title: str, schema: Schema, shape: Shape | None) -> Adoption:
    """Put tags into a form where it is certain what they are, and say what is not."""
    return _Adopting(form, plugin_id, title, schema).adoption(shape)


class _Adopting:
    def __init__(self, form: Form, plugin_id: str, title: str, schema: Schema) -> None:
        self._form, self._title, self._schema = form, title, schema
        self._meanings = Meanings(Schema.built_in())
        self._new = NewColumns(schema, plugin_id)
        self._sheet_names = SheetNames(schema, plugin_id, title)
        self._lists = Lists(form, title, schema, self._meanings, self._new, self._sheet_names)

    def adoption(self, shape: Shape | None) -> Adoption:
        blanks = self._form.blanks
        name_persons(blanks)
        labels = [blank.label for blank in blanks if not is_signed(blank.label)]
        tags = [blank.label for blank in blanks if blank.kind is BlankKind.TAG]
        lists = self._lists.lists_members()
        subject = subject_of(labels, tags, self._title, self._meanings, lists_members=lists)
        sorter, own_sheet = self._sorted(subject)
        per = own_sheet.name if own_sheet else subject.sheet or "branch"
        tables = self._lists.tables(per)
        items = self._items() if per == "branch" else None
        self._put_in(sorter.placed, tables, items)
        summed = {*(items.items.totals if items else ()), *self._lists.total_rows(tables)}
        sheets = [*([own_sheet] if own_sheet else []), *self._sheets_of(tables)]
        sheets += [items.asked, items.answered] if items else []
        done = [*(one.rows for one in tables), *([items.items.rows] if items else [])]
        return Adoption(
            template=self._form.to_bytes(),
            shape=shape or self._shape(subject, tables, items),
            subject=subject,
            per=per,
            placed=sorter.placed,
            doubtful=sorter.doubtful,
            left=[one for one in sorter.left if one.blank not in summed],
            tables=tables,
            items=items,
            untouched=[rows for rows in self._form.rows if rows not in done],
            sheets=sheets,
            columns=self._columns(subject, None if own_sheet else sorter.columns, tables),
        )

    def _sorted(self, subject: Subject) -> tuple[Sorter, NewSheet | None]:
        """Sort the blanks; a form of which the branch knows less than it does not gets a sheet of its own."""
        sorter = self._sort(subject, subject.sheet or BRANCH)
        new = len(sorter.columns) + sum(1 for one in sorter.left if one.why is Why.MEMBER)
        known = sum(1 for one in sorter.placed if one.new is None and one.blank.box is not None)
        if subject.sheet or new < _FEWEST_FOR_A_SHEET or new <= known:
            return sorter, None
        sorter = self._sort(subject, None)
        return sorter, NewSheet(*self._sheet_names.take(), tuple(sorter.columns))

    def _sort(self, subject: Subject, home: str | None) -> Sorter:
        sorter = Sorter(self._meanings, subject, home, self._new, self._title)
        for blank in self._form.blanks:
            sorter.take(blank)
        return sorter

    def _items(self) -> NewItems | None:
        """Make sheets of the items of a form that has one table of them."""
        found = [rows for rows in self._form.rows if not rows.is_list]
        items = items_of(found[0], self._form, self._new) if len(found) == 1 else None
        if items is None:
            return None
        asked = NewSheet(*self._sheet_names.take("_items", "项目"), items.items, items.content)
        answered = NewSheet(*self._sheet_names.take("_answers", "结果"), items.answers)
        return NewItems(items, "项目表", asked, answered)

    def _put_in(self, placed: Iterable[Placed], tables: Iterable[NewTable], items: NewItems | None) -> None:
        added = [(one.title, one.totals) for one in tables]
        added += [(items.title, items.items.totals)] if items else []
        sums = {
            blank: f"{{{{ {title}.合计.{column.title} }}}}"
            for title, totals in added
            for blank, column in totals.items()
        }
        self._form.fill({**{one.blank: one.tag for one in placed}, **sums})
        if items:
            self._form.repeat(items.items.rows, items.title, *tags_of(items.items))
        for table in tables:
            self._form.repeat(table.rows, table.title, self._lists.tags(table), self._lists.group_tags(table))

    def _sheets_of(self, tables: Iterable[NewTable]) -> list[NewSheet]:
        return [
            NewSheet(one.of, one.of_title, one.columns) for one in tables if one.of not in self._schema.sheets
        ]

    def _columns(
        self, subject: Subject, new: Sequence[Column] | None, tables: Iterable[NewTable]
    ) -> Mapping[str, Sequence[Column]]:
        columns: dict[str, list[Column]] = {}
        if new:
            columns[subject.sheet or BRANCH] = list(new)
        for table in tables:
            if table.of in self._schema.sheets and table.columns:
                home = columns.setdefault(table.of, [])
                home += [column for column in table.columns if column not in home]
        return columns

    def _shape(self, subject: Subject, tables: Sequence[NewTable], items: NewItems | None) -> Shape:
        if items:
            return Shape.CHECKLIST
        if "承诺" in self._title or "请战书" in self._title:
            return Shape.PLEDGE
        return Shape.LEDGER if tables and not subject.sheet else Shape.FORM
