"""What a document is made from, as one digest: where it is the same, the document need not be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from docsmith._version import VERSION
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.files import own_files
from docsmith.plugin.origins import INSTALLED

Examples = Mapping[str, tuple[Record, ...]]
_DIGEST_BYTES = 20
_CODE = (".py", ".toml")


def stamp_of_type(document_type: DocumentType) -> bytes:
    """Return the digest of a document type: everything in its folder, its template, its options.

    Raises :class:`docsmith.errors.PluginError` for a folder that cannot be read, or is too large.
    """
    folder, manifest = document_type.folder, document_type.manifest
    named = filter(None, [manifest.python, *(sheet.rows for sheet in manifest.sheets)])
    files = {name: folder / name for name in named}
    files |= own_files(folder, bounded=document_type.kind not in INSTALLED)
    pieces = [piece for path in sorted(files.values()) for piece in _of_file(path, folder)]
    return digest_of(*pieces, document_type.template.read_bytes(), plainly(document_type.options))


def stamp_of_run(
    head: bytes,
    examples: Examples,
    schema: Schema,
    document_types: Iterable[DocumentType],
    decisions: Sequence[Any],
) -> bytes:
    """Return the digest of what all documents of a run share.

    That is the unit's data, the rows that plugins ship, the sheets and columns of all plugins, how all of
    them call their documents, docsmith itself, and what the unit and the command decide.
    """
    shipped = {sheet: [record.values() for record in records] for sheet, records in examples.items()}
    columns = {name: sheet.columns for name, sheet in schema.sheets.items()}
    names = [(one.id, one.title, one.manifest.output, one.manifest.per) for one in document_types]
    return digest_of(head, engine(), plainly((shipped, columns, names, decisions)))


def digest_of(*pieces: bytes) -> bytes:
    """Return one digest for several pieces, each with its length: none can pass for part of another."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.digest()


def plainly(value: Any) -> bytes:
    """Return settings as bytes, the same for the same settings whatever order they were written in."""
    return repr(_sorted(value)).encode(errors="backslashreplace")


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return sorted((str(key), _sorted(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return [_sorted(one) for one in value]
    return value


@cache
def engine() -> bytes:
    """Return the digest of docsmith itself: its version, its code, and what packs its documents."""
    from docsmith.template.package import deflate

    package = Path(__file__).parents[1]
    files = sorted(
        path for path in package.rglob("*") if path.suffix in _CODE and "_bundled" not in path.parts
    )
    pieces = [piece for path in files for piece in _of_file(path, package)]
    return digest_of(VERSION.encode(), deflate.PACKED_BY.encode(), *pieces)


def _of_file(path: Path, folder: Path) -> Iterable[bytes]:
    return path.relative_to(folder).as_posix().encode(errors="surrogateescape"), path.read_bytes()
