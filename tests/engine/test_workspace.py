from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.workspace import Workspace, parse_period
from docsmith.errors import UsageError

WHOLE = """\
data = ['数据.xlsx', 'more']
out = '输出'
period = 2026
plugins = '文种'
[rules]
R-20 = "off"
[types.self-check]
pass_rate = 0.8
[import.files]
"a.xlsx" = "党员"
"""


def _read(folder: Path, text: str) -> Workspace:
    (folder / "docsmith.toml").write_text(text, encoding="utf-8")
    return Workspace.read(folder / "docsmith.toml")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    workspace = _read(tmp_path, WHOLE)
    assert workspace.data == (tmp_path / "数据.xlsx", tmp_path / "more")
    assert (workspace.out, workspace.plugins) == (tmp_path / "输出", (tmp_path / "文种",))
    assert workspace.period == 2026
    assert workspace.rules == {"R-20": "off"}
    assert workspace.types == {"self-check": {"pass_rate": 0.8}}
    assert workspace.imports == {"files": {"a.xlsx": "党员"}}


def test_the_nearest_file_upwards_is_found(tmp_path: Path) -> None:
    _read(tmp_path, "data = 'x.csv'")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert Workspace.find(inner).data == (tmp_path / "x.csv",)


def test_without_a_file_nothing_is_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    assert Workspace.find(tmp_path) == Workspace()


def test_unknown_settings_are_all_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        _read(tmp_path, "dat = 'x'\nplugin = 'y'\n")
    assert "dat、plugin" in caught.value.message
    assert "Did you mean data?" in caught.value.hint
    assert "Did you mean plugins?" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    ["data = 3", "out = ['x']", "data = ''", "rules = 1", "types = { a = 1 }", "data = ", "period = 'x'"],
)
def test_a_wrong_value_is_a_usage_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        _read(tmp_path, text)


def test_a_windows_path_in_double_quotes_is_answered_with_the_mending(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        _read(tmp_path, 'data = "C:\\Users\\x.xlsx"')
    assert "single quotes" in caught.value.hint


def test_a_file_saved_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "docsmith.toml").write_bytes("data = '数据.xlsx'".encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        Workspace.read(tmp_path / "docsmith.toml")


@pytest.mark.parametrize("text", ["2026", " 2026年", "2026年度"])
def test_a_period_is_a_year(text: str) -> None:
    assert parse_period(text) == 2026


@pytest.mark.parametrize("text", ["26", "2026-03", "", "²⁰²⁶", "0001"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(UsageError, match="not a period"):
        parse_period(text)
