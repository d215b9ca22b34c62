"""Each rule on data that it objects to and on data that it has nothing against (``cases.py``)."""

import pytest

from docsmith.model.dataset import Dataset
from docsmith.model.findings import Severity
from docsmith.model.verdicts import Outcome
from docsmith.rules import RuleSettings, evaluate
from tests.rules.branches import QUARTERLY, check_dataset, dossier, meetings, monthly, people
from tests.rules.cases import FULL_COMMITTEE, QUIET, TRIGGERS, Case


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


FULL_TERM = {**FULL_COMMITTEE, "term_started_on": "2025-03-20"}


@pytest.mark.parametrize(
    ("rule", "said", "outcome"),
    [
        ("R-06", {"members": people(9), "about": FULL_TERM}, Outcome.MET),
        ("R-06", {"members": people(9), "about": {**FULL_TERM, "discipline_member": None}}, Outcome.UNKNOWN),
        ("R-06", {"members": people(5), "about": {**FULL_TERM, "discipline_member": None}}, Outcome.MET),
        ("R-06", {"about": {"secretary": "甲", "term_started_on": "2025-03-20"}}, Outcome.UNKNOWN),
        ("R-09", {"activities": meetings("支部党员大会", *QUARTERLY, due=18, present=16)}, Outcome.MET),
        ("R-10", {"activities": monthly("支委会")}, Outcome.MET),
        ("R-10b", {"activities": monthly("支委会")}, Outcome.UNKNOWN),
        ("R-10b", {"activities": monthly("支委会", due=5, present=3)}, Outcome.MET),
        ("R-10", {"activities": monthly("党课"), "about": {"secretary": "甲"}}, Outcome.UNKNOWN),
    ],
)
def test_a_rule_claims_what_the_data_shows_and_no_more(rule, said, outcome):
    assert evaluate(dossier(**said))[rule].outcome is outcome


def test_attendance_of_one_meeting_in_four_is_no_proof():
    held = [
        *meetings("支部党员大会", "03-05", due=18, present=16),
        *meetings("支部党员大会", *QUARTERLY[1:]),
    ]
    verdict = evaluate(dossier(activities=held))["R-09"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.evidence == "支部党员大会实到最少时应到18人、到16人；3次未填写人数"


def test_a_meeting_of_too_few_leaves_open_whether_they_voted():
    verdict = evaluate(dossier(activities=meetings("支部党员大会", "03-05", due=18, present=8)))["R-09"]
    assert verdict.outcome is Outcome.UNKNOWN
    assert [f.severity for f in verdict.findings] == [Severity.INFO]


@pytest.mark.parametrize(
    ("resolution", "outcome"),
    [
        ("赞成17票，表决通过", Outcome.MET),
        ("一致通过", Outcome.UNKNOWN),
        ("赞成9票，表决通过", Outcome.BREACHED),
    ],
)
def test_a_majority_needs_its_votes_written_down(resolution, outcome):
    data = dossier(activities=meetings("支部党员大会", "03-05", due=18, present=18, resolution=resolution))
    assert evaluate(data)["R-09b"].outcome is outcome


@pytest.mark.parametrize(
    ("rule", "kind", "topic"),
    [
        ("R-13", "集体学习", "传达党课管理规定"),
        ("R-14", "集体学习", "学习组织生活会有关规定"),
        ("R-14", "主题党日", "组织生活会"),
        ("R-14", "支委会", "研究组织生活会方案"),
        ("R-15", "集体学习", "民主评议党员制度解读"),
        ("R-15", "组织生活会", "通报民主评议结果"),
        ("R-17b", "其他", "参加局党委书记述职会"),
    ],
)
def test_a_topic_that_only_speaks_of_a_meeting_is_not_that_meeting(rule, kind, topic):
    verdict = evaluate(dossier(activities=meetings(kind, "10-15", topic=topic)))[rule]
    assert verdict.outcome is Outcome.BREACHED
    assert "10月15日" not in verdict.evidence


@pytest.mark.parametrize(
    ("rule", "kind", "topic"),
    [
        ("R-14", "支部党员大会", "2026年度组织生活会"),
        ("R-15", "组织生活会", "组织生活会和民主评议党员"),
        ("R-17b", "支部党员大会", "书记述职评议"),
    ],
)
def test_a_topic_that_may_be_the_meeting_leaves_it_open_and_asks(rule, kind, topic):
    verdict = evaluate(dossier(activities=meetings(kind, "12-04", topic=topic)))[rule]
    assert verdict.outcome is Outcome.UNKNOWN
    assert {f.severity for f in verdict.findings} == {Severity.INFO}
    assert topic in verdict.findings[-1].message


def test_topics_that_fill_only_some_of_the_gaps_leave_the_rule_breached():
    lectures = meetings("主题党日", "03-05", "06-12", topic="书记讲专题党课")
    assert evaluate(dossier(activities=lectures))["R-13"].outcome is Outcome.BREACHED


def test_an_election_that_may_have_been_is_not_denied():
    verdict = evaluate(dossier(activities=meetings("支部党员大会", "03-05", topic="讨论换届选举事宜")))[
        "E-01"
    ]
    assert verdict.outcome is Outcome.UNKNOWN


def test_a_talk_with_everybody_covers_nobody_and_breaches_nothing_else():
    talks = [
        {"date": "2026-05-12", "talker": "党员1", "listener": "党员2、党员3"},
        {"date": "2026-05-13", "talker": "党员1", "listener": "全体党员"},
    ]
    verdicts = evaluate(dossier(members=people(3), talks=talks))
    assert verdicts["R-16"].outcome is Outcome.MET
    assert [f.severity for f in verdicts["X-20"].findings] == [Severity.WARNING]
