"""What a rule says of a branch."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from docsmith.model.findings import Finding


class Outcome(StrEnum):
    """Whether an obligation is met, as far as the data can tell."""

    MET = "met"
    BREACHED = "breached"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


class Verdict(NamedTuple):
    """The outcome of one rule for one branch.

    ``evidence`` is what a form may print as proof: Chinese, made from the data alone
    (支部党员大会：2026-03-05、06-12，每季度1次). ``findings`` say what is wrong, in the reader's language.
    """

    rule: str
    outcome: Outcome
    evidence: str = ""
    findings: Sequence[Finding] = ()
