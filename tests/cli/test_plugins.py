"""Plugins in the hands of a person: checked, listed, installed, removed, handed on, trusted."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Docsmith
from tests.plugin.test_hostile import HOSTILE
from tests.plugins_for_tests import make_plugin

HELLO = (
    "from docsmith.plugin import hookimpl\n"
    "@hookimpl\n"
    "def docsmith_build_context(dossier, document_type, verdicts):\n"
    "    return {'greeting': '您好'}\n"
)
ITEMS = """
[[sheets]]
name = "items"
title = "谈话项目"
scope = "unit"
rows = "items.csv"
columns = [
  { name = "text", title = "内容", required = true },
  { name = "weight", title = "分值", kind = "count" },
]
"""


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with what somebody has sent."""
    folder = tmp_path / "发来的"
    folder.mkdir()
    return folder


def _letter(parent: Path, **changes: str) -> Path:
    return make_plugin(
        parent, **{"plugin_id": "letter", "title": "来信", "text": "{{ 支部.书记 }}"} | changes
    )


def _hello(parent: Path) -> Path:
    return make_plugin(parent, "hello", "问候", python=HELLO, text="{{ greeting }}")


def _version(folder: Path, version: str) -> Path:
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"1.0"', f'"{version}"'), encoding="utf-8")
    return folder


def _codes(answer: Answer) -> list[str]:
    return [one["code"] for one in answer.json["findings"]]


def _states(answer: Answer) -> dict[str, str]:
    return {one["id"]: one["state"] for one in answer.json["plugins"]}


def _zip(folder: Path, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return file


# check


def test_check_makes_documents_on_trial_of_a_sound_plugin(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    done = docsmith("plugin", "check", str(_letter(sent)), "--json")
    assert done.code == 0, done.out
    (plugin,) = done.json["plugins"]
    assert plugin["sound"]
    assert set(plugin["documents"]) == {"示例第一党支部-来信.docx", "示例第二党支部-来信.docx"}
    assert not (workspace / "输出").exists()


@pytest.mark.usefixtures("workspace")
def test_check_tells_mistakes_of_manifest_template_and_rows_at_once(docsmith: Docsmith, sent: Path) -> None:
    folder = _letter(sent, text="{{ 支部.书纪 }}", more=ITEMS)
    (folder / "items.csv").write_text("内容,分值\n甲,很多\n,1\n乙,2,3\n", encoding="utf-8")
    done = docsmith("plugin", "check", str(folder))
    assert done.code == 1
    for words in ("书纪", "书记", "row 2, 分值", "row 3, 内容", "row 4 has more cells"):
        assert words in done.out


@pytest.mark.usefixtures("workspace")
def test_check_looks_at_the_template_although_the_manifest_is_wrong(docsmith: Docsmith, sent: Path) -> None:
    folder = _letter(sent, more="verison = 1\nsynonym = []\n", text="{{ 支部.书记")
    found = docsmith("plugin", "check", str(folder), "--json")
    messages = "\n".join(one["message"] for one in found.json["findings"])
    assert found.code == 1
    assert all(words in messages for words in ("verison", "synonym", "{{"))


@pytest.mark.usefixtures("workspace")
def test_check_finds_what_only_shows_where_nothing_is_known(docsmith: Docsmith, sent: Path) -> None:
    folder = _letter(sent, text="{{ 100 // (党员|length) }}")
    done = docsmith("plugin", "check", str(folder), "--json")
    assert (done.code, _codes(done)) == (1, ["trial"])


@pytest.mark.usefixtures("workspace")
def test_check_says_when_word_would_have_to_repair_a_document(docsmith: Docsmith, sent: Path) -> None:
    import docx

    folder = _letter(sent)
    template = docx.Document()
    table = template.add_table(1, 1)
    table.rows[0].cells[0].text = "{%p if 支部.书记 %}{%p endif %}"
    row = table.rows[0]._tr
    for cell in list(row.tc_lst):
        row.remove(cell)
    template.save(str(folder / "template.docx"))
    assert docsmith("plugin", "check", str(folder), "--json").code == 1


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("def f(:\n", "no Python"),
        (HELLO.replace("build_context", "build_contxt"), "Did you mean docsmith_build_context"),
        (HELLO.replace("@hookimpl\n", ""), "is never called"),
        (HELLO.replace("verdicts", "verdict"), "has no argument verdict"),
    ],
)
def test_check_looks_at_python_without_running_it(
    docsmith: Docsmith, sent: Path, python: str, words: str
) -> None:
    folder = make_plugin(sent, "hello", "问候", python=f"{python}\nimport sys\nsys.exit(0)\n")
    done = docsmith("plugin", "check", str(folder))
    assert done.code == 1
    assert words in done.out


