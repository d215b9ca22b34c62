"""The page about the linter has every code, and its examples are what it says they are."""

from __future__ import annotations

import re

import pytest
from tools.make_docs import DOCS

from docsmith.template.linting import CODES, lint, mended
from tests.template.builders import docx
from tests.template.linting.making import FIELDS

PAGE = (DOCS / "linter.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### `([a-z-]+)`\n\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = {
    code: example.groups()
    for code, section in SECTIONS.items()
    if (example := re.search(r"```text\n✗\n(.*?)\n√\n(.*?)\n```", section, re.DOTALL))
}
_WORDS = {"error": "error · 错误", "warning": "warning · 警告", "info": "note · 提示"}


def template(example: str) -> bytes:
    """Return the template of an example; lines with ``|`` are rows of a table, others paragraphs."""
    blocks: list[str | list[list[str]]] = []
    for line in example.split("\n"):
        if "|" not in line or "}}" in line.rpartition("|")[2]:
            blocks.append(line)
        else:
            row = [cell.strip() for cell in line.split(" |")]
            if blocks and isinstance(blocks[-1], list):
                blocks[-1].append(row)
            else:
                blocks.append([row])
    return docx(*blocks)


def codes_in(data: bytes) -> set[str]:
    return {one.code for one in lint(data, FIELDS)}


def test_every_code_has_a_section_and_every_section_a_code() -> None:
    assert set(SECTIONS) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_section_says_how_much_the_mistake_matters_and_explains_it_in_chinese(code: str) -> None:
    assert SECTIONS[code].startswith(_WORDS[CODES[code].severity])
    assert re.search(r"[\u4e00-\u9fff]{4,}.*。", SECTIONS[code])


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_wrong_example_is_found_and_the_right_one_is_not(code: str) -> None:
    wrong, right = EXAMPLES[code]
    assert code in codes_in(template(wrong))
    assert codes_in(template(right)) <= {"no-header-repeat", "block-over-paragraphs"} - {code}


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_the_page_says_is_mended_is_mended_and_nothing_else(code: str) -> None:
    broken = template(EXAMPLES[code][0])
    assert ("--fix" in SECTIONS[code]) == (code not in codes_in(mended(broken).data))
