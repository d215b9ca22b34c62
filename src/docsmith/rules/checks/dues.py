"""党费: where further columns give income and payment, what is paid against what is due."""

from __future__ import annotations

from decimal import Decimal

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import party_members
from docsmith.model.wording import rounded
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import stated_number, stating
from docsmith.rules.registry import branch_check

_INCOME = ("月收入", "月工资收入", "税后月收入", "党费计算基数")
_PAID = ("党费", "月交党费", "月交纳党费", "实交金额", "实缴金额")
# The upper end of each band of monthly income after tax, in yuan, and its share in percent.
_EMPLOYED = ((Decimal(3000), Decimal("0.5")), (Decimal(5000), Decimal(1)), (Decimal(10000), Decimal("1.5")))
_EMPLOYED_ABOVE = Decimal(2)
_RETIRED = ((Decimal(5000), Decimal("0.5")),)
_RETIRED_ABOVE = Decimal(1)


def monthly_dues(income: Decimal, *, retired: bool = False) -> Decimal:
    """Return the dues in yuan for a monthly income after tax in yuan; one share applies to all of it."""
    bands, above = (_RETIRED, _RETIRED_ABOVE) if retired else (_EMPLOYED, _EMPLOYED_ABOVE)
    share = next((share for most, share in bands if income <= most), above)
    return income * share / 100


@branch_check("R-18")
def dues_paid_in_full(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to less than is due, by a tenth of a yuan or more. To pay more is everybody's own choice.

    Students and peasants pay fixed sums; a branch of students is not asked.
    """
    if dossier.branch.kind == "学生支部":
        return unknown()
    stated = [
        (member, income, paid)
        for member in stating(party_members(dossier), *_INCOME)
        if (income := stated_number(member, *_INCOME)) is not None
        and (paid := stated_number(member, *_PAID)) is not None
    ]
    if not stated:
        return unknown("数据中没有党费记录")
    retired = dossier.branch.kind == "离退休支部"
    objections = []
    for member, income, paid in stated:
        due = monthly_dues(income, retired=retired)
        if rounded(paid) < rounded(due):
            message = _("{name} pays {paid} yuan, on an income of {income} yuan").format(
                name=member.name, paid=paid, income=income
            )
            hint = _("Expected {due} yuan a month.").format(due=rounded(due))
            objections.append(Objection(message, hint, member.where()))
    return judged(objections, f"核对党费{len(stated)}人，不足额{len(objections)}人")
