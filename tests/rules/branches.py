"""Branches for tests: a few words in, a dossier or dataset out."""

from __future__ import annotations

from typing import Any

from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding
from docsmith.model.records import (
    Activity,
    Ballot,
    Branch,
    Member,
    Plan,
    Problem,
    SelfCheck,
    Summary,
    Talk,
    Unit,
)
from docsmith.model.rows import Record, RowPlace
from docsmith.model.schema import Schema
from docsmith.model.survey import USUAL_SURVEY, Survey
from docsmith.rules import Census, RuleSettings, check_branch, check_unit
from docsmith.rules.evaluate import DEFAULT_SETTINGS

NAME = "第一党支部"
RECORDS: dict[str, type[Record]] = {
    "members": Member,
    "activities": Activity,
    "talks": Talk,
    "plans": Plan,
    "problems": Problem,
    "self_checks": SelfCheck,
    "ballots": Ballot,
    "summaries": Summary,
}


def unit(**said: Any) -> Unit:
    return Unit(**{"name": "示例研究所", "year": 2026, **said})


def branch(**said: Any) -> Branch:
    return Branch(**{"name": NAME, **said}).read_from(RowPlace("数据.xlsx", "支部", 2, {"name": "B"}))


def rows(sheet: str, records: list[dict[str, Any]], of: str = NAME) -> tuple[Record, ...]:
    """Records whose row numbers count from 2; the first column is B for every field."""
    kind = RECORDS[sheet]
    letters = dict.fromkeys(kind.columns, "B")
    return tuple(
        kind(branch=of, **said).read_from(RowPlace("数据.xlsx", sheet, number, letters))
        for number, said in enumerate(records, 2)
    )


def dossier(
    report_date: str | None = None, year: int = 2026, survey: Survey = USUAL_SURVEY, **said: Any
) -> Dossier:
    """Sheets by their English names, as lists of dicts; ``about`` is what the sheet 支部 says."""
    about = said.pop("about", {})
    tables = {sheet: rows(sheet, records) for sheet, records in said.items()}
    return Dossier(unit(report_date=report_date), branch(**about), year, tables, survey=survey)


def dataset(
    rosters: dict[str, list[dict[str, Any]]], about: dict[str, Any] | None = None, **said: Any
) -> Dataset:
    """Branches by name with their members; ``said`` is what the sheet 单位 says."""
    members = tuple(record for name, people in rosters.items() for record in rows("members", people, name))
    branches = tuple(branch(name=name, **(about or {})) for name in rosters)
    return Dataset(Schema.built_in(), unit(**said), {"branches": branches, "members": members})


def check_dataset(data: Dataset, settings: RuleSettings = DEFAULT_SETTINGS) -> list[Finding]:
    """What the rules object to: branch by branch, then in the unit."""
    found = [f for one in data.branches for f in check_branch(data.dossier(one), settings)]
    census = Census(data.unit)
    census.add(data)
    return [*found, *check_unit(census, data.unit.year, settings)]


def people(count: int, **said: Any) -> list[dict[str, Any]]:
    """As many members, called 党员1, 党员2 …"""
    return [{"name": f"党员{number}", **said} for number in range(1, count + 1)]


def meetings(kind: str, *dates: str, **said: Any) -> list[dict[str, Any]]:
    """One activity of a kind for each date; the year 2026 is put before 03-05."""
    return [{"kind": kind, "date": date if len(date) > 5 else f"2026-{date}", **said} for date in dates]


def monthly(kind: str, *, until: int = 12, **said: Any) -> list[dict[str, Any]]:
    """An activity on the 10th of each month from January on."""
    return meetings(kind, *(f"{month:02d}-10" for month in range(1, until + 1)), **said)


QUARTERLY = ("03-05", "06-12", "09-03", "12-04")
