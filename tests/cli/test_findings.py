"""The listing of findings: what it keeps of very many is what would be printed of all of them."""

from __future__ import annotations

import tracemalloc
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsmith.cli.findings import MANY_ALIKE, MOST_LINES_PER_SHEET, Listing, show_findings
from docsmith.model.findings import Finding, Place, Severity

CELLS = st.builds(
    lambda column, row: f"{column}{row}", st.sampled_from(("A", "B", "AA")), st.integers(1, 9)
) | st.just("")
FINDINGS = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    message=st.sampled_from(("one thing", "another", "a third")),
    hint=st.sampled_from(("", "do this")),
    place=st.builds(Place, st.just("数据.xlsx"), st.sampled_from(("党员", "测评", "")), CELLS),
    branch=st.sampled_from(("", "第一党支部")),
)


def shown_at_once(findings: list[Finding], most: int) -> list[str]:
    """Return the messages, cells and numbers that are printed, told from all findings together."""
    said: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    alone: list[Finding] = []
    for one in findings:
        is_note = one.severity is Severity.INFO and one.place.cell and not one.branch
        (said[one.message, one.hint] if is_note else alone).append(one)
    alike = [group for group in said.values() if MANY_ALIKE <= len(group) <= most]
    alone += [one for one in findings if any(one in group for group in said.values() if group not in alike)]
    sheets: dict[str, list[Finding]] = defaultdict(list)
    for one in alone:
        sheets[one.place.sheet].append(one)
    lines = []
    for found in sheets.values():
        placed = sorted(found, key=lambda one: _row_and_column(one.place.cell))
        lines += [f"{one.place.cell} {one.message}" for one in placed[:most]]
        lines += [f"{len(found) - most} more"] if len(found) > most else []
    return lines + ["、".join(str(one.place) for one in group) for group in alike]


def _row_and_column(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


@pytest.fixture
def few_lines(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("docsmith.cli.findings.MOST_LINES_PER_SHEET", 3)
    return 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FINDINGS, max_size=25, unique_by=lambda one: (one.place, one.branch, one.message, one.hint)))
def test_what_is_kept_of_many_is_what_is_shown_of_all(
    few_lines: int, capsys: pytest.CaptureFixture[str], findings: list[Finding]
) -> None:
    capsys.readouterr()
    show_findings(findings)
    lines = capsys.readouterr().out.splitlines()
    at = 0
    for expected in shown_at_once(findings, few_lines):
        words = expected.split()
        while not all(word in lines[at] for word in words):
            at += 1
            assert at < len(lines), f"{expected} is not where it should be in {lines}"


def test_sheets_stand_by_rank_however_the_findings_come(capsys: pytest.CaptureFixture[str]) -> None:
    listing = Listing()
    for rank, sheet in ((3, "测评"), (1, "党员"), (3, "支部"), (2, "组织生活"), (0, "支部")):
        listing.add(Finding(Severity.ERROR, "wrong", place=Place("x", sheet, "A2")), (rank,))
    listing.show()
    titles = [line for line in capsys.readouterr().out.splitlines() if line.startswith("x ")]
    assert titles == ["x 支部", "x 党员", "x 组织生活", "x 测评"]


def test_memory_does_not_grow_with_the_findings() -> None:
    tracemalloc.start()
    listing = Listing()
    for row in range(20_000):
        severity = Severity.INFO if row % 2 else Severity.ERROR
        listing.add(Finding(severity, f"wrong {row}", place=Place("x", "党员", f"A{row}")))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert listing.counts.total() == 20_000
    assert most < 1_000_000  # bytes; 450,000 are usual, and all findings take 8,000,000


def test_a_note_of_too_many_cells_is_listed_at_them(capsys: pytest.CaptureFixture[str]) -> None:
    show_findings(
        Finding(Severity.INFO, "an example", place=Place("x", f"s{row % 2}", f"A{row}"))
        for row in range(MOST_LINES_PER_SHEET + 1)
    )
    assert capsys.readouterr().out.count("an example") == MOST_LINES_PER_SHEET + 1
