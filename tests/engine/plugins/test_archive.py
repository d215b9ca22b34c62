from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest

from docsmith.engine.plugins.archive import below, read_archive, roots_of
from docsmith.errors import PluginError

MANIFEST = "talk/plugin.toml"


def zipped(files: Mapping[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", pack) as writing:
        for name, content in files.items():
            writing.writestr(name, content)
    return buffer.getvalue()


def zipped_in(encoding: str, name: str, content: bytes = b"x") -> bytes:
    """Return a zip with a name in the encoding of a country, without saying which, as Windows does."""
    raw = name.encode(encoding)
    placeholder = "n" * len(raw)
    return zipped({placeholder: content}, zipfile.ZIP_STORED).replace(placeholder.encode(), raw)


def _refused(data: bytes) -> str:
    with pytest.raises(PluginError) as caught:
        read_archive(data, "来信.zip")
    assert "来信.zip" in caught.value.message
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_a_chinese_windows_has_written_are_read(encoding: str) -> None:
    assert list(read_archive(zipped_in(encoding, "谈话记录/谈话项目.csv"), "z")) == ["谈话记录/谈话项目.csv"]


def test_a_gbk_character_that_ends_like_a_backslash_is_no_separator() -> None:
    assert "乗".encode("gbk")[1:] == b"\\"
    assert list(read_archive(zipped_in("gbk", "乗/a.csv"), "z")) == ["乗/a.csv"]


def test_backslashes_of_old_windows_programs_are_separators() -> None:
    assert list(read_archive(zipped_in("gbk", "talk\\plugin.toml"), "z")) == [MANIFEST]


def test_a_name_is_composed_alike_whichever_system_packed_it() -> None:
    assert list(read_archive(zipped({"./Cafe\u0301.csv": b""}), "z")) == ["Caf\u00e9.csv"]


def test_what_systems_and_programs_leave_behind_is_not_unpacked() -> None:
    junk = ["__MACOSX/talk/._plugin.toml", ".DS_Store", "talk/~$template.docx", "talk/Thumbs.db"]
    junk += ["talk/__pycache__/a.pyc", "talk/.git/config", "talk/.~lock.template.docx#"]
    assert list(read_archive(zipped({MANIFEST: b"1", **dict.fromkeys(junk, b"")}), "z")) == [MANIFEST]


@pytest.mark.parametrize(
    "name",
    [
        "../plugin.toml", "talk/../../x", "/etc/cron.d/x", "C:/x", "C:\\x", "..\\..\\x", "talk//x",
        "talk/con.txt", "talk/x.", "talk/x ", "talk/a\x07b", "talk/a\u202eb", "talk/-rf", "talk/a?b",
        "x" * 300,
    ],
)  # fmt: skip
def test_a_path_that_leads_out_or_is_no_name_everywhere_is_refused(name: str) -> None:
    assert re.search("is no name of a file|leads out", _refused(zipped({MANIFEST: b"", name: b"x"})))


def test_two_names_that_some_system_takes_for_one_are_refused() -> None:
    assert "there twice" in _refused(zipped({"talk/ａ.csv": b"1", "talk/a.csv": b"2"}))


def test_a_file_that_unpacks_to_far_more_is_not_unpacked() -> None:
    assert "200 times its size" in _refused(zipped({MANIFEST: bytes(8 << 20)}))


def test_what_is_no_zip_is_named() -> None:
    assert "is no zip file" in _refused(b"PK")


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        (["plugin.toml", "template.docx"], [""]),
        (["talk/plugin.toml"], ["talk"]),
        (["发来的/talk/plugin.toml", "发来的/说明.txt"], ["发来的/talk"]),
        (["a/plugin.toml", "b/plugin.toml"], ["a", "b"]),
        (["a/plugin.toml", "a/old/plugin.toml"], ["a"]),
        (["a/template.docx"], []),
    ],
)
def test_the_folders_with_a_plugin_are_found(files: list[str], roots: list[str]) -> None:
    assert roots_of(files) == roots


def test_a_folder_is_taken_out_with_all_that_is_below_it() -> None:
    files = {"a/plugin.toml": b"1", "a/x/y": b"2", "ab/z": b"3"}
    assert below(files, "a") == {"plugin.toml": b"1", "x/y": b"2"}
    assert below(files, "") == files
