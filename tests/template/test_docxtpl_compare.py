"""The comparison with docxtpl sees what it should, and nothing else."""

from __future__ import annotations

import pytest

from tests.template.builders import docx, part, repacked
from tests.template.docxtpl_compare import Rules, differences

MAIN, RELS, STYLES, TYPES = (
    "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "[Content_Types].xml",
)  # fmt: skip
DOCUMENT = docx("甲", [["乙", "丙"]], header="丁")


def changed(name: str, before: str, after: str) -> bytes:
    xml = part(DOCUMENT, name).decode()
    assert before in xml
    return repacked(DOCUMENT, {name: xml.replace(before, after, 1).encode()})


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (MAIN, "甲", "甲甲"),
        (MAIN, "<w:t>甲</w:t>", "<w:t> 甲</w:t>"),
        (MAIN, "<w:p>", "<w:p/><w:p>"),
        (MAIN, "<w:r>", "<w:r><w:rPr><w:b/></w:rPr>"),
        (MAIN, '<w:gridCol w:w="', '<w:gridCol w:w="1'),
        ("word/header1.xml", "丁", "戊"),
        (STYLES, 'w:styleId="', 'w:styleId="x'),
        (RELS, 'Target="styles.xml"', 'Target="settings.xml"'),
        (TYPES, "styles+xml", "other+xml"),
    ],
)
def test_a_change_that_a_reader_would_notice_is_a_difference(name: str, before: str, after: str) -> None:
    assert differences(changed(name, before, after), DOCUMENT, Rules())


def test_a_part_that_is_missing_is_a_difference() -> None:
    rels = part(DOCUMENT, RELS).decode()
    without = rels.replace('Target="styles.xml"', 'Target="nothing.xml"')
    assert differences(repacked(DOCUMENT, {STYLES: None, RELS: without.encode()}), DOCUMENT, Rules())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:p>", '<w:p w14:paraId="0A0A0A0A">'),
        ("<w:p>", "<w:p><w:r/>"),
        ("<w:p>", "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t></w:t></w:r>"),
        ("<w:p>", "<!-- x -->\n<w:p>"),
        ("<w:document ", '<w:document xmlns:unused="urn:x" '),
    ],
)
def test_what_differs_on_purpose_is_none(before: str, after: str) -> None:
    assert differences(changed(MAIN, before, after), DOCUMENT, Rules()) == []


def test_widths_are_compared_where_no_rule_says_otherwise() -> None:
    other = changed(MAIN, '<w:gridCol w:w="', '<w:gridCol w:w="1')
    assert differences(other, DOCUMENT, Rules(widths=True)) == []
