"""The messy sample: each mistake that was put in is found at its cell, and nothing else."""

import json
from pathlib import Path

from docsmith.model.findings import Severity
from docsmith.sources.export import as_plain
from tests.sources.making import read

MESSY = Path(__file__).parents[2] / "fixtures" / "messy"


def _filled(row):
    return {key: value for key, value in row.items() if value not in (None, [], {})}


def test_each_seeded_mistake_is_found_and_no_other():
    expected = json.loads((MESSY / "expected.json").read_text(encoding="utf-8"))["findings"]
    found = [f for f in read(MESSY / "数据").findings if f.severity is not Severity.INFO]
    assert sorted(
        (f.place.file, f.place.sheet, f.place.cell, str(f.severity), f.code) for f in found
    ) == sorted((e["file"], e["sheet"], e["cell"], e["severity"], e["code"]) for e in expected)


def test_every_finding_says_what_to_do():
    for finding in read(MESSY / "数据").findings:
        assert finding.message
        assert finding.hint or finding.severity is Severity.INFO


def test_rows_that_can_be_read_are_read_right():
    expected = json.loads((MESSY / "expected.json").read_text(encoding="utf-8"))["records"]
    plain = as_plain(read(MESSY / "数据"))
    assert _filled(plain["unit"]) == expected.pop("unit")
    for sheet, rows in expected.items():
        assert [_filled(row) for row in plain[sheet]] == rows
