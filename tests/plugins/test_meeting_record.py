"""三会一课会议记录: a document for each meeting and each lecture, as its kind needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.findings import Place
from docsmith.model.records import Activity, Unit
from docsmith.model.rows import RowPlace
from docsmith.testing import Workspace, small_unit
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make

GRID = 1
KINDS = ("支部党员大会", "支委会", "党小组会", "党课", "组织生活会", "民主评议党员")
NUMBERS = {"due": "18", "present": "17"}


def meeting(**columns: Any) -> Activity:
    return Activity(**{"branch": BRANCH.name, "kind": "支部党员大会", "date": "2026-03-05", **columns})


def record(**columns: Any) -> Made:
    return make("meeting-record", activities=[meeting(**columns)])


def grid(made: Made) -> dict[str, str]:
    """Return what stands beside each label, in the order of the form; the labels without their blanks."""
    found: dict[str, str] = {}
    for cells in made.rows(GRID)[:-1]:
        pairs = zip(cells[::2], cells[1::2], strict=True)
        found |= dict(reversed(list(pairs)) if cells[1] == cells[3] else pairs)
    found = {"".join(label.split()): value for label, value in found.items()}
    return {label: found[label] for label in _LABELS if label in found}


_LABELS = (
    "主题", "时间", "地点", "主持人", "记录人", "主讲人", "应到人数", "实到人数", "缺席人员及原因",
    "列席人员", "主要内容", "决议", "佐证材料",
)  # fmt: skip


def test_record_of_a_meeting_says_what_the_data_says() -> None:
    made = record(
        time="14:30", place="党员活动室", topic="审议年度工作计划", chair="陆承安", recorder="邵雨桐",
        **NUMBERS, absent="关岳（出差）", observers="段文昭", content="逐条讨论。",
        resolution="赞成17票，通过。", evidence="会议记录本第7页",
    )  # fmt: skip
    assert grid(made) == {
        "主题": "审议年度工作计划",
        "时间": "2026年3月5日 14:30",
        "地点": "党员活动室",
        "主持人": "陆承安",
        "记录人": "邵雨桐",
        "应到人数": "18",
        "实到人数": "17",
        "缺席人员及原因": "关岳（出差）",
        "列席人员": "段文昭",
        "主要内容": "逐条讨论。",
        "决议": "赞成17票，通过。",
        "佐证材料": "会议记录本第7页",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_title_is_the_kind_of_the_meeting(kind: str) -> None:
    assert record(kind=kind).paragraphs[0] == f"示例研究所\n{kind}记录"


def test_lecture_names_who_gave_it_and_has_no_resolution() -> None:
    lecture = grid(record(kind="党课"))
    assert lecture["主讲人"] == "（待补充）"
    assert "决议" not in lecture
    assert grid(record(kind="党课", resolution="会后每人写一篇体会。"))["决议"] == "会后每人写一篇体会。"


def test_meeting_without_a_lecturer_has_no_row_for_one() -> None:
    assert "主讲人" not in grid(record())
    assert grid(record(speaker="陆承安"))["主讲人"] == "陆承安"


def test_group_that_met_is_named_above_the_form() -> None:
    assert record(kind="党小组会", group="第一党小组").rows(0) == [
        ["党支部名称：第一党支部", "党小组：第一党小组"]
    ]
    assert record().rows(0) == [["党支部名称：第一党支部", ""]]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"due": "18", "present": "18"}, "无"),
        ({"due": "18", "present": "17"}, "（待补充）"),
        ({"due": "18"}, "（待补充）"),
        ({}, ""),
        ({"absent": "关岳"}, "关岳"),
    ],
)
def test_nobody_is_said_to_be_absent_only_where_all_have_come(columns: dict[str, str], shown: str) -> None:
    assert grid(record(**columns))["缺席人员及原因"] == shown


def test_lines_of_the_minutes_are_paragraphs_with_the_indent_of_the_form() -> None:
    made = record(content="一、报告。\n二、讨论。")
    (cell,) = (row.cells[1] for row in made.document.tables[GRID].rows if row.cells[0].text == "主要内容")
    assert [one.text for one in cell.paragraphs] == ["一、报告。", "二、讨论。"]
    assert {one.paragraph_format.first_line_indent for one in cell.paragraphs} != {None}


def test_what_nobody_wrote_down_is_left_to_the_pen() -> None:
    found = grid(record())
    assert {found[label] for label in ("主要内容", "决议", "列席人员")} == {""}
    assert {found[label] for label in ("主题", "地点", "主持人", "记录人", "应到人数", "实到人数")} == {
        "（待补充）"
    }


def test_nothing_is_signed_or_dated_for_anybody() -> None:
    left, *_same, right = boxes = record(chair="陆承安", recorder="邵雨桐").rows(GRID)[-1]
    assert [left, right] == [f"{who}（签字）：\n\n　　　　年　　月　　日" for who in ("主持人", "记录人")]
    assert not any(name in box for box in boxes for name in ("陆承安", "邵雨桐", "2026"))


@pytest.mark.parametrize(
    ("kind", "expected"), [("支部党员大会", ["M-02"]), ("支委会", ["M-02"]), ("党小组会", [])]
)
def test_meeting_that_decides_has_to_say_how_many_came(kind: str, expected: list[str]) -> None:
    one = meeting(kind=kind, due="18").read_from(RowPlace("数据.xlsx", "组织生活", 5, {"present": "L"}))
    made = make("meeting-record", activities=[one])
    found = [finding for finding in made.findings if finding.code.startswith("M-")]
    assert [finding.code for finding in found] == expected
    assert all(finding.place == Place("数据.xlsx", "组织生活", "L5") for finding in found)
    assert all("第十一条" in finding.hint for finding in found)


def test_what_a_meeting_lacks_is_said_beside_its_own_record_alone(tmp_path: Path) -> None:
    data = small_unit()
    given = {"支部": "第一党支部", "类型": "支委会", "应到人数": 5}
    data["组织生活"] = [
        {**given, "日期": "2026-05-12"},
        {**given, "日期": "2026-06-12", "实到人数": 5},
        {**given, "日期": "2026-07-12"},
    ]
    workspace = Workspace.make(tmp_path / "工作区", data)
    documents = workspace.run("render", "会议记录", "--json").json["documents"]
    found = [[one for one in made["findings"] if one["code"] == "M-02"] for made in documents]
    assert [len(of_one) for of_one in found] == [1, 0, 1]
    assert [of_one[0]["cell"] for of_one in found if of_one] == ["1.实到人数", "3.实到人数"]


def test_each_meeting_is_a_document_and_a_theme_day_is_none(tmp_path: Path) -> None:
    data = small_unit()
    given = {"支部": "第一党支部", "日期": "2026-05-12", "主题": "学习"}
    data["组织生活"] = [
        {**given, "类型": "支委会"},
        {**given, "类型": "党小组会", "党小组": "第二党小组"},
        {**given, "类型": "党小组会", "党小组": "第一党小组"},
        {**given, "类型": "党课"},
        {**given, "类型": "党课", "日期": "2025-05-12"},
        {**given, "类型": "主题党日"},
        {**given, "类型": "集体学习"},
    ]
    workspace = Workspace.make(tmp_path / "工作区", data)
    assert workspace.run("batch", "会议记录").code == 0
    assert sorted(path.stem for path in workspace.folder.rglob("*.docx")) == [
        "第一党支部-2026.05.12-党课记录",
        "第一党支部-2026.05.12-支委会记录",
        "第一党支部-2026.05.12-第一党小组-党小组会记录",
        "第一党支部-2026.05.12-第二党小组-党小组会记录",
    ]


@needs_pages
@pytest.mark.parametrize("kind", ["支部党员大会", "党课"])
def test_record_takes_one_page_whoever_meets(kind: str, tmp_path: Path) -> None:
    long_name = "中共示例市直属机关工作委员会办公室离退休干部第一支部委员会"
    unit = Unit(name="示例市人力资源和社会保障局直属机关事业单位管理服务中心", year=2026)
    one = meeting(
        branch=long_name, kind=kind, topic="主题" * 20, evidence="签到表", content="内容" * 120, **NUMBERS
    )
    made = make("meeting-record", unit=unit, branch=BRANCH.changed(name=long_name), activities=[one])
    (page,) = page_texts(made.content, tmp_path)
    assert page.count("（签字）") == 2


@needs_pages
def test_long_minutes_go_on_overleaf_and_are_signed_at_their_end(tmp_path: Path) -> None:
    pages = page_texts(record(content="\n".join(["长" * 150] * 20)).content, tmp_path)
    assert len(pages) > 2
    assert sum(page.count("长") for page in pages) == 3000
    assert ["（签字）" in page for page in pages] == [*[False] * (len(pages) - 1), True]
