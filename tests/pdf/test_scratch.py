"""The folders of PDFs: gone with their process, or with the next one; nobody else's is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docsmith.pdf.scratch import Scratch
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no folders")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def _of_another_process(temporary: Path) -> Iterator[tuple[Path, subprocess.Popen[bytes]]]:
    """Lend a folder, with a document in it, of a process that is killed at the end if not before."""
    program = (
        f"import tempfile, time; tempfile.tempdir = {str(temporary)!r}\n"
        "from docsmith.pdf.scratch import Scratch\n"
        "scratch = Scratch()\n"
        "(scratch.path / 'half').write_text('personal data')\n"
        "(scratch.path / 'half').rename(scratch.path / 'document')\n"
        "time.sleep(600)"
    )
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        (document,) = wait_until(lambda: list(temporary.glob("docsmith-pdf-*/document")))
        yield document.parent, process
    finally:
        process.kill()
        process.wait()


def test_a_folder_goes_with_what_is_in_it() -> None:
    with Scratch() as scratch:
        (scratch.path / "document").write_bytes(b"personal data")
    assert not scratch.path.exists()


def test_the_folder_of_a_killed_process_goes_when_the_next_one_begins(temporary: Path) -> None:
    with _of_another_process(temporary) as (folder, process):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert folder.exists()
        with Scratch() as scratch:
            assert list(temporary.iterdir()) == [scratch.path]


def test_the_folder_of_a_process_that_is_alive_stays(temporary: Path) -> None:
    with _of_another_process(temporary) as (folder, _process), Scratch():
        assert (folder / "document").exists()


def test_an_empty_folder_goes_only_when_it_is_old(temporary: Path) -> None:
    young, old = temporary / "docsmith-pdf-young", temporary / "docsmith-pdf-old"
    young.mkdir()
    old.mkdir()
    os.utime(old, (1, 1))
    with Scratch():
        assert (young.exists(), old.exists()) == (True, False)


def test_a_link_that_is_called_like_such_a_folder_is_not_followed(temporary: Path) -> None:
    precious = temporary / "precious"
    precious.mkdir()
    (precious / "file").write_bytes(b"")
    (temporary / "docsmith-pdf-link").symlink_to(precious)
    with Scratch():
        assert (precious / "file").exists()
