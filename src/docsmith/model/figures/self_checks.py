"""The answers of the self-check in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from docsmith.model.dataset import Dossier


@dataclass(frozen=True, slots=True)
class SelfCheckFigures:
    """Rows of the sheet 自查 by answer; all ``None`` where there is no row.

    Only what the branch has answered itself: the items are a document type's own, and so are its proposals.
    """

    total: int | None = field(metadata={"title": "项目数"})
    yes: int | None = field(metadata={"title": "是"})
    no: int | None = field(metadata={"title": "否"})
    not_applicable: int | None = field(metadata={"title": "不适用"})
    unanswered: int | None = field(metadata={"title": "未填写"})


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