@pytest.mark.usefixtures("workspace")
def test_check_runs_python_only_where_it_is_allowed(docsmith: Docsmith, sent: Path) -> None:
    folder = _hello(sent)
    unseen = docsmith("plugin", "check", str(folder), "--json")
    assert (unseen.code, _codes(unseen), unseen.json["plugins"][0]["documents"]) == (
        0,
        ["plugin-untrusted"],
        [],
    )
    tried = docsmith("plugin", "check", str(folder), "--trust", "hello", "--json")
    assert (_codes(tried), len(tried.json["plugins"][0]["documents"])) == ([], 3)


@pytest.mark.usefixtures("workspace")
def test_check_takes_an_id_a_zip_and_a_wheel(docsmith: Docsmith, sent: Path) -> None:
    assert docsmith("plugin", "check", "notice").code == 0
    assert docsmith("plugin", "check", str(_zip(_letter(sent), sent / "letter.zip"))).code == 0
    wheel = sent / "unit_forms-1.0-py3-none-any.whl"
    package = sent / "unit_forms"
    _letter(package)
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in sorted(package.rglob("*.*")):
            archive.write(path, path.relative_to(sent))
        archive.writestr(
            "unit_forms-1.0.dist-info/entry_points.txt", "[docsmith]\nletter = unit_forms.letter\n"
        )
    done = docsmith("plugin", "check", str(wheel), "--json")
    assert [one["id"] for one in done.json["plugins"]] == ["letter"]


@pytest.mark.usefixtures("workspace")
def test_check_of_what_is_not_there_names_the_nearest(docsmith: Docsmith) -> None:
    done = docsmith("plugin", "check", "notise")
    assert done.code == 2
    assert "Did you mean notice?" in done.err


# install, list, remove


def test_an_installed_plugin_renders_and_is_listed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    (workspace / "docsmith.toml").write_text("# 我的\ndata = '数据'\n", encoding="utf-8")
    done = docsmith("plugin", "install", str(_letter(sent)))
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
    folder = _letter(sent, more=ITEMS.replace("items.csv", "谈话项目.csv"))
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
    assert docsmith("plugin", "install", str(_letter(sent)), "--user").code == 0
    assert not (workspace / "文种" / "letter").exists()
    assert docsmith("render", "letter").code == 0
    assert docsmith("plugin", "remove", "letter", "--user").code == 0
    assert docsmith("render", "letter").code == 2


def test_nothing_that_is_wrong_is_installed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    done = docsmith("plugin", "install", str(_letter(sent, text="{{ 支部.书纪 }}")))
    assert done.code == 1
    assert "书纪" in done.out
    assert not (workspace / "文种" / "letter").exists()


@pytest.mark.usefixtures("sent")
def test_without_a_workspace_install_says_what_to_do(docsmith: Docsmith, sent: Path) -> None:
    done = docsmith("plugin", "install", str(_letter(sent)))
    assert done.code == 2
    assert "--user" in done.err


