"""Progress: read from a terminal, as a person would see it, and line by line with a clock in hand."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.cli.progress import progress
from docsmith.cli.progress_line import Step
from docsmith.cli.say import width

# It waits until what is to be seen was drawn; where nothing is to be drawn, long enough for it to appear.
WORK = """
import sys, time
import docsmith.cli.progress as module
from docsmith.cli.say import say
module._BEFORE_FIRST, module._BETWEEN = 0.02, 0.02
drawn = set()
draw = module._Display._draw
def draw_and_say_so(display, console):
    step = display._step
    now = step and (step.name, step.done)
    draw(display, console)
    drawn.add(now)
module._Display._draw = draw_and_say_so
def wait_for(*what):
    drawn.clear()
    deadline = time.monotonic() + (60 if {draws} else 0.3)
    while what not in drawn and time.monotonic() < deadline:
        time.sleep(0.005)
print('ready', flush=True)
with module.progress(as_json='--json' in sys.argv) as steps:
    with steps.step('读取 数据.xlsx'):
        wait_for('读取 数据.xlsx', 0)
    with steps.step('生成文档', total=4) as step:
        step.advance(2)
        wait_for('生成文档', 2)
        say('一行结果')
        say('一个问题', err=True)
        wait_for('生成文档', 2)
        {then}
