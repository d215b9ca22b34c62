"""谈心谈话记录: a document for each talk, with room to write and to sign, and nobody's signature."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docsmith.model.findings import Place
from docsmith.model.records import Talk, Unit
from docsmith.model.rows import RowPlace
from docsmith.testing import Workspace, small_unit
from tests.pages import needs_pages, page_texts
from tests.plugins.making import BRANCH, Made, make

GRID = 1
CONTENT, OPINION, SIGNATURES = 3, 4, 5


def talk(**columns: Any) -> Talk:
    given = {"branch": BRANCH.name, "date": "2026-05-12", "talker": "陆承安", "listener": "魏长河"}
    return Talk(**{**given, **columns})


def record(**columns: Any) -> Made:
    return make("talk-record", talks=[talk(**columns)])


def grid(made: Made) -> dict[str, str]:
    """Return what stands beside each label."""
    found: dict[str, str] = {}
    for cells in made.rows(GRID)[:SIGNATURES]:
        (label, value), *more = zip(cells[::2], cells[1::2], strict=True)
        found |= {label: value, **(dict(more) if cells[2] != value else {})}
    return found


def test_record_says_who_talked_when_where_and_why() -> None:
    made = record(
        kind="支委与党员", reason="岗位变动", place="党员活动室", content="谈分工。", opinion="无。"
    )
    assert grid(made) == {
        "谈 话 人": "陆承安",
        "谈话对象": "魏长河",
        "谈话时间": "2026年5月12日",
        "谈话地点": "党员活动室",
        "谈话类型": "支委与党员",
        "谈话原因": "岗位变动",
        "谈话内容": "谈分工。",
        "意见建议": "无。",
    }


def test_lines_of_what_was_said_are_paragraphs_with_the_indent_of_the_form() -> None:
    cell = record(content="甲：先谈工作。\n\n乙：好。").document.tables[GRID].cell(CONTENT, 1)
    assert [one.text for one in cell.paragraphs] == ["甲：先谈工作。", "乙：好。"]
    first, second = (one.paragraph_format.first_line_indent for one in cell.paragraphs)
    assert first == second != 0


def test_what_was_not_written_down_is_left_to_the_pen() -> None:
    found = grid(record())
    assert {found[label] for label in ("谈话内容", "意见建议")} == {""}


def test_facts_that_are_not_known_are_marked_alike_and_listed() -> None:
    columns = {"kind": "E", "reason": "F", "place": "G"}
    one = talk().read_from(RowPlace("数据.xlsx", "谈心谈话", 5, columns))
    made = make("talk-record", talks=[one])
    assert {grid(made)[label] for label in ("谈话类型", "谈话原因", "谈话地点")} == {"（待补充）"}
    assert {(one.code, one.place) for one in made.findings} == {
        ("field-missing", Place("数据.xlsx", "谈心谈话", f"{column}5")) for column in columns.values()
    }


def test_nothing_is_signed_or_dated_for_anybody() -> None:
    left, *_same, right = made_boxes = record().rows(GRID)[SIGNATURES]
    assert [left, right] == [f"{who}（签字）：\n\n　　　　年　　月　　日" for who in ("谈话人", "谈话对象")]
    assert not any(name in box for box in made_boxes for name in ("陆承安", "魏长河", "2026"))


def test_text_of_3000_characters_arrives_whole() -> None:
    assert grid(record(content="长" * 3000))["谈话内容"] == "长" * 3000


def test_each_talk_is_a_document_called_by_its_day_and_who_was_talked_to(tmp_path: Path) -> None:
    data = small_unit()
    given = data["谈心谈话"][0]
    data["谈心谈话"] = [
        {**given, "日期": day, "谈话人": talker, "谈话对象": listener}
        for day, talker, listener in (
            ("2026-05-12", "张三", "王五"),
            ("2026-04-02", "张三", "王五"),
            ("2026-04-02", "李四", "王五"),
            ("2025-04-02", "张三", "李四"),
        )
    ]
    workspace = Workspace.make(tmp_path / "工作区", data)
    assert workspace.run("batch", "谈心谈话记录").code == 0
    assert sorted(path.stem for path in workspace.folder.rglob("*谈心谈话记录*.docx")) == [
        "第一党支部-2026.04.02-王五-谈心谈话记录",
        "第一党支部-2026.04.02-王五-谈心谈话记录（2）",
        "第一党支部-2026.05.12-王五-谈心谈话记录",
    ]


@needs_pages
@pytest.mark.parametrize("content", [None, "\n".join(["谈话内容" * 25] * 4)])
def test_record_takes_one_page_whoever_talks(content: str | None, tmp_path: Path) -> None:
    long_name = "中共示例市直属机关工作委员会办公室离退休干部第一支部委员会"
    unit = Unit(name="示例市人力资源和社会保障局直属机关事业单位管理服务中心", year=2026)
    one = talk(branch=long_name, talker="古丽娜尔·艾山江·买买提", content=content)
    made = make("talk-record", unit=unit, branch=BRANCH.changed(name=long_name), talks=[one])
    (page,) = page_texts(made.content, tmp_path)
    assert page.count("（签字）") == 2


@needs_pages
def test_long_talk_goes_on_overleaf_and_is_signed_at_its_end(tmp_path: Path) -> None:
    pages = page_texts(record(content="\n".join(["长" * 150] * 20)).content, tmp_path)
    assert len(pages) > 2
    assert sum(page.count("长") for page in pages) - sum(page.count("魏长河") for page in pages) == 3000
    assert ["（签字）" in page for page in pages] == [*[False] * (len(pages) - 1), True]
