"""廉政承诺书: one a member, with the unit's items or the examples, never signed by the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tools.make_templates import ROOT

from docsmith.engine.loading import load_dataset
from docsmith.model.records import Member
from docsmith.model.rows import Record
from docsmith.model.survey import USUAL_SURVEY
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make, manager

EXAMPLE = "本承诺书内容为示例"


def pledge(status: str = "正式党员", items: list[Record] | None = None, **columns: Any) -> Made:
    person = Member(branch=BRANCH.name, name="欧阳慧", status=status, **columns)
    tables = {"pledge_items": items} if items else {}
    return make("integrity-pledge", members=[person], **tables)


def item(number: str, text: str) -> Record:
    return manager().schema.sheets["pledge_items"].record(number=number, text=text)


def test_pledge_names_who_pledges_and_leaves_signature_and_date_to_the_pen() -> None:
    signature, date = pledge().paragraphs[-4].split("\n")
    assert signature == "承诺人（签字）："
    assert date.replace("　", "") == "年月日"
    assert sum("欧阳慧" in text for text in pledge().paragraphs) == 1


@pytest.mark.parametrize(("status", "words"), [("正式党员", "党员欧阳慧"), ("预备党员", "预备党员欧阳慧")])
def test_pledge_calls_a_probationary_member_so(status: str, words: str) -> None:
    assert pledge(status).paragraphs[1].startswith(f"我是第一党支部{words}。")


def test_pledge_says_that_its_items_are_examples() -> None:
    *_text, copies, examples = pledge().paragraphs
    assert copies == "注：1.本承诺书一式两份，本人、党支部各存一份。"
    assert examples.startswith(f"2.{EXAMPLE}")


def test_items_of_the_unit_replace_the_examples_in_the_order_of_their_numbers() -> None:
    made = pledge(items=[item("10", "第十条。"), item("2", "第二条。"), item("1", "第一条。")])
    assert made.paragraphs[2:5] == ["一、第一条。", "二、第二条。", "三、第十条。"]
    assert not any(EXAMPLE in text for text in made.paragraphs)
    assert made.paragraphs[-1].startswith("注：本承诺书")


def test_every_member_of_a_branch_has_a_pledge_and_nobody_else() -> None:
    found = manager()
    data = load_dataset([ROOT / "fixtures" / "示例单位"], found, {}, USUAL_SURVEY)
    per = found.types["integrity-pledge"].plan.per
    assert per is not None
    statuses = [[row.status for row in per.rows(data.dossier(branch))] for branch in data.branches]
    assert [len(some) for some in statuses] == [18, 12, 8, 5, 0]
    assert {status for some in statuses for status in some} == {"正式党员", "预备党员"}


@needs_pages
def test_pledge_of_the_examples_is_one_page(tmp_path: Path) -> None:
    branch = BRANCH.changed(name="经济技术开发区高新技术产业促进中心机关第一联合党支部")
    person = Member(branch=branch.name, name="买买提·阿不都热依木·艾合买提江")
    made = make("integrity-pledge", branch=branch, members=[person])
    (page,) = page_texts(made.content, tmp_path)
    assert EXAMPLE in page


@needs_pages
def test_signature_of_a_long_pledge_never_stands_alone(tmp_path: Path) -> None:
    for count in range(10, 15):
        items = [item(str(number), "遵守财经纪律，厉行节约。" * 4) for number in range(count)]
        *_first, last = page_texts(pledge(items=items).content, tmp_path)
        assert all(words in last for words in ("以上承诺", "承诺人（签字）", "一式两份"))
