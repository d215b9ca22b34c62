"""Broken templates: each mistake is found at its place, and nothing else is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docsmith.model.findings import Severity
from docsmith.template.linting import CODES
from tests.template.builders import docx, part, repacked, with_body_xml
from tests.template.linting.making import found, mistakes

P2 = "body, paragraph 2"
LOOP = ["{%tr for 行 in 党员 %}", ""]
ENDLOOP = ["{%tr endfor %}", ""]

IN_A_PARAGRAPH: dict[str, str] = {
    # braces and percent signs as Chinese input methods type them, in every mixture
    "｛｛ 支部.书记 ｝｝": "full-width",
    "｛{ 支部.书记 }｝": "full-width",
    "{｛ 支部.书记 }}": "full-width",
    "{{ 支部.书记 ｝｝": "full-width",
    "{{ 支部.书记 }｝": "full-width",
    "﹛﹛ 支部.书记 ﹜﹜": "full-width",
    "｛｛ 支部.书记": "full-width",
    "支部.书记 ｝｝": "full-width",
    "｛％ if 支部.书记 ％｝有{% endif %}": "full-width",
    "｛% if 支部.书记 %｝有{% endif %}": "full-width",
    "{％ if 支部.书记 %}有{% endif %}": "full-width",
    "{% if 支部.书记 ％}有{% endif %}": "full-width",
    "{% if 支部.书记 %}有{％ endif %}": "full-width",
    "｛# 说明 #｝": "full-width",
    "{ { 支部.书记 } }": "blank-in-braces",
    "{ % if 支部.书记 % }有{% endif %}": "blank-in-braces",
    # tags with one end
    "{{ 支部.书记": "half-tag",
    "支部.书记 }}": "half-tag",
    "{{ 支部.书记 }": "half-tag",
    "{% if 支部.书记": "half-tag",
    "{# 说明": "half-tag",
    "{{% if 年度 %}甲{% endif %}": "half-tag",
    # punctuation inside
    "{{ 支部。书记 }}": "wrong-character",
    "{{ 支部．书记 }}": "wrong-character",
    "{{ 支部.书记｜日期 }}": "wrong-character",
    "{{ 支部.书记|default（“无”） }}": "wrong-character",
    "{{ 支部.书记 or 「无」 }}": "wrong-character",
    "{% if 年度 ＝＝ 2026 %}甲{% endif %}": "wrong-character",
    "{{ 支部.书记，年度 }}": "wrong-character",
    "{{ 支部.\u200b书记 }}": "wrong-character",
    # what cannot be read
    "{{ 支部 书记 }}": "tag-unreadable",
    "{{ }}": "tag-unreadable",
    "{% %}": "tag-unreadable",
    "{{ 1 + }}": "tag-unreadable",
    "{% if %}甲{% endif %}": "tag-unreadable",
    "{% for 行 党员 %}甲{% endfor %}": "tag-unreadable",
    "{% if 年度 = 2026 %}甲{% endif %}": "tag-unreadable",
    "{% if 年度 %}甲{% elif %}乙{% endif %}": "tag-unreadable",
    "{{ 支部.书记|上升 }}": "unknown-filter",
    "{% if 年度 is 很大 %}甲{% endif %}": "unknown-test",
    "{% nonsense %}": "unknown-tag",
    "{% 如果 年度 %}甲{% endif %}": "unknown-tag",
    "{% iff 年度 %}甲{% endif %}": "unknown-tag",
    "{% IF 年度 %}甲{% endif %}": "unknown-tag",
    "{% for 行 in 党员 %}甲{% endfro %}": "unknown-tag",
    "{% include '别处' %}": "not-available",
    "{% import '别处' as x %}": "not-available",
    # blocks
    "{% if 年度 %}甲": "block-unclosed",
    "{% for 行 in 党员 %}甲": "block-unclosed",
    "{% raw %}甲": "block-unclosed",
    "{% endfor %}": "block-end-alone",
    "{% else %}": "block-middle-alone",
    "{% for 行 in 党员 %}{% elif 年度 %}{% endfor %}": "block-middle-alone",
    "{% for 行 in 党员 %}{% if 年度 %}甲{% endfor %}{% endif %}": "block-crossed",
    "{%r if 年度 %}甲{% endif %}": "block-levels",
    # where they stand
    "{%tr for 行 in 党员 %}": "outside-table",
    "{% colspan 2 %}": "outside-table",
    "{% cellbg 'FF0000' %}": "outside-table",
    "合计 {%p if 年度 %}": "text-lost",
    "{%p if 年度 %}{{ 年度 }}": "text-lost",
    "{% p if 年度 %}": "letters-and-blanks",
    "{%pif 年度 %}": "letters-and-blanks",
    "{{ r 支部.书记 }}": "letters-and-blanks",
    # names
    "{{ 支部.书纪 }}": "unknown-name",
    "{{ 党圆 }}": "unknown-name",
    "{{ 书记 }}": "unknown-name",
    "{{ branch.secretery }}": "unknown-name",
    "{{ 支部['书纪'] }}": "unknown-name",
    "{{ 支部.书记.电话 }}": "unknown-name",
    "{% for 行 in 支部 %}{{ 行.书记 }}{% endfor %}": "unknown-name",
    "{{ 支部·书记 }}": "unknown-name",
    "{{ 支部-书记 }}": "unknown-name",
    "{{ 党员.姓名 }}": "unknown-name",
    "{% for 行 in 党员 %}{{ 行.姓明 }}{% endfor %}": "unknown-name",
    "{% for 行 in 党圆 %}{{ 行.姓名 }}{% endfor %}": "unknown-name",
    "{{ 党员|map(attribute='姓明')|join('、') }}": "unknown-name",
    "{% for 行 in 党员|sort(attribute='姓明') %}{% endfor %}": "unknown-name",
    "{% set 甲 = 支部 %}{{ 甲.书纪 }}": "unknown-name",
    "{% if 支部.书纪 %}甲{% endif %}": "unknown-name",
    "{{ 支部.书纪|日期 }}": "unknown-name",
    "{% for 行 in 党员 %}甲{% endfor %}{{ 行.姓名 }}": "outside-its-loop",
    "{{ 党员 }}": "value-unfit",
    "{{ 党小组 }}": "value-unfit",
    "{{ 支部 }}": "value-unfit",
    "{{ 支部.书记, 年度 }}": "value-unfit",
    "{{ [支部.书记, 年度] }}": "value-unfit",
    "{% for 行 in 党员 %}{{ 行 }}{% endfor %}": "value-unfit",
    "{% for 年 in 年度 %}甲{% endfor %}": "value-unfit",
    "{% for 日 in 支部.成立日期 %}甲{% endfor %}": "value-unfit",
    # what is worth a look
    "{支部.书记}": "single-braces",
    "{{ 支部.书记 }}}": "single-braces",
    "{{r 支部.书记 }}": "plain-in-rich-tag",
    "{{ 支部.书记 or “无” }}": "smart-quotes",
}
# The end of a block that stands alone in its paragraph, where the text above has none.
_ENDS = {"合计 {%p if 年度 %}": "{%p endif %}", "{%p if 年度 %}{{ 年度 }}": "{%p endif %}"}
_ENDS |= {"{% p if 年度 %}": "{%p endif %}", "{%pif 年度 %}": "{%p endif %}"}
_ALSO = {"{%tr for 行 in 党员 %}": ["block-unclosed"], "{%r if 年度 %}甲{% endif %}": []}


@pytest.mark.parametrize(("text", "code"), IN_A_PARAGRAPH.items(), ids=IN_A_PARAGRAPH)
def test_a_mistake_in_a_paragraph_is_found_there_and_only_once(text: str, code: str) -> None:
    template = docx("前", text, *([_ENDS[text]] if text in _ENDS else []), "后")
    assert found(template) == [(one, P2) for one in (code, *_ALSO.get(text, []))]


@pytest.mark.parametrize(("text", "code"), IN_A_PARAGRAPH.items(), ids=IN_A_PARAGRAPH)
def test_a_mistake_in_a_cell_of_a_header_is_found_there(text: str, code: str) -> None:
    in_cell = docx("前", [["一", "二"], ["三", text]])
    if text in _ENDS or code == "outside-table" or text in _ALSO:
        return
    assert found(in_cell) == [(code, "body, table 1, row 2, cell 2")]
    assert found(docx("前", header=text)) == [(code, "header 1, paragraph 1")]


IN_TABLES: dict[str, tuple[Sequence[Sequence[str]], str, str]] = {
    "text beside a row's tag": (
        [["{%tr for 行 in 党员 %}", "小计"], ["甲", ""], ENDLOOP],
        "text-lost",
        "row 1, cell 1",
    ),
    "a tag and its row in one": (
        [["{%tr for 行 in 党员 %}{{ 行.姓名 }}{%tr endfor %}", ""]],
        "text-lost",
        "row 1, cell 1",
    ),
    "a blank before tr": (
        [["{% tr for 行 in 党员 %}", ""], ["甲", ""], ENDLOOP],
        "letters-and-blanks",
        "row 1, cell 1",
    ),
    "no blank after tr": (
        [["{%trfor 行 in 党员 %}", ""], ["甲", ""], ENDLOOP],
        "letters-and-blanks",
        "row 1, cell 1",
    ),
    "other letters at the end": ([LOOP, ["甲", ""], ["{% endfor %}", ""]], "block-levels", "row 3, cell 1"),
    "a block over two cells": ([["{% if 年度 %}甲", "乙{% endif %}"]], "block-over-cells", "row 1, cell 1"),
    "a block over two rows": (
        [["{% if 年度 %}甲", ""], ["", "乙{% endif %}"]],
        "block-over-cells",
        "row 1, cell 1",
    ),
    "cells over two rows": (
        [["{%tc if 年度 %}", "甲"], ["{%tc endif %}", "乙"]],
        "block-over-cells",
        "row 1, cell 1",
    ),
    "a name after its loop": (
        [LOOP, ["甲", ""], ENDLOOP, ["{{ 行.姓名 }}", ""]],
        "outside-its-loop",
        "row 4, cell 1",
    ),
    "a name in a row": ([LOOP, ["{{ 行.姓明 }}", ""], ENDLOOP], "unknown-name", "row 2, cell 1"),
    "merged without a loop": ([["{% vm %}甲", ""]], "outside-loop", "row 1, cell 1"),
}


@pytest.mark.parametrize("name", IN_TABLES)
def test_a_mistake_in_a_table_is_found_in_its_cell(name: str) -> None:
    rows, code, place = IN_TABLES[name]
    where = dict(found(docx("前", rows))).get(code)
    assert where == f"body, table 1, {place}"


def test_a_tag_over_two_paragraphs_is_one_mistake() -> None:
    (mistake,) = mistakes(docx("某 {{ 支部.", "书记 }} 某"))
    assert mistake.code == "tag-over-paragraphs"
    assert mistake.place.words == "body, paragraph 1"
    assert "body, paragraph 2" in mistake.message


def test_a_block_over_two_tables_is_found_where_it_begins() -> None:
    template = docx([LOOP, ["甲", ""]], "间", [["乙", ""], ENDLOOP])
    assert ("block-over-tables", "body, table 1, row 1, cell 1") in found(template)


def test_a_block_that_leaves_half_a_table_is_found_where_it_begins() -> None:
    assert ("block-breaks-document", "body, table 1, row 1, cell 1") in found(
        docx([["{% if 年度 %}甲"]], "{% endif %}乙")
    )


def test_a_filter_over_more_than_one_text_is_found_where_it_begins() -> None:
    told = found(docx("{% filter upper %}甲{% endfilter %}", "{% filter upper %}乙", "丙{% endfilter %}"))
    assert ("block-breaks-document", "body, paragraph 2") in told
    assert all(where != "body, paragraph 1" for _code, where in told)


def test_a_block_over_paragraphs_is_a_note() -> None:
    (mistake,) = mistakes(docx("{% if 年度 %}", "甲", "{% endif %}"))
    assert (mistake.code, mistake.severity) == ("block-over-paragraphs", Severity.INFO)


_TAG = "<w:r><w:t>{{ 年度 }}</w:t></w:r>"
_IN_MARKUP = {
    "deleted": (
        '<w:p><w:del w:id="1"><w:r><w:delText>{{ 年度 }}</w:delText></w:r></w:del></w:p>',
        "tag-deleted",
    ),
    "moved away": (f'<w:p><w:moveFrom w:id="1">{_TAG}</w:moveFrom></w:p>', "tag-deleted"),
    "in a deleted row": (
        f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p>{_TAG}</w:p></w:tc></w:tr></w:tbl>',
        "tag-deleted",
    ),
    "inserted": (f'<w:p><w:ins w:id="1">{_TAG}</w:ins></w:p>', "tag-inserted"),
    "in a field's code": (
        "<w:p><w:r><w:instrText>PAGE {{ 年度 }}</w:instrText></w:r></w:p>",
        "tag-in-field-code",
    ),
    "hidden": ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{{ 年度 }}</w:t></w:r></w:p>", "tag-hidden"),
}


@pytest.mark.parametrize("name", _IN_MARKUP)
def test_a_tag_that_nobody_sees_as_it_will_be_is_found(name: str) -> None:
    xml, code = _IN_MARKUP[name]
    assert code in [one for one, _where in found(with_body_xml(docx("后"), xml))]


def test_a_tag_in_the_description_of_a_picture_is_followed() -> None:
    xml = (
        '<w:p><w:r><w:drawing><wp:docPr id="1" name="图" descr="{{tr 支部.书记 }}"/></w:drawing></w:r></w:p>'
    )
    assert "tag-not-in-text" in [code for code, _where in found(with_body_xml(docx("后"), xml))]


def test_a_tag_where_nothing_is_filled_in_is_found_with_its_part() -> None:
    comment = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="0"><w:p><w:r><w:t>{{ 年度 }}</w:t></w:r></w:p></w:comment></w:comments>'
    )
    (mistake,) = mistakes(repacked(docx("甲"), {"word/comments.xml": comment.encode()}))
    assert (mistake.code, mistake.place.part) == ("tag-not-filled", "word/comments.xml")


def test_a_tag_in_the_address_of_a_link_is_found() -> None:
    data = docx("甲")
    relations = part(data, "word/_rels/document.xml.rels").decode()
    link = (
        '<Relationship Id="rId99" TargetMode="External" Target="https://例.cn/%7B%7B 年度 %7D%7D" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
    )
    changed = relations.replace("</Relationships>", link).encode()
    told = found(repacked(data, {"word/_rels/document.xml.rels": changed}))
    assert told == [("tag-not-filled", "word/_rels/document.xml.rels")]


def test_everything_that_may_not_be_in_a_template_is_told_at_once() -> None:
    xml = "".join(
        f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
        for code in ("DDE a", "INCLUDETEXT b")
    )
    told = mistakes(with_body_xml(docx("{{ 1 + }}"), xml))
    assert [one.code for one in told] == ["not-allowed", "not-allowed", "tag-unreadable"]
    assert "DDE" in told[0].message
    assert "INCLUDETEXT" in told[1].message


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04", docx("甲")[:-100]])
def test_a_file_that_is_no_template_is_one_mistake(data: bytes) -> None:
    (mistake,) = mistakes(data)
    assert mistake.code == "file-unusable"
    assert not mistake.message.startswith("template")


def test_mistakes_come_in_the_order_of_the_document_however_they_are_found() -> None:
    told = found(
        docx(
            "{{ 支部.书纪 }}",
            "｛｛ 年度 ｝｝",
            [["{{ 1 + }}", "{{ 党圆 }}"]],
            "{{ 年度|无 }}",
            "{{ 单位.名 }}",
            header="{{ 支部.名 }}",
        )
    )
    assert told == [
        ("unknown-name", "body, paragraph 1"),
        ("full-width", "body, paragraph 2"),
        ("tag-unreadable", "body, table 1, row 1, cell 1"),
        ("unknown-name", "body, table 1, row 1, cell 2"),
        ("unknown-filter", "body, paragraph 3"),
        ("unknown-name", "body, paragraph 4"),
        ("unknown-name", "header 1, paragraph 1"),
    ]


def test_a_place_has_numbers_for_machines_and_the_text_around() -> None:
    (mistake,) = mistakes(docx("前", [["一"], ["某 {{ 支部.书纪 }} 某"]]))
    place = mistake.place
    assert (place.part, place.table, place.row, place.cell, place.paragraph) == ("body", 1, 2, 1, 0)
    assert place.text == "某 {{ 支部.书纪 }} 某"


def test_the_nearest_name_is_told_also_inside_a_record() -> None:
    template = docx("{{ 支部.书纪 }}", "{{ 书记 }}", "{{ zzz }}")
    hints = {one.place.paragraph: one.hint for one in mistakes(template)}
    assert hints == {1: "Did you mean 书记?", 2: "Did you mean 支部.书记?", 3: ""}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{% for 人 in 党员 %}{{ 姓名 }}{% endfor %}", "Did you mean 人.姓名?"),
        ("{% for 人 in 党员 %}{{ name }}{% endfor %}", "Did you mean 人.name?"),
        (
            "{% for 人 in 党员 %}{% for 行 in 党员 %}{{ 姓名 }}{% endfor %}{% endfor %}",
            "Did you mean 行.姓名?",
        ),
        (
            "{% for 人 in 党员 %}{{ 人.序号 }}{% endfor %}",
            "Write {{ loop.index }}: it numbers the rows of a loop.",
        ),
        (
            "{% for 人 in 党员 %}{{ 序号 }}{% endfor %}",
            "Write {{ loop.index }}: it numbers the rows of a loop.",
        ),
        ("{{ 入党日期 }}", "Write {%tr for 行 in 党员 %}, and {{ 行.入党日期 }} in the row below."),
        ("{{ 序号 }}", ""),
    ],
)
def test_a_part_of_a_row_is_told_with_its_row(text: str, hint: str) -> None:
    (mistake,) = mistakes(docx(text))
    assert (mistake.code, mistake.hint) == ("unknown-name", hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{% if 年度 %}甲{% elseif 支部.书记 %}乙{% endif %}", "Did you mean elif?"),
        ("{% if 年度 %}甲{% else if 支部.书记 %}乙{% endif %}", "Write {% elif 支部.书记 %}."),
        ("{% if 年度 = 2026 %}甲{% endif %}", "To compare, write two: ==."),
        ("{% if (年度 = 2026) %}甲{% endif %}", "To compare, write two: ==."),
        ("{{ 支部.书记，年度 }}", "A list cannot stand in {{ }}: write {{ }} for each value."),
        ("{{ 支部.书记, 年度 }}", "A list cannot stand in {{ }}: write {{ }} for each value."),
    ],
)
def test_the_hint_says_how_a_common_mistake_is_meant(text: str, hint: str) -> None:
    assert [one.hint for one in mistakes(docx(text))] == [hint]


def test_every_code_of_these_tests_is_one_of_the_linter() -> None:
    used = {*IN_A_PARAGRAPH.values(), *(code for _rows, code, _place in IN_TABLES.values())}
    assert used <= set(CODES)
