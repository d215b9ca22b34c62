"""The rules of a manifest, and what its tables leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Branch, Plan, Talk, Unit
from docsmith.model.rows import Record, RowPlace
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of

RULE = '[[rules]]\nid = "X-01"\nof = "谈心谈话"\nmessage = "谈心谈话不合要求"\n'
SCORES = """
[[sheets]]
name = "items"
title = "项目"
scope = "unit"
columns = [{ name = "number", title = "编号", kind = "code" }]
[[sheets]]
name = "scores"
title = "得分"
columns = [
  { name = "number", title = "编号", kind = "code" },
  { name = "score", title = "自评分", kind = "number" },
]
[[tables]]
name = "sheet"
title = "评分表"
of = "items"
join = { sheet = "scores", on = "编号" }
"""
BRANCH = Branch(name="甲支部").read_from(RowPlace("数据.xlsx", "支部", 2, {"name": "A", "secretary": "B"}))
UNREAD = FailedRow("talks", (), Finding(Severity.ERROR, "x"))


def _talks(*places: str | None) -> list[Record]:
    letters = {"branch": "A", "date": "B", "place": "F"}
    return [
        Talk(
            branch="甲支部", date=PartialDate(2026, 3, 1), talker="张三", listener="李四", place=place
        ).read_from(RowPlace("数据.xlsx", "谈心谈话", row, letters))
        for row, place in enumerate(places, 2)
    ]


def _found(
    manager: Manager, failed: tuple[FailedRow, ...] = (), **tables: list[Any]
) -> list[tuple[str, str, str, str]]:
    """Return code, place, message and hint of what the type finds wrong with 甲支部."""
    assert not manager.broken
    dataset = Dataset(
        manager.schema,
        Unit(name="示例研究所", year=2026),
        {"branches": (BRANCH,), **{name: tuple(rows) for name, rows in tables.items()}},
        failed,
    )
    found = manager.check_dossier(dataset.dossier(BRANCH), manager.types["notice"])
    assert all(one.branch == "甲支部" for one in found)
    return [(one.code, str(one.place), one.message, one.hint) for one in found]


def _manager(tmp_path: Path, more: str) -> Manager:
    return manager_of(make_plugin(tmp_path, more=more))


def test_a_rule_compares_what_stands_in_two_columns_of_a_row(tmp_path: Path) -> None:
    rule = '[[rules]]\nid = "X-02"\nof = "工作计划"\nwhere = "完成时限<开始时间"\nmessage = "完成早于开始"\n'
    letters = {"branch": "A", "due_on": "J"}
    plans = [
        Plan(branch="甲支部", task="学习", starts_on=PartialDate(2026, 3, 9), due_on=due).read_from(
            RowPlace("数据.xlsx", "工作计划", row, letters)
        )
        for row, due in enumerate((PartialDate(2026, 2), PartialDate(2026, 3), PartialDate(2026, 4), None), 2)
    ]
    found = _found(_manager(tmp_path, rule), plans=plans)
    assert found == [("X-02", "数据.xlsx 工作计划!J2", "完成早于开始", "")]


def test_a_comparison_that_cannot_be_is_a_mistake_of_the_manifest_at_its_key(tmp_path: Path) -> None:
    manager = _manager(tmp_path, RULE + 'where = ["日期<地点", "日期<下个月"]\n')
    message = manager.broken["notice"].message
    assert "rules[1].where[1]: 日期 cannot be compared with 地点." in message
    assert "rules[1].where[2]: 日期 is never “下个月”." in message


def test_each_row_that_may_not_be_is_found_at_its_cell_with_the_source(tmp_path: Path) -> None:
    manager = _manager(tmp_path, RULE + 'where = "地点="\nsource = "《办法》第六条"\n')
    found = _found(manager, talks=_talks(None, "会议室", None))
    assert found == [
        ("X-01", "数据.xlsx 谈心谈话!F2", "谈心谈话不合要求", "Source: 《办法》第六条."),
        ("X-01", "数据.xlsx 谈心谈话!F4", "谈心谈话不合要求", "Source: 《办法》第六条."),
    ]


def test_rows_beyond_the_most_are_found_and_counted(tmp_path: Path) -> None:
    manager = _manager(tmp_path, RULE + "at_most = 2\n")
    assert _found(manager, talks=_talks("甲", "乙")) == []
    found = _found(manager, talks=_talks("甲", "乙", "丙"))
    assert found == [("X-01", "数据.xlsx 谈心谈话!A4", "谈心谈话不合要求", "Expected at most 2, found 3.")]


def test_too_few_rows_are_one_finding_of_the_sheet(tmp_path: Path) -> None:
    manager = _manager(tmp_path, RULE + "at_least = 2\n")
    assert _found(manager, talks=_talks("甲", "乙")) == []
    found = _found(manager, talks=_talks("甲"))
    assert found == [("X-01", "谈心谈话", "谈心谈话不合要求", "Expected at least 2, found 1.")]


def test_nobody_is_told_of_too_few_rows_where_some_could_not_be_read(tmp_path: Path) -> None:
    manager = _manager(tmp_path, RULE + "at_least = 2\n")
    assert _found(manager, failed=(UNREAD,), talks=_talks("甲")) == []


def test_events_of_another_year_do_not_count(tmp_path: Path) -> None:
    last_year = Talk(branch="甲支部", date=PartialDate(2025, 3, 1), talker="张三", listener="李四")
    assert _found(_manager(tmp_path, RULE), talks=[last_year]) == []


def test_a_rule_may_look_at_the_branch_itself(tmp_path: Path) -> None:
    more = '[[rules]]\nid = "X-02"\nof = "支部"\nwhere = "书记="\nmessage = "没有书记"\n'
    assert _found(_manager(tmp_path, more))[0][:3] == ("X-02", "数据.xlsx 支部!B2", "没有书记")


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_the_severity_is_what_the_rule_says(tmp_path: Path, severity: str) -> None:
    manager = _manager(tmp_path, f'{RULE}severity = "{severity}"\n')
    dataset = Dataset(
        manager.schema,
        Unit(name="示例研究所", year=2026),
        {"branches": (BRANCH,), "talks": tuple(_talks("甲"))},
    )
    (found,) = manager.check_dossier(dataset.dossier(BRANCH), manager.types["notice"])
    assert found.severity == severity


def test_answers_that_no_document_shows_are_found(tmp_path: Path) -> None:
    manager = _manager(tmp_path, SCORES)
    sheets = manager.schema.sheets
    items = [sheets["items"].record.read({"number": number}) for number in "12"]
    scores = [
        sheets["scores"]
        .record.read({"branch": "甲支部", "number": number, "score": 5})
        .read_from(RowPlace("数据.xlsx", "得分", row, {"number": "B"}))
        for row, number in enumerate(["1", "9", "1", None], 2)
    ]
    found = _found(manager, items=items, scores=scores)
    assert [one[:3] for one in found] == [
        ("answered-twice", "数据.xlsx 得分!B4", "评分表: 1 was answered before; the first answer counts"),
        ("answer-without-item", "数据.xlsx 得分!B3", "评分表: there is no item 9; the answer is left out"),
        ("answer-without-item", "数据.xlsx 得分!B5", "评分表: the column 编号 is empty; the row is left out"),
    ]


def test_a_row_of_a_calendar_without_a_month_is_found(tmp_path: Path) -> None:
    manager = _manager(
        tmp_path,
        '[[sheets]]\nname = "duty"\ntitle = "轮值"\ncolumns = [{ name = "month", title = "月份" }]\n'
        '[[tables]]\nname = "rota"\ntitle = "轮值表"\nof = "轮值"\nevery = "month"\nby = "月份"\n',
    )
    duty = [
        manager.schema.sheets["duty"]
        .record.read({"branch": "甲支部", "month": month})
        .read_from(RowPlace("数据.xlsx", "轮值", row, {"month": "B"}))
        for row, month in enumerate(["3月", "13月", None], 2)
    ]
    assert [(code, place) for code, place, _message, _hint in _found(manager, duty=duty)] == [
        ("month-unknown", "数据.xlsx 轮值!B3"),
        ("month-unknown", "数据.xlsx 轮值!B4"),
    ]
