from __future__ import annotations

import time
from pathlib import Path

import pytest

from docsmith.engine.plugins.examination import examine
from docsmith.engine.plugins.inventory import Python, State, inventory
from docsmith.engine.plugins.places import read_all
from docsmith.plugin.discovery import Candidate
from docsmith.plugin.manager import Manager
from docsmith.plugin.trust import NOBODY
from tests.plugin.test_hostile import HOSTILE
from tests.plugins_for_tests import make_plugin

_SECONDS = 10
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_is_looked_at_in_no_time_and_not_left(name: str, tmp_path: Path) -> None:
    folder = make_plugin(tmp_path / "文种", "hostile", "坏的")
    HOSTILE[name](folder)
    start = time.process_time()
    done = examine(Candidate(folder, folder, "a test"), [], NOBODY)
    assert time.process_time() - start < _SECONDS
    assert not done.is_sound
    assert done.documents == ()
    assert not any("root:" in one.message for one in done.findings)


def test_a_template_without_end_is_an_error_of_the_trial(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, text=ENDLESS)
    done = examine(Candidate(folder, folder, "a test"), [], NOBODY)
    assert "steps" in "".join(one.message for one in done.findings if one.code == "trial")


def test_the_inventory_has_every_candidate_once_in_order(tmp_path: Path) -> None:
    names = ("a", "b", "c")
    folders = [
        make_plugin(tmp_path, name, f"标题{name}", python="x = 1" if name == "c" else "") for name in names
    ]
    (folders[1] / "plugin.toml").write_text("x", encoding="utf-8")
    found = [Candidate(folder, folder, folder.name) for folder in folders]
    entries = inventory(read_all(found), Manager(found))
    assert [one.installed.id for one in entries] == list(names)
    assert [one.state for one in entries] == [State.ACTIVE, State.BROKEN, State.ACTIVE]
    assert entries[2].python is Python.UNTRUSTED
    assert "docsmith plugin trust c" in entries[2].hint
