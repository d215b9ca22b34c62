"""What a sheet of the workbook looks like: its columns, derived from the record that a row becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import Field

if TYPE_CHECKING:
    from docsmith.model.records import Record


# The choices of a column in the order of the form, each with the other spellings that mean it.
Choices = Mapping[str, tuple[str, ...]]


class Kind(StrEnum):
    """What a column holds; ``plugin.toml`` uses the same words."""

    TEXT = "text"
    NAME = "name"
    NAMES = "names"
    CODE = "code"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name that code and templates use, and the title that a person sees.

    ``synonyms`` are other header wordings that mean this column. ``default`` is what an empty cell means.
    """

    name: str
    title: str
    kind: Kind
    required: bool = False
    choices: Choices = field(default_factory=dict)
    default: str | int | None = None
    example: str = ""
    note: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
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
        return columns_of(self.record)

    def column(self, name: str) -> Column:
        """Return the column of that English name; raises ``KeyError``."""
        return columns_by_name(self.record)[name]


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
    """Declare a column on a record: a pydantic field that carries what the workbook needs to know."""
    described = Column("", title, kind, required, choices or {}, default, example, note, synonyms)
    empty: Any = () if kind is Kind.NAMES else default
    return Field(
        default=... if required else empty,
        title=title,
        description=note or None,
        examples=[example] if example else None,
        json_schema_extra={"column": _as_extra(described)},
    )


def _as_extra(described: Column) -> dict[str, Any]:
    return {
        "kind": str(described.kind),
        "choices": dict(described.choices),
        "synonyms": list(described.synonyms),
        "default": described.default,
    }


@cache
def columns_of(record: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a record in the order of declaration."""
    found = []
    for name, info in record.model_fields.items():
        extra = info.json_schema_extra
        if not isinstance(extra, Mapping) or "column" not in extra:
            continue
        declared: Any = extra["column"]
        found.append(
            Column(
                name=name,
                title=info.title or name,
                kind=Kind(declared["kind"]),
                required=info.is_required(),
                choices=declared["choices"],
                default=declared["default"],
                example=str(info.examples[0]) if info.examples else "",
                note=info.description or "",
                synonyms=tuple(declared["synonyms"]),
            )
        )
    return tuple(found)


@cache
def columns_by_name(record: type[Record]) -> Mapping[str, Column]:
    """Return the columns of a record by their English names."""
    return {column.name: column for column in columns_of(record)}
