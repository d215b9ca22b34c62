"""党费收缴登记表: what every member owes and has paid, a page for each quarter. These are its hooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docsmith.model.findings import Finding, Severity
from docsmith.model.written import WrittenDocument
from docsmith.plugin import DocumentType, Dossier, hookimpl

from .amounts import written
from .finished import absent_names, adds_up, registers
from .register import QUARTERS, due, page, paid

_PAYING = ("正式党员", "预备党员")


@hookimpl
def docsmith_build_context(dossier: Dossier, document_type: DocumentType) -> dict[str, Any]:
    """Return the register quarter by quarter, under Chinese names: the template is made in Word or WPS."""
    rows, others = dossier.rows("dues"), _without_dues(dossier)
    least = int(document_type.options["rows"])
    return {"季度": [page(rows, others, quarter, least) for quarter in range(len(QUARTERS))]}


def _without_dues(dossier: Dossier) -> list[str]:
    """Return the names of the members who owe dues and have no row in the sheet 党费."""
    paying = {row.name for row in dossier.rows("dues")}
    return [one.name for one in dossier.members if one.status in _PAYING and one.name not in paying]


@hookimpl
def docsmith_check_dossier(dossier: Dossier) -> Iterator[Finding]:
    """Return the rows without a member, the payments below what is due, and the members without a row."""
    rows, branch = dossier.rows("dues"), dossier.branch.name
    members = {member.name for member in dossier.members}
    for row in rows:
        if members and row.name not in members:
            yield Finding(
                Severity.WARNING,
                f"“党费”表中的{row.name}不在党员名册中",
                "请核对姓名，或在“党员”表中补上。",
                row.where("name"),
                "dues-nobody",
                branch,
            )
        yield from _short_payments(row, branch)
    if absent := _without_dues(dossier):
        yield Finding(
            Severity.WARNING,
            f"没有登记党费的党员：{'、'.join(absent)}",
            "请在“党费”表中各加一行；预备党员自党员大会通过之日起交纳党费。",
            code="dues-absent",
            branch=branch,
        )


def _short_payments(row: Any, branch: str) -> Iterator[Finding]:
    """Yield the quarters for which less was paid than is due; to pay more is everybody's own choice."""
    owed = due(row)
    for quarter, name in enumerate(QUARTERS):
        sum_paid = paid(row, quarter)
        if owed is not None and sum_paid is not None and sum_paid < owed:
            yield Finding(
                Severity.WARNING,
                f"{row.name}{name}实交{written(sum_paid)}元，应交{written(owed)}元",
                "请核对基数和实交金额；经批准少交或者免交的，在备注中写明。",
                row.where(f"paid_{quarter + 1}"),
                "dues-short",
                branch,
            )


@hookimpl
def docsmith_check_document(document: WrittenDocument, dossier: Dossier) -> Iterator[Finding]:
    """Return the pages of the finished register whose amounts do not add up, or that lack somebody.

    A unit may change the template in Word: what counts is what the paper says that people sign.
    """
    names = [*(row.name for row in dossier.rows("dues")), *_without_dues(dossier)]
    for quarter, table in zip(QUARTERS, registers(document)):
        if absent := absent_names(table, names):
            message = f"{quarter}的登记表中没有：{'、'.join(absent)}"
            yield _wrong(message, "dues-not-printed", dossier.branch.name)
        if not adds_up(table):
            message = f"{quarter}的登记表中，本季应交各行之和与合计不符"
            yield _wrong(message, "dues-sum", dossier.branch.name)


def _wrong(message: str, code: str, branch: str) -> Finding:
    hint = "登记表的模板可能被改动过，请检查模板中的“本季应交”列和“合计”行。"
    return Finding(Severity.WARNING, message, hint, code=code, branch=branch)
