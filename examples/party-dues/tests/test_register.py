"""The register as a person reads it: made through docsmith, from the data of the kit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from docsmith.testing import Workspace, assert_document


def test_register_has_a_page_for_each_quarter_with_dues_and_payments(
    docsmith_workspace: Workspace,
) -> None:
    made = docsmith_workspace.render("党费收缴登记表")
    assert_document(
        made,
        """
        示例研究所
        2026年度党费收缴登记表（第一季度）
        | 党支部名称：第一党支部（盖章） | 填报日期：2026年12月8日 |
        | 序号 | 姓名 | 计费方式 | 月交纳基数<br>（元） | 交纳比例 | 每月应交<br>（元） | 本季应交<br>（元） | 本季实交<br>（元） | 交纳人签名 | 备注 |
        | 1 | 张　三 | 在职 | 12000.00 | 2% | 240.00 | 720.00 | 720.00 |  |  |
        | 2 | 李　四 | 在职 | 8000.00 | 1.5% | 120.00 | 360.00 | 360.00 |  |  |
        | 3 | 王　五 | 定额 | 0.20 | ／ | 0.20 | 0.60 | 0.60 |  | 在读 |
        …
        | 合计 | ← | ← | ← | ← | ← | 1080.60 | 1080.60 | 实交（大写）：壹仟零捌拾元陆角整 | ← |
        …
        2026年度党费收缴登记表（第二季度）
        …
        | 合计 | ← | ← | ← | ← | ← | 1080.60 |  | 实交（大写）： | ← |
        …
        """,  # noqa: E501
    )
    assert made.codes == []


def test_missing_base_is_marked_and_makes_no_smaller_total(
    docsmith_workspace: Workspace, docsmith_data: dict[str, Any]
) -> None:
    del docsmith_data["党费"][1]["月交纳基数"]
    docsmith_workspace.write(docsmith_data)
    made = docsmith_workspace.render("party-dues")
    assert "field-missing" in made.codes
    totals = [line[6] for line in made.document.tables[1].texts() if line[0] == "合计"]
    assert totals == [""]


def test_members_without_dues_are_listed_with_room_for_a_pen_and_no_sum(
    docsmith_workspace: Workspace, docsmith_data: dict[str, Any]
) -> None:
    del docsmith_data["党费"][1:]
    docsmith_workspace.write(docsmith_data)
    made = docsmith_workspace.render("party-dues")
    rows = made.document.tables[1].texts()
    assert rows[2][:7] == ["2", "李　四", "", "", "", "", ""]
    assert [line[6:8] for line in rows if line[0] == "合计"] == [["", ""]]
    assert made.codes == ["dues-absent"]


def test_check_names_members_without_dues_rows_of_nobody_and_short_payments(
    docsmith_workspace: Workspace, docsmith_data: dict[str, Any]
) -> None:
    docsmith_data["党费"][0]["一季度实交"] = "702"
    docsmith_data["党费"][2]["姓名"] = "王伍"
    docsmith_workspace.write(docsmith_data)
    found = {one["code"]: one["message"] for one in docsmith_workspace.check()}
    assert found["dues-short"] == "张三第一季度实交702.00元，应交720.00元"
    assert "王伍" in found["dues-nobody"]
    assert "王五" in found["dues-absent"]


def test_amount_that_is_none_stops_the_register_with_its_cell(
    docsmith_workspace: Workspace, docsmith_data: dict[str, Any]
) -> None:
    docsmith_data["党费"][0]["一季度实交"] = "七百二"
    docsmith_workspace.write(docsmith_data)
    with pytest.raises(AssertionError, match="not a number"):
        docsmith_workspace.render("party-dues")


class TestTemplateThatAUnitHasChanged:
    """The finished page is checked, whatever template it was made with."""

    @pytest.fixture
    def docsmith_plugins(self, docsmith_plugins: list[Path], tmp_path: Path) -> list[Path]:
        copy = tmp_path / "party-dues"
        shutil.copytree(docsmith_plugins[0], copy, ignore=shutil.ignore_patterns("__pycache__"))
        template = docx.Document(str(copy / "template.docx"))
        for paragraph in (p for t in template.tables for c in t._cells for p in c.paragraphs):
            if "本季应交" in paragraph.text and "行." in paragraph.text:
                paragraph.runs[0].text = paragraph.text.replace("本季应交", "每月应交")
        template.save(str(copy / "template.docx"))
        return [copy]

    def test_sums_that_do_not_fit_are_found(self, docsmith_workspace: Workspace) -> None:
        assert docsmith_workspace.render("party-dues").codes.count("dues-sum") == 4
