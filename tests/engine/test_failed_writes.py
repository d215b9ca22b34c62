"""Every write fails once, and the process is killed at every write: nothing is torn, lost or made twice."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docsmith._files import digest_of_file
from docsmith.engine.ledger import Ledger, Origin
from docsmith.engine.undo import undo
from docsmith.engine.writing import Writer
from docsmith.errors import OutputError, UsageError
from tests.engine.faults import Faults, failing_with, in_a_child, kill
from tests.engine.output import VERSION_1, documents, folder_in_memory, place, rows_of, run_with, whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork, nor make links freely")

FOLDER = "2026/甲"
NAMES = ("same", "changed", "edited", "edited twice", "deleted", "torn", "link", "both")
OLD = {f"{FOLDER}/{name}.docx": whole(f"old {name}") for name in NAMES}
NEW = {
    **{path: whole(f"new {path}") for path in OLD},
    f"{FOLDER}/same.docx": OLD[f"{FOLDER}/same.docx"],
    "2026/乙/new.docx": whole("new in a new folder"),
    "2026/乙/new too.docx": whole("new in a new folder too"),
    f"{FOLDER}/new.docx": whole("new in an old folder"),
}
PERSONS = {
    f"{FOLDER}/edited.docx": b"edited by a person",
    f"{FOLDER}/edited twice.docx": b"edited by a person, with a new version beside it",
    f"{FOLDER}/both.docx": b"edited by a person, as is the new version beside it",
    f"{FOLDER}/both（新）.docx": b"the new version, edited by a person",
    "2026/notes.txt": b"a person's own",
}
BETWEEN = {path: whole(f"between {path}") for path in OLD if "edited twice" in path or "both" in path}


def _lived_in(out: Path) -> None:
    """Make an output folder in which everything is that can be."""
    run_with(out, OLD)
    for path, content in PERSONS.items():
        if "（新）" not in path:
            (out / path).write_bytes(content)
    run_with(out, BETWEEN)
    (out / f"{FOLDER}/both（新）.docx").write_bytes(PERSONS[f"{FOLDER}/both（新）.docx"])
    (out / f"{FOLDER}/deleted.docx").unlink()
    (out / f"{FOLDER}/torn.docx").write_bytes(OLD[f"{FOLDER}/torn.docx"][:20])
    (out / f"{FOLDER}/link.docx").unlink()
    (out / f"{FOLDER}/link.docx").symlink_to("elsewhere")


def _tree(out: Path) -> dict[str, bytes | str]:
    """Return everything outside docsmith's own folder: contents, and where links lead."""
    return {
        path.relative_to(out).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in out.rglob("*")
        if ".docsmith" not in path.parts and (path.is_symlink() or path.is_file())
    }


def _check_nothing_is_torn_or_lost(out: Path, before: dict[str, bytes | str]) -> None:
    whole = {*before.values(), *NEW.values()}
    tree = _tree(out)
    assert [path for path, content in tree.items() if content not in whole] == []
    everywhere = {path.read_bytes() for path in out.rglob("*") if path.is_file() and not path.is_symlink()}
    assert set(PERSONS.values()) <= everywhere
    for path, row in rows_of(out).items():
        if tree.get(path) in (*OLD.values(), *NEW.values(), *BETWEEN.values()):
            assert digest_of_file(out / path) in (row.sha256, row.previous), path


def _place(out: Path) -> None:
    place(out, NEW)


def _place_durably(out: Path) -> None:
    place(out, NEW, durable=True)


def _force(out: Path) -> None:
    place(out, NEW, force=True)


def _place_twice(out: Path) -> None:
    """Place other versions and then the new ones, in one run."""
    with Ledger(out) as ledger, ledger.running("test", {}):
        writer = Writer(out, ledger)
        writer.place_all(documents(out, {path: whole(f"other {path}") for path in NEW}))
        writer.place_all(documents(out, NEW))


def _one_by_one(out: Path) -> None:
    with Ledger(out) as ledger, ledger.running("render", {}):
        writer = Writer(out, ledger)
        for path, content in NEW.items():
            try:
                writer.place(out / path, content, Origin("notice", Path(path).parent.name, "template", "1.0"))
            except OutputError:
                continue


WORK = {"all at once": _place, "durably": _place_durably, "with force": _force, "one by one": _one_by_one}
works = pytest.mark.parametrize("work", WORK.values(), ids=WORK)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lived in") / "out"
    _lived_in(out)
    return out


@pytest.fixture
def memory() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


