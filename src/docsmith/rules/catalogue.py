"""The catalogue of rules: what each asks, where that is written, and how strictly.

The rules are data: one TOML file a regulation, in ``regulations/``. How strictly a text asks becomes the
severity of what a rule finds (:class:`Force`).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from docsmith.model.findings import Citation, Severity

Parameters = Mapping[str, Any]


class Force(StrEnum):
    """How strictly a rule binds.

    ======  ==========================================  ===========
    必      the regulation says 应当 or 必须            ``warning``
    般      the regulation says 一般                    ``warning``
    核      two places of the data contradict           ``warning``
    地      asked for by places, units, yearly notices  ``info``
    注      worth a look, often right as it is          ``info``
    ======  ==========================================  ===========
    """

    MUST = "必"
    USUAL = "般"
    CONSISTENT = "核"
    LOCAL = "地"
    HINT = "注"

    @property
    def severity(self) -> Severity:
        """The severity of findings; never ``error``, for a rule informs and blocks nothing."""
        return Severity.INFO if self in (Force.LOCAL, Force.HINT) else Severity.WARNING


class RuleDescription(NamedTuple):
    """One rule, as the data files describe it.

    ``title`` and ``regulation`` are Chinese. ``article`` is the number as cited (第十一条), empty where none
    is known; ``confirmed`` tells whether it was seen in print. ``effective`` is the first day in force of a
    regulation; ``None`` for what is none, and applies always. ``parameters`` are the settings with their
    defaults, ``shared`` those that belong to another rule, by its id. ``scope`` is ``unit`` for a rule that
    looks at all branches together. ``complete`` names the sheets (English names) that the rule counts on:
    where a row of them could not be read, what seems to be missing may only be unreadable.
    """

    id: str
    title: str
    regulation: str
    force: Force
    article: str = ""
    confirmed: bool = True
    effective: dt.date | None = None
    scope: Literal["branch", "unit"] = "branch"
    parameters: Parameters = MappingProxyType({})
    shared: Mapping[str, str] = MappingProxyType({})
    complete: tuple[str, ...] = ()

    @property
    def citation(self) -> Citation:
        """The citation that a finding carries; it says so where the article is not confirmed."""
        doubt = "" if self.confirmed else f"（{self.doubtful}待核实）"
        return Citation(self.id, f"{self.regulation}{self.article}{doubt}")

    @property
    def doubtful(self) -> str:
        """What is to be looked up where the rule is not confirmed: an article's number, or an article."""
        return "条文号" if self.article else "条文"

    def applies_in(self, year: int) -> bool:
        """Tell whether the rule is in force by the end of a year."""
        return self.effective is None or self.effective.year <= year


@cache
def catalogue() -> tuple[RuleDescription, ...]:
    """Return every rule, file by file in alphabetical order, and in the order of each file."""
    files = sorted(Path(__file__).with_name("regulations").glob("*.toml"))
    return tuple(rule for file in files for rule in _rules_of(file.read_text(encoding="utf-8")))


@cache
def rules_by_id() -> Mapping[str, RuleDescription]:
    """Return the catalogue by rule id."""
    return {rule.id: rule for rule in catalogue()}


def _rules_of(text: str) -> tuple[RuleDescription, ...]:
    table = tomllib.loads(text)
    rules = table.pop("rules")
    return tuple(_rule_of({**table, **rule}) for rule in rules)


def _rule_of(said: dict[str, Any]) -> RuleDescription:
    return RuleDescription(
        **{**said, "force": Force(said["force"]), "complete": tuple(said.get("complete", ()))}
    )
