"""The checks: one small pure function a rule, registered by the rule's id.

A module is imported when one of its rules is asked for. A document asks for some of them, or for none; all
of them took 5 ms of every start.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from docsmith.rules.registry import BRANCH_CHECKS, UNIT_CHECKS, BranchCheck, UnitCheck

# The rules that each module decides.
_RULES = {
    "ballots": "R-22 X-15",
    "branch": "R-01 R-02 R-05 R-06 R-07 X-11 J-03",
    "committee": "R-03 R-04 R-10 R-17 X-17 E-03",
    "dues": "R-18",
    "education": "R-20",
    "gatherings": "X-02 X-09 X-10 X-06",
    "meetings": "X-01 R-08 R-11 R-12 R-13 R-14 R-15 R-17b R-24",
    "members": "R-19 R-21 X-04 X-05",
    "minutes": "X-07 X-08 X-18",
    "placeholders": "X-19",
    "plans": "X-12",
    "problems": "R-23 X-13 X-14",
    "quorum": "R-09 R-10b R-09b E-01",
    "talks": "R-16 X-20",
    "texts": "X-16",
    "unit": "J-01 J-02",
}
_MODULES = {rule_id: module for module, rules in _RULES.items() for rule_id in rules.split()}


@cache  # importlib takes 2 µs to find a module that is there
def branch_check_of(rule_id: str) -> BranchCheck:
    """Return the function that decides a rule for one branch; raises ``KeyError`` where there is none."""
    import_module(f"{__name__}.{_MODULES[rule_id]}")
    return BRANCH_CHECKS[rule_id]


def unit_check_of(rule_id: str) -> UnitCheck:
    """Return the function that decides a rule for the whole unit; raises ``KeyError`` where there is none."""
    import_module(f"{__name__}.{_MODULES[rule_id]}")
    return UNIT_CHECKS[rule_id]