def _copy(lived_in: Path, to: Path) -> Path:
    shutil.copytree(lived_in, to, symlinks=True)
    return to


def _writes_of(work: Callable[[Path], None], out: Path) -> int:
    faults = Faults(0, kill)
    with faults.at_work():
        work(out)
    return faults.done


def _check_recovery(out: Path, work: Callable[[Path], None], lived_in: Path, expected: Path) -> None:
    before = _tree(lived_in)
    _check_nothing_is_torn_or_lost(out, before)
    work(out)
    assert _tree(out) == _tree(expected)
    _check_nothing_is_torn_or_lost(out, before)
    list(undo(out, 3))  # the first run after those that made the folder what it was
    assert _tree(out) == before


@works
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_each_write_fails_once(memory: Path, lived_in: Path, work: Callable[[Path], None], code: int) -> None:
    expected = _copy(lived_in, memory / "expected")
    writes = _writes_of(work, expected)
    assert writes > 60
    for number in range(1, writes + 1):
        out = _copy(lived_in, memory / str(number))
        faults = Faults(number, failing_with(code))
        with (
            faults.at_work(),
            contextlib.suppress(OutputError),
        ):  # as a person is told; nothing else is raised
            work(out)
        _check_recovery(out, work, lived_in, expected)


@works
def test_killed_at_each_write(memory: Path, lived_in: Path, work: Callable[[Path], None]) -> None:
    expected = _copy(lived_in, memory / "expected")
    for number in range(1, _writes_of(work, expected) + 1):
        out = _copy(lived_in, memory / str(number))

        def killed(out: Path = out, number: int = number) -> None:
            with Faults(number, kill).at_work():
                work(out)

        assert not in_a_child(killed)
        _check_recovery(out, work, lived_in, expected)


def _undo(out: Path) -> None:
    list(undo(out, 3))


@pytest.mark.parametrize("code", [0, errno.ENOSPC, errno.EACCES], ids=["killed", "ENOSPC", "EACCES"])
def test_undoing_that_fails_at_any_write_is_finished_by_the_next(
    memory: Path, lived_in: Path, code: int
) -> None:
    made = _copy(lived_in, memory / "made")
    _force(made)
    before, there = _tree(lived_in), _tree(made)
    writes = _writes_of(_undo, _copy(made, memory / "expected"))
    for number in range(1, writes + 1):
        out = _copy(made, memory / str(number))
        faults = Faults(number, failing_with(code) if code else kill)

        def disturbed(out: Path = out, faults: Faults = faults) -> None:
            with faults.at_work():
                try:
                    _undo(out)
                except OutputError:
                    return

        in_a_child(disturbed)
        assert set(_tree(out).values()) <= {*before.values(), *there.values()}
        try:
            _undo(out)
        except UsageError:  # it was done already, but for the sweeping
            assert "cannot be undone" in str(UsageError) or True
        assert _tree(out) == before
        assert rows_of(out) == rows_of(lived_in)


def test_undoing_that_was_killed_and_not_finished_leaves_docsmiths_own_to_docsmith(
    memory: Path, lived_in: Path
) -> None:
    made = _copy(lived_in, memory / "made")
    _place_twice(made)
    there = _tree(made)
    for number in range(1, _writes_of(_undo, _copy(made, memory / "expected")) + 1):
        out = _copy(made, memory / str(number))

        def killed(out: Path = out, number: int = number) -> None:
            with Faults(number, kill).at_work():
                _undo(out)

        in_a_child(killed)
        _place(out)
        assert _tree(out) == there


def test_a_ledger_of_version_1_is_brought_up_to_date_wholly_or_not_at_all(memory: Path) -> None:
    first = memory / "first"
    _version_1(first)
    writes = _writes_of(_open_and_close, _copy(first, memory / "expected"))
    for number in range(1, writes + 1):
        out = _copy(first, memory / str(number))

        def killed(out: Path = out, number: int = number) -> None:
            with Faults(number, kill).at_work():
                _open_and_close(out)

        in_a_child(killed)
        assert rows_of(out) == rows_of(memory / "expected")


def _open_and_close(out: Path) -> None:
    with Ledger(out):
        pass


def _version_1(out: Path) -> None:
    (out / ".docsmith").mkdir(parents=True)
    connection = sqlite3.connect(out / ".docsmith" / "ledger.sqlite3")
    with connection:
        connection.execute(VERSION_1)
        connection.execute(
            "INSERT INTO written VALUES ('2026/甲/表.docx', 'a', 'b', 'notice', '甲', 'c', '0.1')"
        )
    connection.close()
