import datetime as dt
from importlib import import_module
from pkgutil import iter_modules

import pytest

from docsmith.model.findings import Severity
from docsmith.model.schema import Schema
from docsmith.rules import Force, catalogue, checks
from docsmith.rules.checks import branch_check_of, unit_check_of
from docsmith.rules.registry import BRANCH_CHECKS, UNIT_CHECKS
from tests.rules.cases import QUIET, TRIGGERS

RULES = {rule.id: rule for rule in catalogue()}


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_one_function_and_both_kinds_of_test(rule_id):
    check_of = unit_check_of if RULES[rule_id].scope == "unit" else branch_check_of
    assert check_of(rule_id).__module__.startswith("docsmith.rules.checks.")
    assert any(case.rule == rule_id for case in TRIGGERS)
    assert any(case.rule == rule_id for case in QUIET)


def test_no_function_is_without_a_rule():
    for module in iter_modules(checks.__path__):
        import_module(f"{checks.__name__}.{module.name}")
    assert BRANCH_CHECKS.keys() | UNIT_CHECKS.keys() == RULES.keys()
    assert len(catalogue()) == len(RULES)


def test_the_obligations_of_the_domain_are_all_there():
    expected = {f"R-{number:02d}" for number in range(1, 25)} | {"R-17b", "J-01", "J-02", "J-03", "E-01"}
    assert expected <= RULES.keys()


def test_a_citation_names_regulation_and_article():
    assert RULES["R-08"].citation.article == "《中国共产党支部工作条例（试行）》第十一条"


def test_an_unconfirmed_article_says_so():
    assert RULES["R-03"].citation.article.endswith("第二十条（条文号待核实）")


def test_an_unconfirmed_article_without_a_number_says_so():
    assert RULES["R-20"].citation.article == "《中国共产党党员教育管理工作条例》（条文待核实）"
    assert RULES["E-01"].citation.article.endswith("（条文待核实）")


def test_a_regulation_has_a_day_from_which_it_is_in_force_and_nothing_else_has():
    dated = {rule.id for rule in catalogue() if rule.effective}
    assert dated == {rule.id for rule in catalogue() if rule.regulation.startswith("《")}


def test_a_shared_parameter_is_one_of_another_rule():
    shared = [(rule, name, owner) for rule in catalogue() for name, owner in rule.shared.items()]
    assert shared
    for rule, name, owner in shared:
        assert name in RULES[owner].parameters
        assert name not in rule.parameters


@pytest.mark.parametrize("rule_id", ["R-13", "R-21", "R-22", "R-24"])
def test_what_no_regulation_asks_only_informs(rule_id):
    assert RULES[rule_id].force is Force.LOCAL


def test_what_is_local_practice_only_informs():
    assert RULES["R-13"].force is Force.LOCAL
    assert RULES["R-13"].force.severity is Severity.INFO
    assert RULES["R-14"].force.severity is Severity.WARNING


def test_a_rule_counts_on_sheets_that_there_are():
    sheets = Schema.built_in().sheets
    assert all(sheet in sheets for rule in catalogue() for sheet in rule.complete)


def test_no_rule_is_an_error():
    assert all(rule.force.severity is not Severity.ERROR for rule in catalogue())


def test_a_rule_applies_from_the_year_that_it_comes_into_force():
    assert RULES["R-08"].effective == dt.date(2018, 10, 28)
    assert RULES["R-08"].applies_in(2018)
    assert not RULES["R-08"].applies_in(2017)
