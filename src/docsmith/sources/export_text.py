"""A dataset as JSON or YAML: one object, with a list of objects for each sheet, written row by row."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsmith._files import opened_atomically
from docsmith.model.dates import PartialDate

if TYPE_CHECKING:
    from ruamel.yaml.nodes import ScalarNode
    from ruamel.yaml.representer import SafeRepresenter

    from docsmith.model.columns import Sheet
    from docsmith.sources.export_rows import Advance, Gathered, Row, SheetRows

# YAML is dumped so many rows at a time: each dump has to be set up.
_AT_ONCE = 100


def write_json(gathered: Gathered, path: Path, advance: Advance) -> None:
    """Write one JSON object, UTF-8, indented by two."""
    with opened_atomically(path) as stream:
        for piece in _json(gathered, advance):
            stream.write(piece.encode())


def _json(gathered: Gathered, advance: Advance) -> Iterator[str]:
    yield "{"
    for number, (name, rows) in enumerate(gathered.sheets.items()):
        yield f'{"," if number else ""}\n  "{name}": '
        objects = (json.dumps(one, ensure_ascii=False, indent=2) for one in _objects(rows, advance))
        if rows.sheet.name == "unit":
            yield next(objects).replace("\n", "\n  ")
        else:
            yield from _json_list(objects)
    yield "\n}\n"


def _json_list(objects: Iterable[str]) -> Iterator[str]:
    start = "["
    for one in objects:
        yield f"{start}\n    " + one.replace("\n", "\n    ")
        start = ","
    yield "[]" if start == "[" else "\n  ]"


def write_yaml(gathered: Gathered, path: Path, advance: Advance) -> None:
    """Write one YAML mapping, UTF-8; text is quoted."""
    yaml = _yaml()
    with opened_atomically(path) as stream:
        for name, rows in gathered.sheets.items():
            objects = _objects(rows, advance)
            if rows.sheet.name == "unit":
                stream.write(_dumped(yaml, {name: next(objects)}))
                continue
            stream.write(f"{name}:\n".encode() if len(rows) else f"{name}: []\n".encode())
            while some := list(islice(objects, _AT_ONCE)):
                stream.write(_dumped(yaml, some))


def _dumped(yaml: Any, content: object) -> bytes:
    buffer = io.BytesIO()
    yaml.dump(_with_marked_text(content), buffer)
    return buffer.getvalue()


def _yaml() -> Any:
    """Return a YAML writer; its types leave out half of its settings."""
    from ruamel.yaml import YAML
    from ruamel.yaml.representer import SafeRepresenter

    class Representer(SafeRepresenter):
        """Writes text so that every reader takes it for text."""

    Representer.add_representer(_Text, _represent_text)
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Representer = Representer
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    yaml.width = 2**20  # a folded line would show a break where the text has none
    return yaml


class _Text(str):
    """Text of a record, unlike the keys around it."""

    __slots__ = ()


def _with_marked_text(value: Any) -> Any:
    if isinstance(value, str):
        return _Text(value)
    if isinstance(value, Mapping):
        return {key: _with_marked_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_marked_text(inner) for inner in value]
    return value


def _represent_text(representer: SafeRepresenter, text: _Text) -> ScalarNode:
    # YAML 1.1 readers take a bare 2026-03-05, 010 or NO for something else than text.
    node: ScalarNode = representer.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
    return node


def _objects(rows: SheetRows, advance: Advance) -> Iterator[dict[str, Any]]:
    """Yield each row as an object of lists, text and numbers."""
    for row in rows:
        yield _object(row, rows.sheet)
        advance(1)


def _object(row: Row, sheet: Sheet) -> dict[str, Any]:
    plain = {column.name: _plain(value) for column, value in zip(sheet.columns, row.values)}
    return {**plain, "extra": row.extra} if row.extra else plain


def _plain(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, Decimal):
        return str(value)  # as a number, 12.50 would lose its last digit
    return list(value) if isinstance(value, tuple) else value
