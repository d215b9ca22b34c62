"""党费收缴登记表: what every member owes and has paid, a page for each quarter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from docsmith.model.findings import Finding, Severity
from docsmith.model.missing import Missing
from docsmith.model.written import Table, WrittenDocument
from docsmith.plugin import DocumentType, Dossier, hookimpl

from .amounts import MONTHS, amount, in_capitals, monthly, percent, written

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
_AMOUNTS = {"base": "月交纳基数"} | {
    f"paid_{number}": f"{name}季度实交" for number, name in enumerate("一二三四", 1)
}
# Heads of columns in the template, by which a finished register is read again.
_DUE, _TOTAL = "本季应交", "合计"


@hookimpl
def docsmith_build_context(dossier: Dossier, document_type: DocumentType) -> dict[str, Any]:
    """Return the register quarter by quarter, under Chinese names: the template is made in Word or WPS."""
    rows = dossier.rows("dues")
    empty = max(0, int(document_type.options["rows"]) - len(rows))
    return {
        "季度": [
            {
                "名称": name,
                "行": [_row(row, number, quarter) for number, row in enumerate(rows, 1)],
                "空行": [""] * empty,
                **_totals(rows, quarter),
            }
            for quarter, name in enumerate(QUARTERS, 1)
        ]
    }


def _row(row: Any, number: int, quarter: int) -> Mapping[str, Any]:
    """Return what the register says of a member; what nobody has paid yet is left blank, for a pen."""
    base, paid = amount(row.base), amount(getattr(row, f"paid_{quarter}"))
    share = None if base is None else percent(row.basis, base)
    missing = Missing("党费.月交纳基数", row.where("base"))
    return {
        "序号": number,
        "姓名": row.name,
        "计费方式": row.basis,
        "基数": missing if base is None else written(base),
        "比例": f"{share.normalize():f}%" if share is not None else ("／" if base is not None else ""),
        "每月应交": "" if base is None else written(monthly(row.basis, base)),
        "本季应交": missing if base is None else written(_due(row, base)),
        "本季实交": "" if paid is None else written(paid),
        "备注": row.note or "",
    }


def _due(row: Any, base: Decimal) -> Decimal:
    return monthly(row.basis, base) * MONTHS


def _totals(rows: Iterable[Any], quarter: int) -> Mapping[str, str]:
    """Return the sums of a quarter; one that would lack an amount is left blank, never made smaller."""
    due = [None if (base := amount(row.base)) is None else _due(row, base) for row in rows]
    paid = [amount(getattr(row, f"paid_{quarter}")) for row in rows]
    total = _sum(paid)
    return {
        "应交合计": "" if (sum_due := _sum(due)) is None else written(sum_due),
        "实交合计": "" if total is None else written(total),
        "大写": "" if total is None else in_capitals(total),
    }


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    return sum((one for one in known if one is not None), Decimal()) if known and None not in known else None


@hookimpl
def docsmith_check_dossier(dossier: Dossier) -> Iterator[Finding]:
    """Return the amounts that are none, the members without a row, and the rows without a member."""
    rows, branch = dossier.rows("dues"), dossier.branch.name
    for row in rows:
        for column, title in _AMOUNTS.items():
            text = getattr(row, column)
            if text and amount(text) is None:
                yield Finding(
                    Severity.WARNING,
                    f"{title}不是金额：{text}",
                    "请填数字，单位为元，最多两位小数，例如 125.50。",
                    row.where(column),
                    "dues-amount",
                    branch,
                )
    members, paying = {member.name for member in dossier.members}, {row.name for row in rows}
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
    if absent := [one.name for one in dossier.members if one.status in _PAYING and one.name not in paying]:
        yield Finding(
            Severity.WARNING,
            f"没有登记党费的党员：{'、'.join(absent)}",
            "请在“党费”表中各加一行；预备党员自党员大会通过之日起交纳党费。",
            code="dues-absent",
            branch=branch,
        )


_PAYING = ("正式党员", "预备党员")


@hookimpl
def docsmith_check_document(document: WrittenDocument, dossier: Dossier) -> Iterator[Finding]:
    """Return the pages of the finished register whose amounts do not add up, or that lack somebody.

    A unit may change the template in Word: what counts is what the paper says that people sign.
    """
    names = [row.name for row in dossier.rows("dues")]
    registers = [table for table in document.tables if _column(table, _DUE) is not None]
    for quarter, table in zip(QUARTERS, registers):
        texts = table.texts()
        printed = {cell.replace("　", "").replace(" ", "") for line in texts for cell in line}
        if absent := [name for name in names if name not in printed]:
            yield _wrong(f"{quarter}的登记表中没有：{'、'.join(absent)}", "dues-not-printed", dossier)
        if not _adds_up(table):
            yield _wrong(f"{quarter}的登记表中，本季应交各行之和与合计不符", "dues-sum", dossier)


def _adds_up(table: Table) -> bool:
    """Tell whether the amounts below the head 本季应交 make the total, where all of them are there."""
    column = _column(table, _DUE)
    if column is None:
        return True
    rows = [line for line in table.texts()[1:] if line[0].strip().isdecimal()]
    totals = [amount(line[column]) for line in table.texts() if _TOTAL in line[0]]
    amounts = [amount(line[column]) for line in rows]
    if None in amounts or None in totals or not totals:
        return True
    return sum((one for one in amounts if one is not None), Decimal()) == totals[0]


def _column(table: Table, head: str) -> int | None:
    heads = table.texts()[0] if table.rows else []
    return next((place for place, text in enumerate(heads) if text.replace("\n", "").startswith(head)), None)


def _wrong(message: str, code: str, dossier: Dossier) -> Finding:
    hint = "登记表的模板可能被改动过，请检查模板中的“本季应交”列和“合计”行。"
    return Finding(Severity.WARNING, message, hint, code=code, branch=dossier.branch.name)
