"""The Chinese catalogue: bring it up to date with the source strings, and compile it.

``python -m tools.catalogue`` extracts every message of docsmith, of the bundled plugins and of the installed
click, keeps the translations that there are, and lists what is still to be translated in
``src/docsmith/locale/zh_CN/LC_MESSAGES/docsmith.po``. Run it again after translating.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "src" / "docsmith" / "locale" / "zh_CN" / "LC_MESSAGES" / "docsmith.po"
MO = PO.with_suffix(".mo")
SOURCES = {
    "src/docsmith": ROOT / "src" / "docsmith",
    "plugins": ROOT / "plugins",
    "click": Path(click.__file__).parent,
}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
# A catalogue is a pure function of sources and translations: no clock in it.
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def extracted() -> Catalog:
    """Return every message of the sources, with the files that it is in."""
    catalog = Catalog(locale="zh_CN", domain="docsmith", project="docsmith", charset="utf-8", fuzzy=False)
    for name, folder in SOURCES.items():
        found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=_KEYWORDS, options_map={})
        for file, _line, message, _comments, context in found:
            catalog.add(message, locations=[(f"{name}/{file}", 0)], context=context)
    return catalog


def translated() -> Catalog:
    """Return the catalogue as it stands in the repository."""
    if not PO.is_file():
        return Catalog(locale="zh_CN", domain="docsmith")
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh_CN", domain="docsmith", charset="utf-8")


def updated() -> Catalog:
    """Return the catalogue with exactly the messages of the sources, each with the translation it has."""
    catalog, known = extracted(), translated()
    for message in messages(catalog):
        if before := known.get(message.id):
            message.string = before.string
            message.flags = set(before.flags)
    catalog.creation_date = catalog.revision_date = _NO_DATE
    catalog.last_translator = catalog.language_team = "docsmith"
    catalog.header_comment = "# The Chinese catalogue of docsmith; see tools/catalogue.py."
    return catalog


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def untranslated(catalog: Catalog) -> list[Message]:
    """Return the messages that have no translation, or only a doubtful one."""
    return [message for message in messages(catalog) if message.fuzzy or not all(_forms(message))]


def _forms(message: Message) -> Sequence[object]:
    """Return the translation of a message, in each of its forms."""
    return message.string if isinstance(message.string, list | tuple) else [message.string]


def as_po(catalog: Catalog) -> bytes:
    """Return a catalogue as text for translators: sorted, with files but no line numbers."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalogue compiled for gettext."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def main() -> int:
    """Write both files; the exit code is 1 where something is still to be translated."""
    catalog = updated()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalog))
    MO.write_bytes(as_mo(catalog))
    missing = untranslated(catalog)
    for message in missing:
        print(f"still to be translated: {message.id}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
