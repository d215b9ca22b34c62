"""总结: numbers written by hand against those that are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures import Figures, compute
from docsmith.model.records import Summary
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.registry import branch_check

_NUMBER = r"(\d{1,6})"
_GAP = r"[^\d，。；、,;.\n]{0,8}?"
_MEMBERS_OF = "^|[，。\\n]|共有|现有|支部有|共|支部"
# What a text says, often in either order (集体学习9次, 9次集体学习), by the figure that it must equal.
_CLAIMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("集体学习次数", (rf"集[体中]学习{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次集[体中]学习")),
    ("支部党员大会次数", (rf"支部党员大会{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次支部党员大会")),
    ("支委会次数", (rf"支委会{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次支委会")),
    ("党课次数", (rf"(?<!微)党课{_GAP}{_NUMBER}\s*[次堂讲]", rf"{_NUMBER}\s*[次堂讲]党课")),
    ("主题党日次数", (rf"主题党日{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次主题党日")),
    ("谈心谈话次数", (rf"谈心谈话{_GAP}{_NUMBER}\s*次", rf"{_NUMBER}\s*次谈心谈话")),
    (
        "党员总数",
        (
            rf"(?:{_MEMBERS_OF})党员(?:总数)?\s*{_NUMBER}\s*[名人](?![次参获被])",
            rf"(?:共有|现有|全体|支部)\s*{_NUMBER}\s*[名位]党员(?![参获被])",
        ),
    ),
    ("问题总数", (rf"(?:个方面的?|[^，。；]共|查摆出?|梳理出?)\s*{_NUMBER}\s*个(?:突出)?问题",)),
    ("方面数", (rf"{_NUMBER}\s*个方面的?\s*(?:\d{{1,6}}\s*个)?(?:突出)?问题",)),
)
# A number about a part of the year or of the branch, or about how often, is not the year's total.
_PARTIAL = re.compile("每|半年|季度|月份|小组|其中|人均|带头|计划")
_CLAUSE_END = re.compile(r"[，。；,;\n]")


@branch_check("X-16")
def written_numbers_are_right(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a number in a text that the ledgers do not bear out; what they do not know is left alone."""
    if not dossier.summaries:
        return unknown("数据中没有总结")
    counted = _counted(compute(dossier))
    return judged(objection for passage in dossier.summaries for objection in _wrong(passage, counted))


def _counted(figures: Figures) -> dict[str, int | None]:
    activities = figures.activities
    return {
        "集体学习次数": activities.studies.count,
        "支部党员大会次数": activities.general_meetings.count,
        "支委会次数": activities.committee_meetings.count,
        "党课次数": activities.lectures.count,
        "主题党日次数": activities.theme_days.count,
        "谈心谈话次数": figures.talks.count,
        "党员总数": figures.members.total,
        "问题总数": figures.problems.total,
        "方面数": figures.problems.categories,
    }


def _wrong(passage: Summary, counted: dict[str, int | None]) -> Iterator[Objection]:
    for name, patterns in _CLAIMS:
        figure = counted[name]
        for match in (m for pattern in patterns for m in re.finditer(pattern, passage.content)):
            if figure is not None and int(match[1]) != figure and not _is_partial(match):
                yield Objection(
                    _("the text says “{text}”, the data has {figure}").format(text=match[0], figure=figure),
                    _("Correct the text, or complete the records ({name}).").format(name=name),
                    passage.where("content"),
                )


def _is_partial(match: re.Match[str]) -> bool:
    """Tell whether the clause that the number stands in speaks of a part, up to and with the number."""
    clause = _CLAUSE_END.split(match.string[: match.start()])[-1]
    return bool(_PARTIAL.search(clause + match[0]))
