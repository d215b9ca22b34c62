"""Mistakes in a template: all of them, each where a person finds it in Word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from docsmith.errors import TemplateError
from docsmith.template import Properties, Template, render_text
from tests.template.builders import docx, render, saved, with_body_xml


def failure(data: bytes, context: dict[str, Any] | None = None) -> str:
    with pytest.raises(TemplateError) as caught:
        render(data, context)
    return str(caught.value)


def test_all_unknown_names_are_found_at_once_with_their_places() -> None:
    template = docx(
        "第一段", "某 {{ 支部.书纪 }} 某",
        [["项", "果"], ["{%tr for x in xs %}", ""], ["{{ x.nam }}", "{{ y }}"], ["{%tr endfor %}", ""]],
        header="{{ titel }}", footer="{{ foot }}",
    )  # fmt: skip
    message = failure(template, {"支部": {"书记": "张"}, "xs": [{"name": 1}, {"name": 2}], "title": ""})
    assert "5 mistakes" in message
    assert (
        "body, paragraph 2 “某 {{ 支部.书纪 }} 某”: this value has no field called 书纪. Did you mean 书记?"
        in message
    )
    assert (
        "body, table 1, row 3, cell 1 “{{ x.nam }}”: this value has no field called nam. Did you mean name?"
        in message
    )
    assert "body, table 1, row 3, cell 2 “{{ y }}”: there is no field called y." in message
    assert (
        "header 1, paragraph 1 “{{ titel }}”: there is no field called titel. Did you mean title?" in message
    )
    assert "footer 1, paragraph 1 “{{ foot }}”" in message


def test_a_name_in_a_condition_or_a_loop_is_found_too() -> None:
    message = failure(
        docx("{% if a %}1{% endif %}", "{% for x in b.c %}{% endfor %}", "{{ d|upper }}", "{{ e + 1 }}")
    )
    for name in "abde":
        assert f"called {name}" in message


def test_a_failing_expression_does_not_hide_the_mistakes_after_it() -> None:
    message = failure(docx("{{ 1 / 0 }}", "{{ x|日期 }}", "{{ [x] }}", "{{ y }}"), {"x": "明天"})
    for number in (1, 2, 3, 4):
        assert f"body, paragraph {number}" in message


def test_a_name_that_is_asked_for_carefully_is_no_mistake() -> None:
    render(docx("{% if a is defined %}1{% endif %}{{ b|default('无') }}"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 1 / n }}", "divided by zero"),
        ("{{ xs }}", "whole list"),
        ("{{ x + 1 }}", "cannot be joined by +"),
        ("{{ x|percent }}", "not a number"),
        ("{{ x.bad }}", "no field called bad"),
        ("{{ xs[0].y.z }}", "no field called y"),
        ("{% for a in n %}{% endfor %}", "nothing to loop over"),
    ],
)
def test_errors_at_run_time_name_their_cell(text: str, reason: str) -> None:
    message = failure(docx("前", [["一", "二"], ["三", text]]), {"n": 0, "xs": [1], "x": "文"})
    assert f"body, table 1, row 2, cell 2 “{text}”" in message
    assert reason in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ a b }}", "cannot be read"),
        ("{{ a|nofilter }}", "no filter called nofilter"),
        ("{{ a is notest }}", "no test called notest"),
        ("{% nonsense %}", "no tag called nonsense"),
        ("{{ 支部。书记 }}", "the character 。 cannot stand in a tag"),
        ("{{ 1 + }}", "before the end of the tag"),
        ("{% if a %}", "if is never closed"),
        ("{% endfor %}", "endfor closes nothing"),
        ("{% else %}", "else stands in no block"),
        ("{{ a", "{{ has no other end"),
        ("a }}", "}} has no other end"),
        ("{{ a {{ b }}", "{{ has no other end"),
        ("｛｛ a ｝｝", "full-width"),
        ("｛％ if a ％｝", "full-width"),
        ("{％ if a ％}", "full-width"),
        ("总计 {%p if a %}", "would be lost"),
        ("{%tr for a in b %}", "stands in no table"),
        ("{% p if a %}", "a blank is wrong before tr, tc, p or r"),
        ("{% include 'x' %}", "include is not available"),
        ("{% import 'x' as y %}", "import is not available"),
        ("{% autoescape false %}{{ a }}{% endautoescape %}", "autoescape is not available"),
    ],
)
def test_errors_of_syntax_are_found_when_the_template_is_opened(text: str, reason: str) -> None:
    with pytest.raises(TemplateError) as caught:
        Template.open(docx("前", text, "后"), "t.docx")
    assert "body, paragraph 2" in str(caught.value)
    assert reason in str(caught.value)


def test_all_mistakes_of_syntax_are_found_at_once() -> None:
    with pytest.raises(TemplateError) as caught:
        Template.open(docx("{{ 1 + }}", "{{r a b }}", "{{ “对” }}", "{{ c|nofilter }}"), "t.docx")
    message = str(caught.value)
    assert "3 mistakes" in message
    assert all(f"body, paragraph {number}" in message for number in (1, 2, 4))


def test_a_brace_that_is_wrong_hides_no_tag_that_cannot_be_read() -> None:
    with pytest.raises(TemplateError) as caught:
        Template.open(docx("｛｛ a ｝｝", "{% raw %}{{ 1 + }}{% endraw %}", "{{ 1 + }}"), "t.docx")
    assert "2 mistakes" in str(caught.value)
    assert "body, paragraph 3" in str(caught.value)


def test_places_are_counted_as_word_shows_them() -> None:
    document = Document()
    document.add_table(rows=1, cols=1)
    outer = document.add_table(rows=2, cols=2)
    inner = outer.cell(1, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "{{ x }}"
    assert "body, table 2, row 2, cell 2, table 1, row 1, cell 1 “{{ x }}”" in failure(saved(document))


def test_text_beside_a_row_tag_is_reported() -> None:
    message = failure(
        docx([["{%tr for x in xs %}", "小计"], ["{{ x }}", ""], ["{%tr endfor %}", ""]]), {"xs": []}
    )
    assert "body, table 1, row 1, cell 1" in message
    assert "would be lost" in message


@pytest.mark.parametrize("tag", ["instrText", "delText"])
def test_tags_in_field_codes_and_deleted_text_are_refused(tag: str) -> None:
    xml = f"<w:p><w:r><w:{tag}>PAGE {{{{ x }}}}</w:{tag}></w:r></w:p>"
    assert "body, paragraph 1" in failure(with_body_xml(docx("尾"), xml), {"x": 1})


def test_a_block_that_breaks_the_document_says_where() -> None:
    template = docx([["{% if a %}甲"]], "{% endif %}乙")
    assert "the document is broken" in failure(template, {"a": 0})


@pytest.mark.parametrize("character", [*map(chr, (0, 0xB, 0xD800, 0xDFFF, 0xFFFF))])
def test_characters_that_no_document_can_hold_are_reported_with_their_place(character: str) -> None:
    message = failure(docx("{{ x }}", "{{ x|e }}"), {"x": f"甲{character}乙"})
    assert f"U+{ord(character):04X}" in message
    assert "body, paragraph 1 “{{ x }}”" in message
    assert "body, paragraph 2 “{{ x|e }}”" in message


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", Path("x"), print, float("nan"), str])
def test_only_plain_values_enter_and_others_are_named(value: object) -> None:
    assert "a.b[0]" in failure(docx("{{ a }}"), {"a": {"b": [value]}})


def test_a_name_that_is_not_used_is_still_suggested_and_costs_nothing() -> None:
    looked_at: list[str] = []

    class Rows(list[Any]):
        def __iter__(self) -> Any:
            looked_at.append("rows")
            return super().__iter__()

    message = failure(docx("{{ 党圆 }}"), {"党员": Rows(["张三"]), "支部": "第一党支部"})
    assert "Did you mean 党员?" in message
    assert looked_at == []


def test_a_context_that_contains_itself_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["x"] = endless
    assert "nested too deeply" in failure(docx("{{ x }}"), endless)


def test_a_template_cannot_change_the_data() -> None:
    context = {"xs": [1]}
    failure(docx("{{ xs.append(2) }}"), context)
    assert context == {"xs": [1]}


def test_a_line_is_filled_but_not_escaped() -> None:
    assert render_text("{{ 支部.名称 }}-A&B", {"支部": {"名称": "一 & 二"}}, "output") == "一 & 二-A&B"
    with pytest.raises(TemplateError, match=r"output.*no field called x"):
        render_text("{{ x }}", {}, "output")
    with pytest.raises(TemplateError, match=r"output.*cannot be read"):
        render_text("{{ x", {}, "output")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"gone\.docx: the file cannot be read"):
        Template.open(tmp_path / "gone.docx")


def test_properties_with_an_impossible_character_are_refused() -> None:
    with pytest.raises(TemplateError, match=r"U\+0000"):
        Template.open(docx("甲")).render({}, Properties(title="\0"))


def test_what_cannot_be_looped_over_does_not_hide_the_mistakes_after_it() -> None:
    text = "{% for x in n %}{{ x }}{% endfor %}{{ gone }}"
    with pytest.raises(TemplateError, match=r"(?s)nothing to loop over.*no field called gone"):
        Template.open(docx(text), "t.docx").render({"n": 3})


def test_a_row_that_is_not_there_is_told_with_the_number_of_rows() -> None:
    message = failure(docx("{{ xs[2].name }}"), {"xs": [{"name": 1}]})
    assert "there are 1 rows, and none has the number 2, counted from 0.\nLoop over the rows" in message
    assert "no field" not in message