def test_another_one_of_the_same_id_is_replaced_only_when_that_is_said(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    folder = _letter(sent)
    docsmith("plugin", "install", str(folder))
    (workspace / "文种" / "letter" / "note.txt").write_text("mine", encoding="utf-8")
    _version(folder, "1.1")
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
    docsmith("plugin", "install", str(_letter(sent)))
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
    assert _states(docsmith("plugin", "list", "--json"))["broken"] == "broken"
    assert docsmith("plugin", "remove", "broken").code == 0
    assert "broken" not in _states(docsmith("plugin", "list", "--json"))


def test_what_docsmith_did_not_install_it_does_not_remove(docsmith: Docsmith, workspace: Path) -> None:
    _letter(workspace / "bundled" / "plugins")
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
    _letter(user)
    _letter(workspace / "文种")
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
    assert docsmith("render", "notice").code == 0


@pytest.mark.parametrize("name", ["unit-forms", "unit_forms-1.0-py3-none-any.whl"])
@pytest.mark.usefixtures("workspace")
def test_for_a_package_install_says_what_to_run_with_pip(docsmith: Docsmith, name: str) -> None:
    done = docsmith("plugin", "install", name)
    assert done.code == 2
    assert f"{sys.executable} -m pip install {name}" in done.err


# pack


def test_a_packed_plugin_is_the_same_bytes_and_installs_elsewhere(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    folder = _letter(sent)
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
    folder = _version(_letter(sent), "../2.0")
    assert docsmith("plugin", "pack", str(folder)).code == 0
    (file,) = workspace.glob("letter-*.zip")
    assert docsmith("plugin", "pack", str(folder)).code == 0
    file.write_bytes(b"mine")
    assert docsmith("plugin", "pack", str(folder)).code == 2
    assert file.read_bytes() == b"mine"
    assert docsmith("plugin", "pack", str(folder), "--force").code == 0


@pytest.mark.usefixtures("workspace")
def test_what_is_wrong_or_a_link_is_not_packed(docsmith: Docsmith, workspace: Path, sent: Path) -> None:
    folder = _letter(sent)
    (folder / "real.docx").write_bytes((folder / "template.docx").read_bytes())
    (folder / "template.docx").unlink()
    (folder / "template.docx").symlink_to("real.docx")
    done = docsmith("plugin", "pack", str(folder))
    assert done.code == 4
    assert "links, or hidden" in done.err
    assert docsmith("plugin", "pack", str(_letter(sent, plugin_id="other", text="{{ x"))).code == 1
    assert not list(workspace.glob("*.zip"))


# trust


def test_python_from_a_folder_is_refused_with_what_to_do_and_the_rest_goes_on(
    docsmith: Docsmith, workspace: Path
) -> None:
    _hello(workspace / "文种")
    done = docsmith("render", "hello", "notice")
    assert done.code == 1
    assert "docsmith plugin trust hello" in done.out + done.err
    assert len(list((workspace / "输出").rglob("*通知.docx"))) == 2
    assert "plugin-untrusted" in _codes(docsmith("check", "--json"))
    assert docsmith("batch", "hello").code == 4


def test_what_was_allowed_runs_until_it_changes(docsmith: Docsmith, workspace: Path) -> None:
    folder = _hello(workspace / "文种")
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
    _hello(workspace / "文种")
    batch = [sys.executable, "-m", "docsmith", "batch", "hello", "--jobs", "2", "--json"]
    done = subprocess.run([*batch, "--trust", "hello"], cwd=workspace, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((workspace / "输出").rglob("*问候.docx"))) == 2


def test_a_workspace_from_a_stranger_cannot_trust_itself(docsmith: Docsmith, workspace: Path) -> None:
    _hello(workspace / "文种")
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write('trust = ["hello"]\n')
    done = docsmith("render", "hello")
    assert done.code == 4
    assert "docsmith plugin trust --workspace" in done.err
    assert docsmith("plugin", "trust", "--workspace").code == 0
    assert docsmith("render", "hello").code == 0
    moved = workspace.parent / "elsewhere"
    assert docsmith("plugin", "trust", "--workspace", "--revoke").code == 0
    assert docsmith("render", "hello").code == 4
    assert not moved.exists()


def test_a_believed_workspace_runs_no_new_python_because_it_is_called_alike(
    docsmith: Docsmith, workspace: Path, sent: Path
) -> None:
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write('trust = ["hello"]\n')
    docsmith("plugin", "trust", "--workspace")
    folder = _hello(sent)
    refused = docsmith("plugin", "install", str(folder))
    assert refused.code == 2
    assert "--trust hello" in refused.err
    assert "render hello" in docsmith("plugin", "install", str(folder), "--trust", "hello").out
    assert docsmith("render", "hello").code == 0


@pytest.mark.usefixtures("workspace")
def test_what_is_tried_once_is_not_allowed_for_ever(docsmith: Docsmith, sent: Path) -> None:
    done = docsmith("plugin", "install", str(_hello(sent)), "--trust", "hello")
    assert "docsmith plugin trust hello" in done.out
    assert docsmith("render", "hello").code == 4
    docsmith("plugin", "trust", "hello")
    assert "render hello" in docsmith("plugin", "install", str(sent / "hello")).out


@pytest.mark.usefixtures("workspace")
def test_a_folder_that_the_command_names_is_only_a_place_to_look(docsmith: Docsmith, sent: Path) -> None:
    _hello(sent)
    assert docsmith("render", "hello", "--plugin-dir", str(sent)).code == 4
    assert docsmith("render", "hello", "--plugin-dir", str(sent), "--trust", "hello").code == 0


@pytest.mark.usefixtures("workspace")
def test_nobody_and_nothing_cannot_be_trusted(docsmith: Docsmith) -> None:
    assert docsmith("plugin", "trust").code == 2
    assert docsmith("plugin", "trust", "nobody").code == 2
    assert "needs no permission" in docsmith("plugin", "trust", "notice").out


def test_a_list_of_trust_that_cannot_be_read_is_named(docsmith: Docsmith, workspace: Path) -> None:
    file = workspace / "config" / "docsmith" / "trust.toml"
    file.parent.mkdir(parents=True)
    for content in (b"x", b"\xff", b"plugins = 1", b'[[plugins]]\nid = "x"\n', b"workspaces = 1"):
        file.write_bytes(content)
        done = docsmith("types")
        assert done.code == 2
        assert "trust.toml" in done.err


# one bad among many


@pytest.mark.usefixtures("sent")
def test_an_item_set_that_cannot_be_read_stops_its_own_type_alone(
    docsmith: Docsmith, workspace: Path
) -> None:
    folder = _letter(workspace / "文种", more=ITEMS)
    (folder / "items.csv").write_bytes("内容\n甲\n".encode("utf-16"))
    for command in ("render", "batch"):
        done = docsmith(command, "letter", "notice")
        assert done.code == 1
        assert "items.csv" in done.out + done.err
    assert docsmith("render", "letter").code == 4
    assert docsmith("render", "notice").code == 0
    assert "plugin-broken" in _codes(docsmith("check", "--json"))


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
