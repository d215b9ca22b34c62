"""``check``: everything that anybody objects to, and each thing once."""

from __future__ import annotations

from docsmith.engine.checking import check
from docsmith.model.dataset import Dataset
from docsmith.model.records import Activity, Ballot
from docsmith.model.rows import RowPlace
from docsmith.rules import RuleSettings
from tests.plugins.making import BRANCH, UNIT, manager


def test_what_a_rule_and_a_document_type_both_say_is_there_once_with_the_article() -> None:
    place = RowPlace("数据.xlsx", "测评", 3, {"returned": "E"})
    row = Ballot(branch=BRANCH.name, item="总体评价", issued=18, returned=19, valid=18, satisfied=18)
    dataset = Dataset(manager().schema, UNIT, {"branches": (BRANCH,), "ballots": (row.read_from(place),)})
    found = [one for one in check(dataset, manager(), RuleSettings(), 2026) if one.place.cell == "E3"]
    assert [finding.citation is not None for finding in found] == [True]


def test_events_of_other_years_are_noted_once_a_sheet() -> None:
    held = tuple(
        Activity(branch=BRANCH.name, kind="支委会", date=date) for date in ("2025-12-30", "2026-01-15")
    )
    dataset = Dataset(manager().schema, UNIT, {"branches": (BRANCH,), "activities": held})
    found = check(dataset, manager(), RuleSettings(), 2026)
    assert [one.code for one in found].count("rows-of-other-years") == 1
