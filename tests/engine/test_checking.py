"""``check``: everything that anybody objects to, each thing once, however the branches are portioned."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from docsmith.engine.checking import check
from docsmith.engine.loading import open_data
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Activity, Ballot, Branch, Member, Unit
from docsmith.model.rows import RowPlace
from docsmith.model.survey import USUAL_SURVEY
from docsmith.rules import RuleSettings
from tests.plugins.making import BRANCH, UNIT, manager
from tests.shares_for_tests import InShares, findings_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
SETTINGS = RuleSettings()


def test_what_a_rule_and_a_document_type_both_say_is_there_once_with_the_article() -> None:
    place = RowPlace("数据.xlsx", "测评", 3, {"returned": "E"})
    row = Ballot(branch=BRANCH.name, item="总体评价", issued=18, returned=19, valid=18, satisfied=18)
    dataset = Dataset(manager().schema, UNIT, {"branches": (BRANCH,), "ballots": (row.read_from(place),)})
    found = [one for one in findings_of(dataset, manager(), SETTINGS, 2026) if one.place.cell == "E3"]
    assert [finding.citation is not None for finding in found] == [True]


def events(*dates: str, of: str = BRANCH.name) -> tuple[Activity, ...]:
    """Activities in the rows from 2 on."""
    return tuple(
        Activity(branch=of, kind="支委会", date=date).read_from(
            RowPlace("数据.xlsx", "组织生活", row, {"date": "C"})
        )
        for row, date in enumerate(dates, start=2)
    )


def test_events_of_other_years_are_noted_once_a_sheet_at_the_first_of_them(one_at_a_time: None) -> None:
    others = tuple(Branch(name=f"第{number}支部") for number in range(3))
    held = events("2025-12-30", "2025-11-30", "2026-01-15", "2025-01-15")
    names = [others[1].name, others[0].name, others[0].name, others[2].name]
    of = tuple(one.changed(branch=name) for one, name in zip(held, names))
    dataset = Dataset(manager().schema, UNIT, {"branches": others, "activities": of})
    found = findings_of(dataset, manager(), SETTINGS, 2026)
    (note,) = [one for one in found if one.code == "rows-of-other-years"]
    assert (note.place.cell, note.message.startswith("3 rows")) == ("C2", True)


def test_the_rules_say_nothing_while_the_year_is_in_doubt() -> None:
    people = tuple(Member(branch=BRANCH.name, name=name) for name in ("张三", "李四"))
    dataset = Dataset(manager().schema, UNIT, {"branches": (BRANCH,), "members": people})
    wrong = FailedRow("unit", (), Finding(Severity.ERROR, "the year is missing"))
    in_doubt = Dataset(manager().schema, UNIT, dataset.tables, failed=(wrong,))
    said, unsaid = (findings_of(one, manager(), SETTINGS, 2026) for one in (dataset, in_doubt))
    assert any(finding.citation for finding in said)
    assert not any(finding.citation for finding in unsaid)


def test_what_only_all_branches_show_is_the_same_in_portions(one_at_a_time: None) -> None:
    unit = Unit(name="示例局", superior="中共示例局总支部委员会", year=2026)
    branches = tuple(Branch(name=f"第{number}支部") for number in range(4))
    people = tuple(
        Member(branch=branch.name, name=f"党员{number}") for branch in branches for number in range(26)
    )
    dataset = Dataset(manager().schema, unit, {"branches": branches, "members": people})
    found = findings_of(dataset, manager(), SETTINGS, 2026)
    assert [one.message for one in found if one.code == "rule-j-01"] == [
        "the unit has 104 members and a general branch (党总支)"
    ]


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every branch is a portion of its own."""
    monkeypatch.setattr("docsmith.engine.portions.BRANCHES_AT_ONCE", 1)


@pytest.mark.parametrize("data", ["示例单位/数据.xlsx", "messy/数据"])
def test_the_findings_are_the_same_whatever_the_portions_are(
    data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> Counter[Finding]:
        source = open_data([FIXTURES / data], manager(), {})
        types = list(manager().types.values())
        return Counter(one.finding for one in check(source, manager(), types, SETTINGS, USUAL_SURVEY, None))

    at_once = found()
    assert at_once.total() == len(at_once) > 10
    for number in (1, 2):
        monkeypatch.setattr("docsmith.engine.portions.BRANCHES_AT_ONCE", number)
        assert found() == at_once


def test_a_source_without_a_branch_says_what_to_begin_with() -> None:
    found = findings_of(Dataset(manager().schema, UNIT), manager(), SETTINGS, 2026)
    assert found[0].code == "no-branch"


class Streamed(InShares):
    """Very many branches, of which each portion is made when it is read."""

    def __init__(self, number: int) -> None:
        super().__init__(Dataset(manager().schema, UNIT))
        self._number = number

    def names(self) -> Iterator[str]:
        return (f"第{number}支部" for number in range(self._number))

    def of(self, names: frozenset[str]) -> Dataset:
        tables = {
            "branches": tuple(Branch(name=name) for name in sorted(names)),
            "activities": tuple(one for name in sorted(names) for one in events("2025-03-05", of=name)),
            "members": tuple(
                Member(branch=name, name=f"党员{number}") for name in sorted(names) for number in range(5)
            ),
        }
        return Dataset(manager().schema, UNIT, tables)


def test_memory_does_not_grow_with_the_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docsmith.engine.portions.BRANCHES_AT_ONCE", 50)
    types = manager()

    def most_used(branches: int) -> int:
        tracemalloc.start()
        done: list[int] = []
        every = list(types.types.values())
        found = check(Streamed(branches), types, every, SETTINGS, USUAL_SURVEY, 2026, done.append)
        assert sum(one.finding.branch != "" for one in found) >= branches
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(done) == branches
        return most

    most_used(50)  # what is imported and kept once
    assert most_used(900) < most_used(300) + 300_000  # bytes; 600 branches take megabytes
