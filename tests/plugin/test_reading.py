from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.errors import PluginError
from docsmith.plugin.reading import read_plugin
from tests.plugins_for_tests import candidate, make_plugin, manager_of


def _error(folder: Path) -> PluginError:
    with pytest.raises(PluginError) as caught:
        read_plugin(candidate(folder))
    return caught.value


def test_the_least_that_works(tmp_path: Path) -> None:
    document_type = read_plugin(candidate(make_plugin(tmp_path)))
    assert (document_type.id, document_type.title) == ("notice", "通知")
    assert document_type.template == tmp_path / "notice" / "template.docx"


def test_manifest_saved_by_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = make_plugin(tmp_path) / "plugin.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_plugin(candidate(path.parent)).id == "notice"


def test_every_unknown_key_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    more = 'verison = "2"\nsynonym = ["x"]\n'
    more += '[[sheets]]\nname = "items"\ntitle = "项目"\nscop = "unit"\ncolumns = []\n'
    message = _error(make_plugin(tmp_path, more=more)).message
    for wrong, right in (("verison", "version"), ("synonym", "synonyms"), ("sheets[1].scop", "scope")):
        assert f"Unknown key {wrong}. Did you mean {right}?" in message


def test_the_error_names_plugin_and_folder_and_every_mistake(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / "plugin.toml").write_text('schema = 1\nid = "Not Kebab"\nuses = "unit"\n', encoding="utf-8")
    error = _error(folder)
    assert error.message.startswith("The plugin notice cannot be used")
    assert str(folder) in error.hint
    for key in ("title", "version", "output"):
        assert f"The key {key} is missing." in error.message
    assert error.message.count("\n- ") == 5
    assert "id cannot be “Not Kebab”: lower-case letters" in error.message
    assert "uses cannot be “unit”: a list" in error.message


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("overrides = 1", "overrides cannot be “1”: true or false"),
        ("synonyms = [1]", "synonyms[1] cannot be “1”: text in quotes"),
        ("options = 1", "options cannot be “1”: a table"),
        ('columns = { members = "x" }', "columns.members cannot be “x”: a list"),
        ('columns = { members = ["x"] }', "columns.members[1] cannot be “x”: a table"),
        ('columns = { members = [{ name = "X", title = "" }] }', "columns.members[1].name cannot be “X”"),
        (
            'columns = { members = [{ name = "x", title = "" }] }',
            "columns.members[1].title cannot be “”: it is",
        ),
        ('columns = { members = [{ name = "x", title = "甲\\n乙" }] }', "one line is expected"),
        ('columns = { members = [{ name = "x", title = "x", kind = "x" }] }', "one of text, name, names"),
        ('columns = { members = [{ name = "x", title = "x", default = true }] }', "default cannot be “True”"),
        ('sheets = [{ name = "x", title = "x", columns = [], scope = "x" }]', "sheets[1].scope cannot"),
    ],
)
def test_a_value_of_another_kind_is_named_by_its_path(tmp_path: Path, table: str, sentence: str) -> None:
    assert sentence in _error(make_plugin(tmp_path, more=f"{table}\n")).message


def test_true_is_no_schema(tmp_path: Path) -> None:
    path = make_plugin(tmp_path) / "plugin.toml"
    path.write_text(path.read_text("utf-8").replace("schema = 1", "schema = true"), encoding="utf-8")
    assert "schema cannot be “True”" in _error(path.parent).message


@pytest.mark.parametrize("content", [b"schema = ", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_manifest_that_is_no_toml_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    folder = make_plugin(tmp_path)
    (folder / "plugin.toml").write_bytes(content)
    assert "plugin.toml" in _error(folder).message


def test_a_mistake_of_writing_is_told_with_its_line(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / "plugin.toml").write_text('schema = 1\nid = "not\n', encoding="utf-8")
    assert "look at line 2, near column" in _error(folder).message


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = make_plugin(tmp_path) / "plugin.toml"
    path.write_text(path.read_text("utf-8").replace("schema = 1", "schema = 2"), encoding="utf-8")
    assert "schema cannot be “2”: this version of docsmith does not know it" in _error(path.parent).message


@pytest.mark.parametrize("name", ["../secret.docx", "/etc/passwd", "a/../../x", "C:\\x", "..\\x"])
def test_paths_in_a_manifest_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    path = make_plugin(tmp_path) / "plugin.toml"
    text = path.read_text("utf-8").replace('"template.docx"', f"'{name}'")
    path.write_text(text, encoding="utf-8")
    assert "inside the plugin's folder" in _error(path.parent).message


def test_a_link_cannot_leave_the_folder_either(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    outside = tmp_path / "outside.docx"
    outside.write_bytes(b"")
    (folder / "template.docx").unlink()
    (folder / "template.docx").symlink_to(outside)
    assert "lies outside" in _error(folder).message


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / "template.docx").unlink()
    assert "template.docx is not there" in _error(folder).message


def test_a_broken_plugin_is_named_and_the_others_work(tmp_path: Path) -> None:
    broken = make_plugin(tmp_path, "broken")
    (broken / "plugin.toml").write_text("schema = 1", encoding="utf-8")
    manager = manager_of(broken, make_plugin(tmp_path, "fine"))
    assert list(manager.types) == ["fine"]
    (finding,) = manager.findings
    assert (finding.code, finding.place.file) == ("plugin-broken", "broken/plugin.toml")
    with pytest.raises(PluginError, match="broken"):
        manager.find("broken")
