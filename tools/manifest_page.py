"""The reference of ``plugin.toml``: every key as the code reads it, with what the code says of it."""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from docsmith.model.columns import Kind
from docsmith.model.findings import Severity
from docsmith.plugin.manifest import Manifest
from docsmith.plugin.shape import Shape
from docsmith.plugin.tables import Key, Table

IN_CHINESE: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_name("manifest_in_chinese.toml").read_text(encoding="utf-8")
)


def manifest_tables() -> list[type[Table]]:
    """Return the tables of ``plugin.toml``, the whole of it first."""
    return sorted(Table.__subclasses__(), key=lambda table: table is not Manifest)


def manifest() -> Iterator[str]:
    """Yield a section for each table of ``plugin.toml``: what it is for, and each key with an example."""
    whole, *inner = manifest_tables()
    sections = {one: list(_paths_to(one)) for one in inner}
    for one, paths in ((whole, ["plugin.toml"]), *sorted(sections.items(), key=lambda pair: pair[1])):
        yield f"## {'、'.join(f'`{path}`' for path in paths)}\n"
        yield (inspect.getdoc(one) or "").replace("``", "`") + "\n"
        for name, key in one.keys.items():
            yield from _key_section(name, key, one)


def _paths_to(inner: type[Table]) -> Iterator[str]:
    """Yield where in ``plugin.toml`` a table stands: ``[[sheets]] columns``."""
    for outer in manifest_tables():
        for name, annotation in outer.__annotations__.items():
            if re.search(rf"\b{inner.__name__}\b", annotation):
                yield f"[[{name}]]" if outer is Manifest else f"{next(_paths_to(outer))} {name}"


def _key_section(name: str, key: Key, table: type[Table]) -> Iterator[str]:
    needed = "must be there" if key.is_needed else _default_of(key.default)
    yield f"### {name}\n"
    kind = _type_of(table.__annotations__[name])
    if key.read([], "", []) == () and key.read("", "", []) == ("",):
        kind = "A text, or a list of texts"
    yield f"{IN_CHINESE[table.__name__][name]}\n"
    yield f"{kind}; {needed}. {key.says}\n"
    yield f"```toml\n{key.example}\n```\n"


def _default_of(default: object) -> str:
    if default in (None, (), {}, "", 0, False):
        return "may be left out"
    return f"`{json.dumps(default)}` by default"


_TYPES = {
    "str": "text",
    "int": "a whole number",
    "bool": "`true` or `false`",
    "tuple[str, ...]": "a list of texts",
    "Kind": "one of " + "、".join(f"`{kind}`" for kind in Kind),
    "Shape": "one of " + "、".join(f"`{shape}`" for shape in Shape),
    "Severity": "one of " + "、".join(f"`{severity}`" for severity in Severity),
}


def _type_of(annotation: str) -> str:
    """Return the annotation of a key in words."""
    plain = annotation.removesuffix(" | None")
    if plain in _TYPES:
        return _TYPES[plain].capitalize()
    if literal := re.fullmatch(r"Literal\[(.*)\]", plain):
        return " or ".join(f"`{word}`" for word in literal[1].replace("'", '"').split(", "))
    if plain == "str | int":
        return "Text or a whole number"
    if "tuple" in plain:
        return "Lists of tables, by name" if plain.startswith("Mapping") else "A list of tables"
    return "A table"
