"""What Word would have to repair is found before a person opens it."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from docsmith.errors import TemplateError
from docsmith.template.package.soundness import unsound

ROOT = Path(__file__).parents[2]


def _saved(change: str) -> bytes:
    document = docx.Document()
    table = document.add_table(2, 2)
    row = table.rows[0]._tr
    cell = row.tc_lst[0]
    if change == "cell":
        cell.remove(cell.p_lst[0])
    elif change == "nested":
        inner = table.cell(0, 0).add_table(1, 1)
        cell.remove(inner._tbl.getnext())
    elif change == "row":
        for one in list(row.tc_lst):
            row.remove(one)
    elif change == "table":
        for one in list(table._tbl.tr_lst):
            table._tbl.remove(one)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("cell", "a cell does not end with a paragraph"),
        ("nested", "a cell does not end with a paragraph"),
        ("row", "a table row has no cells"),
        ("table", "a table has no rows"),
    ],
)
def test_what_word_repairs_is_named_with_its_part(change: str, words: str) -> None:
    (problem, *_others) = unsound(_saved(change), "表.docx")
    assert problem.startswith("word/document.xml")
    assert words in problem


def test_a_sound_document_has_no_problem() -> None:
    assert unsound(_saved(""), "表.docx") == ()
    for template in sorted((ROOT / "templates").glob("*/template.docx")):
        assert unsound(template.read_bytes(), template.parent.name) == ()


def test_what_is_no_document_is_an_error() -> None:
    with pytest.raises(TemplateError):
        unsound(b"PK", "表.docx")
