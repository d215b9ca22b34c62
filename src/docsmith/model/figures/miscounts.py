"""Votes that do not add up: what the rules and the tally sheet both object to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from docsmith._i18n import gettext as _
from docsmith.model.figures.grades import FOUR_GRADES, Formula, Scale
from docsmith.model.records import Ballot

_COUNTS = {"due": "应参加", "issued": "发出", "returned": "收回", "valid": "有效"}


@dataclass(frozen=True, slots=True)
class Miscount:
    """What is wrong with one row of 测评; ``field`` names the column to look at."""

    field: str
    message: str
    hint: str


def miscounts(ballot: Ballot, scale: Scale = FOUR_GRADES, formula: Formula = Formula.C) -> Iterator[Miscount]:
    """Yield each count that is larger than the one before it, and grades that do not make up the valid votes.

    By formula C a vote without points (不了解) may be counted among the valid ones, or left out of them.
    """
    known = [(name, number) for name in _COUNTS if (number := getattr(ballot, name)) is not None]
    for (earlier, most), (later, number) in pairwise(known):
        if number > most:
            yield Miscount(
                later,
                _("{item}: {later} {number} is more than {earlier} {most}").format(
                    item=ballot.item,
                    later=_COUNTS[later],
                    number=number,
                    earlier=_COUNTS[earlier],
                    most=most,
                ),
                _("A vote with more ballots returned than issued is void; correct the count."),
            )
    yield from _wrong_sum(ballot, scale, formula)


def _wrong_sum(ballot: Ballot, scale: Scale, formula: Formula) -> Iterator[Miscount]:
    votes = scale.votes_of(ballot)
    if votes is None or ballot.valid is None:
        return
    right = {sum(votes)}
    if formula is Formula.C:
        right.add(sum(votes[: len(scale.points)]))
    if ballot.valid not in right:
        yield Miscount(
            "valid",
            _("{item}: the grades add up to {sum}, with {valid} valid ballots").format(
                item=ballot.item, sum=sum(votes), valid=ballot.valid
            ),
            _("Expected {grades} = 有效.").format(grades=" + ".join(scale.grades)),
        )
