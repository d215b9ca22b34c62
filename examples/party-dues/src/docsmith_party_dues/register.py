"""The register as the template wants it: a page for each quarter, a row for each member, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from docsmith.model.missing import Missing

from .amounts import MONTHS, in_capitals, monthly, percent, written

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def due(row: Any) -> Decimal | None:
    """Return the yuan that a member owes for a quarter; ``None`` where their base is not known."""
    return None if row.base is None else monthly(row.basis, row.base) * MONTHS


def paid(row: Any, quarter: int) -> Decimal | None:
    """Return the yuan that a member has paid for a quarter (the first is 0); ``None`` before they have."""
    amount: Decimal | None = getattr(row, f"paid_{quarter + 1}")
    return amount


def page(rows: Sequence[Any], others: Sequence[str], quarter: int, least: int) -> Mapping[str, Any]:
    """Return a quarter's page: a row for each member, then ``others``, whose amounts a pen will fill in.

    Empty rows fill it up to ``least`` ones. With others on it no sum is known, and both are left blank.
    """
    total = None if others else _sum(paid(row, quarter) for row in rows)
    listed = [_row(row, number, quarter) for number, row in enumerate(rows, 1)]
    return {
        "名称": QUARTERS[quarter],
        "行": [*listed, *(_blank_row(name, number) for number, name in enumerate(others, len(rows) + 1))],
        "空行": [""] * max(0, least - len(rows) - len(others)),
        "应交合计": "" if others else _printed(_sum(map(due, rows))),
        "实交合计": _printed(total),
        "大写": "" if total is None else in_capitals(total),
    }


def _blank_row(name: str, number: int) -> Mapping[str, Any]:
    blanks = ("计费方式", "基数", "比例", "每月应交", "本季应交", "本季实交", "备注")
    return {"序号": number, "姓名": name, **dict.fromkeys(blanks, "")}


def _row(row: Any, number: int, quarter: int) -> Mapping[str, Any]:
    """Return what the register says of a member; what nobody has paid yet is left blank, for a pen."""
    own = {"序号": number, "姓名": row.name, "计费方式": row.basis, "备注": row.note or ""}
    receipt = {"本季实交": _printed(paid(row, quarter))}
    if row.base is None:
        missing = Missing("党费.月交纳基数", row.where("base"))
        return {**own, **receipt, "基数": missing, "比例": "", "每月应交": "", "本季应交": missing}
    share = percent(row.basis, row.base)
    return {
        **own,
        **receipt,
        "基数": written(row.base),
        "比例": "／" if share is None else f"{share.normalize():f}%",
        "每月应交": written(monthly(row.basis, row.base)),
        "本季应交": _printed(due(row)),
    }


def _printed(amount: Decimal | None) -> str:
    return "" if amount is None else written(amount)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; ``None`` where there is nothing, or an amount is not known: never a smaller sum."""
    listed = list(amounts)
    known = [one for one in listed if one is not None]
    return sum(known, Decimal()) if known and len(known) == len(listed) else None
