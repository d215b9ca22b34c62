"""Sheets and columns by what a manifest calls them; whatever is not there is a mistake with its place."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Sheet, by_word
from docsmith.model.conditions import Condition, ConditionError
from docsmith.model.nearest import suggestion
from docsmith.model.ordering import SortKey
from docsmith.model.schema import Schema
from docsmith.plugin.tables import Wrong

# Names that mean something else to templates; a sheet, a column or a table called so would hide it.
RESERVED = frozenset(
    ("branch", "year", "as_of", "figures", "type", "record", "extra", "支部", "年度", "截至日期", "数据")
) | {"文种", "记录"}

ANY_SHEET = ""


class Columns(NamedTuple):
    """The columns that a row has, and the title of the sheet that it comes from."""

    title: str
    columns: tuple[Column, ...]


class Lookup(NamedTuple):
    """Finds what a manifest names in the sheets of a run, and adds a sentence to ``mistakes`` for the rest.

    ``at`` is the place of the key (``tables[2].sort``). ``unread`` are the names and titles of sheets that
    are declared, and could not be read whole: what they lack may be there once they are mended. With
    ``ANY_SHEET`` in it, that holds for sheets of any name. A column that could not be read whole is there as
    ``走访.日期``.
    """

    schema: Schema
    mistakes: list[Wrong]
    unread: Collection[str] = frozenset()

    def say(self, at: str, mistake: str, hint: str = "") -> None:
        """Add a mistake."""
        sentence = _("{key}: {mistake} {hint}").format(key=at, mistake=mistake, hint=hint).strip()
        self.mistakes.append(Wrong(at, sentence))

    def sheet(self, word: str, at: str) -> Sheet | None:
        """Return the sheet of that English name or title, or another name that people give it."""
        sheets = self.schema.sheets.values()
        words = {other: sheet for sheet in sheets for other in sheet.synonyms}
        known = {name: sheet for sheet in sheets for name in (sheet.name, sheet.title)}
        found = known.get(word) or words.get(word)
        if found is None and not {word, ANY_SHEET} & set(self.unread):
            self.say(at, _("there is no sheet {name}.").format(name=word), suggestion(word, known))
        return found

    def column(self, word: str, columns: Columns, at: str) -> Column | None:
        """Return the column of that English name or title, or another header that means it."""
        found = by_word(columns.columns).get(word)
        if found is None and columns.title not in self.unread:
            mistake = _("the sheet {sheet} has no column {name}.").format(sheet=columns.title, name=word)
            self.say(at, mistake, suggestion(word, _names(columns)))
        return found

    def columns(self, words: Sequence[str], columns: Columns, at: str) -> tuple[Column, ...]:
        """Return the columns of those names."""
        found = [self.column(word, columns, place) for place, word in _places(at, words)]
        return tuple(column for column in found if column is not None)

    def sort_keys(self, words: Sequence[str], columns: Columns, at: str) -> tuple[SortKey, ...]:
        """Return what to sort by: ``姓名``, or ``-姓名`` from the last to the first."""
        keys = []
        for place, word in _places(at, words):
            column = self.column(word.removeprefix("-").strip(), columns, place)
            if column is not None:
                keys.append(SortKey.of(column, descending=word.startswith("-")))
        return tuple(keys)

    def conditions(self, texts: Sequence[str], columns: Columns, at: str) -> tuple[Condition, ...]:
        """Return the conditions that texts mean."""
        known = {column.name for column in columns.columns}
        conditions = []
        for place, text in _places(at, texts):
            try:
                condition = Condition.parse(text, columns.columns)
            except ConditionError as error:
                self.say(place, error.message, error.hint)
                continue
            if condition.column in known or self.column(condition.column, columns, place):
                conditions.append(condition)
        return tuple(conditions)


def _names(columns: Columns) -> list[str]:
    return [word for column in columns.columns for word in (column.title, column.name)]


def _places(at: str, words: Sequence[str]) -> list[tuple[str, str]]:
    """Return words with their places; one that stands alone may have been written without brackets.

    One that could not be read is ``None``, and is left out.
    """
    if len(words) == 1:
        return [(at, word) for word in words if word is not None]
    return [(f"{at}[{number}]", word) for number, word in enumerate(words, 1) if word is not None]
