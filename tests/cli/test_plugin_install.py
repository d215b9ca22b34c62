"""``docsmith plugin install``, ``list``, ``remove`` and ``pack``: whole or not at all, nothing lost."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.cli.sent import ITEMS, letter, states, with_version
from tests.plugins_for_tests import make_plugin


def test_an_installed_plugin_renders_and_is_listed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    (workspace / "docsmith.toml").write_text("# 我的\ndata = '数据'\n", encoding="utf-8")
    done = docsmith("plugin", "install", str(letter(sent)))
    assert done.code == 0, done.err + done.out
    assert (workspace / "文种" / "letter" / "template.docx").is_file()
    assert (workspace / "docsmith.toml").read_text("utf-8").startswith("# 我的\ndata = '数据'\n")
    assert docsmith("render", "来信").code == 0
    (one,) = [one for one in docsmith("plugin", "list", "--json").json["plugins"] if one["id"] == "letter"]
    assert (one["version"], one["state"], one["python"], one["kind"]) == (
        "1.0",
        "active",
        "none",
        "workspace",
    )


@pytest.mark.usefixtures("workspace")
def test_a_zip_from_windows_installs(docsmith: Docsmith, sent: Path) -> None:
    folder = letter(sent, more=ITEMS.replace("items.csv", "谈话项目.csv"))
    raw = "谈话项目.csv".encode("gbk")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in ("plugin.toml", "template.docx"):
            archive.write(folder / name, f"letter\\{name}")
        archive.writestr("letter/" + "n" * len(raw), "内容,分值\n甲,1\n")
    (sent / "letter.zip").write_bytes(buffer.getvalue().replace(b"n" * len(raw), raw))
    done = docsmith("plugin", "install", str(sent / "letter.zip"))
    assert done.code == 0, done.out + done.err
    assert docsmith("render", "letter").code == 0


def test_for_oneself_a_plugin_is_there_in_every_workspace(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    assert docsmith("plugin", "install", str(letter(sent)), "--user").code == 0
    assert not (workspace / "文种" / "letter").exists()
    assert docsmith("render", "letter").code == 0
    assert docsmith("plugin", "remove", "letter", "--user").code == 0
    assert docsmith("render", "letter").code == 2


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(("first", "second"), [(["--user"], []), ([], ["--user"])])
def test_nothing_is_installed_that_would_stop_another_of_its_id(
    docsmith: Docsmith, sent: Path, first: list[str], second: list[str]
) -> None:
    folder = str(letter(sent))
    assert docsmith("plugin", "install", folder, *first).code == 0
    refused = docsmith("plugin", "install", folder, *second)
    assert (refused.code, "there already" in refused.err) == (2, True)
    assert docsmith("render", "letter").code == 0


def test_nothing_that_is_wrong_is_installed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    done = docsmith("plugin", "install", str(letter(sent, text="{{ 支部.书纪 }}")))
    assert done.code == 1
    assert "书纪" in done.out
    assert not (workspace / "文种" / "letter").exists()


@pytest.mark.usefixtures("sent")
def test_without_a_workspace_install_says_what_to_do(docsmith: Docsmith, sent: Path) -> None:
    done = docsmith("plugin", "install", str(letter(sent)))
    assert done.code == 2
    assert "--user" in done.err


def test_another_one_of_the_same_id_is_replaced_only_when_that_is_said(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    folder = letter(sent)
    docsmith("plugin", "install", str(folder))
    (workspace / "文种" / "letter" / "note.txt").write_text("mine", encoding="utf-8")
    with_version(folder, "1.1")
    refused = docsmith("plugin", "install", str(folder))
    assert refused.code == 2
    assert "--upgrade" in refused.err
    done = docsmith("plugin", "install", str(folder), "--upgrade", "--json")
    assert done.json["installed"]["what"] == "upgraded"
    assert Path(done.json["installed"]["aside"], "note.txt").read_text("utf-8") == "mine"
    assert not (workspace / "文种" / "letter" / "note.txt").exists()
    again = docsmith("plugin", "install", str(folder), "--json")
    assert again.json["installed"]["what"] == "unchanged"


def test_a_removed_plugin_is_kept_and_comes_back(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    docsmith("plugin", "install", str(letter(sent)))
    (workspace / "文种" / "letter" / "note.txt").write_text("mine", encoding="utf-8")
    for kept in ("letter", "letter-2"):
        done = docsmith("plugin", "remove", "letter", "--json")
        aside = Path(done.json["removed"]["aside"])
        assert docsmith("plugin", "check", "来信").code == 2
        assert aside.name == kept
        assert (aside / "note.txt").read_text("utf-8") == "mine"
        assert docsmith("render", "letter").code == 2
        assert docsmith("plugin", "install", str(aside)).code == 0
        assert docsmith("plugin", "check", "来信").code == 0
    assert docsmith("render", "letter").code == 0


@pytest.mark.usefixtures("workspace")
def test_a_plugin_goes_by_its_title_too(docsmith: Docsmith) -> None:
    assert docsmith("plugin", "remove", "通知").code == 0
    done = docsmith("plugin", "remove", "通知")
    assert (done.code, "There is no plugin called 通知" in done.err) == (2, True)


def test_what_the_settings_still_say_of_a_removed_plugin_is_told(docsmith: Docsmith, workspace: Path) -> None:
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write("pack = ['通知']\n")
    assert "still names it: 通知" in docsmith("plugin", "remove", "notice").out


def test_the_last_plugin_can_be_removed(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("plugin", "remove", "notice").code == 0
    assert docsmith("plugin", "list").code == 0
    assert (workspace / "文种").is_dir()


@pytest.mark.usefixtures("workspace")
def test_a_broken_plugin_can_be_removed(docsmith: Docsmith, workspace: Path) -> None:
    (make_plugin(workspace / "文种", "broken", "坏的") / "plugin.toml").write_text("x", encoding="utf-8")
    assert states(docsmith("plugin", "list", "--json"))["broken"] == "broken"
    assert docsmith("plugin", "remove", "broken").code == 0
    assert "broken" not in states(docsmith("plugin", "list", "--json"))


def test_what_docsmith_did_not_install_it_does_not_remove(docsmith: Docsmith, workspace: Path) -> None:
    letter(workspace / "bundled" / "plugins")
    template = workspace / "bundled" / "templates" / "letter"
    template.mkdir(parents=True)
    shutil.copy(workspace / "文种" / "notice" / "template.docx", template)
    done = docsmith("plugin", "remove", "letter")
    assert done.code == 2
    assert "bundled" in done.err
    assert docsmith("plugin", "remove", "nobody").code == 2
    (workspace / "docsmith.toml").write_text("data = '数据'\nplugins = '文种/notice'\n", encoding="utf-8")
    assert "lists the folder" in docsmith("plugin", "remove", "notice").err


def test_the_list_tells_what_takes_whose_place_and_what_is_broken(
    docsmith: Docsmith, workspace: Path
) -> None:
    user = workspace / "config" / "docsmith" / "plugins"
    make_plugin(user, "notice", "通知")
    (workspace / "文种" / "notice" / "plugin.toml").write_text(
        (user / "notice" / "plugin.toml").read_text("utf-8") + "overrides = true\n", encoding="utf-8"
    )
    letter(user)
    letter(workspace / "文种")
    entries = docsmith("plugin", "list", "--json").json["plugins"]
    told = [(one["id"], one["kind"], one["state"]) for one in entries]
    assert told == [
        ("letter", "user", "broken"),
        ("notice", "user", "overridden"),
        ("letter", "workspace", "broken"),
        ("notice", "workspace", "active"),
    ]
    assert [one["order"] for one in entries] == [1, 2, 3, 4]
    assert "文种" in entries[1]["overridden_by"]
    assert "config" in entries[3]["overrides"][0]
    assert all("Two plugins have the id letter" in entries[number]["problem"] for number in (0, 2))
    shown = docsmith("plugin", "list")
    assert shown.code == 0
    assert "replaced by the workspace" in shown.out
    assert shown.out.count("Two plugins have the id letter") == 1
    assert docsmith("render", "notice").code == 0


@pytest.mark.parametrize("name", ["unit-forms", "unit_forms-1.0-py3-none-any.whl"])
@pytest.mark.usefixtures("workspace")
def test_for_a_package_install_says_what_to_run_with_pip(docsmith: Docsmith, name: str) -> None:
    done = docsmith("plugin", "install", name)
    assert done.code == 2
    assert f"{sys.executable} -m pip install {name}" in done.err


def test_a_packed_plugin_is_the_same_bytes_and_installs_elsewhere(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    folder = letter(sent)
    for name in ("~$mplate.docx", ".DS_Store", "a.pyc"):
        (folder / name).write_bytes(b"x")
    first, second = workspace / "a.zip", workspace / "b.zip"
    assert docsmith("plugin", "pack", str(folder), "-o", str(first)).code == 0
    moved = shutil.copytree(folder, sent / "anders")
    (moved / "plugin.toml").touch()
    assert docsmith("plugin", "pack", str(moved), "-o", str(second)).code == 0
    assert first.read_bytes() == second.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["letter/plugin.toml", "letter/template.docx"]
    assert docsmith("plugin", "install", str(first)).code == 0
    assert docsmith("render", "letter").code == 0


def test_a_zip_is_called_by_id_and_version_and_replaces_no_other_file(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    folder = with_version(letter(sent), "../2.0")
    assert docsmith("plugin", "pack", str(folder)).code == 0
    (file,) = workspace.glob("letter-*.zip")
    assert docsmith("plugin", "pack", str(folder)).code == 0
    file.write_bytes(b"mine")
    assert docsmith("plugin", "pack", str(folder)).code == 2
    assert file.read_bytes() == b"mine"
    assert docsmith("plugin", "pack", str(folder), "--force").code == 0


@pytest.mark.usefixtures("workspace")
def test_what_is_wrong_or_a_link_is_not_packed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    folder = letter(sent)
    (folder / "real.docx").write_bytes((folder / "template.docx").read_bytes())
    (folder / "template.docx").unlink()
    (folder / "template.docx").symlink_to("real.docx")
    done = docsmith("plugin", "pack", str(folder))
    assert done.code == 4
    assert "links, or hidden" in done.err
    assert docsmith("plugin", "pack", str(letter(sent, plugin_id="other", text="{{ x"))).code == 1
    assert not list(workspace.glob("*.zip"))


def test_a_name_to_remove_is_guessed_among_those_that_can_be_removed(
    docsmith: Docsmith, workspace: Path
) -> None:
    letter(workspace / "bundled" / "plugins")
    done = docsmith("plugin", "remove", "leter")
    assert done.code == 2
    assert "letter" not in done.err
    assert "What comes with docsmith" in done.err
    assert "Did you mean notice?" in docsmith("plugin", "remove", "notise").err
