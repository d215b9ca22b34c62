"""Each rule on data that it objects to and on data that it has nothing against (``cases.py``)."""

import pytest

from docsmith.model.dataset import Dataset
from docsmith.model.verdicts import Outcome
from docsmith.rules import RuleSettings, check_dataset, evaluate
from tests.rules.branches import QUARTERLY, dossier, meetings, monthly, people
from tests.rules.cases import QUIET, TRIGGERS, Case


def _findings(case: Case):
    settings = RuleSettings.from_table({case.rule: case.parameters} if case.parameters else {})
    data = case.make()
    if isinstance(data, Dataset):
        return [f for f in check_dataset(data, settings) if f.citation.rule == case.rule]
    return evaluate(data, settings)[case.rule].findings


def _name(case: Case) -> str:
    return f"{case.rule} {case.shows}"


@pytest.mark.parametrize("case", TRIGGERS, ids=_name)
def test_a_rule_objects(case):
    found = _findings(case)
    assert found
    for finding in found:
        assert finding.message
        assert finding.hint
        assert finding.place.sheet
        assert finding.citation.rule == case.rule
        assert "{" not in finding.message + finding.hint


@pytest.mark.parametrize("case", QUIET, ids=_name)
def test_a_rule_has_nothing_to_say(case):
    assert _findings(case) == ([] if isinstance(case.make(), Dataset) else ())


def _evidence(rule: str, **said: object) -> str:
    return evaluate(dossier(**said))[rule].evidence


def test_evidence_lists_the_days():
    said = _evidence("R-08", activities=meetings("支部党员大会", *QUARTERLY))
    assert said == "支部党员大会：3月5日、6月12日、9月3日、12月4日，每季度1次"


def test_evidence_counts_many_days():
    assert _evidence("R-12", activities=monthly("主题党日")) == "主题党日：共12次，每月1次"


def test_evidence_names_what_is_missing():
    said = _evidence("R-12", activities=monthly("主题党日", until=8))
    assert said == "主题党日：共8次；9—12月未见记录"


def test_evidence_is_dated_where_the_period_is_open():
    meetings_so_far = meetings("支部党员大会", *QUARTERLY[:3])
    said = _evidence("R-08", report_date="2026-12-08", activities=meetings_so_far)
    assert said == "支部党员大会：3月5日、6月12日、9月3日，每季度1次（截至12月8日）"


def test_evidence_says_more_than_once_a_quarter():
    said = _evidence("R-08", activities=meetings("支部党员大会", *QUARTERLY, "12-18"))
    assert said.endswith("，每季度不少于1次")


def test_a_branch_without_any_record_gets_one_finding():
    findings = [f for verdict in evaluate(dossier()).values() for f in verdict.findings]
    assert [f.citation.rule for f in findings] == ["X-01"]


def test_a_branch_without_any_record_claims_nothing():
    outcomes = {v.outcome for rule, v in evaluate(dossier()).items() if rule not in ("X-01", "R-05")}
    assert outcomes == {Outcome.UNKNOWN}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("R-03", {"members": people(9), "about": {"secretary": "甲", "other_members": ("乙", "丙")}}),
        ("R-04", {"members": people(5)}),
        ("R-06", {"about": {"term_started_on": "2025-03-20"}}),
        ("R-16", {"activities": monthly("支委会")}),
        ("R-19", {"members": people(5)}),
    ],
)
def test_what_the_data_leaves_open_is_not_claimed(rule, said):
    assert evaluate(dossier(**said))[rule].outcome is Outcome.UNKNOWN


def test_a_small_branch_needs_no_committee():
    verdicts = evaluate(dossier(members=people(5), activities=monthly("主题党日")))
    assert verdicts["R-03"].outcome is verdicts["R-10"].outcome is Outcome.NOT_APPLICABLE
    assert verdicts["R-11"].outcome is Outcome.NOT_APPLICABLE


def test_what_is_owed_by_the_end_of_the_year_is_a_reminder_in_december():
    verdict = evaluate(dossier(report_date="2026-12-08", activities=monthly("支委会")))["R-14"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert [f.severity.value for f in verdict.findings] == ["info"]


def test_a_finding_points_at_its_cell():
    data = dossier(activities=meetings("支委会", "03-05", "04-09", chair="甲", recorder="甲"))
    places = [str(f.place) for f in evaluate(data)["X-10"].findings]
    assert places == ["数据.xlsx activities!B2", "数据.xlsx activities!B3"]


def test_what_is_missing_points_at_the_sheet():
    finding = evaluate(dossier(members=people(9)))["X-01"].findings[0]
    assert str(finding.place) == "组织生活"
    assert finding.branch == "第一党支部"
