from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.errors import PluginError
from docsmith.model.records import BranchRecord
from tests.plugins_for_tests import make_plugin, manager_of

COLUMN = '[[columns.members]]\nname = "{name}"\ntitle = "{title}"\nkind = "count"\n'
SHEET = (
    '[[sheets]]\nname = "{name}"\ntitle = "{title}"\nscope = "{scope}"\n'
    'columns = [{{ name = "text", title = "内容", required = true }}]\n'
)


def test_declared_columns_and_sheets_are_in_the_schema_of_a_run(tmp_path: Path) -> None:
    more = COLUMN.format(name="steps", title="步数") + SHEET.format(name="items", title="项目", scope="unit")
    more += SHEET.format(name="visits", title="走访", scope="branch")
    schema = manager_of(make_plugin(tmp_path, more=more)).schema
    assert schema.sheets["members"].column("steps").title == "步数"
    assert schema.sheets["items"].record.model_validate({"text": "甲"}).extra == {}
    assert issubclass(schema.sheets["visits"].record, BranchRecord)
    assert not issubclass(schema.sheets["items"].record, BranchRecord)


def test_two_types_may_declare_the_very_same_column(tmp_path: Path) -> None:
    column = COLUMN.format(name="steps", title="步数")
    folders = [make_plugin(tmp_path, "a", "甲", column), make_plugin(tmp_path, "b", "乙", column)]
    assert manager_of(*folders).schema.sheets["members"].column("steps")


@pytest.mark.parametrize(("name", "title"), [("steps", "脚步"), ("paces", "步数")])
def test_columns_that_clash_name_both_types(tmp_path: Path, name: str, title: str) -> None:
    first = make_plugin(tmp_path, "first", "甲", COLUMN.format(name="steps", title="步数"))
    second = make_plugin(tmp_path, "second", "乙", COLUMN.format(name=name, title=title))
    with pytest.raises(PluginError) as caught:
        _ = manager_of(first, second).schema
    assert "second" in caught.value.message
    if name == "steps":
        assert "first" in caught.value.message


@pytest.mark.parametrize(("name", "title"), [("mobile", "大哥大"), ("phone2", "手机号码"), ("extra", "其他")])
def test_a_column_cannot_take_the_place_of_the_contracts_own(tmp_path: Path, name: str, title: str) -> None:
    with pytest.raises(PluginError, match=title):
        _ = manager_of(make_plugin(tmp_path, more=COLUMN.format(name=name, title=title))).schema


@pytest.mark.parametrize(("name", "title"), [("members", "人"), ("people", "党员"), ("year", "年")])
def test_a_sheet_cannot_take_a_name_that_templates_know(tmp_path: Path, name: str, title: str) -> None:
    more = SHEET.format(name=name, title=title, scope="unit")
    with pytest.raises(PluginError, match=title):
        _ = manager_of(make_plugin(tmp_path, more=more)).schema


def test_sheets_that_clash_name_both_types(tmp_path: Path) -> None:
    sheet = SHEET.format(name="items", title="项目", scope="unit")
    folders = [make_plugin(tmp_path, "first", "甲", sheet), make_plugin(tmp_path, "second", "乙", sheet)]
    with pytest.raises(PluginError, match=r"second.*first"):
        _ = manager_of(*folders).schema


def test_a_sheet_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="Did you mean members"):
        _ = manager_of(make_plugin(tmp_path, more='uses = ["unit", "member"]\n')).schema


def test_a_choice_without_choices_is_refused(tmp_path: Path) -> None:
    more = COLUMN.format(name="colour", title="颜色").replace("count", "choice")
    with pytest.raises(PluginError, match="颜色"):
        _ = manager_of(make_plugin(tmp_path, more=more)).schema
