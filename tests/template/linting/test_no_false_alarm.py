"""Templates that are right are left in peace: docsmith's own, docxtpl's, and careful ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docsmith._resources import bundled_folder
from docsmith.errors import TemplateError
from docsmith.model.findings import Severity
from docsmith.template import Template
from docsmith.template.linting import lint
from tests.beside import SHARED
from tests.template.builders import docx
from tests.template.linting.making import found

_OF_DOCXTPL = Path(os.environ.get("DOCSMITH_DOCXTPL_TEMPLATES", SHARED / "corpus" / "docxtpl"))
OWN = sorted(bundled_folder("templates").glob("*/*.docx"))
THEIRS = sorted(_OF_DOCXTPL.glob("*.docx"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_the_bundled_templates_are_without_any_mistake(path: Path) -> None:
    assert lint(path.read_bytes()) == ()


@pytest.mark.skipif(not THEIRS, reason="docxtpl's test templates are not here")
@pytest.mark.parametrize("path", THEIRS, ids=lambda path: path.stem)
def test_the_templates_of_docxtpl_have_errors_only_where_docsmith_refuses_them(path: Path) -> None:
    data = path.read_bytes()
    errors = [one for one in lint(data) if one.severity is Severity.ERROR]
    try:
        Template.open(data)
    except TemplateError:
        assert errors
    else:
        assert errors == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ 支部.书记 }}、{{ branch.secretary }}、{{ 支部['书记'] }}",
        "{{ 支部.成立日期.year }}、{{ 支部.成立日期|点分日期 }}",
        "{% for 行 in 党员 %}{{ loop.index }}{{ 行.姓名 }}{% endfor %}",
        "{% for 行 in 党员 if 行.姓名 %}{{ 行.name }}{% else %}无{% endfor %}",
        "{% for 组 in 党员|groupby('姓名') %}{{ 组.grouper }}{{ 组.list[0].姓名 }}{% endfor %}",
        "{{ 党员|map(attribute='姓名')|join('、') }}{{ 党员|length }}",
        "{{ 党小组|join('、') }}{{ 党小组|顿号 }}{{ 党小组[0] }}{% for 组 in 党小组 %}{{ 组 }}{% endfor %}",
        "{% for 字 in 支部.书记 %}{{ 字 }}{% endfor %}{{ 支部|length }}{{ (党员 or 支部.书记) and '甲' }}",
        "{{ 党员[0].姓名 }}{{ (党员|first).姓名 }}",
        "{% set 甲 = 支部.书记 %}{{ 甲 }}{% set 乙 %}文{% endset %}{{ 乙 }}",
        "{% macro 章(名) %}{{ 名 }}{% endmacro %}{{ 章(支部.书记) }}",
        "{% if 党圆 is defined %}{{ 党圆 }}{% endif %}{{ 党圆|default('无') }}{{ 支部.书纪|默认('无') }}",
        "{% for k, v in 支部.items() %}{{ k }}{{ v }}{% endfor %}{{ 支部.get('别的') }}",
        "{% with 甲 = 支部 %}{{ 甲.书记 }}{% endwith %}",
        "{{ 附加.什么.都.行 }}{% for 项 in 附加 %}{{ 项.名 }}{% endfor %}",
        "{{ 年度 % 4 }}{{ '甲' ~ 年度 }}{{ range(3)|list|join }}",
        "{% raw %}{{ 不是标记 }}{% endraw %}",
        "{# 说明：{{ 没有的 }} #}{_{ 花括号 }_}",
        "集合｛1，2｝、{1}、{a}、50％、100%、“引号”",
        "{{ 年度 -}} {{- 年度 }}{%- if 年度 -%}甲{%- endif -%}",
    ],
)
def test_what_templates_may_say_is_no_mistake(text: str) -> None:
    assert found(docx(text)) == []
    assert found(docx([[text]]), named=False) == []


def test_comments_beside_the_tag_of_a_paragraph_are_no_text() -> None:
    assert found(docx("{# 一 #} {%p if 年度 %}", "甲", "{%p endif %}")) == []


def test_names_are_not_looked_at_where_nothing_says_which_there_are() -> None:
    assert found(docx("{{ anything.at_all }}"), named=False) == []
