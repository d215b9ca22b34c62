"""The answers of the self-check in numbers."""

from __future__ import annotations

from docsmith.model.dossier import Dossier
from docsmith.model.figures.group import FigureGroup, figure


class SelfCheckFigures(FigureGroup):
    """Rows of the sheet 自查 by answer; all ``None`` where there is no row.

    Only what the branch has answered itself: the items are a document type's own, and so are its proposals.
    """

    total: int | None = figure("项目数")
    yes: int | None = figure("是")
    no: int | None = figure("否")
    not_applicable: int | None = figure("不适用")
    unanswered: int | None = figure("未填写")


def count_self_checks(dossier: Dossier) -> SelfCheckFigures:
    """Return the figures of the sheet 自查."""
    answers = [check.answer for check in dossier.self_checks]
    if not answers:
        return SelfCheckFigures(None, None, None, None, None)
    return SelfCheckFigures(
        total=len(answers),
        yes=answers.count("是"),
        no=answers.count("否"),
        not_applicable=answers.count("不适用"),
        unanswered=answers.count(None),
    )
