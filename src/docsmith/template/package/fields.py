"""The fields of a part (page numbers, tables of contents, DDE), whichever way they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docsmith.template.package.oxml import Element, w

_CODE = re.compile(r"\s*(=|[^\s\"\\]+)?\s*(?:\"([^\"]*)\"|(\\\\\S*|[^\s\\]\S*))?")

# Stands for the result of a field inside another one: a name that is computed is in no list of names.
_INNER = "{}"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in capitals and its first argument, empty if that is a switch."""

    name: str
    argument: str


def fields_of(root: Element) -> Iterator[Field]:
    """Yield every field of a part; the instruction of one may be split into many runs, and hold others."""
    open_codes: list[list[str]] = []
    for element in root.iter(w("fldSimple"), w("fldChar"), w("instrText"), w("delInstrText")):
        if element.tag == w("fldSimple"):
            yield from _field(element.get(w("instr"), ""))
        elif element.tag != w("fldChar"):
            if open_codes:
                open_codes[-1].append(element.text or "")
            else:
                yield from _field(element.text or "")
        elif element.get(w("fldCharType")) == "begin":
            if open_codes:
                open_codes[-1].append(_INNER)
            open_codes.append([])
        elif element.get(w("fldCharType")) == "end" and open_codes:
            yield from _field("".join(open_codes.pop()))
    for code in open_codes:
        yield from _field("".join(code))


def _field(code: str) -> Iterator[Field]:
    match = _CODE.match(code)
    if match and match[1]:
        name = "=" if match[1].startswith("=") else match[1].upper()
        yield Field(name, match[2] or match[3] or "")