print('done', 'rich' in sys.modules)
"""


def seen_on_a_terminal(
    then: str = "pass", *args: str, columns: int = 80, term: str = "xterm", draws: bool = True
) -> str:
    """Return all that a command writes to a terminal; ``then`` is what it does in the midst of a step."""
    pty, fcntl, termios = map(pytest.importorskip, ("pty", "fcntl", "termios"))
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", WORK.format(then=then, draws=draws), *args],
        stdin=its,
        stdout=its,
        stderr=its,
        env={**os.environ, "TERM": term, "PYTHONIOENCODING": "gbk:replace", "COLUMNS": ""},
    )
    os.close(its)
    seen = b""
    try:
        while piece := os.read(ours, 4096):
            seen += piece
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
        process.wait()
    return seen.decode("gbk")


def left_on(seen: str) -> list[str]:
    """Return the lines that stay on a terminal, where a return goes back and an erased line is gone."""
    lines = []
    for line in seen.replace("\r\n", "\n").split("\n"):
        shown = ""
        for piece in line.split("\r"):
            if piece.startswith("\x1b[2K"):
                shown = piece.removeprefix("\x1b[2K")
            elif piece:
                shown = piece.removesuffix("\x1b[0K")
        lines.append(shown)
    return lines


def test_steps_are_shown_one_after_the_other_and_nothing_is_left() -> None:
    seen = seen_on_a_terminal()
    assert seen.index("读取 数据.xlsx  0:01") < seen.index("生成文档  [##########----------]  2/4")
    assert left_on(seen) == ["ready", "一行结果", "一个问题", "done True", ""]
    assert "\x1b[?25l" not in seen  # a kill could never show the cursor again


def test_an_error_in_the_midst_stands_on_a_line_of_its_own() -> None:
    lines = left_on(seen_on_a_terminal("raise KeyboardInterrupt"))
    assert lines[3] == "Traceback (most recent call last):"
    assert not any("2/4" in line for line in lines)


@pytest.mark.parametrize(("args", "term"), [(("--json",), "xterm"), ((), "dumb")])
def test_nothing_is_drawn_with_json_or_on_a_terminal_that_cannot_go_back(
    args: tuple[str, ...], term: str
) -> None:
    lines = seen_on_a_terminal("pass", *args, term=term, draws=False).split("\r\n")
    assert lines[:3] == ["ready", "一行结果", "一个问题"]


def test_a_line_is_never_wider_than_the_terminal() -> None:
    seen = seen_on_a_terminal(columns=20)
    drawn = [piece.removesuffix("\x1b[0K") for piece in seen.split("\r") if piece.endswith("\x1b[0K")]
    assert drawn
    assert all(width(line) < 20 for line in drawn)


def test_nothing_is_written_where_there_is_no_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(then="pass", draws=False)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.splitlines() == ["ready", "一行结果", "done False"]
    assert done.stderr.splitlines() == ["一个问题"]


def test_to_count_costs_next_to_nothing() -> None:
    with progress() as steps, steps.step("x", total=100_000) as step:
        began = time.process_time()
        for _ in range(100_000):
            step.advance()
        assert time.process_time() - began < 0.5  # 0.006 s is usual
    assert step.done == step.total


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run_for(step: Step, clock: Clock, seconds: int, rate: Callable[[int], int]) -> list[str]:
    """Return the line of each second of a step that does ``rate(second)`` things in it."""
    lines = []
    for second in range(seconds):
        clock.now += 1
        step.advance(rate(second))
        lines.append(step.line(200))
    return lines


def test_a_line_says_how_many_how_fast_and_how_long() -> None:
    clock = Clock()
    (line,) = run_for(Step("making PDFs", 7300, clock=clock), clock, 1, lambda _: 1200)
    assert line == "making PDFs  [###-----------------]  1,200/7,300  1,200/s  0:06 left"


def test_the_bar_goes_before_the_name_is_cut() -> None:
    step = Step("checking branches", 2000)
    step.advance(1000)
    assert step.line(54) == "checking branches  [##########----------]  1,000/2,000"
    assert step.line(53) == "checking branches  1,000/2,000"
    assert step.line(28) == "checking branc…  1,000/2,000"


def test_without_a_total_the_time_that_has_passed_is_shown() -> None:
    clock = Clock()
    lines = run_for(Step("reading", clock=clock), clock, 3700, lambda _: 0)
    assert (lines[0], lines[-1]) == ("reading  0:01", "reading  1:01:40")


def test_a_slow_step_has_a_rate_with_a_decimal() -> None:
    clock = Clock()
    line = run_for(Step("x", 100, clock=clock), clock, 10, lambda second: second % 2)[-1]
    assert "  0.5/s  3:10 left" in line


def test_the_time_left_is_steady_where_work_comes_in_lumps() -> None:
    clock = Clock()
    step = Step("x", 100_000, clock=clock)
    left = []
    for second in range(1, 120):
        clock.now += 1
        step.advance(500 if second % 5 == 0 else 0)  # 100 a second
        minutes, _, seconds = step.line(200).rpartition("  ")[2].removesuffix(" left").rpartition(":")
        if second > 30:
            left.append(int(minutes) * 60 + int(seconds))
    assert max(abs(a - b) for a, b in pairwise(left)) <= 0.2 * max(left)


def test_the_rate_forgets_how_fast_it_went_long_ago() -> None:
    clock = Clock()
    lines = run_for(Step("x", 10**6, clock=clock), clock, 60, lambda s: 10_000 if s < 20 else 100)
    assert "  100/s  " in lines[-1]


@given(
    st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("读取党员"), max_size=40),
    st.integers(0, 120),
    st.none() | st.integers(0, 10**7),
    st.integers(0, 10**7),
)
def test_a_line_of_anything_fits_and_steers_no_terminal(
    name: str, columns: int, total: int | None, done: int
) -> None:
    clock = Clock()
    step = Step(name, total, clock=clock)
    step.advance(done)
    clock.now = 5.0
    line = step.line(columns)
    assert width(line) <= columns
    assert "\n" not in line
    assert "\x1b" not in line


def test_a_line_has_only_characters_that_a_gbk_console_has() -> None:
    clock = Clock()
    step = Step("正在生成一个名称非常长的文种的文档", 5000, clock=clock)
    step.advance(20)
    clock.now = 2.0
    assert all(step.line(columns).encode("gbk") is not None for columns in range(90))
