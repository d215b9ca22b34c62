from dataclasses import replace

import pytest

from docsmith.errors import UsageError
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding, Severity
from docsmith.model.verdicts import Outcome
from docsmith.rules import RuleSettings, evaluate
from tests.rules.branches import check_dataset, dataset, dossier, meetings, monthly, people

TWO_LECTURES = dossier(activities=meetings("党课", "03-05", "09-03"))


def _evaluate(data, **table):
    return evaluate(
        data, RuleSettings.from_table({name.replace("_", "-"): said for name, said in table.items()})
    )


def test_a_rule_can_be_switched_off():
    assert "R-13" not in _evaluate(TWO_LECTURES, R_13="off")


def test_a_parameter_can_be_changed():
    assert _evaluate(TWO_LECTURES)["R-13"].findings
    assert not _evaluate(TWO_LECTURES, R_13={"per_year": 2})["R-13"].findings


def test_a_parameter_that_rules_share_is_set_at_one_of_them():
    data = dossier(members=people(8), activities=monthly("党课"))
    assert {rule: _evaluate(data)[rule].outcome for rule in ("R-03", "R-04", "R-10")} == {
        "R-03": Outcome.BREACHED,
        "R-04": Outcome.NOT_APPLICABLE,
        "R-10": Outcome.BREACHED,
    }
    verdicts = _evaluate(data, R_03={"min_formal": 9})
    assert {rule: verdicts[rule].outcome for rule in ("R-03", "R-04", "R-10", "R-10b")} == {
        "R-03": Outcome.NOT_APPLICABLE,
        "R-04": Outcome.UNKNOWN,
        "R-10": Outcome.NOT_APPLICABLE,
        "R-10b": Outcome.NOT_APPLICABLE,
    }


@pytest.mark.parametrize("said", ["warning", {"severity": "warning"}])
def test_a_severity_can_be_changed(said):
    assert _evaluate(TWO_LECTURES)["R-13"].findings[0].severity is Severity.INFO
    assert _evaluate(TWO_LECTURES, R_13=said)["R-13"].findings[0].severity is Severity.WARNING


def test_a_unit_rule_can_be_switched_off():
    data = dataset({"甲支部": people(100)}, name="示例局", superior="中共示例局总支部委员会")
    assert any(f.citation.rule == "J-01" for f in check_dataset(data))
    settings = RuleSettings.from_table({"J-01": "off"})
    assert not any(f.citation.rule == "J-01" for f in check_dataset(data, settings))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"R08": "off"}, "R-08"),
        ({"R-13": {"per_yeer": 2}}, "per_year"),
        ({"R-13": {"per_year": 5}}, "12"),
        ({"R-13": {"per_year": "two"}}, "4"),
        ({"R-09": {"strict": 1}}, "False"),
        ({"R-13": "error"}, "warning"),
        ({"R-13": 3}, "off"),
        ({"R-10": {"min_formal": 9}}, "R-03"),
    ],
)
def test_a_wrong_setting_names_what_is_possible(table, named):
    with pytest.raises(UsageError) as error:
        RuleSettings.from_table(table)
    assert named in error.value.hint
    assert next(iter(table)) in error.value.message


def test_a_rule_not_yet_in_force_is_not_applied():
    assert "R-08" not in evaluate(dossier(year=2017, activities=meetings("党课", "2017-03-05")))


def test_what_may_only_be_unreadable_is_not_missing():
    data = dataset({"甲支部": people(2), "乙支部": people(2)})
    wrong = Finding(Severity.ERROR, "the status is not one of the choices")
    found = check_dataset(replace(data, failed=(FailedRow("members", ("甲支部",), wrong),)))
    assert [f.branch for f in found if f.citation.rule == "R-01"] == ["乙支部"]
    assert {f.branch for f in found if f.citation.rule == "X-01"} == {"甲支部", "乙支部"}


def test_the_findings_of_a_dataset_name_their_branch():
    found = check_dataset(dataset({"甲支部": people(2), "乙支部": people(3)}))
    assert [f.branch for f in found if f.citation.rule == "R-01"] == ["甲支部"]
    assert {f.branch for f in found if f.citation.rule == "X-01"} == {"甲支部", "乙支部"}
