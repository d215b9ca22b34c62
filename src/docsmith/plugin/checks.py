"""What a manifest alone finds wrong with a branch's data: its rules, and what its tables cannot show."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith.model.conditions import as_typed
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.shown import records_of
from docsmith.plugin.joining import matched
from docsmith.plugin.months import month_of
from docsmith.plugin.plan import JoinPlan, Plan, RowsPlan, RulePlan

if TYPE_CHECKING:
    from docsmith.model.columns import Column
    from docsmith.model.dossier import Dossier
    from docsmith.model.rows import Record


def findings_of(plan: Plan, dossier: Dossier) -> Iterator[Finding]:
    """Yield what the rules of a document type object to, and which rows its tables leave out."""
    for rule in plan.rules:
        yield from _broken(rule, dossier)
    for table in plan.tables:
        if table.join is not None:
            yield from _unfit_answers(table, table.join, dossier)
        if table.month is not None:
            yield from _without_month(table, table.month, dossier)


def _broken(rule: RulePlan, dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each row too many, or one where there are too few.

    Where rows could not be read nobody knows whether there are too few. Beside the document of a row nothing
    is said of the others: they have documents of their own.
    """
    rows = [row for row in _looked_at(rule.sheet, dossier) if all(one.fits(row) for one in rule.where)]
    source = _("Source: {source}.").format(source=rule.source) if rule.source else ""
    branch = dossier.branch.name if rule.of_branch else ""
    if rule.at_most is not None and len(rows) > rule.at_most:
        counted = _at_most(rule.at_most, len(rows))
        for row in islice(rows, rule.at_most, None):
            if _is_of_another(row, dossier):
                continue
            place = row.where(rule.where[0].column if rule.where else "")
            yield Finding(rule.severity, rule.message, _joined(counted, source), place, rule.id, branch)
    if rule.at_least is not None and len(rows) < rule.at_least and rule.sheet not in dossier.unread:
        counted = _("Expected at least {least}, found {number}.").format(
            least=rule.at_least, number=len(rows)
        )
        place = Place(sheet=rule.title)
        yield Finding(rule.severity, rule.message, _joined(counted, source), place, rule.id, branch)


def _is_of_another(row: Record, dossier: Dossier) -> bool:
    """Say whether a document is made for another row of the same sheet."""
    return dossier.record is not None and type(row) is type(dossier.record) and row is not dossier.record


def _at_most(most: int, number: int) -> str:
    if most == 0:
        return ""
    return _("Expected at most {most}, found {number}.").format(most=most, number=number)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _looked_at(sheet: str, dossier: Dossier) -> tuple[Any, ...]:
    """Return the rows of a sheet; of the unit and the branches that are the one that the data is about."""
    if sheet == "unit":
        return (dossier.unit,)
    return (dossier.branch,) if sheet == "branches" else records_of(dossier, sheet)


def _unfit_answers(table: RowsPlan, join: JoinPlan, dossier: Dossier) -> Iterator[Finding]:
    """Yield the answers that no document shows: a second one to an item, and those to no item."""
    found = matched(records_of(dossier, table.sheet), records_of(dossier, join.sheet), join)
    for answer in found.again:
        message = _("{table}: {item} was answered before; the first answer counts")
        yield _left_out(answer, join.answer, message, table, "answered-twice", dossier)
    if table.sheet not in dossier.unread:
        for answer in found.nothing:
            message = _("{table}: there is no item {item}; the answer is left out")
            yield _left_out(answer, join.answer, message, table, "answer-without-item", dossier)


def _without_month(table: RowsPlan, column: Column, dossier: Dossier) -> Iterator[Finding]:
    """Yield the rows of a calendar that say no month; a date of another year does not belong into it."""
    for row in records_of(dossier, table.sheet):
        value = getattr(row, column.name)
        is_chosen = all(one.fits(row) for one in table.where)
        if is_chosen and month_of(value, getattr(value, "year", dossier.year)) is None:
            message = _("{table}: “{item}” is no month; the row is left out")
            yield _left_out(row, column, message, table, "month-unknown", dossier)


def _left_out(
    row: Record, column: Column, message: str, table: RowsPlan, code: str, dossier: Dossier
) -> Finding:
    """Return the finding for a row that a table leaves out."""
    item = as_typed(getattr(row, column.name))
    if not item:
        message = _("{table}: the column {column} is empty; the row is left out")
    return Finding(
        Severity.WARNING,
        message.format(table=table.title, item=item, column=column.title),
        _("Mend the column {column}, or delete the row.").format(column=column.title),
        row.where(column.name),
        code,
        dossier.branch.name,
    )
