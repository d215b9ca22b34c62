"""Apply the rules: to one branch, or to all that a source says."""

from __future__ import annotations

from collections.abc import Collection

from docsmith.model.dataset import Dataset, Dossier
from docsmith.model.findings import Finding, Severity
from docsmith.model.verdicts import Verdict
from docsmith.rules.catalogue import RuleDescription, catalogue
from docsmith.rules.checks import BRANCH_CHECKS, UNIT_CHECKS
from docsmith.rules.judgement import Judgement, Objection
from docsmith.rules.settings import RuleSetting, RuleSettings

DEFAULT_SETTINGS = RuleSettings()


def evaluate(dossier: Dossier, settings: RuleSettings = DEFAULT_SETTINGS) -> dict[str, Verdict]:
    """Return what each rule for branches says of one, by rule id.

    A rule that is switched off, or that was not yet in force in the year, is absent; so is one that counts
    on a sheet of which rows could not be read.
    """
    verdicts = {}
    for rule, setting in _in_force("branch", dossier.year, settings, dossier.unread):
        judgement = BRANCH_CHECKS[rule.id](dossier, setting.parameters)
        verdicts[rule.id] = _verdict(rule, setting, judgement, dossier.branch.name)
    return verdicts


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
    unread = {row.sheet for row in dataset.failed}
    for rule, setting in _in_force("unit", year or dataset.unit.year, settings, unread):
        found.extend(_verdict(rule, setting, UNIT_CHECKS[rule.id](dataset, setting.parameters), "").findings)
    return tuple(found)


def _in_force(
    scope: str, year: int, settings: RuleSettings, incomplete: Collection[str]
) -> list[tuple[RuleDescription, RuleSetting]]:
    pairs = (
        (rule, settings.of(rule))
        for rule in catalogue()
        if rule.scope == scope and rule.applies_in(year) and not set(rule.complete) & set(incomplete)
    )
    return [(rule, setting) for rule, setting in pairs if setting.enabled]


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
