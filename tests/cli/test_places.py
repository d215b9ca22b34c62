"""A path that two branches share is one branch's, in render and in batch, and the other is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.engine.data import text_of

BRANCHES = "支部名称,支部编码,书记\n1支部,1,张三\n支部,11,李四\n"


@pytest.fixture
def ambiguous(workspace: Path) -> Path:
    """A workspace whose path calls two branches the same: 1 and 1支部, 11 and 支部."""
    (workspace / "数据" / "支部.csv").write_text(BRANCHES, encoding="utf-8")
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as settings:
        settings.write("path = '{年度}/{支部编码}{支部名称}/{文种}'\n")
    return workspace


@pytest.mark.parametrize("command", [("render", "通知"), ("batch",)], ids=["render", "batch"])
def test_two_branches_of_one_path_never_take_turns(
    docsmith: Docsmith, ambiguous: Path, command: tuple[str, ...]
) -> None:
    for again in (False, True):
        done = docsmith(*command, "--json")
        assert done.code == 1
        first, second = done.json["documents"]
        assert [first["status"], second["status"]] == ["unchanged" if again else "written", "failed"]
        assert "place of two documents" in second["findings"][0]["message"]
        (made,) = (ambiguous / "输出").rglob("*.docx")
        assert text_of(made.read_bytes()) == "1支部：张三"
    assert docsmith(*command, "--branch", "支部").code == 1
    assert text_of(made.read_bytes()) == "1支部：张三"


def test_a_branch_that_came_in_the_place_of_another_takes_its_path(
    docsmith: Docsmith, ambiguous: Path
) -> None:
    docsmith("batch", "--branch", "1支部")
    (ambiguous / "数据" / "支部.csv").write_text("支部名称,支部编码,书记\n支部,11,李四\n", encoding="utf-8")
    (document,) = docsmith("batch", "--json").json["documents"]
    assert document["status"] == "written"
    assert text_of(Path(document["path"]).read_bytes()) == "支部：李四"
    (aside,) = (ambiguous / "输出" / ".docsmith" / "replaced").rglob("*.docx")
    assert text_of(aside.read_bytes()) == "1支部：张三"
    assert str(aside) in document["findings"][0]["hint"]
