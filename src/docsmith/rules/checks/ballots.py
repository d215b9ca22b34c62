"""测评: votes that add up, and a result that is good enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dossier
from docsmith.model.figures.members import party_members
from docsmith.model.figures.satisfaction import Formula, count_satisfaction, votes_of
from docsmith.model.records import Ballot
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.records import sheet_place
from docsmith.rules.registry import branch_check

_NO_TALLIES = "数据中没有测评结果"


@branch_check("R-22")
def people_are_satisfied(dossier: Dossier, parameters: Parameters) -> Judgement:
    """Compare the overall result with what the place asks for a good branch, and for any."""
    overall = count_satisfaction(dossier).overall
    formula = Formula[parameters["formula"]]
    rate = overall.rate(formula) if overall else None
    if overall is None or rate is None:
        return unknown(_NO_TALLIES)
    evidence = f"群众满意率{rate}%（{overall.item}）"
    if rate >= parameters["good"]:
        return judged((), evidence)
    asked = parameters["minimum"] if rate < parameters["minimum"] else parameters["good"]
    message = _("the satisfaction rate is {rate}%, below {asked}%").format(rate=rate, asked=asked)
    hint = _("Counted as {formula}.").format(formula=formula.value)
    return judged((Objection(message, hint, sheet_place(dossier, "ballots")),), evidence)


@branch_check("X-03")
def voters_are_the_members(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Compare 应参加 with the roster; a survey of more people than the members is right to differ."""
    total = len(party_members(dossier))
    first_with = {ballot.due: ballot for ballot in reversed(dossier.ballots) if ballot.due is not None}
    if not total or not first_with:
        return unknown()
    return judged(
        Objection(
            _("应参加 is {due}, the roster has {total} members").format(due=due, total=total),
            _("If the members alone vote, both are the same number."),
            ballot.where("due"),
        )
        for due, ballot in first_with.items()
        if due != total
    )


@branch_check("X-15")
def votes_add_up(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """See that no more ballots came back than went out, and that the grades make up the valid ones."""
    if not dossier.ballots:
        return unknown(_NO_TALLIES)
    return judged(
        objection
        for ballot in dossier.ballots
        for objection in (*_more_than_before(ballot), *_wrong_sum(ballot))
    )


def _more_than_before(ballot: Ballot) -> Iterator[Objection]:
    columns = {"due": "应参加", "issued": "发出", "returned": "收回", "valid": "有效"}
    known = [(name, number) for name in columns if (number := getattr(ballot, name)) is not None]
    for (earlier, most), (later, number) in pairwise(known):
        if number > most:
            yield Objection(
                _("{item}: {later} {number} is more than {earlier} {most}").format(
                    item=ballot.item,
                    later=columns[later],
                    number=number,
                    earlier=columns[earlier],
                    most=most,
                ),
                _("A vote with more ballots returned than issued is void; correct the count."),
                ballot.where(later),
            )


def _wrong_sum(ballot: Ballot) -> Iterator[Objection]:
    """不了解 may be counted among the valid votes, or left out of them."""
    votes = votes_of(ballot)
    if votes is None or ballot.valid is None:
        return
    if ballot.valid not in (sum(votes), sum(votes[:3])):
        yield Objection(
            _("{item}: the grades add up to {sum}, with {valid} valid ballots").format(
                item=ballot.item, sum=sum(votes), valid=ballot.valid
            ),
            _("Expected 满意 + 基本满意 + 不满意 + 不了解 = 有效."),
            ballot.where("valid"),
        )
