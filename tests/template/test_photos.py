"""Photographs in a cell: as large as it, never larger, and a blank where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from lxml import etree

from docsmith.errors import TemplateError
from docsmith.model.blank import BLANK
from docsmith.model.pictures import PictureError
from docsmith.template import Beside, Properties, Rendered, Template
from docsmith.template.language import photos
from tests.model.test_pictures import picture
from tests.template.builders import WP, W, check_structure, docx, part, saved, texts

PICTURES = {"宽.png": picture(400, 100), "高.jpg": picture(100, 400, "JPEG")}


def read(name: str) -> bytes:
    if name not in PICTURES:
        raise PictureError("there is no such file.")
    return PICTURES[name]


def made(template: bytes, value: Any, pictures: Callable[[str], bytes] | None = read) -> Rendered:
    rendered = Template.open(template, "t.docx").make({"x": value}, Properties(), Beside(pictures=pictures))
    check_structure(rendered.data)
    return rendered


def sizes(data: bytes) -> list[tuple[int, int]]:
    """Return the pictures of a document in tenths of a millimetre, rounded."""
    extents = etree.fromstring(part(data)).iter(f"{WP}extent")
    return [(round(int(one.get("cx")) / 3600), round(int(one.get("cy")) / 3600)) for one in extents]


def cell(text: str, rows: int = 1) -> bytes:
    """Return a template with a cell of 40 mm by 30 mm for each of its rows, merged."""
    document = Document()
    table = document.add_table(rows=rows, cols=2)
    table.autofit = False
    for row in table.rows:
        row.height = Mm(30)
        for one in row.cells:
            one.width = Mm(40)
    table.cell(0, 1).merge(table.cell(rows - 1, 1)).text = text
    return saved(document)


@pytest.mark.parametrize("name", ["照片", "photo"])
def test_a_picture_is_as_large_as_its_cell_allows_in_its_own_proportions(name: str) -> None:
    width = 400 - 2 * 19  # the margins of a cell
    ((wide, low),) = sizes(made(cell(f"{{{{ x|{name} }}}}"), "宽.png").data)
    assert abs(wide - width) <= 2
    assert abs(wide / low - 4) < 0.1
    ((narrow, high),) = sizes(made(cell(f"{{{{ x|{name} }}}}"), "高.jpg").data)
    assert 270 <= high < 300
    assert abs(high / narrow - 4) < 0.1


def test_a_picture_keeps_no_distance_that_would_push_it_off_centre() -> None:
    (inline,) = etree.fromstring(part(made(cell("{{ x|照片 }}"), "宽.png").data)).iter(f"{WP}inline")
    assert dict(inline.items()) == dict.fromkeys(("distT", "distB", "distL", "distR"), "0")


def test_a_cell_that_is_merged_has_room_in_all_its_rows() -> None:
    ((_narrow, high),) = sizes(made(cell("{{ x|照片 }}", rows=4), "高.jpg").data)
    assert 1170 <= high < 1200


def test_a_room_can_be_given_in_millimetres() -> None:
    assert sizes(made(cell("{{ x|照片(10, 20) }}"), "宽.png").data) == [(100, 25)]
    assert sizes(made(docx("{{ x|照片(25, 35) }}"), "高.jpg").data) == [(88, 350)]


def test_a_paragraph_of_exact_lines_shows_the_whole_picture() -> None:
    document = Document()
    paragraph = document.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0]
    paragraph.add_run("{{ x|照片 }}")
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.space_after = Pt(20)
    data = made(saved(document), "宽.png").data
    spacing = etree.fromstring(part(data)).find(f".//{W}tc//{W}spacing")
    assert spacing.get(f"{W}lineRule") == "auto"
    assert spacing.get(f"{W}after") == "0"


def test_a_picture_that_is_missing_leaves_its_place_and_is_listed() -> None:
    document = made(cell("{{ x|照片 }}"), None)
    assert "（照片）" in texts(document.data)
    assert [mark.label for mark in document.missing] == ["x"]


@pytest.mark.parametrize("pictures", [read, None])
def test_a_picture_that_cannot_be_used_leaves_its_place_and_is_told_of(
    pictures: Callable[[str], bytes] | None,
) -> None:
    document = made(cell("{{ x|照片 }}"), "没有.png", pictures)
    assert "（照片）" in texts(document.data)
    ((path, reason),) = document.absent
    assert path == "没有.png"
    assert reason


def test_an_empty_row_of_a_form_has_no_picture() -> None:
    document = made(cell("{{ x|照片 }}"), BLANK)
    assert "（照片）" not in texts(document.data)
    assert document.absent == document.missing == ()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (docx("{{ x|照片 }}"), "say how large"),
        (cell("{{ x|照片(10) }}"), "width and height"),
        (cell("{{ x|照片(0, -1) }}"), "width and height"),
        (cell("{{ x|照片('a', 3) }}"), "width and height"),
    ],
)
def test_a_picture_without_room_is_an_error_with_its_place(template: bytes, message: str) -> None:
    with pytest.raises(TemplateError, match=message) as caught:
        made(template, "宽.png")
    assert "body" in str(caught.value)


def test_pictures_in_a_loop_have_ids_of_their_own_and_the_same_one_is_kept_once() -> None:
    template = docx([["{%tr for y in x %}"], ["{{ y|照片(10, 10) }}"], ["{%tr endfor %}"]])
    data = made(template, ["宽.png", "宽.png", "高.jpg"]).data
    assert len(sizes(data)) == 3


def test_photographs_that_no_computer_could_pack_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PICTURES", len(PICTURES["宽.png"]) + 1)
    template = docx([["{%tr for y in x %}"], ["{{ y|照片(10, 10) }}"], ["{%tr endfor %}"]])
    assert len(sizes(made(template, ["宽.png"] * 3).data)) == 3
    with pytest.raises(TemplateError, match="more than 0 MB"):
        made(template, ["宽.png", "高.jpg"])
