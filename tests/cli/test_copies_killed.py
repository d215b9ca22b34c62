"""Killed at any moment, a batch of documents for rows goes on to what it would have made undisturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.copies import MEMBERS, make_types, write_csv, write_talks
from tests.cli.office import command, documents, environment, run
from tests.kills import number_of_kills
from tests.waiting import LONG, wait_until

KILLS = number_of_kills(4)
BRANCHES = 60  # two tickets
NAMES = [f"第{number}党支部" for number in range(BRANCHES)]

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on Windows")


def _talks(branch: str, at: int) -> list[str]:
    return [f"{branch},2026-03-0{day},张{at},李{'四五'[day % 2]}" for day in range(1, 6)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose documents of last week are in ``before``, and then its data was changed."""
    folder = tmp_path_factory.mktemp("office")
    data = folder / "数据"
    data.mkdir()
    make_types(folder / "文种")
    (folder / "docsmith.toml").write_text("data = '数据'\nplugins = '文种'\n", encoding="utf-8")
    write_csv(data, "单位", "项目,内容", "单位名称,研究所", "年度,2026")
    write_csv(data, "支部", "支部名称,书记", *(f"{name},张三" for name in NAMES))
    write_csv(data, "党员", MEMBERS, *(f"{name},钱七,男,正式党员" for name in NAMES))
    write_talks(data, *(row for at, name in enumerate(NAMES) for row in _talks(name, at)))
    assert _batch(folder, folder / "before") == 0
    # A talk that is new comes first, one is corrected, and one is gone: names must not change places.
    changed = [
        row
        for at, name in enumerate(NAMES)
        for row in [
            f"{name},2026-01-01,张{at},李四",
            *(one.replace("03-03", "03-13") for one in _talks(name, at)[1:]),
        ]
    ]
    write_talks(data, *changed)
    shutil.copytree(folder / "before", folder / "undisturbed")
    assert _batch(folder, folder / "undisturbed") == 0
    return folder


def _batch(office: Path, out: Path, *options: str) -> int:
    return run(office, "batch", *TYPES, "--out", out, *options).returncode


TYPES = ("谈话单", "名单表")


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments_each_row_still_has_its_own_document(
    office: Path, tmp_path: Path, jobs: int
) -> None:
    expected, before = documents(office / "undisturbed"), documents(office / "before")
    assert expected != before
    dice = random.Random(jobs)
    attempts = killed = 0
    while killed < KILLS:
        attempts += 1
        assert attempts < 10 * KILLS, "the kills come too late"
        out = tmp_path / f"out-{attempts}"
        shutil.copytree(office / "before", out)
        for _again in range(dice.randint(1, 3)):
            killed += _killed(office, out, jobs, before, dice)
            for name, content in documents(out).items():
                assert content in (expected[name], before.get(name))
        assert _batch(office, out, "--jobs", str(jobs)) == 0
        assert documents(out) == expected


def _killed(office: Path, out: Path, jobs: int, before: dict[str, bytes], dice: random.Random) -> bool:
    """Kill a batch once it has made some documents anew; return whether that struck."""
    process = subprocess.Popen(
        command("batch", *TYPES, "--out", out, "--jobs", str(jobs)),
        cwd=office,
        env=environment(office),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    enough = dice.randint(_number_changed(out, before), 4 * BRANCHES)
    wait_until(_has_changed, enough, out, before, process)
    if process.poll() is None:
        os.killpg(process.pid, dice.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
    _told, complaint = process.communicate(timeout=LONG)
    assert process.returncode in (0, 130, -signal.SIGKILL, -signal.SIGTERM), complaint
    return process.returncode != 0


def _number_changed(out: Path, before: dict[str, bytes]) -> int:
    return sum(before.get(name) != content for name, content in documents(out).items())


def _has_changed(number: int, out: Path, before: dict[str, bytes], process: subprocess.Popen[str]) -> bool:
    return process.poll() is not None or _number_changed(out, before) >= number


def test_a_set_that_was_made_in_part_is_made_to_its_end(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(office / "undisturbed", out)
    expected = documents(out)
    for path in out.glob("2026/第1*党支部/谈话单/李四*.docx"):
        path.unlink()
    assert documents(out) != expected
    assert _batch(office, out) == 0
    assert documents(out) == expected
