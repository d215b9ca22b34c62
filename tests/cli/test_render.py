from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.engine.data import text_of
from tests.plugins_for_tests import make_plugin

KEYS = {"document_type", "branch", "path", "beside", "status", "findings"}


def test_a_type_is_rendered_for_every_branch_of_the_workspace(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "通知")
    assert done.code == 0
    written = sorted((workspace / "输出").rglob("*.docx"))
    assert [path.name for path in written] == ["第一党支部-通知.docx", "第二党支部-通知.docx"]
    assert text_of(written[0].read_bytes()) == "第一党支部：张三"
    assert "2 documents: written 2" in done.out


def test_a_workspace_is_found_from_a_folder_inside_it(
    docsmith: Docsmith, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "inner").mkdir()
    monkeypatch.chdir(workspace / "inner")
    assert docsmith("render", "notice").code == 0
    assert (workspace / "输出").is_dir()


def test_json_is_one_object_and_nothing_else(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "notice", "--json")
    assert done.err == ""
    assert set(done.json) == {"documents", "findings"}
    first, second = done.json["documents"]
    assert set(first) == KEYS
    assert (first["document_type"], first["branch"], first["status"]) == ("notice", "第一党支部", "written")
    assert Path(first["path"]).is_file()
    (finding,) = second["findings"]
    assert {"severity", "file", "sheet", "cell", "message", "hint", "rule"} <= set(finding)
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("info", "支部", "B3")
    assert done.json["findings"] == []


def test_twice_is_unchanged_and_an_edited_one_is_kept(docsmith: Docsmith, workspace: Path) -> None:
    documents = docsmith("render", "notice", "--json").json["documents"]
    Path(documents[0]["path"]).write_bytes(b"edited")
    again = docsmith("render", "notice", "--json")
    assert [one["status"] for one in again.json["documents"]] == ["kept", "unchanged"]
    assert Path(again.json["documents"][0]["beside"]).name == "第一党支部-通知（新）.docx"
    assert again.code == 0
    forced = docsmith("render", "notice", "--json", "--force").json["documents"]
    assert [one["status"] for one in forced] == ["written", "unchanged"]


def test_only_the_named_branches_are_made(docsmith: Docsmith, workspace: Path) -> None:
    documents = docsmith("render", "notice", "--branch", "第二党支部", "--json").json["documents"]
    assert [one["branch"] for one in documents] == ["第二党支部"]


def test_a_branch_may_be_named_as_rows_of_data_may_spell_it(docsmith: Docsmith, workspace: Path) -> None:
    (only,) = docsmith("render", "notice", "--branch", "中共 第2支部", "--json").json["documents"]
    assert only["branch"] == "第二党支部"


def test_a_wrong_branch_is_answered_with_the_nearest(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "notice", "--branch", "第二二支部")
    assert done.code == 2
    assert "第二二支部" in done.err
    assert "第二党支部" in done.err


def test_a_wrong_type_is_answered_with_the_nearest(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "notise", "--json")
    assert done.code == 2
    assert "notice" in done.json["findings"][0]["hint"]


def test_a_dry_run_writes_nothing(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "notice", "--dry-run")
    assert done.code == 0
    assert "dry run" in done.out
    assert not (workspace / "输出").exists()


def test_data_out_and_period_come_before_the_workspaces_own(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "other").mkdir()
    (workspace / "other" / "支部.csv").write_text("支部名称\n别的支部\n", encoding="utf-8")
    args = ("--data", "other/支部.csv", "--out", "elsewhere", "--period", "2025")
    (only,) = docsmith("render", "notice", *args, "--json").json["documents"]
    assert Path(only["path"]).parts == ("elsewhere", "2025", "别的支部", "别的支部-通知.docx")


def test_several_sources_are_merged(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "支部.csv").write_text("支部名称\n第三党支部\n", encoding="utf-8")
    documents = docsmith("render", "通知", "--data", "数据", "--data", "支部.csv", "--json").json["documents"]
    assert [one["branch"] for one in documents] == ["第一党支部", "第二党支部", "第三党支部"]


def test_a_period_that_is_no_year_is_a_usage_error(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("render", "notice", "--period", "soon").code == 2


def test_a_failed_document_makes_the_exit_code_1(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "文种", "broken", "坏的", text="{{ 1 // 0 }}")
    done = docsmith("render", "broken", "notice", "--json")
    assert done.code == 1
    assert [one["status"] for one in done.json["documents"]] == ["failed", "failed", "written", "written"]


def test_a_failed_document_says_why(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "文种", "broken", "坏的", text="{{ 支部.支部名称|日期 }}")
    done = docsmith("render", "broken")
    assert "is not a date" in done.out
    assert "failed 2" in done.out


@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_name_that_is_not_there_is_told_once_before_any_document(
    docsmith: Docsmith, workspace: Path, command: str
) -> None:
    text = "{{ 无这个 }}{{ 支部.书纪 }}{{ 记录.姓明 }}{% if 无此 is defined %}{{ 无此 }}{% endif %}"
    make_plugin(workspace / "文种", "broken", "坏的", 'per = "members"\n', text=text)
    done = docsmith(command, "broken")
    assert (done.code, done.out) == (4, "")
    lacking = (
        ["无这个"] if command == "batch" else ["无这个", "书纪", "姓明"]
    )  # rows of a batch are not read yet
    assert [name for name in ("无这个", "书纪", "姓明") if f"no field called {name}" in done.err] == lacking
    assert not list(workspace.glob("输出/2*"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ 支部.成立时间 }}{{ 支部['书记'] }}{{ 年度 }}{{ 截至日期.month }}",
        "{% for 行 in 党员 %}{{ loop.index }}{{ 行.姓名 }}{% endfor %}",
        "{{ 党员|map(attribute='姓名')|join('、') }}",
        "{% set 甲 = 支部 %}{{ 甲.书记 }}{% macro 章(名) %}{{ 名 }}{% endmacro %}{{ 章(支部.书记) }}",
        "{% for k, v in 支部.items() %}{{ k }}{% endfor %}{{ 支部.书记.strip() }}{{ 党员|length }}",
        "{{ 无此|默认('') }}{{ 支部.无此|default('') }}",
    ],
)
def test_a_template_that_can_be_rendered_is_not_stopped_for_its_names(
    docsmith: Docsmith, workspace: Path, text: str
) -> None:
    make_plugin(workspace / "文种", "fine", "好的", text=text)
    done = docsmith("render", "fine")
    assert (done.code, "written 2" in done.out) == (0, True), done.out + done.err


