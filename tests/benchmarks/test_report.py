"""The figures of a run: goals that are judged, tables and a picture that show them."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.cold import ColdStart
from benchmarks.picture import svg
from benchmarks.report import markdown, refresh
from benchmarks.results import Line, Results


def line(engine: str, workload: str, ms: float) -> Line:
    return Line(engine, workload, {"Python": "3"}, 100, 7, ms, ms, 10_000, 40.0, same_xml=True)


def results(ours: float) -> Results:
    return Results(
        machine={"processor": "one"},
        races={
            "A": [line("docsmith", "A", ours), line("docxtpl", "A", 70.0), line("carbone", "A", 12.0)],
            "AN": [line("docsmith", "AN", ours * 1.2), line("docsmith", "A", ours)],
            "R": [line("docsmith", "B", ours), line("docsmith", "R", ours * 40)],
        },
        left_out={"docx-templates": "docx-templates: npm is not on this machine"},
        memory={1_000: 35.0, 50_000: 35.5},
        cold=[ColdStart("docsmith", "docsmith", 90.0, 90.0), ColdStart("docxtpl", "python", 150.0, 150.0)],
    )


def verdicts(found: Results) -> dict[str, bool | None]:
    return {goal.text.split(":")[0] + " " + goal.found: goal.holds for goal in found.goals()}


def test_goals_hold_or_do_not_and_what_was_not_measured_is_neither() -> None:
    fast, slow = verdicts(results(1.0)), verdicts(results(2.0))
    assert fast["A 70.0 ×"] is True
    assert fast["A 12.0 ×"] is True
    assert slow["A 35.0 ×"] is False
    assert slow["A 6.0 ×"] is False
    assert fast["B not measured"] is None
    assert [holds for text, holds in fast.items() if text.endswith("+20%")] == [False]
    assert [holds for text, holds in fast.items() if text.endswith("+0%")] == [True]
    assert [holds for text, holds in fast.items() if text.endswith("+0.5 MB")] == [True]
    assert [holds for text, holds in fast.items() if text.endswith("90 ms against 150 ms")] == [True]


def test_results_are_read_as_they_were_saved(tmp_path: Path) -> None:
    saved = results(1.0)
    saved.save(tmp_path / "results.json")
    assert Results.load(tmp_path / "results.json") == saved


def test_the_report_names_engines_left_out_and_goals_that_do_not_hold() -> None:
    text = markdown(results(2.0))
    assert "docx-templates: npm is not on this machine" in text
    assert "| A: at least 70 × docxtpl | 35.0 × | **does not hold** |" in text


def test_a_page_is_refreshed_between_its_marks_only(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    old = "before\n<!-- measured -->\nstale figures\n<!-- end of measured -->\nafter\n"
    page.write_text(old, encoding="utf-8")
    refresh(page, results(1.0))
    refresh(page, results(1.0))
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- measured -->\n")
    assert text.endswith("<!-- end of measured -->\nafter\n")
    assert "stale" not in text
    assert text.count("### The goals") == 1


def test_the_picture_is_svg_and_shows_every_engine() -> None:
    picture = svg(results(1.0))
    ET.fromstring(picture)
    assert all(name in picture for name in ("docsmith", "docxtpl", "carbone"))
