from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.errors import UsageError
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of


@pytest.fixture
def manager(tmp_path: Path) -> Manager:
    options = '[options]\ngrades = ["满意"]\nanonymous = true\nrows = 3\nweight = 0.5\n'
    return manager_of(make_plugin(tmp_path, more=options))


def test_workspace_changes_options_and_leaves_the_others(manager: Manager) -> None:
    manager.configure({"notice": {"rows": 5, "weight": 1}})
    assert manager.types["notice"].options == {
        "grades": ["满意"],
        "anonymous": True,
        "rows": 5,
        "weight": 1,
    }


def test_a_type_is_configured_by_its_title_too(manager: Manager) -> None:
    manager.configure({"通知": {"rows": 5}})
    assert manager.types["notice"].options["rows"] == 5


def test_an_unknown_option_is_answered_with_the_nearest(manager: Manager) -> None:
    with pytest.raises(UsageError) as caught:
        manager.configure({"notice": {"grade": ["好"]}})
    assert "grade" in caught.value.message
    assert "grades" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value"), [("rows", True), ("rows", "3"), ("anonymous", 1), ("grades", "满意"), ("grades", [1])]
)
def test_a_value_of_another_kind_is_refused(manager: Manager, name: str, value: object) -> None:
    with pytest.raises(UsageError, match=name):
        manager.configure({"notice": {name: value}})


def test_options_of_an_unknown_type_are_refused(manager: Manager) -> None:
    with pytest.raises(UsageError) as caught:
        manager.configure({"notise": {}})
    assert "notice" in caught.value.hint


def test_options_of_a_broken_plugin_stop_nothing(tmp_path: Path) -> None:
    broken = make_plugin(tmp_path, "broken")
    (broken / "plugin.toml").write_text("schema = 1", encoding="utf-8")
    manager = manager_of(broken, make_plugin(tmp_path, "fine", more="[options]\nrows = 3\n"))
    manager.configure({"broken": {"x": 1}, "fine": {"rows": 4}})
    assert manager.types["fine"].options == {"rows": 4}
