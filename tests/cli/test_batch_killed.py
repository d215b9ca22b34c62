"""Killed at any moment, a batch goes on to the files that it would have made undisturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.office import command, documents, environment, run, tables_of, write_workbook
from tests.kills import number_of_kills
from tests.waiting import LONG, wait_until

KILLS = number_of_kills(4)
BRANCHES = 110  # three tickets
TYPES = ("self-check", "problem-list")

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on Windows")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_workbook(folder / "数据.xlsx", tables_of(BRANCHES))
    done = run(folder, "batch", *TYPES, "--data", "数据.xlsx", "--out", "undisturbed")
    assert done.returncode == 0, done.stderr
    return folder


def _start(office: Path, out: Path, *options: str, types: tuple[str, ...] = TYPES) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("batch", *types, "--data", "数据.xlsx", "--out", out, *options),
        cwd=office,
        env=environment(office),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def _number_in(out: Path) -> int:
    return len(list(out.glob("2026/*/*.docx")))


def _has_made(number: int, out: Path, process: subprocess.Popen[str]) -> bool:
    """Say whether so many documents are there; a batch that has ended has made what it makes."""
    return _number_in(out) >= number or process.poll() is not None


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments_it_ends_with_the_same_bytes(
    office: Path, tmp_path: Path, jobs: int
) -> None:
    expected = documents(office / "undisturbed")
    dice = random.Random(jobs)
    attempts = killed = 0
    while killed < KILLS:
        attempts += 1
        assert attempts < 10 * KILLS, "the kills come too late"
        out = tmp_path / f"out-{attempts}"
        for _again in range(dice.randint(1, 3)):
            killed += _killed(_start(office, out, "--jobs", str(jobs)), out, dice)
            found = documents(out)
            assert not {name for name, content in found.items() if expected.get(name, content) != content}
        done = run(office, "batch", *TYPES, "--data", "数据.xlsx", "--out", out, "--jobs", str(jobs))
        assert done.returncode == 0, done.stderr
        assert documents(out) == expected


def _killed(process: subprocess.Popen[str], out: Path, dice: random.Random) -> bool:
    """Kill a batch once it has made some documents, no one knows how many; return whether that struck."""
    enough = dice.randint(_number_in(out), len(TYPES) * BRANCHES)
    wait_until(_has_made, enough, out, process)
    if process.poll() is None:
        os.killpg(process.pid, dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    _told, complaint = process.communicate(timeout=LONG)
    # 130: it took the request to end politely, and -15: before it was ready to.
    assert process.returncode in (0, 130, -signal.SIGKILL, -signal.SIGTERM), complaint
    return process.returncode != 0


def test_ctrl_c_stops_cleanly_says_how_to_go_on_and_reports(office: Path, tmp_path: Path) -> None:
    for attempt in range(10):
        out = tmp_path / f"out-{attempt}"
        process = _start(office, out, types=())  # all five types: the first ticket alone is 250 documents
        wait_until(_has_made, 1, out, process)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        told, complaint = process.communicate(timeout=LONG)
        assert "Traceback" not in complaint
        assert len(list(out.glob("批量报告/*/报告.xlsx"))) == 1
        if process.returncode != 0:
            break
    assert process.returncode == 130, complaint
    assert "same command" in told


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the processes of a process are in /proc")
def test_a_worker_that_is_killed_costs_no_document(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = _start(office, out, "--jobs", "2")
    wait_until(_number_in, out)
    children = _children(process.pid)
    for child in children:
        os.kill(child, signal.SIGKILL)
    told, complaint = process.communicate(timeout=LONG)
    assert children
    assert process.returncode == 0, told + complaint
    assert documents(out) == documents(office / "undisturbed")


def _children(parent: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
