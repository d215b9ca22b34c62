"""Files that are too large for memory take their places by the same rules as documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.undo import undo
from docsmith.engine.writing import Document, Placed, Status, Writer

PATH = "2026/打印册.pdf"
ORIGIN = Origin("print-pack", "", "", "1.0", year=2026)


def _place(out: Path, content: bytes, *, durable: bool = False) -> Placed:
    with Ledger(out) as ledger:
        ledger.begin("test", {})
        writer = Writer(out, ledger, durable=durable)
        file = writer.scratch()
        file.write_bytes(content)
        (placed,) = writer.place_all([Document(out / PATH, b"", ORIGIN, str(file))])
    assert isinstance(placed, Placed)
    return placed


@pytest.mark.parametrize("durable", [False, True])
def test_a_large_file_moves_to_its_place(tmp_path: Path, durable: bool) -> None:
    assert _place(tmp_path, b"large", durable=durable) == Placed(Status.WRITTEN, tmp_path / PATH)
    assert (tmp_path / PATH).read_bytes() == b"large"
    assert list((tmp_path / ".docsmith/new").iterdir()) == []


def test_the_same_large_file_stays_untouched(tmp_path: Path) -> None:
    _place(tmp_path, b"large")
    before = (tmp_path / PATH).stat()
    assert _place(tmp_path, b"large").status is Status.UNCHANGED
    assert (tmp_path / PATH).stat().st_ino == before.st_ino


def test_what_a_person_put_there_stays_and_the_large_file_goes_beside_it(tmp_path: Path) -> None:
    _place(tmp_path, b"large")
    (tmp_path / PATH).write_bytes(b"a person's")
    placed = _place(tmp_path, b"larger")
    assert placed == Placed(Status.KEPT, tmp_path / PATH, tmp_path / "2026/打印册（新）.pdf")
    assert (tmp_path / PATH).read_bytes() == b"a person's"


def test_undo_brings_back_the_large_file_of_before(tmp_path: Path) -> None:
    _place(tmp_path, b"large")
    _place(tmp_path, b"larger")
    list(undo(tmp_path))
    assert (tmp_path / PATH).read_bytes() == b"large"


def test_what_was_not_placed_is_swept_away_by_the_next_run(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin("test", {})
        left = Writer(tmp_path, ledger).scratch()
        left.write_bytes(b"half")
    _place(tmp_path, b"large")
    assert not left.exists()
