"""Whatever stands in a template: the linter gives an answer, and mending makes nothing worse."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith.errors import TemplateError
from docsmith.model.findings import Severity
from docsmith.template import Template
from docsmith.template.linting import CODES, lint, mended
from tests.template.builders import docx
from tests.template.linting.making import FIELDS

_PIECES = st.sampled_from(
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "｛｛", "｝｝", "｛％", "％｝", "{", "}", "％", "｛", "｝", " ",
        "if ", "for ", "endif", "endfor", "else", "elif ", "set ", "raw", "endraw", "tr ", "tc ", "p ", "r ",
        "支部", ".", "书记", "党员", "行", " in ", "|", "日期", "“", "”", "'", "=", "，", "（", "）", "vm",
        "{{ 支部.书记 }}", "{% if 年度 %}", "{% endif %}", "{%tr for 行 in 党员 %}", "{%tr endfor %}", "甲",
    ]
)  # fmt: skip
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
_TEXTS = st.lists(_PIECES, max_size=8).map("".join) | st.text(_CHARACTERS, max_size=12)
_ROWS = st.lists(st.lists(_TEXTS, min_size=2, max_size=2), min_size=1, max_size=3)


@given(st.lists(_TEXTS | _ROWS, min_size=1, max_size=4), st.booleans())
@settings(max_examples=120, deadline=None)
def test_any_template_is_linted_and_mended_without_a_crash(
    blocks: list[str | list[list[str]]], named: bool
) -> None:
    data = docx(*blocks)
    told = lint(data, FIELDS if named else None)
    assert all(one.code in CODES and one.place.words for one in told)
    errors = [one for one in told if one.severity is Severity.ERROR]
    better = mended(data).data
    if better is not data:
        lint(better, FIELDS)
    try:
        Template.open(data)
    except TemplateError:
        assert errors, "it cannot be opened, and the linter sees no error"


@given(st.binary(max_size=200))
def test_any_bytes_are_one_mistake(data: bytes) -> None:
    assert [one.code for one in lint(data)] == ["file-unusable"]
