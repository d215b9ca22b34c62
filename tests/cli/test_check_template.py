"""``docsmith check TEMPLATE.docx``: what a person reads, what machines read, and the copy that is mended."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin
from tests.template.builders import docx, texts

_TWINS = (("甲", ""), ("乙", "overrides = true\n"))
BROKEN = docx("｛｛ 支部.支部名称 ｝｝", "{{ 支部.书纪 }}", "{{ 支部 书记 }}")


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_every_mistake_is_told_with_its_place_and_what_to_do(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "模板.docx", BROKEN)
    answer = docsmith("check", "模板.docx")
    assert answer.code == 1
    assert "× body, paragraph 1 “｛｛ 支部.支部名称 ｝｝”" in answer.out
    assert "Write {{ 支部.支部名称 }}." in answer.out
    assert "× body, paragraph 3 “{{ 支部 书记 }}”" in answer.out
    assert "[tag-unreadable]" in answer.out
    assert "2 errors, 1 warnings, 0 notes" in answer.out


def test_a_template_in_the_folder_of_its_type_knows_its_names(workspace: Path, docsmith: Docsmith) -> None:
    folder = workspace / "文种" / "notice"
    write(folder / "template.docx", docx("{{ 支部.书纪 }}", "{{ 支部.zzz }}"))
    for named in (folder, folder / "template.docx"):
        answer = docsmith("check", str(named))
        assert answer.code == 1
        assert "支部 has no field called 书纪. [unknown-name]" in answer.out
        assert "Did you mean 书记?" in answer.out
        assert "declare it as a column in plugin.toml" in answer.out


def test_a_folder_whose_place_another_takes_says_so(workspace: Path, docsmith: Docsmith) -> None:
    first, second = (make_plugin(workspace / name, "twin", "双份", more) for name, more in _TWINS)
    answer = docsmith("check", str(first), str(second))
    assert (answer.code, "takes the place of" in answer.err) == (2, True)
    clashing = make_plugin(workspace / "others").rename(workspace / "others" / "mine")
    broken = make_plugin(workspace / "others", "bad", "坏", "oops = 1\n")
    for folder, words in ((clashing, "Two plugins have the id notice"), (broken, "oops")):
        answer = docsmith("check", str(folder), "--plugin-dir", "others")
        assert (answer.code, words in answer.err) == (4, True)


def test_a_type_may_be_named_and_without_one_a_strange_name_is_a_warning(
    workspace: Path, docsmith: Docsmith
) -> None:
    write(workspace / "模板.docx", docx("{{ 支部.书纪 }}"))
    assert docsmith("check", "模板.docx", "--type", "通知").code == 1
    without = docsmith("check", "模板.docx")
    assert without.code == 0
    assert "[unknown-name]" in without.out
    assert "--type TYPE says which names there are" in without.out


def test_a_template_made_for_something_else_is_not_told_that_its_names_are_strange(
    tmp_path: Path, docsmith: Docsmith
) -> None:
    write(tmp_path / "order.docx", docx("{{ customer.name }} {{ invoice }}"))
    answer = docsmith("check", "order.docx")
    assert answer.code == 0
    assert "Nothing is wrong." in answer.out


def test_json_is_one_object_with_the_place_in_numbers(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "模板.docx", docx([["一", "｛｛ 年度 ｝｝"]]))
    answer = docsmith("check", "模板.docx", "--json")
    (finding,) = answer.json["findings"]
    assert (finding["file"], finding["code"], finding["mendable"]) == ("模板.docx", "full-width", True)
    assert finding["template_place"] == {
        "where": "body, table 1, row 1, cell 2",
        "part": "body",
        "table": 1,
        "row": 1,
        "cell": 2,
        "paragraph": None,
        "line": None,
        "text": "｛｛ 年度 ｝｝",
    }


def test_sarif_has_what_its_schema_requires(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "模 板.docx", BROKEN)
    log = docsmith("check", "模 板.docx", "--sarif").json
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "docsmith"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert ids[result["ruleIndex"]] == result["ruleId"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "%E6%A8%A1%20%E6%9D%BF.docx"
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("body, paragraph")


def _closed(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_TEXT = _closed("text", text={"type": "string", "minLength": 1})
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_FILE = _closed("uri", uri={"type": "string", "format": "uri-reference", "pattern": "^[!-~]+$"})
_PHYSICAL = _closed(
    "artifactLocation",
    artifactLocation=_FILE,
    region=_closed("startLine", startLine={"type": "integer", "minimum": 1}),
)
_LOGICAL = _closed("", fullyQualifiedName={"type": "string"}, kind={"type": "string"})
_RULE = _closed(
    "id",
    id={"type": "string"},
    name={"type": "string", "pattern": "^[A-Za-z]+$"},
    defaultConfiguration=_closed("", level=_LEVEL),
)
_RESULT = _closed(
    "message",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_TEXT,
    locations={
        "type": "array",
        "items": _closed(
            "",
            physicalLocation=_PHYSICAL,
            logicalLocations={"type": "array", "uniqueItems": True, "items": _LOGICAL},
            message=_TEXT,
        ),
    },
)
_DRIVER = _closed(
    "name",
    name={"type": "string"},
    version={"type": "string"},
    rules={"type": "array", "uniqueItems": True, "items": _RULE},
)
_RUN = _closed(
    "tool",
    tool=_closed("driver", driver=_DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results={"type": "array", "items": _RESULT},
)
SARIF = _closed(
    "version runs",
    version={"const": "2.1.0"},
    runs={"type": "array", "items": _RUN},
    **{"$schema": {"type": "string", "format": "uri"}},
)
"""What SARIF 2.1.0 (OASIS) says of the properties that docsmith writes; it writes no others."""


def test_sarif_is_what_its_standard_says(workspace: Path, docsmith: Docsmith) -> None:
    validator = Draft202012Validator(SARIF)
    validator.check_schema(SARIF)
    write(workspace / "模 板.docx", BROKEN)
    write(workspace / "没问题.docx", docx("甲"))
    write(workspace / "坏.docx", b"no template")
    for names in (["没问题.docx"], ["模 板.docx", "坏.docx", "没有.docx"]):
        log = docsmith("check", *names, "--sarif").json
        assert list(validator.iter_errors(log)) == []


def test_what_the_manifest_is_to_blame_for_is_told_in_its_line(workspace: Path, docsmith: Docsmith) -> None:
    more = '[[sheets]]\nname = "visits"\ntitle = "走访"\ncolumns = []\n'
    folder = make_plugin(workspace / "文种", "idle", "闲着", more, text="{{ 支部.书记 }}")
    text = (folder / "plugin.toml").read_text(encoding="utf-8")
    line = text.splitlines().index("[[sheets]]") + 1
    (result,) = docsmith("check", "文种/idle", "--sarif").json["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": line}
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith("/idle/plugin.toml")
    (finding,) = docsmith("check", "文种/idle", "--json").json["findings"]
    assert (finding["cell"], finding["template_place"]["line"]) == (f"L{line}", line)
    assert Path(finding["file"]).name == "plugin.toml"
    assert f"plugin.toml, line {line}" in docsmith("check", "文种/idle").out


def test_a_copy_is_mended_and_the_file_itself_stays(workspace: Path, docsmith: Docsmith) -> None:
    path = write(workspace / "模板.docx", BROKEN)
    answer = docsmith("check", "模板.docx", "--fix")
    assert answer.code == 1
    assert path.read_bytes() == BROKEN
    better = (workspace / "模板-修正.docx").read_bytes()
    assert texts(better) == ["{{ 支部.支部名称 }}", "{{ 支部.书纪 }}", "{{ 支部 书记 }}"]
    assert "1 mended in a copy: 模板-修正.docx" in answer.out
    assert "√ body, paragraph 1" in answer.out
    assert "× body, paragraph 3" in answer.out


def test_mending_overwrites_no_file(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "form.docx", BROKEN)
    write(workspace / "form.fixed.docx", b"of a person")
    told = docsmith("check", "form.docx", "--fix", "--json").json
    assert (workspace / "form.fixed.docx").read_bytes() == b"of a person"
    (mended,) = told["mended"]
    assert mended["copy"] == "form.fixed2.docx"
    (change,) = mended["changes"]
    assert change["codes"] == ["full-width"]
    assert (change["before"], change["after"]) == ("｛｛ 支部.支部名称 ｝｝", "{{ 支部.支部名称 }}")
    assert change["template_place"]["paragraph"] == 1
    assert {one["file"] for one in told["findings"]} == {"form.fixed2.docx"}


def test_what_needs_no_mending_gets_no_copy(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "form.docx", docx("{{ 支部.书记 }}"))
    answer = docsmith("check", "form.docx", "--fix")
    assert answer.code == 0
    assert "no copy was made" in answer.out
    assert not list(workspace.glob("form.fixed*"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", None])
def test_what_is_no_template_is_told_like_any_mistake(
    tmp_path: Path, docsmith: Docsmith, content: bytes | None
) -> None:
    if content is not None:
        write(tmp_path / "x.docx", content)
    answer = docsmith("check", "x.docx", "--json")
    assert answer.code == 1
    assert [one["code"] for one in answer.json["findings"]] == ["file-unusable"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--type", "通知"),
        ("--fix",),
        ("--sarif",),
        ("模板.docx", "--data", "数据"),
        ("模板.docx", "--period", "2026"),
        ("数据",),
        ("模板.docx", "--type", "没有的"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(
    workspace: Path, docsmith: Docsmith, arguments: tuple[str, ...]
) -> None:
    write(workspace / "模板.docx", BROKEN)
    assert docsmith("check", *arguments).code == 2


def test_a_column_that_nobody_uses_is_a_note(workspace: Path, docsmith: Docsmith) -> None:
    folder = workspace / "文种" / "notice"
    manifest = folder / "plugin.toml"
    columns = (
        '\n[columns]\nmembers = [{ name = "hometown", title = "籍贯" }]\n'
        '[[sheets]]\nname = "visits"\ntitle = "走访"\ncolumns = [{ name = "day", title = "日子" }]\n'
    )
    manifest.write_text(manifest.read_text(encoding="utf-8") + columns, encoding="utf-8")
    answer = docsmith("check", str(folder))
    assert answer.code == 0
    assert "the column 籍贯 (hometown) is declared" in answer.out
    assert "the sheet 走访 (visits) is declared" in answer.out


def test_rendering_tells_three_mistakes_of_a_template_at_once(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "文种" / "notice" / "template.docx", docx("｛｛ 年度 ｝｝ {{ 支部.书纪 }} {{ 1 + }}"))
    answer = docsmith("render", "通知")
    assert answer.code == 4
    assert "3 mistakes" in answer.err
    for code in ("full-width", "called 书纪", "cannot be read"):
        assert code in answer.err


def test_the_answer_is_json_also_where_nothing_is_wrong(workspace: Path, docsmith: Docsmith) -> None:
    write(workspace / "模板.docx", docx("{{ 支部.书记 }}"))
    assert json.loads(docsmith("check", "模板.docx", "--json").out) == {"documents": [], "findings": []}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names on Windows")
@pytest.mark.parametrize(
    "args", [("check", "p.docx"), ("plugin", "new", "one", "--title", "一", "--from", "p.docx")]
)
def test_nobody_waits_for_what_a_pipe_has_to_say(
    docsmith: Docsmith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "p.docx")
    done = docsmith(*args)
    assert done.code != 0
    assert "it is no file" in done.out + done.err
