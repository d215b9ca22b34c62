"""``docsmith plugin trust``: whose Python runs; and one bad plugin among many."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.cli.sent import ITEMS, codes, hello, letter
from tests.plugin.test_hostile import HOSTILE
from tests.plugins_for_tests import make_plugin


def test_python_from_a_folder_is_refused_with_what_to_do_and_the_rest_goes_on(
    docsmith: Docsmith, workspace: Path
) -> None:
    hello(workspace / "文种")
    done = docsmith("render", "hello", "notice")
    assert done.code == 1
    assert "docsmith plugin trust hello" in done.out + done.err
    assert len(list((workspace / "输出").rglob("*通知.docx"))) == 2
    assert "plugin-untrusted" in codes(docsmith("check", "--json"))
    assert docsmith("batch", "hello").code == 4


def test_what_was_allowed_runs_until_it_changes(docsmith: Docsmith, workspace: Path) -> None:
    folder = hello(workspace / "文种")
    assert docsmith("plugin", "trust", "hello").code == 0
    assert docsmith("render", "hello").code == 0
    assert docsmith("batch", "hello").code == 0
    with (folder / "plugin.py").open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert docsmith("render", "hello").code == 4
    docsmith("plugin", "trust", "问候")
    assert docsmith("render", "hello").code == 0
    docsmith("plugin", "trust", "hello", "--revoke")
    assert docsmith("render", "hello").code == 4


def test_workers_of_a_batch_run_what_the_person_has_allowed(workspace: Path) -> None:
    hello(workspace / "文种")
    batch = [sys.executable, "-m", "docsmith", "batch", "hello", "--jobs", "2", "--json"]
    done = subprocess.run([*batch, "--trust", "hello"], cwd=workspace, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((workspace / "输出").rglob("*问候.docx"))) == 2


def test_a_workspace_from_a_stranger_cannot_trust_itself(docsmith: Docsmith, workspace: Path) -> None:
    hello(workspace / "文种")
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write('trust = ["hello"]\n')
    done = docsmith("render", "hello")
    assert done.code == 4
    assert "docsmith plugin trust --workspace" in done.err
    assert docsmith("plugin", "trust", "--workspace").code == 0
    assert docsmith("render", "hello").code == 0
    assert docsmith("plugin", "trust", "--workspace", "--revoke").code == 0
    assert docsmith("render", "hello").code == 4


def test_a_believed_workspace_runs_no_new_python_because_it_is_called_alike(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write('trust = ["hello"]\n')
    docsmith("plugin", "trust", "--workspace")
    folder = hello(sent)
    refused = docsmith("plugin", "install", str(folder))
    assert refused.code == 2
    assert "--trust hello" in refused.err
    assert "render hello" in docsmith("plugin", "install", str(folder), "--trust", "hello").out
    assert docsmith("render", "hello").code == 0


@pytest.mark.usefixtures("workspace")
def test_what_is_tried_once_is_not_allowed_for_ever(docsmith: Docsmith, sent: Path) -> None:
    done = docsmith("plugin", "install", str(hello(sent)), "--trust", "hello")
    assert "docsmith plugin trust hello" in done.out
    assert docsmith("render", "hello").code == 4
    docsmith("plugin", "trust", "hello")
    assert "render hello" in docsmith("plugin", "install", str(sent / "hello")).out


@pytest.mark.usefixtures("workspace")
def test_a_folder_that_the_command_names_is_only_a_place_to_look(docsmith: Docsmith, sent: Path) -> None:
    hello(sent)
    assert docsmith("render", "hello", "--plugin-dir", str(sent)).code == 4
    assert docsmith("render", "hello", "--plugin-dir", str(sent), "--trust", "hello").code == 0


@pytest.mark.usefixtures("workspace")
def test_nobody_and_nothing_cannot_be_trusted(docsmith: Docsmith) -> None:
    assert docsmith("plugin", "trust").code == 2
    assert docsmith("plugin", "trust", "nobody").code == 2
    assert "needs no permission" in docsmith("plugin", "trust", "notice").out


def test_what_comes_with_docsmith_needs_no_word_of_trust(docsmith: Docsmith, workspace: Path) -> None:
    own = hello(workspace / "bundled" / "plugins")
    templates = workspace / "bundled" / "templates" / "hello"
    templates.mkdir(parents=True)
    (own / "template.docx").rename(templates / "template.docx")
    done = docsmith("plugin", "trust", "hello")
    assert (done.code, "was installed as a program (bundled)" in done.out) == (0, True)
    kept = "".join(one.read_text(encoding="utf-8") for one in (workspace / "config").rglob("trust.toml"))
    assert "hello" not in kept


def test_a_list_of_trust_that_cannot_be_read_is_named(docsmith: Docsmith, workspace: Path) -> None:
    file = workspace / "config" / "docsmith" / "trust.toml"
    file.parent.mkdir(parents=True)
    for content in (b"x", b"\xff", b"plugins = 1", b'[[plugins]]\nid = "x"\n', b"workspaces = 1"):
        file.write_bytes(content)
        done = docsmith("types")
        assert done.code == 2
        assert "trust.toml" in done.err


@pytest.mark.usefixtures("sent")
def test_an_item_set_that_cannot_be_read_stops_its_own_type_alone(
    docsmith: Docsmith, workspace: Path
) -> None:
    folder = letter(workspace / "文种", more=ITEMS)
    (folder / "items.csv").write_bytes("内容\n甲\n".encode("utf-16"))
    for command in ("render", "batch"):
        done = docsmith(command, "letter", "notice")
        assert done.code == 1
        assert "items.csv" in done.out + done.err
    assert docsmith("render", "letter").code == 4
    assert docsmith("render", "notice").code == 0
    assert "plugin-broken" in codes(docsmith("check", "--json"))


def test_beside_all_hostile_folders_every_command_goes_on_and_names_them(
    docsmith: Docsmith, workspace: Path
) -> None:
    for name, change in HOSTILE.items():
        change(make_plugin(workspace / "文种", name, f"坏的{name}"))
    for command in (["render", "notice"], ["batch", "notice"], ["types"]):
        done = docsmith(*command, "--json")
        assert done.code == 0, (command, done.err)
        files = {one["file"] for one in done.json["findings"] if one["code"] == "plugin-broken"}
        assert files == {f"{name}/plugin.toml" for name in HOSTILE}
    listed = docsmith("plugin", "list", "--json").json["plugins"]
    assert {one["id"] for one in listed if one["problem"]} == HOSTILE.keys()


def test_types_says_which_of_them_nobody_has_allowed(docsmith: Docsmith, workspace: Path) -> None:
    hello(workspace / "文种")
    shown = docsmith("types")
    assert (shown.code, "docsmith plugin trust hello" in shown.out) == (0, True)
    assert codes(docsmith("types", "--json")) == ["plugin-untrusted"]
    assert codes(docsmith("types", "notice", "--json")) == []
    assert codes(docsmith("types", "--trust", "hello", "--json")) == []
