"""Branches that stand in the sheet 支部 twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Branch
from docsmith.sources.notes import Notes


def without_repeated(branches: Iterable[Branch], notes: Notes) -> tuple[tuple[Branch, ...], list[FailedRow]]:
    """Return the branches, each name once, and the rows that repeat one.

    A row that says the same as an earlier one (each file of a folder may list all branches) is left out
    with a warning; one that says otherwise is an error, and stops the documents of the branch.
    """
    failed: list[FailedRow] = []
    names: dict[str, Branch] = {}
    for branch in branches:
        twin = names.setdefault(branch.name, branch)
        if twin is branch:
            continue
        finding = _report_name(branch, twin, notes)
        if finding:
            failed.append(FailedRow("branches", (branch.name,), finding))
    return tuple(names.values()), failed


def shared_codes(branches: Iterable[Branch]) -> Iterator[FailedRow]:
    """Yield a failed row for each branch whose code an earlier one has: it stops the documents of both."""
    codes: dict[str, Branch] = {}
    for branch in branches:
        owner = codes.setdefault(branch.code, branch) if branch.code else branch
        if owner is not branch:
            yield FailedRow("branches", (branch.name, owner.name), _shared_code(branch, owner))


def _report_name(branch: Branch, twin: Branch, notes: Notes) -> Finding | None:
    message = _("the branch {name} stands here a second time; the first is in {place}").format(
        name=branch.name, place=twin.where("name")
    )
    if (branch.values(), branch.extra) == (twin.values(), twin.extra):
        notes.warning(
            "branch-repeated", branch.where("name"), message, _("Delete one of the two rows."), branch.name
        )
        return None
    hint = _("Delete one of the two rows, or give the branches different names.")
    return notes.error("branch-duplicate", branch.where("name"), message, hint, branch.name)


def _shared_code(branch: Branch, owner: Branch) -> Finding:
    return Finding(
        Severity.ERROR,
        _("the code {code} is already that of {name} in {place}").format(
            code=branch.code, name=owner.name, place=owner.where("code")
        ),
        _("Give each branch a code of its own."),
        branch.where("code"),
        "code-duplicate",
        branch.name,
    )
