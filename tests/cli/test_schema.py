"""``docsmith schema``: what an editor checks a data file by."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin

MORE = """
uses = ["members"]
[columns]
members = [{ name = "dues", title = "应缴党费", kind = "number" }]
[[sheets]]
name = "visits"
title = "走访"
columns = [{ name = "reason", title = "事由", kind = "choice", choices = ["慰问", "家访"], required = true }]
"""
DATA = {"unit": {"name": "研究所", "year": 2026}, "branches": [{"name": "第一党支部"}]}


def problems(schema: object, content: object) -> list[str]:
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(content)]


def test_sheets_and_columns_of_a_type_are_checked(docsmith: Docsmith, workspace: Path) -> None:
    make_plugin(workspace / "文种", "visit", "走访表", more=MORE)
    schema = docsmith("schema", "走访表").json
    row = {"branch": "第一党支部"}
    good = {"走访": [{**row, "事由": "慰问"}], "members": [{**row, "name": "张三", "应缴党费": 12.5}]}
    assert schema["title"] == "走访表"
    assert problems(schema, {**DATA, **good}) == []
    assert problems(schema, {**DATA, "visits": [{**row, "reason": "旅游"}]})
    assert problems(schema, {**DATA, "visits": [row]})
    assert problems(schema, {**DATA, "members": [{**row, "name": "张三", "dues": "免"}]})
    assert problems(schema, {**DATA, "talks": [{"what": "ever"}]}) == []


def test_the_schema_of_all_data_checks_every_sheet(docsmith: Docsmith, workspace: Path) -> None:
    assert problems(docsmith("schema").json, {**DATA, "talks": [{"what": "ever"}]})


def test_a_file_may_name_the_schema_that_it_is_written_by(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("schema", "-o", "数据.schema.json").code == 0
    content = {"$schema": "./数据.schema.json", **DATA}
    (workspace / "一.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert problems(json.loads(Path("数据.schema.json").read_text(encoding="utf-8")), content) == []
    done = docsmith("check", "--data", "一.json", "--json")
    assert [one["code"] for one in done.json["findings"] if "schema" in one["message"]] == []


def test_a_schema_beside_the_data_is_no_data(docsmith: Docsmith, workspace: Path) -> None:
    before = docsmith("check", "--json").json["findings"]
    assert docsmith("schema", "-o", "数据/数据.schema.json").code == 0
    assert docsmith("check", "--json").json["findings"] == before


def test_a_file_that_is_there_stays_as_it_is(docsmith: Docsmith, workspace: Path) -> None:
    Path("my.json").write_text("mine", encoding="utf-8")
    done = docsmith("schema", "-o", "my.json")
    assert done.code == 2
    assert Path("my.json").read_text(encoding="utf-8") == "mine"
    assert docsmith("schema", "-o", "my.json", "--force").code == 0
    assert Path("my.json").read_text(encoding="utf-8").startswith("{")


def test_a_type_that_is_not_there_is_named(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("schema", "notise")
    assert done.code == 2
    assert "notice" in done.err
