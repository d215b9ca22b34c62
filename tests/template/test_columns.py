"""Word goes by the widths of cells, WPS and LibreOffice by the grid: after any loop, the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import pytest
from docx import Document
from docx.shared import Twips
from hypothesis import given, settings
from hypothesis import strategies as st

from docsmith.template import Template
from tests.template.builders import check_structure, saved
from tests.template.test_both_ways import check_equal, parsed
from tests.widths import check_widths

TOTAL = 9000


def uneven(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a template with a table of columns of different widths, TOTAL twips together."""
    document = Document()
    count = len(rows[0])
    table = document.add_table(rows=len(rows), cols=count)
    table.autofit = False
    weights = [1 + index % 3 for index in range(count)]
    ends = [round(end * TOTAL / sum(weights)) for end in accumulate(weights)]
    for index, width in enumerate(end - start for start, end in zip([0, *ends], ends)):
        table.columns[index].width = Twips(width)
        for row, texts in zip(table.rows, rows):
            row.cells[index].width = Twips(width)
            row.cells[index].text = texts[index]
    return saved(document)


def check(data: bytes) -> None:
    """Fail unless every cell is as wide as the columns that it takes, and they as wide as the table was."""
    check_structure(data)
    check_widths(data, TOTAL)


@pytest.mark.parametrize("months", range(1, 8))
def test_columns_that_a_loop_makes_fit_however_many_they_are(months: int) -> None:
    template = uneven([["名", "{%tc for 月 in 各月 %}", "{{ 月 }}", "{%tc endfor %}", "计"]] * 2)
    context = {"各月": list(range(months))}
    check(Template.open(template).render(context))
    check(parsed(template).render(context))


def test_the_last_column_that_is_left_takes_the_whole_width() -> None:
    template = uneven([["{%tc if 有 %}", "甲", "{%tc endif %}", "乙"]])
    check(Template.open(template).render({"有": False}))
    check_equal(template, {"有": False})


CELLS = {
    "plain": ["{{ 行.甲 }}"],
    "merged": ["{{ 行.甲 }}{% 合并 %}"],
    "months": ["{%tc for 月 in 各月 %}", "{{ 月 }}", "{%tc endfor %}"],
    "hidden": ["{%tc if 有 %}", "甲", "{%tc endif %}"],
}


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["merged", "months", "hidden", "plain"]), max_size=4),
    st.booleans(),
    st.integers(0, 4),
    st.lists(st.sampled_from("ab"), min_size=1, max_size=4),
)
def test_widths_agree_whatever_is_repeated_hidden_or_merged(
    kinds: list[str], shown: bool, months: int, people: list[str]
) -> None:
    cells = [text for kind in ["plain", *kinds] for text in CELLS[kind]]
    blank = [""] * (len(cells) - 1)
    rows = [["{%tr for 行 in 各行 %}", *blank], cells, ["{%tr endfor %}", *blank]]
    context: dict[str, Any] = {
        "各行": [{"甲": one} for one in people],
        "各月": list(range(months)),
        "有": shown,
    }
    check(Template.open(uneven(rows)).render(context))
    check_equal(uneven(rows), context)
