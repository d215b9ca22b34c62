"""Whether documents of different engines say the same: nothing is timed before that is certain."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from benchmarks.errors import DifferenceError
from benchmarks.workloads import Workload

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


class Agreement:
    """What the first engine prints for each workload; all the others have to print it as well."""

    def __init__(self) -> None:
        self._texts: dict[str, list[list[str]]] = {}
        self._first: dict[str, Sequence[Path]] = {}

    def check(self, workload: Workload, documents: Sequence[Path]) -> None:
        """Compare the first documents of an engine; raises :class:`DifferenceError` where they differ.

        Those that there is nothing to compare with have to hold every value of their contexts.
        """
        texts = [visible_text(document) for document in documents]
        if workload.key not in self._texts:
            for number, text in enumerate(texts):
                if missing := missing_values(workload.context(number), text):
                    raise DifferenceError(f"does not print {', '.join(missing[:5])}")
            self._texts[workload.key], self._first[workload.key] = texts, documents
        for wanted, found in zip(self._texts[workload.key], texts):
            if wrong := difference(wanted, found):
                raise DifferenceError(f"prints something else: {wrong}")

    def is_same_xml(self, workload: Workload, documents: Sequence[Path]) -> bool:
        """Return whether body, header and footer are canonically those of the first engine."""
        pairs = zip(self._first[workload.key], documents)
        return all(canonical(one) == canonical(other) for one, other in pairs)


def visible_text(document: Path) -> list[str]:
    """Return the paragraphs that hold text: of the body, then of header and footer.

    Engines differ in the empty paragraphs that a block leaves behind; those are passed over.
    """
    shown: list[str] = []
    for _name, data in _parts(document):
        for paragraph in ET.fromstring(data).iter(f"{_W}p"):  # noqa: S314  # made by us
            text = "".join(_text_of(paragraph))
            if text.strip():
                shown.append(text)
    return shown


def canonical(document: Path) -> Mapping[str, str]:
    """Return the body, header and footer by name, in the canonical form of XML (C14N 2.0)."""
    return {name: ET.canonicalize(data.decode(), rewrite_prefixes=True) for name, data in _parts(document)}


def missing_values(context: Mapping[str, Any], text: list[str]) -> list[str]:
    """Return the values of a context that a document does not show, by name: those of rows fill a paragraph.

    Truth values, and the texts that stand for a choice, are in the data for engines that cannot choose.
    """
    whole, paragraphs = "\n".join(text), set(text)
    shown = {name: str(value) for name, value in context.items() if isinstance(value, str | int)}
    missing = [name for name, value in shown.items() if value not in whole and value not in ("True", "False")]
    for number, row in enumerate(context.get("items", ()), 1):
        missing += [
            f"{name} of row {number}" for name in row if name != "ok" and str(row[name]) not in paragraphs
        ]
    return missing


def difference(expected: list[str], found: list[str]) -> str:
    """Return in a few words where two texts part; empty if they do not."""
    for number, (one, other) in enumerate(zip(expected, found), 1):
        if one != other:
            return f"paragraph {number} is {other[:60]!r} instead of {one[:60]!r}"
    if len(expected) != len(found):
        return f"{len(found)} paragraphs instead of {len(expected)}"
    return ""


def _parts(document: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(document) as archive:
        for name in sorted(archive.namelist()):
            if _SHOWN.fullmatch(name):
                yield name, archive.read(name)


def _text_of(paragraph: ET.Element) -> Iterator[str]:
    """Yield the text of a paragraph, w:br and w:cr as line breaks; docx-templates puts them into w:t."""
    for run in paragraph.iter(f"{_W}r"):
        for element in run.iter():
            if element.tag == f"{_W}t":
                yield element.text or ""
            elif element.tag in (f"{_W}br", f"{_W}cr"):
                yield f"\n{(element.tail or '').strip()}"
