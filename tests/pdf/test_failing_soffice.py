"""A LibreOffice that fails in the ways it does: silently, by hanging, by halves, for all because of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from docsmith.pdf.converting import Converter, Limits, PdfProblem
from docsmith.pdf.soffice import Soffice
from tests.pdf.samples import document, fake_soffice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fakes are scripts of a POSIX system")

QUICK = Limits(start=1.5, each=0.0, alone=1.5)


def converted(soffice: Soffice, number: int = 3) -> list[bytes | PdfProblem]:
    with Converter(soffice, QUICK) as converter:
        return converter.convert([document(str(one)) for one in range(number)])


def made(results: list[bytes | PdfProblem]) -> list[bool]:
    return [isinstance(one, bytes) for one in results]


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(pid: int) -> None:
    for _attempt in range(50):
        if not is_running(pid):
            return
        time.sleep(0.1)
    pytest.fail(f"process {pid} outlived its converter")


def test_the_code_0_without_a_pdf_is_a_failure(tmp_path: Path) -> None:
    assert made(converted(fake_soffice(tmp_path, "sys.exit(0)"))) == [False] * 3


@pytest.mark.parametrize(
    "content", ["b''", "good[:-20]", "b'%PDF-1.4 %%EOF'", "b'x' + good", "good.replace(b'/Page', b'/Xage')"]
)
def test_a_pdf_that_is_not_whole_is_a_failure(tmp_path: Path, content: str) -> None:
    body = f"for one in sources: one.with_suffix('.pdf').write_bytes({content})"
    assert made(converted(fake_soffice(tmp_path, body), 1)) == [False]


def test_what_one_call_left_out_is_made_alone(tmp_path: Path) -> None:
    body = "sources[0].with_suffix('.pdf').write_bytes(good)"
    assert made(converted(fake_soffice(tmp_path, body))) == [True] * 3


def test_output_under_another_name_is_no_output(tmp_path: Path) -> None:
    body = "(out / 'document.pdf').write_bytes(good)"
    assert made(converted(fake_soffice(tmp_path, body))) == [False] * 3


def test_a_call_that_dies_of_one_document_makes_all_others(tmp_path: Path) -> None:
    counter = tmp_path / "calls"
    body = (
        f"open({str(counter)!r}, 'a').write('.')\n"
        "for one in sources:\n"
        "    if one.name == '000004.docx' or len(sources) == 1: os.kill(os.getpid(), 9)\n"
        "    one.with_suffix('.pdf').write_bytes(good)"
    )
    results = converted(fake_soffice(tmp_path, body), 10)
    assert made(results) == [number != 4 for number in range(10)]
    assert counter.read_text(encoding="utf-8") == "..."  # all, the rest, and the bad one alone


def test_a_call_that_hangs_on_one_document_makes_all_others(tmp_path: Path) -> None:
    body = (
        "for one in sources:\n"
        "    if one.name == '000001.docx' or len(sources) == 1: time.sleep(60)\n"
        "    one.with_suffix('.pdf').write_bytes(good)"
    )
    results = converted(fake_soffice(tmp_path, body), 4)
    assert made(results) == [True, False, True, True]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_nothing_that_it_started_outlives_a_time_out(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    body = (
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{child.pid}} ')\n"
        "time.sleep(600)"
    )
    (problem,) = converted(fake_soffice(tmp_path, body), 1)
    assert isinstance(problem, PdfProblem)
    for pid in map(int, pids.read_text(encoding="utf-8").split()):
        wait_until_gone(pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_nothing_that_it_left_behind_outlives_a_call(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    body = (
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(pids)!r}, 'w').write(str(child.pid))\n"
        "sources[0].with_suffix('.pdf').write_bytes(good)"
    )
    assert made(converted(fake_soffice(tmp_path, body), 1)) == [True]
    wait_until_gone(int(pids.read_text(encoding="utf-8")))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_killed_worker_leaves_no_process_and_no_document(tmp_path: Path) -> None:
    pids, work = tmp_path / "pids", tmp_path / "work"
    work.mkdir()
    fake_soffice(tmp_path, f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} ')\ntime.sleep(600)")
    program = (
        "import tempfile; from pathlib import Path\n"
        f"tempfile.tempdir = {str(work)!r}\n"
        "from docsmith.pdf.converting import Converter; from docsmith.pdf.soffice import Soffice\n"
        "from tests.pdf.samples import document\n"
        f"Converter(Soffice(Path({str(tmp_path / 'soffice')!r}), '')).convert([document()])\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    for _attempt in range(200):
        if pids.exists() and pids.read_text(encoding="utf-8"):
            break
        time.sleep(0.1)
    assert list(work.rglob("*.docx"))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    wait_until_gone(int(pids.read_text(encoding="utf-8")))
    assert list(work.rglob("*.docx")) == []


def test_a_libreoffice_that_always_hangs_is_not_asked_for_ever(tmp_path: Path) -> None:
    quick = Limits(start=0.3, each=0.0, alone=0.3)
    began = time.monotonic()
    with Converter(fake_soffice(tmp_path, "time.sleep(600)"), quick) as converter:
        results = converter.convert([document()] * 40)
    assert made(results) == [False] * 40
    assert "does not answer" in str(results[-1])
    assert time.monotonic() - began < 10


def test_a_pdf_of_another_call_is_not_taken_for_this_one(tmp_path: Path) -> None:
    once = tmp_path / "once"
    body = (
        f"if not os.path.exists({str(once)!r}): sources[0].with_suffix('.pdf').write_bytes(good)\n"
        f"open({str(once)!r}, 'w').close()"
    )
    with Converter(fake_soffice(tmp_path, body), QUICK) as converter:
        assert made(converter.convert([document()])) == [True]
        assert made(converter.convert([document()])) == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_document_that_needs_too_much_memory_is_a_problem(tmp_path: Path) -> None:
    body = "room = bytearray(1 << 30)\nfor one in sources: one.with_suffix('.pdf').write_bytes(good)"
    soffice = fake_soffice(tmp_path, body)
    for memory, is_made in ((1 << 29, False), (2 << 30, True)):
        with Converter(soffice, QUICK._replace(alone=20.0, memory=memory)) as converter:
            assert made(converter.convert([document()])) == [is_made]
