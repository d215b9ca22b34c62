"""The checks: one small pure function a rule, registered by the rule's id."""

from docsmith.rules.checks import (
    ballots,
    branch,
    committee,
    dues,
    education,
    gatherings,
    meetings,
    members,
    minutes,
    placeholders,
    plans,
    problems,
    quorum,
    talks,
    texts,
    unit,
)
from docsmith.rules.registry import BRANCH_CHECKS, UNIT_CHECKS

__all__ = [
    "BRANCH_CHECKS",
    "UNIT_CHECKS",
    "ballots",
    "branch",
    "committee",
    "dues",
    "education",
    "gatherings",
    "meetings",
    "members",
    "minutes",
    "placeholders",
    "plans",
    "problems",
    "quorum",
    "talks",
    "texts",
    "unit",
]
