from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.workspace import Workspace, parse_period
from docsmith.errors import UsageError
from docsmith.model.survey import USUAL_SURVEY, Formula, Survey

WHOLE = """\
data = ['数据.xlsx', 'more']
out = '输出'
period = 2026
plugins = '文种'
pack = ["自检自查表", "work-plan"]
path = '{年度}/{文种}/{支部名称}'
[rules]
R-20 = "off"
[types.self-check]
pass_rate = 0.8
[import.files]
"a.xlsx" = "党员"
[survey]
grades = ["好", "较好", "一般", "差"]
satisfied = ["好", "较好"]
points = [100, 80, 60]
formula = "C"
"""


def _read(folder: Path, text: str) -> Workspace:
    (folder / "docsmith.toml").write_text(text, encoding="utf-8")
    return Workspace.read(folder / "docsmith.toml")


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    workspace = _read(tmp_path, WHOLE)
    assert workspace.data == (tmp_path / "数据.xlsx", tmp_path / "more")
    assert (workspace.out, workspace.plugins) == (tmp_path / "输出", (tmp_path / "文种",))
    assert workspace.period == 2026
    assert workspace.pack == ("自检自查表", "work-plan")
    assert workspace.path == "{年度}/{文种}/{支部名称}"
    assert workspace.rules == {"R-20": "off"}
    assert workspace.types == {"self-check": {"pass_rate": 0.8}}
    assert workspace.imports == {"files": {"a.xlsx": "党员"}}
    own = ("好", "较好", "一般", "差")
    assert workspace.survey == Survey(own, ("好", "较好"), (100, 80, 60), Formula.C)


@pytest.mark.parametrize(
    ("text", "survey"),
    [
        ("", USUAL_SURVEY),
        ("formula = 'A'", Survey(formula=Formula.A)),
        ("grades = ['好', '中', '差']\nformula = 'A'", Survey(("好", "中", "差"), (), (), Formula.A)),
        ("points = [90, 60, 0, 0]", Survey(points=(90, 60, 0, 0))),
    ],
)
def test_survey_keeps_what_a_unit_does_not_decide(tmp_path: Path, text: str, survey: Survey) -> None:
    assert _read(tmp_path, f"[survey]\n{text}").survey == survey


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("formla = 'B'", "Did you mean formula?"),
        ("formula = 'D'", "A, B or C"),
        ("formula = 3", "A, B or C"),
        ("grades = '满意'", "a list"),
        ("grades = ['满意', '不满意']", "three to six"),
        ("grades = ['满意', '满意', '不满意']", "three to six"),
        ("grades = ['好', '中', 3]", "three to six"),
        ("grades = ['好', '中', '差']", "the best of the grades 好、中、差"),
        ("satisfied = ['满意', '不满意']", "the best of the grades"),
        ("satisfied = []", "the best of the grades"),
        ("formula = 'C'\ngrades = ['好', '中', '差']\nsatisfied = ['好']", "each of 好、中、差"),
        ("points = [100, 80, 60, 40, 20]", "0 to 100"),
        ("points = [100, true]", "0 to 100"),
        ("points = [1000, 70]", "0 to 100"),
    ],
)
def test_survey_that_does_not_fit_together_is_refused(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(UsageError, match=r"docsmith\.toml are wrong: \[survey\]") as caught:
        _read(tmp_path, f"[survey]\n{text}")
    assert hint in caught.value.hint


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
    [
        "data = 3",
        "out = ['x']",
        "data = ''",
        "rules = 1",
        "types = { a = 1 }",
        "survey = 1",
        "data = ",
        "period = 'x'",
    ],
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


def test_a_path_that_cannot_be_one_names_the_file_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        _read(tmp_path, "path = '{年度}/{支部名称}'\n")
    assert "docsmith.toml" in caught.value.message
    assert "{文件名}" in caught.value.message
