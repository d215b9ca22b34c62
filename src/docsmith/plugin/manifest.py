"""``plugin.toml``: what a document type says of itself, checked key by key."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from docsmith.model.columns import Kind


def _inside_the_folder(name: str) -> str:
    """Accept a plain path below the plugin's folder, written with slashes."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.strip():
        raise ValueError(f"{name!r} is not a path inside the plugin's folder")
    return name


InnerPath = Annotated[str, AfterValidator(_inside_the_folder)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
FieldName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Title = Annotated[str, Field(min_length=1, max_length=64, pattern=re.compile(r"^[^\r\n]*$").pattern)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnTable(_Table):
    """A further column: of a sheet of the contract, or of a sheet that the plugin declares."""

    name: FieldName
    title: Title
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    example: str = ""
    note: str = ""
    synonyms: tuple[str, ...] = ()


class SheetTable(_Table):
    """A sheet of the plugin's own.

    ``rows`` names a csv file: the rows that apply where a unit has none. ``note`` tells a person in the
    fill-in workbook what belongs in the sheet.
    """

    name: FieldName
    title: Title
    scope: Literal["unit", "branch"] = "branch"
    columns: tuple[ColumnTable, ...]
    rows: InnerPath | None = None
    synonyms: tuple[str, ...] = ()
    note: str = ""


class Manifest(_Table):
    """The whole of ``plugin.toml``.

    ``uses`` names the sheets (English names) that the document needs: a row of them that cannot be read
    stops the document. ``columns`` adds columns to sheets of the contract, by the sheet's English name.
    ``options`` are settings with their defaults; a workspace changes them under ``[types.<id>]``.
    """

    schema_version: Literal[1] = Field(alias="schema")
    id: Identifier
    title: Title
    version: str
    template: InnerPath = "template.docx"
    output: str
    python: InnerPath | None = None
    synonyms: tuple[str, ...] = ()
    uses: tuple[str, ...] = ("unit", "branches")
    columns: dict[str, tuple[ColumnTable, ...]] = Field(default_factory=dict)
    sheets: tuple[SheetTable, ...] = ()
    options: dict[str, Any] = Field(default_factory=dict)
    overrides: bool = False
