"""Titles and signatures in lines, by GB/T 9704-2012."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model.dates import PartialDate
from docsmith.plugin.kit.article import signature_lines, title_lines

DATE = PartialDate(2026, 12, 8)


def starts(signature: str) -> list[int]:
    """Return how many blanks each line begins with."""
    return [len(line) - len(line.lstrip("　")) for line in signature.split("\n")]


def test_short_title_is_one_line() -> None:
    assert title_lines("第一党支部", "2026年度工作计划") == "第一党支部2026年度工作计划"


def test_long_title_breaks_before_the_name_of_the_document() -> None:
    assert title_lines("示例科学技术交流中心第一党支部", "2026年度工作计划") == (
        "示例科学技术交流中心第一党支部\n2026年度工作计划"
    )


def test_long_name_breaks_after_a_part_of_it() -> None:
    lines = title_lines("中共示例省化学工业研究院材料实验室第一党支部委员会", "2026年度工作总结").split("\n")
    assert lines == ["中共示例省化学工业研究院", "材料实验室第一党支部委员会", "2026年度工作总结"]


@given(st.text(alphabet="中共党支部委员会所院处理门a1", min_size=1, max_size=120))
def test_no_character_of_a_name_is_lost(name: str) -> None:
    assert title_lines(name, "总结").replace("\n", "") == f"{name}总结"
    assert "".join(signature_lines(name, DATE).split("\n")[:-1]).replace("　", "") == name


@pytest.mark.parametrize("name", ["x" * 70_000, "研究所" * 8_000])
def test_text_of_any_length_in_place_of_a_name_is_broken(name: str) -> None:
    lines = title_lines(name, "总结").split("\n")
    assert "".join(lines) == f"{name}总结"
    assert max(map(len, lines)) <= 40


def test_short_name_begins_two_characters_before_its_date() -> None:
    signature = signature_lines("第一党支部", DATE)
    name, date = starts(signature)
    assert date - name == 2
    # 28 characters a line: the date, 8 wide with its spaces, ends two before the end.
    assert date == 28 - 2 - 8


def test_long_name_stands_two_characters_from_the_right() -> None:
    name = "中共示例研究所第一支部委员会"
    assert starts(signature_lines(name, DATE)) == [28 - 2 - len(name), 28 - len(name)]


@pytest.mark.parametrize(
    ("date", "printed"), [(None, "　　　　年　　月　　日"), (PartialDate(2026, 12), "2026年12月　　日")]
)
def test_what_is_not_known_of_a_date_is_a_blank_for_the_pen(date: PartialDate | None, printed: str) -> None:
    assert signature_lines("第一党支部", date).endswith(printed)