@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_template_may_name_a_column_that_only_this_unit_has(
    docsmith: Docsmith, workspace: Path, command: str
) -> None:
    data = {
        "单位": {"单位名称": "某局", "年度": 2026},
        "支部": [{"支部名称": "甲", "extra": {"楼层": "三楼"}}],
    }
    (workspace / "数据.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    make_plugin(workspace / "文种", "floor", "楼层牌", text="{{ 支部.楼层 }}")
    done = docsmith(command, "floor", "--data", "数据.json")
    assert done.code == 0, done.out + done.err
    (path,) = workspace.glob("输出/2026/甲*/*.docx")
    assert text_of(path.read_bytes()) == "三楼"


def test_nothing_to_do_for_a_template_that_cannot_be_opened(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "文种" / "notice" / "template.docx").write_bytes(b"no template")
    assert docsmith("render", "notice").code == 4


def test_without_workspace_and_data_the_way_out_is_named(docsmith: Docsmith, tmp_path: Path) -> None:
    make_plugin(tmp_path)
    done = docsmith("render", "notice", "--plugin-dir", "notice")
    assert done.code == 2
    assert "docsmith init" in done.err


def test_data_that_is_not_there_is_a_source_error(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("render", "notice", "--data", "nowhere.xlsx").code == 3


def test_data_without_a_branch_says_what_to_fill_in_first(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "数据" / "支部.csv").write_text("支部名称,书记\n", encoding="utf-8")
    done = docsmith("render", "notice")
    assert (done.code, done.out) == (3, "")
    assert "Fill in the sheet 支部" in done.err
    assert "no branch" in docsmith("check").out


def test_a_branch_that_cannot_be_read_is_not_passed_over(docsmith: Docsmith, workspace: Path) -> None:
    rows = "支部名称,成立时间\n第一党支部,2015-06\n第二党支部,很久以前\n"
    (workspace / "数据" / "支部.csv").write_text(rows, encoding="utf-8")
    done = docsmith("render", "notice", "--branch", "第二党支部", "--json")
    (only,) = done.json["documents"]
    assert (done.code, only["branch"], only["status"]) == (1, "第二党支部", "failed")
    assert only["findings"][0]["cell"] == "B3"


def test_an_output_folder_that_is_a_file_is_an_output_error(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "file").write_text("x", encoding="utf-8")
    done = docsmith("render", "notice", "--out", "file/inner")
    assert done.code == 5
    assert "part of the path is a file" in done.err
    assert "ledger" not in done.err


def test_a_folder_with_manifest_and_template_alone_renders(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "mine", "letter", "来信")
    types = docsmith("types", "--plugin-dir", "mine", "--json").json["types"]
    assert "letter" in [one["id"] for one in types]
    assert docsmith("render", "来信", "--plugin-dir", "mine/letter").code == 0


def test_options_of_the_workspace_reach_the_plugin(docsmith: Docsmith, workspace: Path) -> None:
    python = (
        "from docsmith.plugin import hookimpl\n"
        "@hookimpl\n"
        "def docsmith_build_context(dossier, document_type, verdicts):\n"
        "    return {'greeting': document_type.options['greeting']}\n"
    )
    options = '[options]\ngreeting = "您好"\n'
    make_plugin(workspace / "文种", "greeting", "问候", options, python, text="{{ greeting }}")
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as stream:
        stream.write('[types."问候"]\ngreeting = "同志们好"\n')
    first, _second = docsmith("render", "greeting", "--trust", "greeting", "--json").json["documents"]
    assert text_of(Path(first["path"]).read_bytes()) == "同志们好"


def test_a_plugin_in_the_users_own_folder_is_found(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "config" / "docsmith" / "plugins", "mine", "我的")
    assert docsmith("render", "我的").code == 0


def test_one_broken_plugin_is_named_and_the_others_render(docsmith: Docsmith, workspace: Path) -> None:
    (make_plugin(workspace / "文种", "broken", "坏的") / "template.docx").unlink()
    done = docsmith("render", "notice", "--json")
    assert done.code == 0
    assert [one["code"] for one in done.json["findings"]] == ["plugin-broken"]
    assert docsmith("render", "broken").code == 4
