"""What a template may name is what its context has: no more, and no less."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docsmith import rules
from docsmith.engine.context import default_context
from docsmith.engine.fields import example_dossier, fields_of
from docsmith.engine.loading import load_dataset
from docsmith.engine.pipeline import Pipeline
from docsmith.model.dataset import Dataset
from docsmith.model.fields import ANY, Field, FieldKind, find_field
from docsmith.model.survey import USUAL_SURVEY
from docsmith.plugin.manager import Manager
from tests.engine.data import branch, dataset
from tests.plugins_for_tests import make_plugin, manager_of

SAMPLE = Path(__file__).parents[2] / "fixtures" / "示例单位" / "数据.xlsx"
BUNDLED = ("problem-list", "satisfaction-survey", "self-check", "work-plan", "year-end-summary")


@pytest.fixture(scope="module")
def manager() -> Manager:
    return Manager.discover()


@pytest.fixture(scope="module")
def sample(manager: Manager) -> Dataset:
    return load_dataset([SAMPLE], manager, {}, USUAL_SURVEY)


def names_in(fields: tuple[Field, ...]) -> set[str]:
    return {name for field in fields for name in (field.name, field.title) if name}


def assert_told(fields: tuple[Field, ...], values: Mapping[str, Any], at: str = "") -> None:
    """Fail for a value without a field, and for a field without a value, but in an empty record."""
    for name, value in values.items():
        field = find_field(fields, name)
        assert field, f"{at}.{name} is not told"
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            if isinstance(row, dict) and row:
                assert field.kind in (FieldKind.RECORD, FieldKind.ROWS, FieldKind.UNKNOWN), f"{at}.{name}"
                if field.fields:
                    assert_told(field.fields, row, f"{at}.{name}")
    told = names_in(fields) - {ANY}
    assert told <= values.keys(), f"{at}: {told - values.keys()}"


@pytest.mark.parametrize("name", BUNDLED)
def test_every_name_of_a_bundled_type_is_told_with_its_parts(
    manager: Manager, sample: Dataset, name: str
) -> None:
    document_type = manager.types[name]
    manager.use([document_type])
    pipeline = Pipeline(sample, manager, rules.RuleSettings.from_table({}))
    fields = fields_of(document_type, manager.schema)
    assert ANY not in names_in(fields)
    for one in sample.branches:
        assert_told(fields, pipeline.context(document_type, sample.dossier(one)))


def test_columns_and_sheets_of_plugins_are_told(tmp_path: Path) -> None:
    more = """
[columns]
members = [{ name = "hometown", title = "籍贯", example = "河北保定", note = "到县" }]
[[sheets]]
name = "visits"
title = "走访"
columns = [{ name = "reason", title = "事由", kind = "choice", choices = ["慰问", "家访"] }]
"""
    manager = manager_of(make_plugin(tmp_path, more=more))
    fields = fields_of(manager.types["notice"], manager.schema)
    members, visits = find_field(fields, "党员"), find_field(fields, "visits")
    assert members
    assert visits
    assert find_field(members.fields, "籍贯") == Field("hometown", "籍贯", FieldKind.TEXT, "河北保定", "到县")
    reason = find_field(visits.fields, "事由")
    assert reason
    assert (visits.title, visits.kind, reason.kind, reason.note) == ("走访", "rows", "choice", "慰问、家访")


def test_the_sheets_that_a_type_uses_come_first(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, more='uses = ["unit", "branches", "ballots"]\n'))
    rows = [one.name for one in fields_of(manager.types["notice"], manager.schema) if one.kind == "rows"]
    assert rows[:2] == ["ballots", "members"]


def test_what_is_of_the_type_alone_comes_before_what_all_share(tmp_path: Path) -> None:
    more = """
