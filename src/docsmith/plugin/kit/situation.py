"""The state of a branch in sentences, made from its figures: the 基本情况 of summaries and reports.

A sentence says what the data says. What is not known is left out of it, or stands there as （待补充）; what
did not happen is not counted up as 0次.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docsmith.model.dossier import Dossier
from docsmith.model.figures import (
    ActivityFigures,
    MemberFigures,
    ProblemFigures,
    SatisfactionFigures,
    TalkFigures,
    TermFigures,
    compute,
)
from docsmith.model.missing import Missing
from docsmith.model.records import Branch
from docsmith.model.survey import Survey
from docsmith.model.wording import percent

# The texts that a paragraph is put together from; a mark of something missing stays a text of its own, so
# that the run can list it.
Pieces = list[str]

# What a branch does with its activities, and the kinds that it does this with, in the order of a sentence.
_DEEDS = (
    ("召开", ("支部党员大会", "支委会", "党小组会", "组织生活会")),
    ("开展", ("主题党日", "民主评议党员", "述职评议")),
    ("组织", ("党课", "集体学习")),
    ("开展", ("其他",)),
)
_WORDS = {"其他": "其他活动"}


class Topic(NamedTuple):
    """One subject of 基本情况: its heading, and paragraphs of pieces that are printed one after the other."""

    heading: str
    paragraphs: list[Pieces]


def situation(dossier: Dossier) -> list[Topic]:
    """Return what the records of a branch add up to: members, activities, talks and problems, the survey."""
    figures = compute(dossier)
    return [
        Topic(
            "组织和党员队伍情况",
            [_members(figures.members, dossier), _committee(dossier.branch, figures.term)],
        ),
        Topic("组织生活情况", [_activities(figures.activities, dossier)]),
        Topic("谈心谈话和问题整改情况", [[*_talks(figures.talks), *_problems(figures.problems)]]),
        Topic("群众满意率测评情况", [_survey(figures.satisfaction, dossier.survey)]),
    ]


def _unknown(what: str, sheet: str) -> Pieces:
    return [what, Missing(sheet), "。"]


def _counts(parts: Iterable[tuple[str, int | None]], unit: str = "人", between: str = "、") -> str:
    """Return 男党员10人、女党员8人: of what there is, and nothing of what there is not."""
    return between.join(f"{name}{count}{unit}" for name, count in parts if count)


def _members(figures: MemberFigures, dossier: Dossier) -> Pieces:
    if figures.total is None:
        return _unknown("党员队伍情况", "党员")
    beside = _counts(
        (
            ("发展对象", figures.development),
            ("入党积极分子", figures.activists),
            ("入党申请人", figures.applicants),
        )
    )
    if not figures.total:
        return [f"截至{dossier.as_of}，党支部有{beside}。"]
    kinds = "均为正式党员"
    if figures.probationary:
        kinds = f"其中{_counts((('正式党员', figures.formal), ('预备党员', figures.probationary)))}"
    pieces = [f"截至{dossier.as_of}，党支部共有党员{figures.total}人，{kinds}"]
    pieces.append(f"；另有{beside}。" if beside else "。")
    for sentence in _classes(figures):
        pieces += sentence
    if figures.groups:
        pieces.append(f"设党小组{figures.groups}个。")
    return pieces


def _classes(figures: MemberFigures) -> Iterator[Pieces]:
    """Yield sentences on gender, age and education; who is in no class for want of data is said."""
    genders = [("男党员", figures.male), ("女党员", figures.female)]
    minority = [("少数民族党员", figures.minority)]
    if figures.ethnicity_unknown:
        yield _class("", genders, figures.gender_unknown, "性别", figures.total)
        yield _class("", minority, figures.ethnicity_unknown, "民族", figures.total)
    else:
        yield _class("", genders + minority, figures.gender_unknown, "性别", figures.total)
    ages = [
        ("35岁及以下", figures.under_35),
        ("36至45岁", figures.from_36_to_45),
        ("46至59岁", figures.from_46_to_59),
        ("60岁及以上", figures.over_60),
    ]
    average = figures.average_age if not figures.age_unknown else None
    ending = f"，平均年龄{average}岁" if average else ""
    yield _class("从年龄看，", ages, figures.age_unknown, "出生日期", figures.total, ending)
    levels = [
        ("硕士及以上学历学位", figures.master_or_above),
        ("本科", figures.bachelor),
        ("大专", figures.college),
        ("其他学历", _rest(figures)),
    ]
    yield _class("从学历看，", levels, figures.education_unknown, "学历", figures.total)


def _class(
    start: str,
    parts: list[tuple[str, int | None]],
    unknown: int | None,
    column: str,
    total: int | None,
    ending: str = "",
) -> Pieces:
    """Return a sentence on one property of the members; none where it is known of nobody."""
    known = _counts(parts)
    if not known:
        return []
    if not unknown or unknown == total:
        return [f"{start}{known}{ending}。"]
    return [f"{start}{known}，另有{unknown}人{column}", Missing(f"党员.{column}"), f"{ending}。"]


def _rest(figures: MemberFigures) -> int | None:
    counted = (figures.master_or_above, figures.bachelor, figures.college, figures.education_unknown)
    if figures.total is None or None in counted:
        return None
    return figures.total - sum(number or 0 for number in counted)


def _committee(branch: Branch, term: TermFigures) -> Pieces:
    """Return who leads the branch, and how long; a person with two posts is named once."""
    posts: dict[str, list[str]] = {}
    for post, name in _posts(branch):
        posts.setdefault(name, []).append(post)
    named = [f"{'兼'.join(held)}{name}" for name, held in posts.items()]
    if branch.secretary:
        leaders: Pieces = ["、".join(named)]
    else:
        leaders = ["书记", Missing("支部.书记", branch.where("secretary")), *(f"、{one}" for one in named)]
    has_committee = any(post not in ("书记", "副书记") for post, _name in _posts(branch))
    start, end = ("支部委员会由", "组成") if has_committee else ("党支部工作由", "负责")
    if term.start and term.end:
        end += f"，本届任期自{term.start}起，至{term.end}届满"
    return [start, *leaders, f"{end}。"]


def _posts(branch: Branch) -> list[tuple[str, str]]:
    held = [
        ("书记", branch.secretary),
        ("副书记", branch.deputy_secretary),
        ("组织委员", branch.organisation_member),
        ("宣传委员", branch.publicity_member),
        ("纪检委员", branch.discipline_member),
        *(("委员", name) for name in branch.other_members),
    ]
    return [(post, name) for post, name in held if name]


def activity_counts(figures: ActivityFigures) -> list[tuple[str, int]]:
    """Return the kinds of activities that there were, with how many, in the order of the sheet's choices."""
    return [(kind, one.count) for kind, one in figures.by_kind.items() if one.count]


