"""Runs into an output folder, for the tests of ledger, writer and undoing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docsmith.engine.ledger import Ledger, Origin, Written
from docsmith.engine.writing import Document, Placed, Writer
from docsmith.errors import OutputError

VERSION_1 = """
CREATE TABLE IF NOT EXISTS written (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, previous TEXT NOT NULL, document_type TEXT NOT NULL,
    branch TEXT NOT NULL, template TEXT NOT NULL, version TEXT NOT NULL
)
"""
"""The table of a ledger of docsmith 0.1."""


def whole(text: str) -> bytes:
    """Return what looks like a document, as far as it is told from a torn one."""
    return b"PK\x03\x04" + text.encode() * 20 + b"PK\x05\x06" + bytes(18)


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Lend a folder in memory, where there is such a thing: everything here waits for the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def documents(out: Path, contents: Mapping[str, bytes]) -> list[Document]:
    """Return documents for paths in an output folder; each is of the branch that its folder names."""
    return [
        Document(out / path, content, Origin("notice", Path(path).parent.name, "template", "1.0", year=2026))
        for path, content in contents.items()
    ]


def place(
    out: Path, contents: Mapping[str, bytes], *, force: bool = False, durable: bool = False
) -> list[Placed | OutputError]:
    """Place documents in a run of its own, all in one call."""
    with Ledger(out) as ledger, ledger.running("test", {}):
        return Writer(out, ledger, force=force, durable=durable).place_all(documents(out, contents))


def run_with(out: Path, contents: Mapping[str, bytes], *, force: bool = False) -> int:
    """Place documents in a run of its own; return its id."""
    for outcome in place(out, contents, force=force):
        assert not isinstance(outcome, OutputError), outcome
    with Ledger(out) as ledger:
        return ledger.runs()[-1].id


def files_of(out: Path) -> dict[str, bytes]:
    """Return all files but docsmith's own memory, by their paths in the output folder."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".docsmith" not in path.parts
    }


def rows_of(out: Path) -> dict[str, Written]:
    """Return everything that the ledger says of files."""
    with Ledger(out) as ledger, ledger.reading() as connection:
        paths = [path for (path,) in connection.execute("SELECT path FROM written")]
        return dict(ledger.rows(paths))
