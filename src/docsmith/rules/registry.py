"""Which function decides which rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from docsmith.model.dossier import Dossier
from docsmith.rules.catalogue import Parameters
from docsmith.rules.census import Census
from docsmith.rules.judgement import Judgement

BranchCheck = Callable[[Dossier, Parameters], Judgement]
UnitCheck = Callable[[Census, Parameters], Judgement]
_Check = TypeVar("_Check")

BRANCH_CHECKS: dict[str, BranchCheck] = {}
UNIT_CHECKS: dict[str, UnitCheck] = {}


def branch_check(rule_id: str) -> Callable[[BranchCheck], BranchCheck]:
    """Register the pure function that decides a rule for one branch."""
    return _registering(BRANCH_CHECKS, rule_id)


def unit_check(rule_id: str) -> Callable[[UnitCheck], UnitCheck]:
    """Register the pure function that decides a rule for the whole unit."""
    return _registering(UNIT_CHECKS, rule_id)


def _registering(checks: dict[str, _Check], rule_id: str) -> Callable[[_Check], _Check]:
    def register(check: _Check) -> _Check:
        if rule_id in checks:
            raise ValueError(f"two checks for {rule_id}")
        checks[rule_id] = check
        return check

    return register
