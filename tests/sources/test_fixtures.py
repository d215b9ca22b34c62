"""The sample unit: what its tables say is in its workbook, and the figures that the documents rely on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.records import Branch
from docsmith.plugin.discovery import bundled
from docsmith.plugin.manager import Manager
from docsmith.sources import load
from tests.sources.plain import as_plain

ROOT = Path(__file__).parents[2]
SCHEMA = Manager(bundled()).schema


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load([ROOT / "fixtures" / "示例单位" / "数据.xlsx"], SCHEMA)


@pytest.fixture(scope="module")
def first(dataset: Dataset) -> Dossier:
    return dataset.dossier(dataset.branches[0])


def test_sample_unit_is_read_without_a_finding(dataset: Dataset) -> None:
    assert dataset.findings == ()


def test_sample_workbook_is_what_its_tables_say(dataset: Dataset) -> None:
    tables = load([ROOT / "tools" / "fixtures_source" / "示例单位"], SCHEMA)
    assert as_plain(tables) == as_plain(dataset)


def test_first_branch_has_the_figures_of_the_founding_documents(first: Dossier) -> None:
    members = [member for member in first.members if member.status == "正式党员"]
    ages = [member.born_on.full_years_until(first.as_of) for member in members if member.born_on]
    assert len(members) == len(ages) == 18
    assert len({member.group for member in members}) == 3
    assert sum(member.degree in ("硕士", "博士") for member in members) == 15
    assert sum(age < 35 for age in ages) == 8
    assert [member.status for member in first.members if member not in members] == ["入党积极分子"]
    assert Counter(activity.kind for activity in first.activities)["集体学习"] == 9


def test_second_branch_has_33_problems_in_10_categories(dataset: Dataset) -> None:
    problems = dataset.dossier(dataset.branches[1]).problems
    assert len(problems) == 33
    assert len({problem.category for problem in problems}) == 10
    assert {"已销号", "正在整改", "已完成", "未启动", "长期坚持"} == {problem.status for problem in problems}


def test_last_branch_has_nothing_but_its_name(dataset: Dataset) -> None:
    branch = dataset.branches[-1]
    assert branch == Branch(name=branch.name).read_from(branch.origin)
    assert not dataset.dossier(branch).tables


def test_sample_attendance_adds_up(dataset: Dataset) -> None:
    for activity in dataset.tables["activities"]:
        absent = activity.absent.split("、") if activity.absent else []
        assert activity.due == activity.present + len(absent), activity


def test_sample_ballots_add_up(dataset: Dataset) -> None:
    for ballot in dataset.tables["ballots"]:
        votes = (ballot.satisfied, ballot.mostly_satisfied, ballot.dissatisfied, ballot.unknown)
        assert sum(votes) == ballot.valid <= ballot.returned <= ballot.issued


def test_document_types_that_declare_sheets_find_rows_in_the_sample(dataset: Dataset) -> None:
    duties, marks = dataset.tables["duties"], dataset.tables["acceptance_marks"]
    names = {branch.name for branch in dataset.branches}
    members = {member.name for member in dataset.tables["members"]}
    assert {row.branch for row in duties} < names
    assert {name for row in duties for name in row.on_duty} <= members
    assert len([row for row in marks if row.branch == "第一党支部"]) == 19


def test_everybody_in_the_first_branch_has_had_a_talk(first: Dossier) -> None:
    assert {member.name for member in first.members} <= {talk.listener for talk in first.talks}
