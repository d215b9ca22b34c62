"""谈心谈话: whether everybody had one, and who had it."""

from __future__ import annotations

from docsmith._i18n import gettext as _
from docsmith.model.dossier import Dossier
from docsmith.model.figures.members import party_members
from docsmith.model.figures.talks import talks_by_person, unnamed_in
from docsmith.rules.catalogue import Parameters
from docsmith.rules.frequency import reminder_is_due, year_is_over
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import sheet_place
from docsmith.rules.registry import branch_check
from docsmith.rules.wording import NO_MEMBERS, some

_SIDES = {"talker": "谈话人", "listener": "谈话对象"}


@branch_check("R-16")
def everybody_had_a_talk(dossier: Dossier, parameters: Parameters) -> Judgement:
    """See that every member took part in as many talks as asked, on either side.

    Who talked with whom (a committee member, a member) is not looked at. A branch that records its meetings
    but no talk at all is reminded; one that records nothing is not.
    """
    if not dossier.talks:
        evidence = "未见谈心谈话记录"
        over = year_is_over(dossier) or reminder_is_due(dossier)
        return (
            unknown(evidence, _none_recorded(dossier)) if dossier.activities and over else unknown(evidence)
        )
    names = tuple(dict.fromkeys(member.name for member in party_members(dossier)))
    if not names:
        return unknown(NO_MEMBERS)
    counts = talks_by_person(dossier.talks)
    lacking = tuple(name for name in names if counts.get(name, 0) < parameters["times"])
    evidence = f"谈心谈话{len(dossier.talks)}次，覆盖党员{len(names) - len(lacking)}/{len(names)}人"
    if not lacking:
        return judged((), evidence)
    evidence = f"{evidence}；未覆盖：{some(lacking, 3)}"
    over = year_is_over(dossier)
    if not over and not reminder_is_due(dossier):
        return unknown(evidence)
    objection = _lacking(dossier, lacking, parameters["times"], over)
    return judged((objection,), evidence) if over else unknown(evidence, objection)


def _none_recorded(dossier: Dossier) -> Objection:
    message = _("no talk is recorded for {year}").format(year=dossier.year)
    hint = _("Fill in the sheet 谈心谈话.")
    return Objection(message, hint, sheet_place(dossier, "talks"), minor=True)


def _lacking(dossier: Dossier, names: tuple[str, ...], times: int, over: bool) -> Objection:
    message = (
        _("{count} members had no talk in {year}: {names}")
        if times == 1
        else _("{count} members had fewer than {times} talks in {year}: {names}")
    ).format(count=len(names), times=times, year=dossier.year, names=some(names))
    hint = _("Each member usually has {times} a year. If they were held, add them to the sheet 谈心谈话.")
    place = sheet_place(dossier, "talks")
    return Objection(message, hint.format(times=times), place, minor=not over)


@branch_check("X-20")
def talks_name_people(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to a talk with 全体党员 and the like: it is one talk, and counts for nobody."""
    if not dossier.talks:
        return unknown()
    return judged(
        Objection(
            _("{title} names nobody: {text}").format(title=title, text=text),
            _("Write one row for each talk, with the names of both sides, for example 李四."),
            talk.where(name),
        )
        for talk in dossier.talks
        for name, title in _SIDES.items()
        if (text := unnamed_in(getattr(talk, name)))
    )
