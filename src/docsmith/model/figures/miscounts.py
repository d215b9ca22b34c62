"""Votes that do not add up: what the rules and the tally sheet both object to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.records import Ballot
from docsmith.model.survey import Survey

_COUNTS = {"due": "应参加", "issued": "发出", "returned": "收回", "valid": "有效"}


class Miscount(NamedTuple):
    """What is wrong with one row of 测评; ``field`` names the column to look at."""

    field: str
    message: str
    hint: str


def miscounts(ballot: Ballot, survey: Survey) -> Iterator[Miscount]:
    """Yield each count larger than the one before it, and grades that do not make up the valid votes."""
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
    yield from _wrong_sum(ballot, survey)


def _wrong_sum(ballot: Ballot, survey: Survey) -> Iterator[Miscount]:
    votes = survey.votes_of(ballot)
    if votes is None or ballot.valid is None:
        return
    if not survey.make_up(votes, ballot.valid):
        yield Miscount(
            "valid",
            _("{item}: the grades add up to {sum}, with {valid} valid ballots").format(
                item=ballot.item, sum=sum(votes), valid=ballot.valid
            ),
            _("Expected {grades} = 有效.").format(grades=" + ".join(survey.grades)),
        )
