"""The starting templates on real pages: nearly empty ones, and ones with names as long as they come."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from docsmith.testing import Workspace
from tests.pages import needs_pages, pages_of

pytestmark = needs_pages

# Shapes with the number of pages that a document has when hardly anything is known.
SHORT = {
    "form": 1,
    "ledger": 1,
    "checklist": 1,
    "ballot": 1,
    "calendar": 1,
    "pledge": 1,
    "article": 1,
    "quiz": 2,
}
LONG_UNIT = "示例市人力资源和社会保障局直属机关事业单位管理服务中心"
LONG_BRANCH = "中共示例市直属机关工作委员会办公室离退休干部第一党支部（含退役军人服务中心联合党小组）支部"
LONG_NAME = "买合木提江·阿布都克里木"
Pages = dict[str, list[str]]


def started(folder: Path, data: dict[str, Any]) -> Pages:
    """Return the pages of a document of each shape."""
    workspace = Workspace.make(folder / "unit", data)
    documents = {}
    for shape in SHORT:
        answer = workspace.run("plugin", "new", f"own-{shape}", "--title", f"情况{shape}", "--shape", shape)
        assert answer.code == 0, answer.err
        documents[shape] = workspace.render(f"own-{shape}").path.read_bytes()
    return pages_of(documents, folder)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    branch = "一支部"
    data = {
        "单位": [{"单位名称": "示例所", "年度": 2026}],
        "支部": [{"支部名称": branch}],
        "党员": [{"支部": branch, "姓名": "张三"}],
    }
    return started(tmp_path_factory.mktemp("short"), data)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    people = {"书记": LONG_NAME, "填表人": LONG_NAME, "联系电话": "0000-00000000"}
    members = {"支部": LONG_BRANCH, "姓名": LONG_NAME, "党小组": "第十一党小组", "所在部门": "综合办公室"}
    task = {"支部": LONG_BRANCH, "工作内容": "落实责任" * 20, "责任人": LONG_NAME}
    data = {
        "单位": [{"单位名称": LONG_UNIT, "年度": 2026, "审核人": LONG_NAME}],
        "支部": [{"支部名称": LONG_BRANCH, **people}],
        "党员": [members] * 40,
        "工作计划": [{**task, "完成时限": f"2026-{1 + number % 12:02}-28"} for number in range(48)],
    }
    return started(tmp_path_factory.mktemp("full"), data)


def test_nearly_empty_document_takes_no_page_too_many(short: Pages) -> None:
    assert {shape: len(found) for shape, found in short.items()} == SHORT


@pytest.mark.parametrize("shape", ["form", "ledger", "calendar"])
def test_date_to_be_written_stands_in_one_line(short: Pages, shape: str) -> None:
    (date,) = (line for line in short[shape][0].splitlines() if "填报日期：" in line)
    assert date.endswith("日")


@pytest.mark.parametrize("shape", ["ledger", "calendar"])
def test_long_name_leaves_the_line_of_signatures_in_order(full: Pages, shape: str) -> None:
    (line,) = (line for line in full[shape][-1].splitlines() if "填表人：" in line)
    assert LONG_NAME in line
    assert line.endswith("0000-00000000")


def test_calendar_says_who_and_by_which_day_of_the_year_in_its_title(full: Pages) -> None:
    assert f"（{LONG_NAME}，1月28日）" in "".join("".join(full["calendar"]).split())


def test_sum_of_a_long_ledger_stands_on_the_page_of_its_signatures(full: Pages) -> None:
    found = full["ledger"]
    assert len(found) > 2
    assert ["填表人：" in page for page in found] == [*[False] * (len(found) - 1), True]
    assert "合计" in found[-1]


def test_boxes_of_a_checklist_stand_below_its_last_group(full: Pages) -> None:
    *_before, last = full["checklist"]
    assert all(words in last for words in ("基础保障", "合计", "党支部意见：", "检查组意见："))


def test_ledger_of_a_branch_without_members_leaves_the_sum_to_the_pen(tmp_path: Path) -> None:
    data = {"单位": [{"单位名称": "示例所", "年度": 2026}], "支部": [{"支部名称": "一支部"}]}
    workspace = Workspace.make(tmp_path, data)
    workspace.run("plugin", "new", "own", "--title", "台账", "--shape", "ledger")
    document = workspace.render("own").path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert (
            "共　　名党员，其中正式党员　　名、预备党员　　名。" in archive.read("word/document.xml").decode()
        )


def test_heading_of_an_article_says_that_nothing_is_written_below_it(short: Pages) -> None:
    text = "".join(short["article"]).replace("\r\n", "")
    assert "存在的不足（待补充）四、下一步打算（待补充）" in text


@pytest.mark.parametrize("shape", ["ballot", "quiz"])
def test_fresh_type_of_items_uses_every_column_of_them(shape: str, tmp_path: Path) -> None:
    workspace = Workspace.make(tmp_path, {"单位": [{"单位名称": "示例所", "年度": 2026}]})
    assert workspace.run("plugin", "new", "own", "--title", "情况", "--shape", shape).code == 0
    (checked,) = workspace.run("plugin", "check", "文种/own", "--json").json["plugins"]
    assert checked["findings"] == []
