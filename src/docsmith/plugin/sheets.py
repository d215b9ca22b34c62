"""The sheets of a run: those of the public contract, and what the document types add to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.columns import Choices, Column, Kind, Sheet
from docsmith.model.nearest import spelling_key
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.model.schema import Schema, derive_record
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.lookup import ANY_SHEET, RESERVED, Lookup
from docsmith.plugin.manifest_tables import ColumnTable, SheetTable
from docsmith.plugin.plan import Plan
from docsmith.plugin.planning import planned
from docsmith.plugin.tables import Wrong

# Who declared a column of a sheet, by the English name of the sheet, and the name or title of the column.
_Owners = dict[tuple[str, str], tuple[DocumentType, ColumnTable]]
# What two types have to say alike of a column to mean the same one; a note or an example is for people.
_MEANING = ("title", "kind", "required", "choices", "default", "synonyms")


class Assembly(NamedTuple):
    """The sheets of a run, what each document type makes of them, and what is wrong with those that misfit.

    ``plans`` and ``misfits`` go by the ids of the types; each is in one of them.
    """

    schema: Schema
    plans: Mapping[str, Plan]
    misfits: Mapping[str, Sequence[Wrong]]


class Drafted(NamedTuple):
    """A type that does not fit, with what can be made of it, and what is wrong with that.

    ``schema`` has its sheets as well; without it, they could not be read whole.
    """

    document_type: DocumentType
    schema: Schema | None
    mistakes: Sequence[Wrong]


def assemble(document_types: Iterable[DocumentType]) -> Assembly:
    """Return the built-in sheets with those of every document type that fits in, and why others do not.

    Two types may declare the same column. Where they call it by other English names, the first one's holds:
    a type without Python says its title. A type that clashes with the contract or with an earlier type, or
    names a sheet or column that nobody has, adds nothing.
    """
    fitting, misfits = list(document_types), dict[str, Sequence[Wrong]]()
    while True:
        schema, plans, found = _assembled(fitting)
        if not found:
            return Assembly(schema, plans, misfits)
        misfits |= found
        fitting = [one for one in fitting if one.id not in found]


def drafted(draft: DocumentType, document_types: Iterable[DocumentType]) -> Drafted:
    """Return what can be made of a type that could be read in part only, beside those that fit."""
    others = [one for one in document_types if one.id != draft.id]
    joined = _Joined([*others, draft])
    plan, own = joined.planned(len(others))
    is_whole = not joined.unread[-1]
    return Drafted(draft._replace(plan=plan), own if is_whole else None, joined.mistakes[-1])


def _assembled(types: Sequence[DocumentType]) -> Assembly:
    joined = _Joined(types)
    plans = {one.id: joined.planned(number)[0] for number, one in enumerate(types)}
    misfits = {one.id: mistakes for one, mistakes in zip(types, joined.mistakes) if mistakes}
    return Assembly(joined.schema, plans, misfits)


class _Joined:
    """The sheets of all types that fit, and of each type what is wrong, and what could not be read."""

    def __init__(self, types: Sequence[DocumentType]) -> None:
        self.schema = Schema.built_in()
        self.mistakes: list[list[Wrong]] = []
        self.unread: list[Collection[str]] = []
        self._types, self._owners = types, _Owners()
        for document_type in types:
            joining = _Joining(document_type, types, self.schema, dict(self._owners))
            self.mistakes.append(joining.mistakes)
            self.unread.append(joining.unread)
            if not joining.mistakes:
                self.schema, self._owners = joining.schema, joining.owners

    def planned(self, number: int) -> tuple[Plan, Schema]:
        """Return what a type makes of the sheets, and these, with its own as far as they can be added."""
        document_type, own, mistakes = self._types[number], self.schema, self.mistakes[number]
        if mistakes:  # what it names may be its own
            own = _Joining(document_type, self._types, own, dict(self._owners)).schema
        return planned(document_type.manifest, Lookup(own, mistakes, self.unread[number])), own


class _Joining:
    """Adds the columns and sheets of a document type to those that there are, as far as they fit.

    ``unread`` are the names and titles of sheets that were added without a column, or not at all, and the
    titles of columns of which not everything could be read (``走访.日期``).
    """

    def __init__(
        self, document_type: DocumentType, types: Iterable[DocumentType], schema: Schema, owners: _Owners
    ) -> None:
        self._type, self._types = document_type, types
        self.schema, self.owners = schema, owners
        self.mistakes: list[Wrong] = []
        self.unread: set[str] = set()
        for sheet_name, tables in document_type.manifest.columns.items():
            self._add_columns(sheet_name, tables or ())
        for number, table in enumerate(document_type.manifest.sheets, 1):
            self._add_sheet(table, f"sheets[{number}]")

    def _add_columns(self, word: str, tables: Iterable[ColumnTable]) -> None:
        at = f"columns.{word}"
        built_in = Schema.built_in()
        found = Lookup(built_in, self.mistakes).sheet(word, at)
        if found is None:
            return
        sheet, fresh = self.schema.sheets[found.name], []
        self._refuse_twins(tables, at)
        for number, table in self._named(tables, sheet):
            known = self.owners.get((sheet.name, table.name)) or self.owners.get((sheet.name, table.title))
            if known and self._is_same(known[1], table):
                continue
            if self._clashes(sheet, table, known, f"{at}[{number}]"):
                continue
            self.owners[sheet.name, table.name] = self.owners[sheet.name, table.title] = (self._type, table)
            fresh.append(self._column(table, f"{at}[{number}]"))
        if fresh:
            self.schema = self.schema.with_columns(sheet.name, fresh)

    def _is_same(self, known: ColumnTable, table: ColumnTable) -> bool:
        is_alike = all(getattr(known, part) == getattr(table, part) for part in _MEANING)
        return is_alike and (known.name == table.name or self._type.manifest.python is None)

    def _named(self, tables: Iterable[ColumnTable], sheet: Sheet) -> Iterator[tuple[int, ColumnTable]]:
        """Yield the columns that have names, each once, with their numbers."""
        seen: set[str] = set()
        for number, table in enumerate(tables, 1):
            names = {table.name, table.title}
            if None in names:
                self.unread |= {sheet.name, sheet.title}
            elif table.wrong:
                self.unread.add(f"{sheet.title}.{table.title}")
            if None not in names and not names & seen:
                seen |= names
                yield number, table

    def _refuse_twins(self, tables: Iterable[ColumnTable], at: str) -> None:
        """Refuse columns of one list that are called alike."""
        said = Counter(name for table in tables for name in {table.name, table.title} - {None})
        for name in (name for name, times in said.items() if times > 1):
            self._say(at, _("two columns are called {name}.").format(name=name))

    def _clashes(
        self, sheet: Sheet, table: ColumnTable, known: tuple[DocumentType, ColumnTable] | None, at: str
    ) -> bool:
        """Refuse a column whose name or title the sheet already has, or that would hide a record's parts."""
        titles = {column.title for column in sheet.columns}
        if not (
            hasattr(sheet.record, table.name) or table.name in sheet.record.columns or table.title in titles
        ):
            return self._takes(sheet, table, at)
        if known:
            other, there = known
            mistake = _(
                "{owner} has declared the column {title} ({name}) of the sheet {sheet} in other words:"
                " say the same as its plugin.toml, or call yours something else."
            )
            said = mistake.format(owner=other.id, title=there.title, name=there.name, sheet=sheet.title)
        else:
            mistake = _("the workbook itself has a column {title} ({name}) in the sheet {sheet} already.")
            said = mistake.format(title=table.title, name=table.name, sheet=sheet.title)
        self._say(at, said)
        return True

    def _takes(self, sheet: Sheet, table: ColumnTable, at: str) -> bool:
        """Refuse a column that would get from another one what stands below a header that means it."""
        meant = {spelling_key(word): column for column in sheet.columns for word in column.synonyms}
        for word in (table.title, table.name):
            if other := meant.get(spelling_key(word)):
                mistake = _("“{word}” means the column {column} of the sheet {sheet} already.")
                self._say(at, mistake.format(word=word, column=other.title, sheet=sheet.title))
                return True
        return False

    def _add_sheet(self, table: SheetTable, at: str) -> None:
        if table.name is None or table.title is None:
            self.unread.add(ANY_SHEET)
            return
        taken = {name for sheet in self.schema.sheets.values() for name in (sheet.name, sheet.title)}
        if {table.name, table.title} & (taken | RESERVED):
            mistake = _("the sheet {title} ({name}) is already there, declared by {owner}.")
            owner = _owner(table, self._type, self._types)
            self._say(at, mistake.format(title=table.title, name=table.name, owner=owner))
            self.unread |= {table.name, table.title}
            return
        words = {spelling_key(word): one for one in self.schema.sheets.values() for word in one.synonyms}
        if other := words.get(spelling_key(table.title)):  # which would get its rows
            mistake = _("“{word}” means the sheet {sheet} already.")
            self._say(at, mistake.format(word=table.title, sheet=other.title))
        base = BranchRecord if table.scope == "branch" else Record
        empty = Sheet(table.name, table.title, base, synonyms=table.synonyms)
        if table.columns is None or "scope" in table.wrong:
            self.unread |= {table.name, table.title}
        declared = table.columns or ()
        self._refuse_twins(declared, f"{at}.columns")
        columns = [
            self._column(column, f"{at}.columns[{number}]")
            for number, column in self._named(declared, empty)
            if not self._clashes(empty, column, None, f"{at}.columns[{number}]")
        ]
        sheet = empty._replace(record=derive_record(base, columns), note=table.note)
        self.schema = self.schema.with_sheet(sheet)

    def _column(self, table: ColumnTable, at: str) -> Column:
        if table.kind is Kind.CHOICE and not table.choices:
            self._say(at, _("the column {title} has no choices.").format(title=table.title))
        choices: Choices = dict.fromkeys(table.choices, ())
        return Column(
            name=table.name,
            title=table.title,
            kind=table.kind,
            required=table.required,
            choices=choices,
            default=table.default,
            example=table.example,
            note=table.note,
            synonyms=table.synonyms,
        )

    def _say(self, at: str, mistake: str) -> None:
        Lookup(self.schema, self.mistakes).say(at, mistake)


def _owner(table: SheetTable, document_type: DocumentType, types: Iterable[DocumentType]) -> str:
    """Return who else declares a sheet of that name or title."""
    for other in types:
        names = {name for one in other.manifest.sheets for name in (one.name, one.title)}
        if other is not document_type and {table.name, table.title} & names:
            return other.id
    return _("the workbook itself")
