"""What the topic of a meeting says it was: a hint at its kind, and never proof of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.records import Activity
from docsmith.rules.frequency import missing_in
from docsmith.rules.judgement import Judgement, Objection, unknown
from docsmith.rules.records import held

# A meeting that prepares another one, reports on it, or studies the rules of it is not that other one.
_SPEAKS_OF = re.compile(
    "部署|筹备|准备|方案|动员|征求|酝酿|安排|布置|研究|讨论|通报|整改"
    "|学习|传达|参加|列席|旁听|观看|收看|观摩|解读|宣讲|培训|规定|制度"
)


def is_about(activity: Activity, word: str) -> bool:
    """Tell whether the topic says ``word`` (a regular expression), and not only to speak of it."""
    topic = activity.topic or ""
    return bool(re.search(word, topic) and not _SPEAKS_OF.search(topic))


def allowing_for_topics(
    dossier: Dossier, judgement: Judgement, kind: str, word: str, per_year: int, *, held_as: Collection[str]
) -> Judgement:
    """Leave open whether a kind is missing where activities recorded as another may have been it.

    Only the kinds in ``held_as`` can, by a topic that says ``word``. The branch is asked for a row of its
    own; no form claims on the strength of a topic that the meeting was held.
    """
    if not judgement.objections:
        return judgement
    likely = [a for a in dossier.activities if a.kind in held_as and is_about(a, word)]
    if not likely or missing_in(dossier, [*held(dossier, kind), *likely], per_year):
        return judgement
    missing = (objection._replace(minor=True) for objection in judgement.objections)
    return unknown(judgement.evidence, *missing, *_questions(likely, kind))


def _questions(likely: Sequence[Activity], kind: str) -> list[Objection]:
    return [
        Objection(
            _("“{topic}” on {date} is recorded as {recorded}, and may have been {kind}").format(
                topic=activity.topic, date=activity.date, recorded=activity.kind, kind=kind
            ),
            _("If it was, add a row of the kind {kind}; only the kind is counted.").format(kind=kind),
            activity.where("kind"),
            minor=True,
        )
        for activity in likely
    ]
