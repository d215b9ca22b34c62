"""A list with groups, numbers, subtotals and merged cells: from ``plugin.toml`` to the table in Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin
from tests.template.builders import check_structure, docx, rows
from tests.template.test_merging import merges

TABLES = """
uses = ["unit", "branches", "members"]
[columns]
members = [{ name = "dues", title = "党费", kind = "number" }]
[[tables]]
name = "roster"
title = "名册"
of = "members"
group = "党小组"
totals = ["党费"]
minimum = 5
"""
MEMBERS = """支部,姓名,党小组,性别,党费
第一党支部,张三,第二组,男,30
第一党支部,李四,第一组,女,20
第一党支部,王五,第二组,男,10.5
"""


@pytest.fixture
def roster(workspace: Path) -> Path:
    """A workspace with a list of members, of which a type of its own makes a table."""
    (workspace / "数据" / "党员.csv").write_text(MEMBERS, encoding="utf-8")
    return make_plugin(workspace / "文种", "roster", "名册", TABLES)


def made(docsmith: Docsmith, roster: Path, table: list[list[str]]) -> bytes:
    """Return the document of the first branch, its template a single table."""
    (roster / "template.docx").write_bytes(docx("前", table, "后"))
    answer = docsmith("render", "roster", "--branch", "第一党支部", "--out", "输出")
    assert answer.code == 0, answer
    (path,) = (roster.parent.parent / "输出").rglob("*.docx")
    check_structure(path.read_bytes())
    return path.read_bytes()


def test_groups_have_heads_running_numbers_and_subtotals(docsmith: Docsmith, roster: Path) -> None:
    table = [
        ["{%tr for 组 in 名册.组 %}", "", ""],
        ["{{ 组.名称 }}", "{{ 组.条数 }}人", ""],
        ["{%tr for 行 in 组.行 %}", "", ""],
        ["{{ 行.序号 }}", "{{ 行.姓名 }}", "{{ 行.党费 }}"],
        ["{%tr endfor %}", "", ""],
        ["小计", "", "{{ 组.合计.党费 }}"],
        ["{%tr endfor %}", "", ""],
        ["合计", "", "{{ 名册.合计.党费 }}"],
    ]
    assert rows(made(docsmith, roster, table)) == [
        ["第二组", "2人", ""],
        ["1", "张三", "30"],
        ["2", "王五", "10.5"],
        ["小计", "", "40.5"],
        ["第一组", "1人", ""],
        ["3", "李四", "20"],
        ["小计", "", "20"],
        ["合计", "", "60.5"],
    ]


def test_a_form_is_filled_up_and_its_groups_are_merged(docsmith: Docsmith, roster: Path) -> None:
    table = [
        ["{%tr for 行 in 名册.行 %}", "", "", ""],
        ["{{ 行.党小组 }}{% 合并 %}", "{{ 行.序号 }}", "{{ 行.姓名|姓名 }}", "{{ 行.性别|勾选 }}"],
        ["{%tr endfor %}", "", "", ""],
    ]
    data = made(docsmith, roster, table)
    found = rows(data)
    assert [row[0] for row in merges(data)] == ["restart", "continue", "", "", ""]
    assert [row[2] for row in found] == ["张\u3000三", "王\u3000五", "李\u3000四", "", ""]
    assert found[0][3] == "√男 □女"
    assert found[3][3] == "□男 □女"
