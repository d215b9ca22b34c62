"""Sheets and columns in a manifest: both languages, and every mistake at once with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.plugin.manager import Manager
from docsmith.plugin.manifest_tables import RowsTable, RuleTable
from tests.plugins_for_tests import make_plugin, manager_of

TABLE = '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "党员"\n'
ITEMS = (
    '[[sheets]]\nname = "items"\ntitle = "项目"\nscope = "unit"\n'
    'columns = [{ name = "number", title = "编号" }, { name = "points", title = "分值", kind = "count" }]\n'
    '[[sheets]]\nname = "scores"\ntitle = "得分"\n'
    'columns = [{ name = "number", title = "编号" }, { name = "score", title = "自评分", kind = "number" }]\n'
)


def _mistakes(manager: Manager) -> str:
    (error,) = manager.broken.values()
    return error.message


def test_sheets_and_columns_go_by_both_names_and_by_other_headers(tmp_path: Path) -> None:
    more = TABLE.replace("党员", "花名册") + 'sort = ["入党日期", "group"]\nwhere = "党小组!="\n'
    manager = manager_of(make_plugin(tmp_path, more=f'uses = ["谈心谈话", "plans"]\n{more}'))
    plan = manager.types["notice"].plan
    assert plan.uses == ("unit", "branches", "talks", "plans", "members")
    (table,) = plan.tables
    assert (table.sheet, [key.column for key in table.sort]) == ("members", ["joined_on", "group"])


def test_a_join_makes_both_sheets_part_of_the_document(tmp_path: Path) -> None:
    join = '[[tables]]\nname = "t"\ntitle = "表"\nof = "items"\njoin = { sheet = "得分", on = "编号" }\n'
    manager = manager_of(make_plugin(tmp_path, more=ITEMS + join + 'totals = ["自评分"]\n'))
    assert manager.types["notice"].uses == ("unit", "branches", "items", "scores")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (TABLE.replace("党员", "党院"), "tables[1].of: there is no sheet 党院. Did you mean 党员?"),
        (TABLE + 'sort = "姓氏"\n', "tables[1].sort: the sheet 党员 has no column 姓氏. Did you mean 姓名?"),
        (TABLE + 'sort = ["姓名", "-grup"]\n', "tables[1].sort[2]: the sheet 党员 has no column grup."),
        (TABLE + 'group = "班组"\n', "tables[1].group: the sheet 党员 has no column 班组."),
        (
            TABLE + 'group = ["党小组", "group"]\n',
            "tables[1].group: at most 5 different columns are expected.",
        ),
        (f"{TABLE}group = {['姓名'] * 900}\n", "tables[1].group: at most 5 different columns are expected."),
        ("".join(f'[[rules]]\nid = "T-{n}"\nof = "talks"\nmessage = "x"\n' for n in range(201)), "200 rules"),
        (TABLE + 'totals = "姓名"\n', "tables[1].totals: the column 姓名 has no numbers to add up."),
        (TABLE + 'where = "性别=公"\n', "tables[1].where: 性别 is never “公”. Expected one of: 男、女."),
        (TABLE + 'where = ["性别", "x=1"]\n', "tables[1].where[1]: “性别” is no condition."),
        (TABLE + 'where = ["性别=男", "x=1"]\n', "tables[1].where[2]: the sheet 党员 has no column x."),
        (TABLE + 'every = "month"\n', "tables[1].by: it is missing"),
        (TABLE + 'by = "出生日期"\n', "tables[1].by: it goes with every alone."),
        (TABLE + 'every = "month"\nby = "其他"\n', "tables[1].by: the sheet 党员 has no column 其他."),
        (TABLE + 'every = "month"\nby = "出生日期"\nminimum = 3\n', "tables[1].minimum: it does not go with"),
        (TABLE.replace('"roster"', '"members"'), "tables[1].name: templates know something else by the name"),
        (
            TABLE.replace('"名册"', '"数据"'),
            "tables[1].title: templates know something else by the name 数据.",
        ),
        (TABLE + TABLE, "tables[2].name: templates know something else by the name roster."),
        (TABLE.replace("党员", "支部"), "tables[1].of: a document has one row of the sheet 支部"),
        (
            TABLE + 'join = { sheet = "talks", on = "姓名=谈话" }\n',
            "tables[1].join.on: the sheet 谈心谈话 has",
        ),
        (
            TABLE + 'join = { sheet = "plans", on = "姓名=责任人" }\n',
            "both 党员 and 工作计划 have the column 备注.",
        ),
        (TABLE + "mininum = 3\n", "Unknown key tables[1].mininum. Did you mean minimum?"),
        (TABLE + 'every = "week"\n', "tables[1].every cannot be “week”"),
        ('uses = ["members", "党院"]\n', "uses[2]: there is no sheet 党院. Did you mean 党员?"),
        ('[[rules]]\nid = "X-01"\nof = "talk"\nmessage = "无"\n', "rules[1].of: there is no sheet talk."),
        ('[[rules]]\nid = "第一"\nof = "talks"\nmessage = "无"\n', "rules[1].id cannot be “第一”"),
        (
            '[[rules]]\nid = "X-01"\nof = "talks"\nwhere = "地方="\nmessage = "无"\n',
            "rules[1].where: the sheet 谈心谈话 has no column 地方. Did you mean 地点?",
        ),
        (
            '[[rules]]\nid = "X-01"\nof = "talks"\nmessage = "无"\nat_least = 3\nat_most = 2\n',
            "rules[1].at_least: it is more than at_most.",
        ),
        ('shape = "leger"\n', "shape cannot be “leger”: one of article, form, ledger"),
        (
            'columns = { members = [{ name = "a", title = "甲" }, { name = "a", title = "乙" }] }\n',
            "columns.members: two columns are called a.",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_would_be_right(
    tmp_path: Path, more: str, told: str
) -> None:
    assert told in _mistakes(manager_of(make_plugin(tmp_path, more=more)))


def test_mistakes_of_every_kind_come_in_one_list(tmp_path: Path) -> None:
    more = 'verison = "1"\nshape = "x"\npython = "x.py"\nuses = ["党院"]\n'
    more += f'{TABLE}sort = "姓氏"\n{TABLE}mininum = 1\n'
    message = _mistakes(manager_of(make_plugin(tmp_path, more=more)))
    for told in (
        "Unknown key verison",
        "shape cannot be “x”",
        "x.py is not there",
        "uses[1]: there is no sheet 党院",
        "tables[1].sort: the sheet 党员 has no column 姓氏",
        "Unknown key tables[2].mininum",
    ):
        assert told in message


def test_what_hangs_on_sheets_that_cannot_be_read_is_not_blamed(tmp_path: Path) -> None:
    """A table of a sheet whose declaration is wrong is no mistake of its own."""
    sheet = '[[sheets]]\nname = "items"\ntitle = "项目"\nscope = "x"\ncolumns = []\n'
    more = sheet + TABLE.replace("党员", "项目")
    message = _mistakes(manager_of(make_plugin(tmp_path, more=more)))
    assert "sheets[1].scope cannot be “x”" in message
    assert "there is no sheet" not in message


def test_a_draft_is_not_compared_with_the_type_that_it_overrides(tmp_path: Path) -> None:
    good = make_plugin(tmp_path / "one", more=ITEMS)
    bad = make_plugin(tmp_path / "two", more=f'overrides = true\nverison = "1"\n{ITEMS}')
    manager = manager_of(good, bad)
    assert "already there" not in manager.broken["notice"].message
    assert "Unknown key verison" in manager.broken["notice"].message
    assert "items" in manager.schema.sheets


def test_columns_may_be_added_to_a_sheet_by_its_title(tmp_path: Path) -> None:
    more = '[[columns."党员"]]\nname = "hometown"\ntitle = "籍贯"\n'
    manager = manager_of(make_plugin(tmp_path, more=more))
    assert manager.schema.sheets["members"].column("hometown").title == "籍贯"


WORDS = st.sampled_from(
    ["members", "党员", "姓名", "-入党日期", "性别=男", "党小组!=", "talks", "month", "", "-", "=", "x"]
)
VALUES = st.recursive(
    WORDS | st.integers(-1, 3) | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
TABLES = st.dictionaries(st.sampled_from(list(RowsTable.keys)), VALUES)
RULES = st.dictionaries(st.sampled_from(list(RuleTable.keys)), VALUES)


@given(tables=st.lists(TABLES, max_size=3), rules=st.lists(RULES, max_size=3))
def test_whatever_stands_in_tables_and_rules_is_a_plan_or_a_list_of_mistakes(
    tmp_path_factory: pytest.TempPathFactory, tables: list[dict[str, Any]], rules: list[dict[str, Any]]
) -> None:
    given_tables = [{"name": "roster", "title": "名册", "of": "党员", **table} for table in tables]
    given_rules = [{"id": "T-01", "of": "党员", "message": "无", **rule} for rule in rules]
    more = f"tables = {_toml(given_tables)}\nrules = {_toml(given_rules)}\n"
    manager = manager_of(make_plugin(tmp_path_factory.mktemp("any"), more=more))
    assert [*manager.types, *manager.broken] == ["notice"]


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{json.dumps(key)} = {_toml(one)}' for key, one in value.items())} }}"
    return json.dumps(value)


_WRONG_EVERYWHERE = """\
uses = ["党圆"]
per = "talks"
where = "谈话类性=任职谈话"
sort = ["日起", "-谈话对象"]
tables = [
  { name = "roster", title = "名册", of = "党员", where = 3, sort = "姓明", totals = ["姓名"] },
  { name = "gone", title = "不在", of = "vists", oops = 1 },
]

