"""What a sheet of the workbook looks like: its columns, derived from the record that a row becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docsmith.model.rows import Record


# The choices of a column in the order of the form, each with the other spellings that mean it.
Choices = Mapping[str, tuple[str, ...]]


class Kind(StrEnum):
    """What a column holds; ``plugin.toml`` uses the same words."""

    TEXT = "text"
    NAME = "name"
    NAMES = "names"
    CODE = "code"
    COUNT = "count"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    PICTURE = "picture"


class Column(NamedTuple):
    """One column: the name that code and templates use, and the title that a person sees.

    ``synonyms`` are other header wordings that mean this column. ``default`` is what an empty cell means.
    """

    name: str
    title: str
    kind: Kind
    required: bool = False
    choices: Choices = MappingProxyType({})
    default: str | int | None = None
    example: str = ""
    note: str = ""
    synonyms: tuple[str, ...] = ()

    @property
    def empty(self) -> Any:
        """The value of an empty cell."""
        return () if self.kind is Kind.NAMES else self.default


class Sheet(NamedTuple):
    """One sheet: its English and Chinese name, and the record that each row becomes.

    ``paired`` marks a sheet of two columns, 项目 and 内容, that holds one record (单位). ``synonyms`` are
    other names that people give the sheet or the file. ``note`` tells a person what belongs in it.
    """

    name: str
    title: str
    record: type[Record]
    paired: bool = False
    synonyms: tuple[str, ...] = ()
    note: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the workbook."""
        return tuple(self.record.columns.values())

    def column(self, name: str) -> Column:
        """Return the column of that English name; raises ``KeyError``."""
        return self.record.columns[name]


def column(
    title: str,
    kind: Kind = Kind.TEXT,
    *,
    required: bool = False,
    choices: Choices | None = None,
    default: str | int | None = None,
    example: str = "",
    note: str = "",
    synonyms: tuple[str, ...] = (),
) -> Any:
    """Declare a column of a record; its name is that of the attribute, which holds the value of a row."""
    return Column("", title, kind, required, choices or {}, default, example, note, synonyms)


def by_word(columns: Iterable[Column]) -> dict[str, Column]:
    """Return columns by all that people call them: by name and title first, then by other headers."""
    known = list(columns)
    words = {word: column for column in known for word in column.synonyms}
    return words | {word: column for column in known for word in (column.name, column.title)}