def _activities(figures: ActivityFigures, dossier: Dossier) -> Pieces:
    if figures.total is None:
        return _unknown("组织生活开展情况", "组织生活")
    counts = dict(activity_counts(figures))
    deeds = []
    for verb, kinds in _DEEDS:
        done = _counts(((_WORDS.get(kind, kind), counts.get(kind)) for kind in kinds), "次")
        if done:
            deeds.append(f"{verb}{done}")
    year_is_over = (dossier.as_of.month, dossier.as_of.day) == (12, 31)
    period = f"{dossier.year}年，" if year_is_over else f"截至{dossier.as_of}，本年度"
    total = f"，共计{figures.total}次" if len(counts) > 1 else ""
    pieces = [f"{period}{'，'.join(deeds)}{total}。"]
    if figures.attendance_rate is not None:
        pieces.append(f"按记有应到、实到人数的活动统计，到会率为{percent(figures.attendance_rate)}。")
    return pieces


def _talks(talks: TalkFigures) -> Pieces:
    if talks.count is None:
        return _unknown("谈心谈话情况", "谈心谈话")
    done = f"开展谈心谈话{talks.count}次"
    if not talks.people:
        return [f"{done}。"]
    covered = f"{talks.people}名党员参加" if talks.uncovered else "覆盖全体党员"
    return [f"{done}，{covered}。"]


def _problems(figures: ProblemFigures) -> Pieces:
    if figures.total is None:
        return _unknown("问题整改情况", "问题清单")
    categories = f"{figures.categories}个方面" if figures.categories else ""
    statuses = _counts(
        (
            ("已销号", figures.closed),
            ("已完成待销号", figures.done),
            ("正在整改", figures.mending),
            ("未启动", figures.not_started),
            ("长期坚持", figures.standing),
        ),
        "个",
    )
    pieces = [f"查摆{categories}问题{figures.total}个"]
    if statuses:
        pieces.append(f"，其中{statuses}")
    if figures.status_unknown:
        pieces += [f"，{figures.status_unknown}个状态", Missing("问题清单.状态")]
    if figures.closed and figures.closing_rate is not None:
        pieces.append(f"，销号率{percent(figures.closing_rate)}")
    if figures.overdue:
        pieces.append(f"，逾期未销号{len(figures.overdue)}个")
    return [*pieces, "。"]


def _survey(figures: SatisfactionFigures, survey: Survey) -> Pieces:
    overall = figures.overall
    rate = overall.rate if overall else None
    if overall is None or rate is None:
        return _unknown("群众满意率测评情况", "测评")
    ballots = [("发放测评票", overall.issued), ("收回", overall.returned), ("有效票", overall.valid)]
    # The sums over several items are votes, not ballots.
    issued = _counts(ballots, "张") if overall in figures.items else ""
    votes = _counts(overall.votes.items(), "票")
    start = f"{issued}，" if issued else ""
    result = f"按{figures.formula}计算，{survey.measure}{survey.printed(rate)}"
    return [f"{start}{overall.item}{votes}，{result}。"]