[[sheets]]
name = "visits"
title = "走访"
color = "red"
columns = [
  { name = "visited", title = "走访对象", kid = "text" },
  { name = "score", title = "得分", kind = "nmber" },
]

[[rules]]
id = "T-01"
of = "走访"
where = "走访对像="
message = "没有写对象"
severity = "bad"
"""


def test_no_mistake_of_a_manifest_hides_another_and_each_has_its_line(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, more=_WRONG_EVERYWHERE)
    lines = (folder / "plugin.toml").read_text(encoding="utf-8").splitlines()
    told = manager_of(folder).broken["notice"].mistakes
    assert [(lines[line - 1].strip()[:13], sentence.split()[0].rstrip(":")) for sentence, line in told] == [
        ('uses = ["党圆"]', "uses[1]"),
        ('where = "谈话类性', "where"),
        ('sort = ["日起",', "sort[1]"),
        ('{ name = "ros', "tables[1].where"),
        ('{ name = "ros', "tables[1].sort"),
        ('{ name = "ros', "tables[1].totals"),
        ('{ name = "gon', "Unknown"),
        ('{ name = "gon', "tables[2].of"),
        ('color = "red"', "Unknown"),
        ('{ name = "vis', "Unknown"),
        ('{ name = "sco', "sheets[1].columns[2].kind"),
        ('where = "走访对像', "rules[1].where"),
        ('severity = "b', "rules[1].severity"),
    ]


_OF_NO_KIND = """\
tables = [{ name = "t", title = "表", of = "走访", totals = "得分" }]
[[sheets]]
name = "visits"
title = "走访"
columns = [{ name = "score", title = "得分", kind = "nmber" }]
"""


@pytest.mark.parametrize(
    ("title", "more", "words"),
    [("tittle", "", "Unknown key tittle"), ("title", _OF_NO_KIND, "columns[1].kind cannot be “nmber”")],
)
def test_what_follows_from_a_mistake_is_not_told(tmp_path: Path, title: str, more: str, words: str) -> None:
    folder = make_plugin(tmp_path, more=more)
    path = folder / "plugin.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("title =", f"{title} =", 1), encoding="utf-8")
    ((sentence, _line),) = manager_of(folder).broken["notice"].mistakes
    assert words in sentence
