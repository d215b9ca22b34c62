"""The dialect is docxtpl's: on docxtpl's own test templates the output is what docxtpl itself writes.

The templates are not part of this project; ``DOCSMITH_DOCXTPL_TEMPLATES`` names the folder that has them.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from docsmith.template import Properties, Template
from tests.beside import SHARED

FOLDER = Path(os.environ.get("DOCSMITH_DOCXTPL_TEMPLATES", SHARED / "corpus" / "docxtpl"))
ITEMS = [{"desc": "笔 & 纸", "qty": 2, "price": "0,00"}, {"desc": "<b>", "qty": 13, "price": "5,00"}]
CONTEXTS: dict[str, dict[str, Any]] = {
    "comments_tpl": {},
    "dynamic_table_tpl": {
        "col_labels": ["甲", "乙", "丙", "丁"],
        "tbl_contents": [{"label": "一", "cols": [*"1234"]}, {"label": "二", "cols": [*"abcd"]}],
    },
    "footnotes_tpl": {"a_jinja_variable": "注释 & <更多>"},
    "get_undeclared_variables": {
        "age": 30, "author": "张三", "company_name": "甲\n乙", "degree_field": "", "email": "a@b",
        "name": "李",
        "generation_date": "今天", "has_degree": 0, "is_student": 1, "page_number": 1,
        "projects": [{"name": "p", "year": 2026, "description": "d"}], "skills": ["x", "y"],
    },
    "header_footer_image_tpl": {"mycompany": "公司"},
    "horizontal_merge_tpl": {},
    "less_cells_after_loop_tpl": {},
    "merge_paragraph_tpl": {"living_in_town": 1},
    "multi_rendering_tpl": {"title": "标题", "body": "第一行\n第二行\t制表\n第三行"},
    "nested_for_tpl": {
        "dishes": [{"name": "Pizza", "ingredients": ["bread", "tomato"]}],
        "authors": [{"name": "甲", "books": [{"title": "一"}, {"title": "二"}]}],
    },
    "order_tpl": {
        "customer_name": "Eric & Co", "items": ITEMS, "total_price": "10", "in_europe": 1, "is_paid": 0,
        "company_name": "W\tC",
    },
    "preserve_spaces_tpl": {"tag_1": " 快 ", "tag_2": "们"},
    "vertical_merge_nested_tpl": {},
    "vertical_merge_tpl": {"category": "书", "items": ITEMS, "total_price": 3},
}  # fmt: skip
# Where the number of columns changes, docxtpl leaves grid and cells in disagreement; ours agree on purpose.
OTHER_WIDTHS = {
    "comments_tpl",
    "dynamic_table_tpl",
    "horizontal_merge_tpl",
    "less_cells_after_loop_tpl",
    "vertical_merge_nested_tpl",
}


def _canonical(data: bytes, *, widths: bool) -> dict[str, bytes]:
    """Return the parts that people read, canonically; a namespace is compared, not its prefix."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name):
                root = etree.fromstring(package.read(name), etree.XMLParser(remove_blank_text=True))
                for properties in root.iter("{*}tcPr"):  # docxtpl puts them into a wrong order
                    properties[:] = sorted(properties, key=lambda element: str(element.tag))
                if not widths:
                    for element in root.iter("{*}gridCol", "{*}tcW"):
                        element.attrib.clear()
                found[name] = _expanded(root)
    return found


def _expanded(root: etree._Element) -> bytes:
    # Ids differ on purpose: docxtpl repeats them in loops, and leaves those of headers alone.
    lines = [
        f"{element.tag} {sorted(set(element.items()) - set(_ids(element)))} {element.text or ''}"
        for element in root.iter("*")
    ]
    return "\n".join(lines).encode("utf-8", "backslashreplace")


def _ids(element: etree._Element) -> list[tuple[str, str]]:
    is_id = element.tag.endswith("}docPr")
    names = [
        name for name in element.attrib if name.endswith(("}paraId", "}textId")) or (is_id and name == "id")
    ]
    return [(name, element.get(name)) for name in names]


def _docxtpl(path: Path, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


@pytest.mark.skipif(not FOLDER.is_dir(), reason="docxtpl's test templates are not here")
@pytest.mark.parametrize("name", CONTEXTS)
def test_output_equals_what_docxtpl_writes(name: str) -> None:
    path = FOLDER / f"{name}.docx"
    ours = Template.open(path).render(CONTEXTS[name], Properties()).data
    widths = name not in OTHER_WIDTHS
    theirs = _docxtpl(path, CONTEXTS[name])
    assert _canonical(ours, widths=widths) == _canonical(theirs, widths=widths)
