"""The last page of a form: what is signed and noted there stands below something that is signed for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from docsmith.model.records import Activity, Member, Problem, SelfCheck, Talk
from docsmith.model.rows import Record
from tests.pages import needs_pages, pages_of
from tests.plugins.making import BRANCH, make, manager

pytestmark = needs_pages

NAME = BRANCH.name


def talk(lines: int) -> list[Record]:
    content, opinion = "\n".join(["记录" * 12] * lines), "记录" * 40
    return [
        Talk(branch=NAME, date="2026-05-12", talker="甲", listener="乙", content=content, opinion=opinion)
    ]


def meeting(lines: int) -> list[Record]:
    content = "\n".join(["讲课" * 12] * lines)
    resolution = "\n".join(["记录" * 12] * (lines // 3))
    return [Activity(branch=NAME, kind="支委会", date="2026-05-12", content=content, resolution=resolution)]


def opinion(lines: int) -> list[Record]:
    opinion = "\n".join(["记录" * 12] * lines)
    return [Talk(branch=NAME, date="2026-05-12", talker="甲", listener="乙", content="讲", opinion=opinion)]


def members(count: int) -> list[Record]:
    return [Member(branch=NAME, name="张三", department="记录处", job_title="处长")] * count


def problems(count: int) -> list[Record]:
    return [Problem(branch=NAME, problem="记录" * 20, measure="措施" * 20)] * count


def answers(lines: int) -> list[Record]:
    checks = (number for number in range(1, 18))
    return [SelfCheck(branch=NAME, item=str(one), answer="是", evidence="记录" * 7 * lines) for one in checks]


def marks(count: int) -> list[Record]:
    item = manager().schema.sheets["acceptance_score_items"].record
    numbers = range(1, count + 1)
    return [item(number=str(one), group=f"第{one // 5}组", text="记录" * 12, points="5") for one in numbers]


# What holds the rows of a type, who makes them, and the numbers with which one page after another is full.
FULL = [
    ("talk-record", "talks", talk, range(8, 60, 4)),
    ("talk-record", "talks", opinion, range(30, 42)),
    ("meeting-record", "activities", meeting, range(8, 60, 4)),
    ("member-roster", "members", members, range(6, 16)),
    ("problem-list", "problems", problems, range(3, 14)),
    ("self-check", "self_checks", answers, range(1, 6)),
    ("acceptance-score", "acceptance_score_items", marks, range(6, 24, 2)),
]


@pytest.mark.parametrize(("type_id", "table", "rows", "counts"), FULL)
def test_signatures_stand_below_the_last_rows_and_never_alone(
    type_id: str, table: str, rows: Callable[[int], list[Record]], counts: range, tmp_path: Path
) -> None:
    documents = {str(count): make(type_id, **{table: rows(count)}).content for count in counts}
    pages = pages_of(documents, tmp_path)
    assert any(len(found) > 1 for found in pages.values())
    for count, found in pages.items():
        *before, last = found
        assert [("注：" in page, "（签字）" in page) for page in before] == [(False, False)] * len(before), (
            count
        )
        assert all(words in last for words in ("记录", "（签字）", "注：")), count


def test_a_lecture_is_signed_below_a_row_for_what_goes_with_it(tmp_path: Path) -> None:
    documents = {}
    for lines in range(14, 34, 2):
        lecture = Activity(branch=NAME, kind="党课", date="2026-05-12", content="\n".join(["讲课"] * lines))
        documents[str(lines)] = make("meeting-record", activities=[lecture]).content
    for lines, found in pages_of(documents, tmp_path).items():
        assert "佐证材料" in found[-1].partition("（签字）")[0], lines


def test_category_of_three_characters_stands_in_one_line(tmp_path: Path) -> None:
    (page,) = pages_of({"list": make("problem-list", problems=problems(1)).content}, tmp_path)["list"]
    assert "未分类" in page
