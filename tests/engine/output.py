"""Runs into an output folder, for the tests of ledger, writer and undoing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docsmith.engine.ledger import Ledger, Origin, Written
from docsmith.engine.writing import Document, Placed, Writer
from docsmith.errors import OutputError


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
