"""The checks: one small pure function a rule, registered by the rule's id."""

from docsmith.rules.checks import (
    ballots,
    branch,
    committee,
    dues,
    education,
    elections,
    gatherings,
    meetings,
    members,
    minutes,
    plans,
    problems,
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
    "elections",
    "gatherings",
    "meetings",
    "members",
    "minutes",
    "plans",
    "problems",
    "talks",
    "texts",
    "unit",
]
