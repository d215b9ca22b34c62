"""Apply the rules: to one branch, or to the unit that all branches make up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Severity
from docsmith.model.later import Later
from docsmith.model.once import once_per_dossier
from docsmith.model.verdicts import Verdict
from docsmith.rules.catalogue import RuleDescription, catalogue
from docsmith.rules.census import Census
from docsmith.rules.checks import branch_check_of, unit_check_of
from docsmith.rules.judgement import Judgement, Objection
from docsmith.rules.settings import RuleSetting, RuleSettings

DEFAULT_SETTINGS = RuleSettings()


class _Verdicts(Mapping[str, Verdict]):
    """Verdicts by rule id, each found when it is asked for, once: most documents ask for few, or for none."""

    def __init__(self, dossier: Dossier, settings: RuleSettings) -> None:
        self._dossier, self._settings = dossier, settings
        self._found = _found_so_far(dossier, settings)

    @cached_property
    def _rules(self) -> Mapping[str, tuple[RuleDescription, RuleSetting]]:
        return _in_force("branch", self._dossier.year, self._settings, self._dossier.unread)

    def __getitem__(self, rule_id: str) -> Verdict:
        verdict = self._found.get(rule_id)
        if verdict is None:
            rule, setting = self._rules[rule_id]
            judgement = branch_check_of(rule_id)(self._dossier, setting.parameters)
            verdict = self._found[rule_id] = _verdict(rule, setting, judgement, self._dossier.branch.name)
        return verdict

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


@once_per_dossier
def _found_so_far(_dossier: Dossier, _settings: RuleSettings) -> dict[str, Verdict]:
    """Return where the verdicts on a branch are kept for its other documents."""
    return {}


def evaluate(dossier: Dossier, settings: RuleSettings = DEFAULT_SETTINGS) -> Mapping[str, Verdict]:
    """Return what each rule for branches says of one, by rule id.

    A rule that is switched off, or that was not yet in force in the year, is absent; so is one that counts
    on a sheet of which rows could not be read.
    """
    return _Verdicts(dossier, settings)


def check_branch(dossier: Dossier, settings: RuleSettings = DEFAULT_SETTINGS) -> Iterator[Finding]:
    """Yield what the rules object to in one branch."""
    for verdict in evaluate(dossier, settings).values():
        yield from verdict.findings


def check_unit(census: Census, year: int, settings: RuleSettings = DEFAULT_SETTINGS) -> Iterator[Finding]:
    """Yield what the rules object to in a unit, after all of its branches were counted."""
    for rule, setting in _in_force("unit", year, settings, frozenset(census.unread)).values():
        judgement = unit_check_of(rule.id)(census, setting.parameters)
        yield from _verdict(rule, setting, judgement, "").findings


@lru_cache(maxsize=64)  # the same for most branches
def _in_force(
    scope: str, year: int, settings: RuleSettings, incomplete: frozenset[str]
) -> Mapping[str, tuple[RuleDescription, RuleSetting]]:
    """Return the rules that apply, by their ids."""
    pairs = (
        (rule, settings.of(rule))
        for rule in catalogue()
        if rule.scope == scope and rule.applies_in(year) and incomplete.isdisjoint(rule.complete)
    )
    return {rule.id: (rule, setting) for rule, setting in pairs if setting.enabled}


def _verdict(rule: RuleDescription, setting: RuleSetting, judgement: Judgement, branch: str) -> Verdict:
    outcome, evidence, objections = judgement
    if isinstance(objections, tuple) and not objections:  # as with most rules
        return Verdict(rule.id, outcome, evidence)
    findings = Later(lambda: (_finding(rule, setting, objection, branch) for objection in objections))
    return Verdict(rule.id, outcome, evidence, findings)


def _finding(rule: RuleDescription, setting: RuleSetting, objection: Objection, branch: str) -> Finding:
    return Finding(
        severity=Severity.INFO if objection.minor else setting.severity,
        message=objection.message,
        hint=objection.hint,
        place=objection.place,
        code=f"rule-{rule.id.lower()}",
        branch=objection.branch or branch,
        citation=rule.citation,
    )
