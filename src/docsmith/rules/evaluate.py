"""Apply the rules: to one branch, or to all that a source says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from docsmith.model.dataset import Dataset, Dossier
from docsmith.model.findings import Finding, Severity
from docsmith.model.once import once_per_dossier
from docsmith.model.verdicts import Verdict
from docsmith.rules.catalogue import RuleDescription, catalogue
from docsmith.rules.checks import branch_check_of, unit_check_of
from docsmith.rules.judgement import Judgement, Objection
from docsmith.rules.settings import RuleSetting, RuleSettings

DEFAULT_SETTINGS = RuleSettings()


class _Verdicts(Mapping[str, Verdict]):
    """Verdicts by rule id, each found when it is asked for, once: most documents ask for few, or for none."""

    def __init__(self, dossier: Dossier, settings: RuleSettings) -> None:
        self._dossier, self._settings = dossier, settings
        self._found: dict[str, Verdict] = {}

    @cached_property
    def _rules(self) -> Mapping[str, tuple[RuleDescription, RuleSetting]]:
        return _in_force("branch", self._dossier.year, self._settings, self._dossier.unread)

    def __getitem__(self, rule_id: str) -> Verdict:
        if rule_id not in self._found:
            rule, setting = self._rules[rule_id]
            judgement = branch_check_of(rule_id)(self._dossier, setting.parameters)
            self._found[rule_id] = _verdict(rule, setting, judgement, self._dossier.branch.name)
        return self._found[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


@once_per_dossier
def evaluate(dossier: Dossier, settings: RuleSettings = DEFAULT_SETTINGS) -> Mapping[str, Verdict]:
    """Return what each rule for branches says of one, by rule id.

    A rule that is switched off, or that was not yet in force in the year, is absent; so is one that counts
    on a sheet of which rows could not be read.
    """
    return _Verdicts(dossier, settings)


def check_dataset(
    dataset: Dataset, settings: RuleSettings = DEFAULT_SETTINGS, year: int | None = None
) -> tuple[Finding, ...]:
    """Return what the rules object to: branch by branch in the order of the source, then the unit.

    ``year`` is that of the sheet 单位 by default. Where that sheet has an error, nothing is said: with the
    year or the report date in doubt, anything might look late.
    """
    if any(row.sheet == "unit" for row in dataset.failed):
        return ()
    found: list[Finding] = []
    for branch in dataset.branches:
        verdicts = evaluate(dataset.dossier(branch, year), settings)
        found.extend(finding for verdict in verdicts.values() for finding in verdict.findings)
    unread = frozenset(row.sheet for row in dataset.failed)
    for rule, setting in _in_force("unit", year or dataset.unit.year, settings, unread).values():
        found.extend(
            _verdict(rule, setting, unit_check_of(rule.id)(dataset, setting.parameters), "").findings
        )
    return tuple(found)


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
    findings = tuple(_finding(rule, setting, objection, branch) for objection in judgement.objections)
    return Verdict(rule.id, judgement.outcome, judgement.evidence, findings)


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
