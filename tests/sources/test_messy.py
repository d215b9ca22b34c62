"""The messy files of fixtures/: every seeded problem at its cell, nothing else, and the right records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docsmith.model.dataset import Dataset
from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.sources import load
from tests.sources.plain import as_plain

MESSY = Path(__file__).parents[2] / "fixtures" / "messy"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load([MESSY / "数据"], Schema.built_in())


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((MESSY / "expected.json").read_text(encoding="utf-8"))
    return content


def test_messy_findings_are_the_seeded_ones_and_no_others(dataset: Dataset, expected: dict[str, Any]) -> None:
    found = {
        (f.place.file, f.place.sheet, f.place.cell, str(f.severity), f.code)
        for f in dataset.findings
        if f.severity is not Severity.INFO
    }
    seeded = {tuple(finding.values()) for finding in expected["findings"]}
    assert found == seeded


def test_messy_findings_each_stand_once(dataset: Dataset, expected: dict[str, Any]) -> None:
    found = [f for f in dataset.findings if f.severity is not Severity.INFO]
    assert len(found) == len(expected["findings"])


def test_messy_findings_say_what_is_expected(dataset: Dataset) -> None:
    assert not [f for f in dataset.findings if f.severity is Severity.ERROR and not f.hint]


@pytest.mark.parametrize("sheet", list(Schema.built_in().sheets))
def test_messy_records_come_out_as_meant(dataset: Dataset, expected: dict[str, Any], sheet: str) -> None:
    assert _without_empty(as_plain(dataset)[sheet]) == expected["records"][sheet]


def test_messy_unknown_columns_are_reported_once_as_information(dataset: Dataset) -> None:
    places = [str(f.place) for f in dataset.findings if f.code == "column-unknown"]
    assert sorted(places) == ["各支部汇总.xlsx 三会一课!A1", "各支部汇总.xlsx 党员花名册!N4"]


def test_messy_rows_with_errors_stop_only_the_branches_that_they_name(dataset: Dataset) -> None:
    stopped = {(row.finding.place.cell, row.branches) for row in dataset.failed}
    assert ("H12", ("第二党支部",)) in stopped
    assert ("C18", ("展教支部", "展教党支部")) in stopped


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in (None, [])}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value
