"""How a branch is set up: its size, the units it covers, its term of office."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import formal_members, party_members
from docsmith.model.figures.term import TermFigures, describe_term
from docsmith.model.records import Branch
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, not_applicable, unknown
from docsmith.rules.records import empty_posts, has_committee, sheet_place
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_MEMBERS

_JOINT = "联合支部"


@branch_check("J-03")
def usual_term(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Object to a term of office other than three years, or five in villages and communities."""
    branch, usual = dossier.branch, parameters["years"]
    if branch.term_years in usual:
        return unknown()  # three years may only stand for an empty cell
    message = _("the term of office is {years} years").format(years=branch.term_years)
    hint = _("Expected one of: {years}.").format(years=", ".join(map(str, usual)))
    return judged((Objection(message, hint, branch.where("term_years")),))


@branch_check("R-01")
def enough_formal_members(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Three full members make a branch; fewer join another one (a joint branch is not asked)."""
    if dossier.branch.kind == _JOINT:
        return not_applicable("联合支部")
    if not dossier.members:
        return unknown(NO_MEMBERS)
    formal, least = len(formal_members(dossier)), parameters["min_formal"]
    evidence = f"正式党员{formal}人"
    if formal >= least:
        return judged((), evidence)
    return judged(
        (
            Objection(
                _("the branch has {count} full members").format(count=formal),
                _("Expected at least {least}; fewer than that form a joint branch (联合支部).").format(
                    least=least
                ),
                sheet_place(dossier, "members"),
            ),
        ),
        evidence,
    )


@branch_check("R-02")
def not_too_many_members(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Count 正式 and 预备党员 against the usual most of 50."""
    if not dossier.members:
        return unknown(NO_MEMBERS)
    total, most = len(party_members(dossier)), parameters["max_members"]
    evidence = f"党员{total}人"
    if total <= most:
        return judged((), evidence)
    return judged(
        (
            Objection(
                _("the branch has {count} members").format(count=total),
                _("Expected at most {most}; a larger one is usually divided.").format(most=most),
                sheet_place(dossier, "members"),
            ),
        ),
        evidence,
    )


@branch_check("R-05")
def not_too_many_units(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Count the units that a joint branch covers."""
    branch, most = dossier.branch, parameters["max_units"]
    if branch.kind != _JOINT:
        return not_applicable("不是联合支部")
    if branch.covered_units is None:
        return unknown("未填写覆盖单位数")
    evidence = f"覆盖单位{branch.covered_units}个"
    if branch.covered_units <= most:
        return judged((), evidence)
    return judged(
        (
            Objection(
                _("the joint branch covers {count} units").format(count=branch.covered_units),
                _("Expected at most {most}.").format(most=most),
                branch.where("covered_units"),
            ),
        ),
        evidence,
    )


@branch_check("R-06")
def term_not_over(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that the term is running at the report date, and that the posts of the branch are filled.

    A branch that names anybody and no secretary has none. An empty post of the committee is left open, for
    somebody may hold it beside another one (R-03 reminds of it).
    """
    branch, term = dossier.branch, describe_term(dossier)
    objections = [*_no_secretary(branch), *_term_is_over(dossier, term)]
    committee = has_committee(dossier, parameters["min_formal"])
    empty = [] if branch.secretary else ["书记"]
    if committee:
        empty += empty_posts(branch).values()
    posts = f"未填写{'、'.join(empty)}" if empty else "书记、委员无空缺" if committee else "书记无空缺"
    evidence = f"{_shown(term)}，{posts}"
    open_still = term.end is None or committee is None or bool(empty)
    return unknown(evidence) if open_still and not objections else judged(objections, evidence)


def _shown(term: TermFigures) -> str:
    if term.end is None:
        return "未填写本届任命时间"
    return f"本届任命时间{term.start}，任期{term.years}年，应换届时间{term.end}"


def _no_secretary(branch: Branch) -> Iterator[Objection]:
    if branch.secretary is None and branch.committee:
        yield Objection(
            _("no secretary is named"),
            _("Write the name in the column 书记; an empty post is to be filled without delay."),
            branch.where("secretary"),
        )


def _term_is_over(dossier: Dossier, term: TermFigures) -> Iterator[Objection]:
    if term.end is not None and term.end.last < dossier.as_of.first:
        yield Objection(
            _("the term of office ended on {date}").format(date=term.end),
            _("Elect a new committee, or correct 本届任命时间 if that has been done."),
            dossier.branch.where("term_started_on"),
        )


@branch_check("R-07")
def term_end_in_sight(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Remind of an election in the coming months; object to a term extended by more than a year."""
    term = describe_term(dossier)
    if term.end is None or term.months_left is None:
        return unknown("未填写本届任命时间")
    evidence = f"应换届时间{term.end}"
    place = dossier.branch.where("term_started_on")
    if -parameters["max_delay_months"] > term.months_left:
        message = _("the term of office ended on {date}, more than {months} months ago").format(
            date=term.end, months=parameters["max_delay_months"]
        )
        return judged((Objection(message, _("An extension usually lasts a year at most."), place),), evidence)
    if 0 <= term.months_left < parameters["notice_months"]:
        message = _("the term of office ends on {date}").format(date=term.end)
        return judged((Objection(message, _("Prepare the election."), place, minor=True),), evidence)
    return judged((), evidence)


@branch_check("X-11")
def founded_before_its_term(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that the branch was founded before its committee took office."""
    founded, started = dossier.branch.founded_on, dossier.branch.term_started_on
    if founded is None or started is None:
        return unknown()
    if started.last >= founded.first:
        return judged(())
    return judged(
        (
            Objection(
                _("the term of office begins on {start}, before the branch was founded on {founded}").format(
                    start=started, founded=founded
                ),
                _("Correct 本届任命时间 or 成立时间."),
                dossier.branch.where("term_started_on"),
            ),
        )
    )
