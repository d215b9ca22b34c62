"""What a check hands back, before its rule adds the article and the severity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from docsmith.model.findings import NOWHERE, Place
from docsmith.model.later import Later
from docsmith.model.verdicts import Outcome


class Objection(NamedTuple):
    """One thing that a check found; texts as in a finding, in the reader's language.

    ``minor`` marks a reminder: it is told as information, and does not breach the rule.
    """

    message: str
    hint: str = ""
    place: Place = NOWHERE
    minor: bool = False
    branch: str = ""


class Judgement(NamedTuple):
    """The outcome of a check, with Chinese evidence for the form and what there is to object."""

    outcome: Outcome
    evidence: str = ""
    objections: Sequence[Objection] = ()


def judged(objections: Iterable[Objection], evidence: str = "") -> Judgement:
    """Return a breach if one objection is more than a reminder, else that the rule is met."""
    found = tuple(objections)
    is_breached = not all(objection.minor for objection in found)
    return Judgement(Outcome.BREACHED if is_breached else Outcome.MET, evidence, found)


def breached(objections: Callable[[], Iterable[Objection]], evidence: str = "") -> Judgement:
    """Return a breach; its objections are put into words when somebody wants to read them."""
    return Judgement(Outcome.BREACHED, evidence, Later(objections))


def unknown(evidence: str = "", *reminders: Objection) -> Judgement:
    """Return that the data cannot tell."""
    return Judgement(Outcome.UNKNOWN, evidence, reminders)


def not_applicable(evidence: str = "") -> Judgement:
    """Return that the rule does not concern this branch."""
    return Judgement(Outcome.NOT_APPLICABLE, evidence)
