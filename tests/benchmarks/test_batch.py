"""What a batch is measured with: data like a unit's, goals that are judged, a look at all that was made."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.batch import documents, store
from benchmarks.batch.bare import Bare
from benchmarks.batch.picture import svg
from benchmarks.batch.process import Sample, Spent
from benchmarks.batch.report import markdown
from benchmarks.batch.results import Killed, Results
from benchmarks.batch.rows import ROWS, Branches

from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.opening import open_source


def run(wall: float, cpu: float, *megabytes: float) -> Spent:
    samples = [Sample(float(number), size) for number, size in enumerate(megabytes)]
    return Spent(wall, cpu, tuple(samples))


def results(cpu: float = 1.0, last: float = 62.0) -> Results:
    return Results(
        branches=1000,
        machine={"processor": "one"},
        bare=Bare(0.012, 0.012),
        bare_count=300,
        runs={1: run(2.0, cpu, *[60.0] * 29, last), 2: run(1.0, cpu, *[120.0] * 30)},
        unchanged=run(0.5, 0.5, 50.0),
        killed=Killed(0.5, 480, 0, run(0.6, 0.6, 120.0), same=True),
        same_for_any_jobs=True,
    )


def test_branch_is_the_same_on_any_day_and_no_other() -> None:
    branches = Branches()
    one, again, other = (list(branches.rows(number)) for number in (7, 7, 8))
    assert one == again
    assert len(one) == 1 + sum(ROWS.values())
    told = {value for _sheet, row in one for value in row.values() if len(str(value)) >= 20}
    assert told.isdisjoint(value for _sheet, row in other for value in row.values())


def test_database_and_workbook_hold_the_same_rows_and_no_error(tmp_path: Path) -> None:
    store.workbook(tmp_path / "数据.xlsx", 3)
    typed = load([tmp_path / "数据.xlsx"], Schema.built_in())
    database = store.database(tmp_path, 3)
    with closing(open_source([f"sqlite:///{database}"], Schema.built_in(), ImportRules())) as source:
        (ticket,) = source.tickets(list(source.names()), 3)
        stored = source.reader().read(ticket).dataset(ticket.branches)
    for sheet in ("branches", *ROWS):
        rows = [record.values() for record in stored.tables[sheet]]
        assert rows == [record.values() for record in typed.tables[sheet]]
        assert len(rows) == 3 * ROWS.get(sheet, 1)
    found = (*typed.findings, *stored.findings)
    assert not [finding for finding in found if finding.severity is Severity.ERROR]


def test_database_is_made_once(tmp_path: Path) -> None:
    before = store.database(tmp_path, 1).stat().st_mtime_ns
    assert store.database(tmp_path, 1).stat().st_mtime_ns == before


def test_goals_hold_or_do_not() -> None:
    good = {text: holds for text, _found, holds in results().goals()}
    assert all(good.values())
    slow = [text for text, _found, holds in results(cpu=2.0, last=100.0).goals() if not holds]
    assert slow == [
        "one core makes at least 10 times as many documents as docxtpl",
        "memory stays flat with --jobs 1",
    ]


def test_report_and_picture_show_every_run() -> None:
    text, picture = markdown(results()), svg(results())
    assert "| `docsmith batch --jobs 1` | 500 | 2.0 | 1.0 | 1.000 | 12.0 | 62 |" in text
    assert "- killed after 0.5 s, with 480 of 1,000 documents made" in text
    ET.fromstring(picture)
    assert all(f"--jobs {jobs}" in shown for jobs in (1, 2) for shown in (text, picture))


def test_documents_are_looked_at_without_what_docsmith_keeps_beside_them(tmp_path: Path) -> None:
    for name, data in (("2026/甲.docx", b"PK\x05\x06"), ("2026/乙.docx", b"PK"), (".docsmith/丙.docx", b"")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert sorted(documents.digests(tmp_path)) == ["2026/乙.docx", "2026/甲.docx"]
    assert documents.torn_in(tmp_path) == 1
