from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.errors import UsageError
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of


@pytest.fixture
def manager(tmp_path: Path) -> Manager:
    return manager_of(
        make_plugin(tmp_path, "self-check", "自检自查表", 'synonyms = ["自查表"]\n'),
        make_plugin(tmp_path, "satisfaction-survey", "群众满意率测评表"),
        make_plugin(tmp_path, "ledger", "问题台账", 'synonyms = ["自查表 "]\n'),
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("self-check", "self-check"),
        ("自检自查表", "self-check"),
        ("自查自检表", "self-check"),
        ("自检 自查表", "self-check"),
        ("群众满意度测评表", "satisfaction-survey"),
        ("问题台帐", "ledger"),
    ],
)
def test_a_type_is_found_by_id_title_and_spelling_twins(manager: Manager, name: str, expected: str) -> None:
    assert manager.find(name).id == expected


@pytest.mark.parametrize(("name", "meant"), [("self-chek", "self-check"), ("满意率测评", "群众满意率测评表")])
def test_an_unknown_name_is_answered_with_the_nearest(manager: Manager, name: str, meant: str) -> None:
    with pytest.raises(UsageError) as caught:
        manager.find(name)
    assert name in caught.value.message
    assert meant in caught.value.hint


def test_a_name_of_two_types_is_answered_with_their_ids(manager: Manager) -> None:
    with pytest.raises(UsageError) as caught:
        manager.find("自查表")
    assert "self-check、ledger" in caught.value.hint


def test_no_other_name_of_a_type_takes_the_title_of_another(tmp_path: Path) -> None:
    honest = make_plugin(tmp_path, "self-check", "自检自查表")
    greedy = make_plugin(tmp_path, "greedy", "贪心", 'synonyms = ["自检自查表", "self-check"]\n')
    manager = manager_of(greedy, honest)
    assert manager.find("自检自查表").id == manager.find("self-check").id == "self-check"


def test_an_unknown_name_may_be_that_of_a_plugin_that_cannot_be_used(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, "通知")
    with pytest.raises(UsageError) as caught:
        manager_of(make_plugin(tmp_path, "self-check"), folder).find("zzz")
    assert "cannot be used: 通知" in caught.value.hint


def test_a_near_name_hides_no_plugin_that_cannot_be_used(tmp_path: Path) -> None:
    good = make_plugin(tmp_path, "talk-record", "谈话记录")
    bad = make_plugin(tmp_path, "talk-card", "谈话登记", "verison = 1\n")  # its title is not known
    with pytest.raises(UsageError) as caught:
        manager_of(good, bad).find("谈话登记")
    assert "talk-record" in caught.value.hint
    assert "talk-card" in caught.value.hint
