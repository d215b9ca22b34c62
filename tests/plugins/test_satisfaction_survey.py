"""群众满意率测评表: a ballot that tells nobody apart, and a tally sheet whose figures hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docsmith.errors import UsageError
from docsmith.model.findings import Place
from docsmith.model.records import Ballot, Branch, Unit
from docsmith.model.rows import RowPlace
from docsmith.model.survey import Formula, Survey
from docsmith.plugin.options import configured
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, UNIT, Made, make, manager

NAME = BRANCH.name
LETTERS = {name: letter for letter, name in zip("BCDEF", ("item", "due", "issued", "returned", "valid"))}
FIVE_GRADES = Survey(
    grades=("很满意", "满意", "基本满意", "不满意", "不了解"),
    satisfied=("很满意", "满意", "基本满意"),
    points=(100, 85, 70, 30),
)


def ballot(item: str = "总体评价", **columns: Any) -> Ballot:
    counts = {"due": 18, "issued": 18, "returned": 18, "valid": 18, "satisfied": 12, "mostly_satisfied": 4}
    votes = {"dissatisfied": 1, "unknown": 1}
    return Ballot(branch=NAME, item=item, **{**counts, **votes, **columns})


def survey(*ballots: Ballot, **more: Any) -> Made:
    return make("satisfaction-survey", ballots=list(ballots), **more)


def tally(made: Made) -> list[list[str]]:
    """Return the rows of the tally sheet; the header line is the table before it."""
    return made.rows(2)


def lines_of(made: Made, label: str) -> str:
    return next(cells[-1] for cells in tally(made) if cells[0] == label)


def in_place(record: Ballot, row: int = 3) -> Ballot:
    return record.read_from(RowPlace("数据.xlsx", "测评", row, LETTERS))


def test_ballot_has_the_items_and_grades_of_the_unit_and_empty_cells_for_the_tick() -> None:
    rows = survey(options={"items": ["甲", "乙"]}, survey=Survey(("好", "一般", "差"))).rows(0)
    assert rows[0] == ["序号", "测评内容", "好", "一般", "差"]
    assert rows[1:3] == [["1", "甲", "", "", ""], ["2", "乙", "", "", ""]]
    assert set(rows[3]) == {"意见建议："}


@pytest.mark.parametrize("grades", ["甲乙丙", "甲乙丙丁戊己"])
def test_ballot_is_as_wide_as_the_text_with_any_number_of_grades(grades: str) -> None:
    table = survey(survey=Survey(tuple(grades))).document.tables[0]
    widths = [column.width.mm for column in table.columns]
    assert len(widths) == 2 + len(grades)
    assert sum(widths) == pytest.approx(165, abs=0.1)
    assert all(width >= 12 for width in widths[2:])


def test_ballots_of_different_people_and_fillers_are_the_same() -> None:
    other = Unit(name=UNIT.name, year=UNIT.year, report_date="2026-11-01", filled_by="张三", phone="010-1")
    branch = Branch(name=NAME, secretary="李四", filled_by="王五", phone="010-2")
    assert survey().paragraphs == survey(unit=other, branch=branch).paragraphs
    assert survey().rows(0) == survey(unit=other, branch=branch).rows(0)


def test_how_to_vote_stands_above_the_ballot() -> None:
    assert survey().paragraphs[1] == "请在相应栏内打“√”，每项只选一个；本表不记名。"


def test_without_votes_there_is_only_the_ballot() -> None:
    made = survey()
    assert len(made.document.tables) == 1
    assert not any("汇总表" in text for text in made.paragraphs)


@needs_pages
def test_without_votes_there_is_one_page_and_with_votes_two(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert len(page_texts(survey().content, tmp_path / "one")) == 1
    pages = page_texts(survey(ballot()).content, tmp_path / "two")
    assert ["汇总表" in page for page in pages] == [False, True]


def test_tally_shows_votes_with_shares_that_add_up_to_100() -> None:
    row = tally(survey(ballot(satisfied=16, mostly_satisfied=1, dissatisfied=1, unknown=0)))[1]
    assert row == ["1", "总体评价", "18", "16\n88.9%", "1\n5.5%", "1\n5.6%", "0\n0.0%", "94.4"]


@pytest.mark.parametrize(
    ("formula", "rate", "note"),
    [
        ("A", "66.7", "满意率=满意票÷有效票×100%"),
        ("B", "88.9", "满意率=（满意票+基本满意票）÷有效票×100%"),
        ("C", "88.8", "（满意票×100+基本满意票×70+不满意票×30）÷（满意票+基本满意票+不满意票）"),
    ],
)
def test_note_names_the_formula_that_gave_the_rate(formula: str, rate: str, note: str) -> None:
    made = survey(ballot(), survey=Survey(formula=Formula(formula)))
    assert tally(made)[1][-1] == rate
    assert any(note in text for text in made.paragraphs)


@pytest.mark.parametrize(
    ("threshold", "outcome"),
    [(88.9, "达到88.9%的要求"), (90.0, "未达到90.0%的要求"), (88.93, "达到88.9%的要求")],
)
def test_result_says_how_the_overall_rate_stands_to_the_threshold(threshold: float, outcome: str) -> None:
    made = survey(ballot("党员队伍建设", satisfied=0), ballot(), options={"threshold": threshold})
    assert lines_of(made, "测评结果") == f"总体满意率88.9%，{outcome}。"
    assert any(f"不低于{outcome.split('到')[1][:5]}为达到要求" in text for text in made.paragraphs)


def test_without_a_threshold_only_the_rate_is_printed() -> None:
    made = survey(ballot())
    assert lines_of(made, "测评结果") == "总体满意率88.9%。"
    assert not any("要求" in text for text in made.paragraphs)


@pytest.mark.parametrize(
    ("columns", "whole"), [({}, True), ({"dissatisfied": None}, False), ({"valid": 17}, False)]
)
def test_note_says_that_shares_add_up_where_every_row_has_them(columns: dict[str, Any], whole: bool) -> None:
    made = survey(ballot("党员队伍建设", **columns), ballot())
    note = next(text for text in made.paragraphs if "上为票数" in text)
    assert ("合计为100.0%" in note) is whole


def test_without_an_overall_item_the_votes_of_all_items_are_added_up() -> None:
    made = survey(ballot("政治功能发挥"), ballot("支部班子建设", satisfied=16, mostly_satisfied=0))
    assert tally(made)[3][:4] == ["", "各项合计", "36", "28\n77.8%"]
    assert lines_of(made, "测评结果").startswith("总体满意率88.9%")


def test_counts_are_those_that_all_items_share_and_every_one_where_they_differ() -> None:
    made = survey(ballot("政治功能发挥"), ballot(issued=20))
    assert lines_of(made, "测评票数") == "应参加18人，发出18、20张，收回18张，有效18张，无效0张。"
    assert "survey-counts-differ" in made.codes


def test_other_grades_are_read_from_the_columns_that_the_unit_added() -> None:
    record = Ballot(
        branch=NAME, item="总体评价", valid=18, satisfied=5, mostly_satisfied=2, dissatisfied=1, unknown=0,
        extra={"很满意": "１0"},
    )  # fmt: skip
    made = survey(record, survey=FIVE_GRADES)
    assert tally(made)[0][3:8] == ["很满意", "满意", "基本\n满意", "不满意", "不了解"]
    assert tally(made)[1][3:] == ["10\n55.5%", "5\n27.8%", "2\n11.1%", "1\n5.6%", "0\n0.0%", "94.4"]


def test_votes_that_are_missing_are_marked_and_never_become_zero() -> None:
    record = in_place(Ballot(branch=NAME, item="总体评价", valid=18, satisfied=12))
    made = survey(record)
    assert tally(made)[1][3:] == ["12\n", *["（待补充）\n"] * 3, "（待补充）"]
    assert lines_of(made, "测评结果") == "总体满意率（待补充）。"
    assert "field-missing" in made.codes


@pytest.mark.parametrize(
    ("columns", "code", "cell"),
    [
        ({"returned": 19}, "votes-miscounted", "E3"),
        ({"returned": 17}, "votes-miscounted", "F3"),
        ({"satisfied": 11}, "votes-miscounted", "F3"),
        ({"item": "学习"}, "survey-item-unknown", "B3"),
    ],
)
def test_row_that_does_not_hold_is_reported_at_its_cell(
    columns: dict[str, Any], code: str, cell: str
) -> None:
    found = {finding.code: finding.place for finding in survey(in_place(ballot(**columns))).findings}
    assert found == {code: Place("数据.xlsx", "测评", cell)}


def test_item_counted_twice_is_reported_on_both_rows() -> None:
    made = survey(in_place(ballot(), 3), in_place(ballot(), 4))
    assert [finding.place.cell for finding in made.findings] == ["B3", "B4"]


def test_votes_for_a_unit_s_own_grade_that_are_no_number_are_reported() -> None:
    record = Ballot(branch=NAME, item="总体评价", satisfied=5, extra={"很满意": "十张"})
    made = survey(record, survey=FIVE_GRADES)
    assert "votes-unreadable" in made.codes
    assert "十张" in next(finding.message for finding in made.findings if finding.code == "votes-unreadable")


@pytest.mark.parametrize(("formula", "accepted"), [("B", False), ("C", True)])
def test_votes_of_those_who_do_not_know_may_be_left_out_of_the_valid_ones_by_formula_c_only(
    formula: str, accepted: bool
) -> None:
    codes = survey(ballot(valid=17), survey=Survey(formula=Formula(formula))).codes
    assert ("votes-miscounted" not in codes) is accepted


def test_survey_that_holds_has_nothing_to_report() -> None:
    assert survey(ballot("政治功能发挥"), ballot()).codes == []


def test_ballot_without_items_is_refused() -> None:
    with pytest.raises(UsageError):
        survey(options={"items": []})


def test_workspace_may_change_every_option() -> None:
    changed = configured(manager().types["satisfaction-survey"], {"items": ["总体评价"], "threshold": 85})
    made = survey(options=dict(changed.options))
    assert made.rows(0)[1][:2] == ["1", "总体评价"]
    assert Decimal(str(changed.options["threshold"])) == 85
