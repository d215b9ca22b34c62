"""Everything wrong or worth a look, before a single document is made."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith import rules
from docsmith._i18n import gettext as _
from docsmith.engine.year import of_other_years, other_year
from docsmith.errors import DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Place, Severity
from docsmith.plugin.manager import Manager


def check(dataset: Dataset, manager: Manager, settings: rules.RuleSettings, year: int) -> tuple[Finding, ...]:
    """Return the findings of the readers, of the rules, and of each document type for each branch.

    What two of them say of the same cell in the same words is there once, with the rule's article if there
    is one. A plugin that fails is a finding too.
    """
    found = [
        *_without_branches(dataset),
        *manager.findings,
        *dataset.findings,
        *other_year(dataset, year),
        *of_other_years(dataset, year),
        *rules.check_dataset(dataset, settings, year),
    ]
    for document_type in manager.types.values():
        try:
            manager.use([document_type])
            for branch in dataset.branches:
                found += manager.check_dossier(dataset.dossier(branch, year), document_type)
        except DocsmithError as error:
            found.append(Finding(Severity.WARNING, error.message, error.hint, code="plugin-broken"))
    once: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        once.setdefault((finding.place, finding.branch, finding.message), finding)
    return tuple(once.values())


def _without_branches(dataset: Dataset) -> Iterator[Finding]:
    """Yield what to begin with, where there is no branch: every other sheet refers to them."""
    if not dataset.branch_names:
        yield Finding(
            Severity.ERROR,
            _("there is no branch in the data"),
            _("Begin with the sheet 支部, a row for each branch: the rows of other sheets name one of them."),
            Place(sheet="支部"),
            "no-branch",
        )
