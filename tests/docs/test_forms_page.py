"""docs/forms.md shows what its examples really make."""

from __future__ import annotations

import re

import pytest
from tools.form_samples import SAMPLES, Sample
from tools.make_docs import DOCS

from docsmith.engine.tables.making import TITLES
from docsmith.engine.tables.rows import NUMBER
from docsmith.template import Template
from tests.template.builders import check_structure, rows

PAGE = (DOCS / "forms.md").read_text(encoding="utf-8")


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]()


def test_each_example_makes_a_document_that_word_opens(sample: Sample) -> None:
    check_structure(sample.document())


def test_no_example_has_to_be_parsed_after_it_is_rendered(sample: Sample) -> None:
    template = Template.open(sample.template())
    assert [part.compiled.unproven for part in template._parts] == [""]


def test_each_example_has_its_picture_on_the_page() -> None:
    assert set(re.findall(r"pictures/form-([a-z-]+)\.png", PAGE)) == set(SAMPLES)


@pytest.mark.parametrize("name", ["groups", "key", "totals", "number"])
def test_parts_of_a_table_are_named_in_both_languages(name: str) -> None:
    chinese = dict([*TITLES.items(), NUMBER])[name]
    assert f".{name}" in PAGE
    assert f".{chinese}" in PAGE


def test_what_the_page_says_of_its_examples_is_in_them() -> None:
    tags = "".join(cell for make in SAMPLES.values() for row in rows(make().template()) for cell in row)
    shown = (
        "{% 合并 %}",
        "|分段",
        "自查.自查结果|勾选",
        "党员.照片|照片",
        "党员|至少(",
        "{{ loop.index }}",
        "名册.组",
        "名册.合计",
    )
    assert [text for text in shown if text not in PAGE or text not in tags] == []