[[tables]]
name = "roster"
title = "名册"
of = "党员"
[context]
places = [{ name = "会议室" }]
"""
    manager = manager_of(make_plugin(tmp_path, python="x = 1\n", more=more))
    names = [one.name for one in fields_of(manager.types["notice"], manager.schema)]
    assert names[:8] == ["type", "year", "as_of", "unit", "branch", "roster", "places", "members"]


def test_what_python_adds_without_telling_cannot_be_known(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, python="x = 1\n"))
    field = find_field(fields_of(manager.types["notice"], manager.schema), "whatever")
    assert field
    assert (field.name, field.kind) == (ANY, FieldKind.UNKNOWN)


def test_without_python_every_other_name_is_wrong(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path))
    assert find_field(fields_of(manager.types["notice"], manager.schema), "whatever") is None


def test_what_a_manifest_tells_replaces_the_default_with_its_twin(tmp_path: Path) -> None:
    more = (
        '[context]\n"支部" = { short = "一支部" }\nplaces = [{ name = "会议室" }, { times = 3 }]\nopen = {}\n'
    )
    manager = manager_of(make_plugin(tmp_path, python="x = 1\n", more=more))
    fields = fields_of(manager.types["notice"], manager.schema)
    english, chinese, places = (find_field(fields, name) for name in ("branch", "支部", "places"))
    assert english == chinese
    assert english
    assert names_in(english.fields) == {"short"}
    assert places
    assert names_in(places.fields) == {"name", "times"}
    assert find_field(fields, "else") is None
    opened = find_field(fields, "open")
    assert opened
    assert find_field(opened.fields, "anything")


def test_grades_of_a_survey_may_have_any_name(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path))
    field: Field | None = None
    fields = fields_of(manager.types["notice"], manager.schema)
    for name in ("数据", "测评", "总体", "票数", "比较满意"):
        field = find_field(fields, name)
        assert field, name
        fields = field.fields
    assert field
    assert field.kind == FieldKind.UNKNOWN


def test_the_context_of_a_type_without_python_is_told_to_the_last_name(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path))
    data = dataset(branch("第一党支部"), schema=manager.schema)
    document_type = manager.types["notice"]
    context = default_context(data.dossier(data.branches[0]), document_type, manager.schema)
    assert names_in(fields_of(document_type, manager.schema)) == set(context)


OWN_SHEETS = """
[[sheets]]
name = "marks"
title = "验收项目"
scope = "unit"
rows = "items.csv"
columns = [
  { name = "number", title = "编号", kind = "code", required = true },
  { name = "points", title = "分值", kind = "number" },
]
[[sheets]]
name = "answers"
title = "验收得分"
columns = [
  { name = "item", title = "项目", kind = "code" },
  { name = "score", title = "得分", kind = "number" },
]
"""
TABLES = {
    "plain": 'of = "党员"',
    "with empty rows": 'of = "党员"\nminimum = 100',
    "in groups": 'of = "党员"\ngroup = ["党小组", "性别"]',
    "by month": 'of = "组织生活"\nevery = "month"\nby = "日期"',
    "with totals": 'of = "测评"\ntotals = ["满意", "有效"]',
    "with answers": """
of = "验收项目"
join = { sheet = "验收得分", on = "编号=项目" }
totals = ["分值", "得分"]
minimum = 3
""",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_part_of_a_table_is_told(tmp_path: Path, table: str) -> None:
    more = f'{OWN_SHEETS}\n[[tables]]\nname = "roster"\ntitle = "名册"\n{table}\n'
    folder = make_plugin(tmp_path, more=more)
    (folder / "items.csv").write_text("编号,分值\n1,60\n2,40\n", encoding="utf-8")
    assert_everything_is_told(manager_of(folder))


@pytest.mark.parametrize("per", ["branch", "talks", "党员", "unit"])
def test_what_documents_for_rows_or_the_unit_may_name_is_told(tmp_path: Path, per: str) -> None:
    more = 'uses = ["members", "talks"]\n[[tables]]\nname = "roster"\ntitle = "名册"\nof = "党员"\n'
    assert_everything_is_told(manager_of(make_plugin(tmp_path, more=f'per = "{per}"\n{more}')))


def assert_everything_is_told(manager: Manager) -> None:
    document_type = manager.types["notice"]
    data = load_dataset([SAMPLE], manager, {}, USUAL_SURVEY)
    context = Pipeline(data, manager, rules.RuleSettings.from_table({})).context(
        document_type, example_dossier(document_type, data)
    )
    assert_told(fields_of(document_type, manager.schema), context)
