"""YAML and JSON: the object that ``docsmith convert`` writes, or one table a file.

Both are read as text wherever a value could change on the way: numbers keep their digits, and ``010`` its
leading zero. Duplicate keys, aliases, tags and deep nesting are refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, NoReturn

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError
from docsmith.model.columns import Sheet
from docsmith.model.findings import Place
from docsmith.model.schema import PAIR_TITLES, Schema
from docsmith.sources.detect import Format, decode
from docsmith.sources.notes import Notes
from docsmith.sources.scrub import without_illegal
from docsmith.sources.tables import RawTable
from docsmith.sources.yaml_text import MAX_DEPTH, parse_yaml, refused

EXTRA = "extra"
SCHEMA_KEY = "$schema"
"""What an editor checks the file by; it is no sheet."""


def read_objects(data: bytes, kind: Format, name: str, schema: Schema, notes: Notes) -> list[RawTable]:
    """Return the tables of a YAML or JSON file; raises :class:`SourceError` if it is neither."""
    text = decode(data, name)
    content = parse_json(text, name) if kind is Format.JSON else parse_yaml(text, name)
    if isinstance(content, list):
        return [_table(Place(name, PurePath(name).stem), "", content, notes)]
    if not isinstance(content, dict):
        raise SourceError(
            _("{file} holds neither an object nor a list of objects.").format(file=name),
            hint=_("Write a list of rows, or an object with the sheets' names as keys, as convert does."),
        )
    content.pop(SCHEMA_KEY, None)
    sheets = {name: sheet for sheet in schema.sheets.values() for name in (sheet.title, sheet.name)}
    if not any(key in sheets for key in content):
        return [_table(Place(name, PurePath(name).stem), "", [content], notes)]
    return _tables_by_key(name, content, sheets, notes)


def _tables_by_key(
    name: str, content: Mapping[str, Any], sheets: Mapping[str, Sheet], notes: Notes
) -> list[RawTable]:
    tables = []
    for key, value in content.items():
        place = Place(name, key)
        rows = [value] if isinstance(value, dict) else value or []
        if key not in sheets:
            notes.warning(
                "sheet-unknown",
                place,
                _("no sheet is called {sheet}; it is not read").format(sheet=key),
                _("Known are: {sheets}.").format(sheets=", ".join(sorted({s.name for s in sheets.values()}))),
            )
        elif not isinstance(rows, list):
            notes.error("sheet-unreadable", place, _("this is not a list of rows"), _one_object_a_row())
        elif rows:
            tables.append(_table(place, sheets[key].name, _unpaired(rows, sheets[key]), notes))
    return tables


def _unpaired(rows: list[Any], sheet: Sheet) -> list[Any]:
    """Return one object for a sheet 单位 whose rows are pairs of 项目 and 内容, as in the workbook."""
    item, content = PAIR_TITLES
    if not sheet.paired or not all(isinstance(row, dict) and row.keys() == {item, content} for row in rows):
        return rows
    paired = {row[item]: row[content] for row in rows if isinstance(row[item], str)}
    return [paired] if len(paired) == len(rows) else rows


def _one_object_a_row() -> str:
    return _("Write a list of objects, one for each row, with the columns' names as keys.")


def _table(place: Place, sheet: str, content: list[Any], notes: Notes) -> RawTable:
    """Return a list of objects as a table whose first row has the keys, in the order of appearance."""
    keys: dict[str, int] = {}
    for row in content:
        if isinstance(row, dict):
            for key in row:
                if key != EXTRA or not isinstance(row[key], dict):
                    keys.setdefault(key, len(keys))
    rows: list[list[Any]] = [list(keys)]
    extras: dict[int, dict[str, str]] = {}
    for number, row in enumerate(content, 1):
        line: list[Any] = [None] * len(keys)
        rows.append(line)
        if not isinstance(row, dict):
            where = Place(place.file, place.sheet, str(number))
            notes.error("row-unreadable", where, _("this row is not an object"), _one_object_a_row())
            continue
        for key, value in row.items():
            if key == EXTRA and isinstance(value, dict):
                extras[number] = {name: str(cell) for name, cell in value.items() if cell is not None}
            else:
                line[keys[key]] = value
    return RawTable(place.file, place.sheet, rows, objects=True, known_as=sheet, extras=extras)


def parse_json(text: str, name: str) -> Any:
    """Return the content of a JSON text, its numbers as text.

    Raises :class:`SourceError` for duplicate keys, ``NaN``, nesting deeper than any table, and bad syntax.
    """
    try:
        content = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(pairs, name),
            parse_constant=lambda word: _refuse_constant(word, name),
            parse_int=str,
            parse_float=str,
        )
    except json.JSONDecodeError as error:
        raise refused(name, error.lineno, _("it is not valid JSON")) from None
    except RecursionError:
        raise refused(name, 1, _("it is nested too deeply")) from None
    if _depth(content) > MAX_DEPTH:
        raise refused(name, 1, _("it is nested too deeply"))
    return content


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        key = without_illegal(key)
        if key in found:
            raise SourceError(
                _("{file}: the key {key} stands twice in one object.").format(file=name, key=key),
                hint=_("Keep one of the two; docsmith does not choose for you."),
            )
        found[key] = value
    return found


def _refuse_constant(word: str, name: str) -> NoReturn:
    raise SourceError(
        _("{file} holds {word}, which is no value of JSON.").format(file=name, word=word),
        hint=_("Write null where a value is empty."),
    )


def _depth(content: Any) -> int:
    """Return how deeply lists and objects are nested, without recursion."""
    depth, level = 0, [content]
    while level := [
        inner
        for outer in level
        if isinstance(outer, dict | list)
        for inner in (outer.values() if isinstance(outer, dict) else outer)
    ]:
        depth += 1
    return depth
