"""What a JSON or YAML file of data may say, as a JSON Schema (draft 2020-12) for editors.

It is as lenient as the readers where that costs no help: other spellings of a choice, numbers typed as text
and other names of a column pass, as they are read without a finding. What docsmith reads with a finding, it
refuses: an unknown column, a date that is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.schema import PAIR_TITLES, Schema
from docsmith.sources.headers import keys_of
from docsmith.sources.keys import header_key
from docsmith.sources.structured import EXTRA, SCHEMA_KEY

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ALWAYS = ("unit", "branches")
_TEXT = ["string", "number", "boolean", "null"]
_DIGITS = "0-9０-９"
_YEAR = f"[{_DIGITS}〇零○OoＯ一二三四五六七八九]{{4}}"
# What stands where a value is empty: nothing, or 无, a dash, a stroke.
_NOTHING = r"^\s*(无|暂无|没有|[/\\—–-]{0,2})\s*$"
_FILLED = r"\S"
_SPECIAL = re.compile(r"[\\^$.*+?()\[\]{}|/]")  # of JavaScript, which refuses to have others escaped
_OF_KIND: Mapping[Kind, Mapping[str, Any]] = {
    Kind.COUNT: {"type": ["integer", "string", "null"], "minimum": 0, "pattern": rf"^\s*$|^\s*[{_DIGITS}]"},
    Kind.NUMBER: {"type": ["number", "string", "null"], "pattern": rf"^\s*$|^\s*[−–—－-]?[{_DIGITS}]"},
    Kind.YEAR: {
        "type": ["integer", "string", "null"],
        "minimum": 1921,
        "maximum": 2100,
        "pattern": rf"^\s*$|{_YEAR}",
    },
    Kind.DATE: {"type": ["string", "number", "null"], "pattern": rf"{_NOTHING}|{_YEAR}"},
    Kind.PICTURE: {
        "type": ["string", "null"],
        "pattern": rf"{_NOTHING}|\.([Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg])\s*$",
    },
    Kind.NAMES: {"type": [*_TEXT, "array"], "items": {"type": ["string", "number"]}},
}


def data_schema(schema: Schema, used: Collection[str], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file with these sheets (English names), the unit and the branches.

    Other sheets that docsmith knows may be there; they are not looked into.
    """
    properties: dict[str, Any] = {SCHEMA_KEY: {"type": "string"}}
    definitions: dict[str, Any] = {}
    for sheet in schema.sheets.values():
        is_used = sheet.name in used or sheet.name in _ALWAYS
        named = {"$ref": f"#/$defs/{sheet.name}"} if is_used else _unused(sheet)
        properties |= {sheet.name: named, sheet.title: named}
        if is_used:
            definitions |= _definitions(sheet)
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "properties": properties,
        "allOf": [_one_of((name, schema.sheets[name].title)) for name in _ALWAYS],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _unused(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "description": _("Not needed by this document type."),
        "type": ["array", "object", "null"],
    }


def _definitions(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet, one of its rows, and each of its columns."""
    return {
        sheet.name: _sheet(sheet),
        f"{sheet.name}.row": _row(sheet),
        **{f"{sheet.name}.{column.name}": _column(column) for column in sheet.columns},
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    row: dict[str, Any] = {"$ref": f"#/$defs/{sheet.name}.row"}
    return {
        "title": sheet.title,
        **({"description": sheet.note} if sheet.note else {}),
        "type": ["object", "array"] if sheet.paired else ["array", "object", "null"],
        "if": {"type": "object"},
        "then": row,
        "items": {"anyOf": [row, _pair()]} if sheet.paired else row,
    }


def _pair() -> dict[str, Any]:
    """Return a row of the two columns 项目 and 内容, which the sheet 单位 may have as well."""
    item, content = PAIR_TITLES
    return {
        "type": "object",
        "properties": {item: {"type": "string"}, content: {}},
        "required": [item, content],
        "additionalProperties": False,
    }


def _row(sheet: Sheet) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for column in sheet.columns:
        reference = {"$ref": f"#/$defs/{sheet.name}.{column.name}"}
        properties |= {column.name: reference, column.title: reference}
        for other in _names_of(sheet, column)[2:]:
            properties[other] = {**reference, "deprecated": True}
    wordings = {column.name: _wording(_names_of(sheet, column)[1:]) for column in sheet.columns}
    properties[EXTRA] = {
        "description": _("Columns that docsmith does not know, by their titles."),
        "type": "object",
    }
    return {
        "title": sheet.title,
        "type": "object",
        "properties": properties,
        "patternProperties": {
            wordings[column.name]: {"$ref": f"#/$defs/{sheet.name}.{column.name}"} for column in sheet.columns
        },
        "allOf": [
            {"anyOf": [*_one_of(_names_of(sheet, column))["anyOf"], _has_one_like(wordings[column.name])]}
            for column in sheet.columns
            if column.required
        ],
        "additionalProperties": False,
    }


def _wording(titles: Iterable[str]) -> str:
    """Return a pattern of all titles of a column, with blanks, a star, a colon and notes in brackets."""
    spaced = (
        r"\s*".join(_SPECIAL.sub(r"\\\g<0>", letter) for letter in title if not letter.isspace())
        for title in titles
    )
    return rf"^\s*[*＊★]?\s*(?:{'|'.join(spaced)})\s*[*＊★:：]?\s*(?:[(（\[【〔].*)?$"


def _has_one_like(pattern: str) -> dict[str, Any]:
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}


def _names_of(sheet: Sheet, column: Column) -> list[str]:
    """Return the English name, the title, and what else means this column and no other."""
    keys = keys_of(sheet)
    others = (one for one in column.synonyms if keys[header_key(one)][1] is column)
    return list(dict.fromkeys((column.name, column.title, *others)))


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [{"required": [name]} for name in names]}


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"title": column.title}
    if column.note:
        told["description"] = column.note
    if column.default is not None:
        told["default"] = column.default
    if column.example:
        told["examples"] = [column.example]
    allowed = dict(_choices(column) if column.choices else _OF_KIND.get(column.kind, {"type": _TEXT}))
    if column.required:
        allowed = _filled(allowed)
    return told | allowed


def _choices(column: Column) -> dict[str, Any]:
    words = [*column.choices, *(other for others in column.choices.values() for other in others)]
    truth = [] if "是" not in column.choices else [True, False]
    return {"enum": [*dict.fromkeys(words), *truth, "", None]}


def _filled(allowed: dict[str, Any]) -> dict[str, Any]:
    """Return what is allowed where a value must not be empty."""
    if "enum" in allowed:
        return {"enum": [one for one in allowed["enum"] if one not in ("", None)]}
    types = [one for one in allowed["type"] if one != "null"]
    filled = {**allowed, "type": types}
    return (
        {**filled, "allOf": [{"pattern": _FILLED}]} if "pattern" in filled else {**filled, "pattern": _FILLED}
    )
