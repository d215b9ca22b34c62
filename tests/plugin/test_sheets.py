from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsmith.model.records import BranchRecord
from tests.plugins_for_tests import make_plugin, manager_of

COLUMN = '[[columns.members]]\nname = "{name}"\ntitle = "{title}"\nkind = "count"\n'
SHEET = (
    '[[sheets]]\nname = "{name}"\ntitle = "{title}"\nscope = "{scope}"\n'
    'columns = [{{ name = "text", title = "内容", required = true }}]\n'
)


def _why_broken(*folders: Path) -> str:
    """Return what is wrong with the last of these plugins, the only one that is broken."""
    manager = manager_of(*folders)
    assert list(manager.broken) == [folders[-1].name]
    assert list(manager.types) == [folder.name for folder in folders[:-1]]
    return manager.broken[folders[-1].name].message


def test_declared_columns_and_sheets_are_in_the_schema_of_a_run(tmp_path: Path) -> None:
    more = COLUMN.format(name="steps", title="步数") + SHEET.format(name="items", title="项目", scope="unit")
    more += SHEET.format(name="visits", title="走访", scope="branch")
    schema = manager_of(make_plugin(tmp_path, more=more)).schema
    assert schema.sheets["members"].column("steps").title == "步数"
    assert schema.sheets["items"].record.read({"text": "甲"}).extra == {}
    assert issubclass(schema.sheets["visits"].record, BranchRecord)
    assert not issubclass(schema.sheets["items"].record, BranchRecord)


def test_two_types_may_declare_the_very_same_column(tmp_path: Path) -> None:
    column = COLUMN.format(name="steps", title="步数")
    folders = [make_plugin(tmp_path, "a", "甲", column), make_plugin(tmp_path, "b", "乙", column)]
    assert manager_of(*folders).schema.sheets["members"].column("steps")


def test_two_types_mean_the_same_column_by_its_title(tmp_path: Path) -> None:
    def column(name: str, more: str = "") -> str:
        return COLUMN.format(name=name, title="步数") + more

    first = make_plugin(tmp_path, "a", "甲", column("steps"))
    second = make_plugin(tmp_path, "b", "乙", column("b_1", 'note = "每天"\n'))
    members = manager_of(first, second).schema.sheets["members"]
    assert [one.name for one in members.columns if one.title == "步数"] == ["steps"]
    other = make_plugin(tmp_path, "c", "丙", column("c_1", "required = true\n"))
    assert "in other words" in _why_broken(first, other)
    # Python may have said member.b_1.
    assert "in other words" in _why_broken(
        first, make_plugin(tmp_path, "d", "丁", column("d_1"), python="X = 1\n")
    )


@pytest.mark.parametrize(("name", "title"), [("steps", "脚步"), ("paces", "步数")])
def test_columns_that_clash_name_both_types(tmp_path: Path, name: str, title: str) -> None:
    first = make_plugin(tmp_path, "first", "甲", COLUMN.format(name="steps", title="步数"))
    clash = COLUMN.format(name=name, title=title).replace("count", "number")
    second = make_plugin(tmp_path, "second", "乙", clash)
    message = _why_broken(first, second)
    assert "second" in message
    assert "first has declared the column 步数 (steps)" in message


@pytest.mark.parametrize(("name", "title"), [("mobile", "大哥大"), ("phone2", "手机号码"), ("extra", "其他")])
def test_a_column_cannot_take_the_place_of_the_contracts_own(tmp_path: Path, name: str, title: str) -> None:
    assert title in _why_broken(make_plugin(tmp_path, more=COLUMN.format(name=name, title=title)))


@pytest.mark.parametrize(("name", "title"), [("members", "人"), ("people", "党员"), ("year", "年")])
def test_a_sheet_cannot_take_a_name_that_templates_know(tmp_path: Path, name: str, title: str) -> None:
    more = SHEET.format(name=name, title=title, scope="unit")
    assert title in _why_broken(make_plugin(tmp_path, more=more))


def test_sheets_that_clash_name_both_types(tmp_path: Path) -> None:
    sheet = SHEET.format(name="items", title="项目", scope="unit")
    folders = [make_plugin(tmp_path, "first", "甲", sheet), make_plugin(tmp_path, "second", "乙", sheet)]
    assert re.search(r"second.*first", _why_broken(*folders))


def test_a_sheet_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    assert "Did you mean members" in _why_broken(make_plugin(tmp_path, more='uses = ["unit", "member"]\n'))


def test_a_type_that_does_not_fit_adds_no_sheet_and_takes_its_users_along(tmp_path: Path) -> None:
    uses = 'uses = ["branches", "visits"]\n'
    visits = 'uses = ["visit"]\n' + SHEET.format(name="visits", title="走访", scope="branch")
    manager = manager_of(
        make_plugin(tmp_path, "good", "好"),
        make_plugin(tmp_path, "bad", "坏", visits),
        make_plugin(tmp_path, "user", "用", uses),
    )
    assert (list(manager.types), list(manager.broken)) == (["good"], ["bad", "user"])
    assert "visits" not in manager.schema.sheets


def test_a_choice_without_choices_is_refused(tmp_path: Path) -> None:
    more = COLUMN.format(name="colour", title="颜色").replace("count", "choice")
    assert "颜色" in _why_broken(make_plugin(tmp_path, more=more))
