"""A LibreOffice that fails in the ways it does: silently, by hanging, by halves, for all because of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from docsmith.pdf.converting import Converter, Limits, PdfProblem
from docsmith.pdf.soffice import Soffice
from tests.pdf.samples import document, fake_soffice
from tests.waiting import gone, wait_until, written

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fakes are scripts of a POSIX system")

# A fake answers within 0.1 s; on a machine with much to do, all of these pass before it has started.
PATIENT = Limits(start=20.0, each=0.0, alone=20.0)


def converted(soffice: Soffice, number: int = 3, limits: Limits = PATIENT) -> list[bytes | PdfProblem]:
    with Converter(soffice, limits) as converter:
        return converter.convert([document(str(one)) for one in range(number)])


def made(results: list[bytes | PdfProblem]) -> list[bool]:
    return [isinstance(one, bytes) for one in results]


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
        "    if one.name == '000001.docx' or len(sources) == 1: time.sleep(600)\n"
        "    one.with_suffix('.pdf').write_bytes(good)"
    )
    results = converted(fake_soffice(tmp_path, body), 4, Limits(start=5.0, each=0.0, alone=1.0))
    assert made(results) == [True, False, True, True]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_nothing_that_it_started_outlives_a_time_out(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    body = (
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(pids)!r}, 'a').write(f'{{os.getpid()}} {{child.pid}} ')\n"
        "time.sleep(600)"
    )
    for seconds in (1.0, 10.0, 60.0):  # until it had the time to start something
        (problem,) = converted(fake_soffice(tmp_path, body), 1, Limits(alone=seconds))
        assert isinstance(problem, PdfProblem)
        if written(pids):
            break
    for pid in map(int, pids.read_text(encoding="utf-8").split()):
        wait_until(gone, pid)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_nothing_that_it_left_behind_outlives_a_call(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    body = (
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(pids)!r}, 'w').write(str(child.pid))\n"
        "sources[0].with_suffix('.pdf').write_bytes(good)"
    )
    assert made(converted(fake_soffice(tmp_path, body), 1)) == [True]
    wait_until(gone, int(written(pids)))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_killed_worker_leaves_no_process_and_no_document(tmp_path: Path) -> None:
    pids, work = tmp_path / "pids", tmp_path / "work"
    work.mkdir()
    body = (
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} ')\n"
        "number = 0\n"
        "while True:\n"  # it goes on writing while its files are being deleted
        "    number += 1\n"
        "    out.mkdir(exist_ok=True); (out / f'{number}.tmp').write_text('personal data')\n"
    )
    fake_soffice(tmp_path, body)
    program = (
        "import tempfile; from pathlib import Path\n"
        f"tempfile.tempdir = {str(work)!r}\n"
        "from docsmith.pdf.converting import Converter; from docsmith.pdf.soffice import Soffice\n"
        "from tests.pdf.samples import document\n"
        f"Converter(Soffice(Path({str(tmp_path / 'soffice')!r}), '')).convert([document()])\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    wait_until(written, pids)
    assert list(work.rglob("*.docx"))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    wait_until(gone, int(written(pids)))
    wait_until(lambda: not list(work.rglob("call-*")))


def test_a_libreoffice_that_always_hangs_is_not_asked_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def never_done(*_command: object, **_limits: object) -> bool:
        nonlocal calls
        calls += 1
        return False

    monkeypatch.setattr("docsmith.pdf.converting.run_guarded", never_done)
    results = converted(fake_soffice(tmp_path, ""), 40)
    assert made(results) == [False] * 40
    assert "does not answer" in str(results[-1])
    assert calls == 5


def test_a_pdf_of_another_call_is_not_taken_for_this_one(tmp_path: Path) -> None:
    once = tmp_path / "once"
    body = (
        f"if not os.path.exists({str(once)!r}): sources[0].with_suffix('.pdf').write_bytes(good)\n"
        f"open({str(once)!r}, 'w').close()"
    )
    with Converter(fake_soffice(tmp_path, body), PATIENT) as converter:
        assert made(converter.convert([document()])) == [True]
        assert made(converter.convert([document()])) == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_document_that_needs_too_much_memory_is_a_problem(tmp_path: Path) -> None:
    body = "room = bytearray(1 << 30)\nfor one in sources: one.with_suffix('.pdf').write_bytes(good)"
    soffice = fake_soffice(tmp_path, body)
    for memory, is_made in ((1 << 29, False), (2 << 30, True)):
        with Converter(soffice, PATIENT._replace(memory=memory)) as converter:
            assert made(converter.convert([document()])) == [is_made]
