"""The dialect is docxtpl's: from docxtpl's own test templates come the documents that docxtpl makes of them.

The templates are not part of this project; ``DOCSMITH_DOCXTPL_TEMPLATES`` names the folder that has them.
Every part is compared, canonically; what differs on purpose is in ``docs/differences.md``.
"""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from docsmith import Template
from docsmith.errors import TemplateError
from tests.beside import SHARED
from tests.template.docxtpl_compare import Rules, differences, paragraph_ids, parts_of, repeated_ids
from tests.template.docxtpl_contexts import CONTEXTS
from tests.template.docxtpl_makers import Docsmith, Docxtpl

FOLDER = Path(os.environ.get("DOCSMITH_DOCXTPL_TEMPLATES", SHARED / "corpus" / "docxtpl"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="docxtpl's test templates are not here")

_COLUMNS = Rules(widths=True)
_DOCUMENT_TAKEN_IN = Rules(drawing_names=True)
_FORMAT_KEPT = Rules(format_after_values=True)
RULES = {
    "comments_tpl": _COLUMNS,
    "dynamic_table_tpl": _COLUMNS,
    "horizontal_merge_tpl": _COLUMNS,
    "less_cells_after_loop_tpl": _COLUMNS,
    "vertical_merge_nested_tpl": _COLUMNS,
    "escape_tpl": _FORMAT_KEPT,
    "header_footer_inline_image_tpl": _FORMAT_KEPT,
    "richtext_tpl": _FORMAT_KEPT,
    "word2016_tpl": _FORMAT_KEPT,
    "header_footer_tpl": _DOCUMENT_TAKEN_IN,
    "header_footer_tpl_utf8": _DOCUMENT_TAKEN_IN,
    "merge_docx_master_tpl": _DOCUMENT_TAKEN_IN,
    "subdoc_tpl": _DOCUMENT_TAKEN_IN,
}
# Templates that docsmith refuses, and the words by which it does.
REFUSED = {
    "custom_jinja_filters_tpl": "no filter called my_filter",
    "embedded_main_tpl": "embedded",
    "template_error_tpl": "endif closes nothing",
}


def theirs(name: str, which: int) -> bytes:
    template = DocxTemplate(FOLDER / f"{name}.docx")
    template.init_docx()
    template.render(CONTEXTS[name][which](Docxtpl(FOLDER, template)), autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def ours(template: Template, name: str, which: int) -> bytes:
    return template.render(CONTEXTS[name][which](Docsmith(FOLDER)))


def assert_equal(made: bytes, expected: bytes, name: str) -> None:
    found = differences(made, expected, RULES.get(name, Rules()))
    assert not found, "\n".join(found[:60])
    assert not any(repeated_ids(made).values())
    assert paragraph_ids(made) <= paragraph_ids(expected)


def opened(name: str) -> Template:
    return Template.open(FOLDER / f"{name}.docx")


def test_every_template_of_docxtpl_is_here() -> None:
    special = {*REFUSED, "escape_tpl_auto"}
    assert {path.stem for path in FOLDER.glob("*.docx")} == {*CONTEXTS, *special}


@pytest.mark.parametrize("name", CONTEXTS)
def test_output_equals_what_docxtpl_writes(name: str) -> None:
    template = opened(name)
    first, second, again = (ours(template, name, which) for which in (0, 1, 0))
    assert_equal(first, theirs(name, 0), name)
    assert_equal(second, theirs(name, 1), name)
    assert first == again


@pytest.mark.parametrize("name", CONTEXTS)
def test_threads_may_render_one_template_at_once(name: str) -> None:
    template = opened(name)
    contexts = [CONTEXTS[name][which](Docsmith(FOLDER)) for which in (0, 1)]
    alone = [template.render(context) for context in contexts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: template.render(contexts[number % 2]), range(12)))
    assert together == alone * 6


@pytest.mark.parametrize("name", ["richtext_tpl", "escape_tpl", "richtext_paragraph_tpl", "inline_image_tpl"])
def test_values_made_by_docxtpl_are_printed_as_ours(name: str) -> None:
    of_docxtpl = CONTEXTS[name][0](Docxtpl(FOLDER, DocxTemplate(FOLDER / f"{name}.docx")))
    assert opened(name).render(of_docxtpl) == ours(opened(name), name, 0)


@pytest.mark.parametrize("name", REFUSED)
def test_templates_that_docsmith_refuses(name: str) -> None:
    with pytest.raises(TemplateError, match=REFUSED[name]):
        opened(name)


def test_functions_in_a_context_are_refused() -> None:
    context: dict[str, Any] = {
        "iteritems": lambda mapping: mapping.items(), "nested_dict": {},
        "autoescape": "", "autoescape_unicode": "",
    }  # fmt: skip
    with pytest.raises(TemplateError, match="iteritems is a function"):
        opened("escape_tpl_auto").render(context)


def test_properties_with_tags_are_rendered_and_escaped_once() -> None:
    made = opened("doc_properties_tpl").render({"test": "A & B"})
    root = etree.fromstring(parts_of(made)["docProps/core.xml"])
    assert root.findtext("{http://purl.org/dc/elements/1.1/}title") == "A & B"
    assert root.find("{http://purl.org/dc/elements/1.1/}creator") is None
