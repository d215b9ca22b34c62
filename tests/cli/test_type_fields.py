"""``docsmith types TYPE --fields``: what a template may say, ready to be copied into it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx

from docsmith.template import Properties, Template
from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin

FIELDS = ("types", "notice", "--fields")


def rendered(folder: Path, text: str, context: dict[str, Any]) -> str:
    """Return what a template of one paragraph says."""
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(folder / "copied.docx"))
    data = Template.open(folder / "copied.docx", "copied").make(context, Properties("x", "x", "x", "1")).data
    return docx.Document(io.BytesIO(data)).paragraphs[0].text


def test_every_name_has_both_languages_its_type_and_an_example_of_the_data(
    docsmith: Docsmith, workspace: Path
) -> None:
    lines = [line.split() for line in docsmith(*FIELDS).out.splitlines()]
    assert ["支部.书记", "branch.secretary", "text", "张三"] in lines
    assert ["年度", "year", "number", "2026"] in lines
    assert ["行.出生日期", "row.born_on", "date", "1985-03-05"] in lines


def test_rows_are_shown_with_the_loop_around_them(docsmith: Docsmith, workspace: Path) -> None:
    assert "党员  members  {%tr for 行 in 党员 %} … {%tr endfor %}" in docsmith(*FIELDS).out


def test_groups_and_their_rows_have_names_of_their_own(docsmith: Docsmith, workspace: Path) -> None:
    more = '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "党员"\ngroup = ["党小组", "性别"]\n'
    make_plugin(workspace / "文种", "roster", "花名册", more=more)
    out = docsmith("types", "花名册", "--fields").out
    assert "{%tr for 组 in 名册.组 %}" in out
    assert "{%tr for 小组 in 组.组 %}" in out
    assert "{%tr for 行 in 小组.行 %}" in out
    assert ["组.名称", "group.key", "text", "第一党小组"] in [line.split() for line in out.splitlines()]


def test_a_name_that_begins_with_a_digit_is_shown_as_templates_take_it(
    docsmith: Docsmith, workspace: Path
) -> None:
    said = '数据.党员["35岁以下党员"]'
    assert said in docsmith(*FIELDS).out
    context = {"数据": {"党员": {"35岁以下党员": 8}}}
    assert rendered(workspace, f"{{{{ {said} }}}}", context) == "8"


def test_columns_that_docsmith_does_not_know_are_shown_too(docsmith: Docsmith, workspace: Path) -> None:
    path = workspace / "数据" / "支部.csv"
    path.write_text("支部名称,书记,片区（街道）\n第一党支部,张三,东片\n", encoding="utf-8")
    assert '支部["片区（街道）"]' in docsmith(*FIELDS).out


def test_json_has_the_same_as_a_tree(docsmith: Docsmith, workspace: Path) -> None:
    (found,) = docsmith(*FIELDS, "--json").json["types"]
    by_title = {one["title"]: one for one in found["fields"]}
    (secretary,) = (one for one in by_title["支部"]["fields"] if one["name"] == "secretary")
    assert found["id"] == "notice"
    assert secretary == {
        "name": "secretary", "title": "书记", "kind": "text", "example": "张三", "note": "", "fields": [],
    }  # fmt: skip


def test_without_data_the_examples_are_those_of_the_columns(docsmith: Docsmith, tmp_path: Path) -> None:
    make_plugin(tmp_path)
    done = docsmith(*FIELDS, "--plugin-dir", "notice")
    assert done.code == 0
    assert "支部.副书记" in done.out
    assert done.err == ""


def test_data_that_cannot_be_read_are_named_and_the_names_are_listed(
    docsmith: Docsmith, workspace: Path
) -> None:
    done = docsmith(*FIELDS, "--data", "nothing.xlsx")
    assert done.code == 0
    assert "nothing.xlsx" in done.err
    assert "支部.副书记" in done.out


def test_what_python_does_not_tell_is_shown_from_what_it_computes(
    docsmith: Docsmith, workspace: Path
) -> None:
    python = """
from docsmith.plugin import hookimpl

@hookimpl
def docsmith_build_context(dossier):
    return {"greeting": "您好", "visits": [{"who": "张三", "gifts": [{"what": "慰问品"}]}]}
"""
    make_plugin(workspace / "文种", "talk", "谈话", python=python)
    out = docsmith("types", "谈话", "--fields", "--trust", "talk").out
    assert ["greeting", "text", "您好"] in [line.split() for line in out.splitlines()]
    assert "visits  {%tr for 行 in visits %}" in out
    assert "{%tr for 项 in 行.gifts %}" in out
    assert "any other name" in out


def test_python_that_fails_leaves_the_names_that_are_known(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "文种", "talk", "谈话", python="1 / 0\n")
    done = docsmith("types", "谈话", "--fields", "--trust", "talk")
    assert done.code == 0
    assert "ZeroDivisionError" in done.err
    assert "支部.副书记" in done.out


def test_fields_of_no_type_is_a_question(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("types", "--fields")
    assert done.code == 2
    assert "docsmith types self-check --fields" in done.err


def test_types_lists_only_those_that_are_named(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "文种", "talk", "谈话")
    assert [one["id"] for one in docsmith("types", "谈话", "--json").json["types"]] == ["talk"]
