"""A document type without Python, from its plugin.toml to the findings and the paper."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin

SCORES = """
shape = "checklist"
[[sheets]]
name = "items"
title = "验收项目"
scope = "unit"
rows = "items.csv"
columns = [
  { name = "number", title = "编号", kind = "code" },
  { name = "group", title = "项目" },
  { name = "points", title = "分值", kind = "count" },
]
[[sheets]]
name = "scores"
title = "验收得分"
columns = [
  { name = "number", title = "编号", kind = "code", required = true },
  { name = "score", title = "自评分", kind = "number" },
]
[[tables]]
name = "sheet"
title = "评分"
of = "验收项目"
group = "项目"
totals = ["分值", "自评分"]
join = { sheet = "验收得分", on = "编号" }
[[rules]]
id = "T-01"
of = "验收得分"
where = "自评分="
message = "这一项没有自评分"
source = "《验收细则》第三条"
"""
LINES = (
    "{% for 组 in 评分.组 %}[{{ 组.名称 }}: {% for 行 in 组.行 %}{{ 行.序号 }}={{ 行.自评分 }}/{{ 行.分值 }} "
    "{% endfor %}{{ 组.合计.自评分 }}/{{ 组.合计.分值 }}]{% endfor %}"
    "{{ 评分.合计.自评分 }}/{{ 评分.合计.分值 }}"
)


@pytest.fixture
def scores(workspace: Path) -> Path:
    """A workspace with a checklist of three items; 第一党支部 has given itself points for all of them."""
    folder = make_plugin(workspace / "文种", "scores", "评分表", SCORES, text=LINES)
    items = "编号,项目,分值\n1,组织,5\n2,组织,6\n3,职责,7\n"
    (folder / "items.csv").write_text(items, encoding="utf-8")
    rows = ["支部,编号,自评分"]
    rows += [f"第一党支部,{number},{score}" for number, score in ((2, "5.5"), (1, "4.5"), (3, "7"))]
    rows += ["第二党支部,1,"]
    (workspace / "数据/验收得分.csv").write_text("\n".join(rows), encoding="utf-8")
    return workspace


def _paper(workspace: Path, branch: str) -> str:
    (path,) = workspace.glob(f"输出/2026/{branch}/*评分表.docx")
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_items_scores_subtotals_and_the_total_are_on_the_paper(docsmith: Docsmith, scores: Path) -> None:
    assert docsmith("render", "评分表").code == 0
    assert _paper(scores, "第一党支部") == "[组织: 1=4.5/5 2=5.5/6 10/11][职责: 3=7/7 7/7]17/18"


def test_what_nobody_has_scored_is_blank_and_its_sum_missing(docsmith: Docsmith, scores: Path) -> None:
    docsmith("render", "评分表")
    paper = _paper(scores, "第二党支部")
    assert paper == "[组织: 1=（待补充）/5 2=/6 （待补充）/11][职责: 3=/7 /7]（待补充）/18"


@pytest.mark.parametrize("command", [("check",), ("render", "评分表")])
def test_a_rule_speaks_in_the_check_and_beside_the_document(
    docsmith: Docsmith, scores: Path, command: tuple[str, ...]
) -> None:
    answer = docsmith(*command, "--json").json
    told = [*answer["findings"], *(one for document in answer["documents"] for one in document["findings"])]
    (found,) = [one for one in told if one["code"] == "T-01"]
    assert (found["severity"], found["sheet"], found["cell"]) == ("warning", "验收得分", "C5")
    assert (found["branch"], found["message"]) == ("第二党支部", "这一项没有自评分")
    assert "《验收细则》第三条" in found["hint"]


def test_a_row_that_a_table_needs_and_that_cannot_be_read_stops_the_document(
    docsmith: Docsmith, scores: Path
) -> None:
    with (scores / "数据/验收得分.csv").open("a", encoding="utf-8") as rows:
        rows.write("\n第一党支部,3,七分\n")
    documents = docsmith("render", "评分表", "--json").json["documents"]
    assert [one["status"] for one in documents] == ["failed", "written"]


def test_the_fill_in_workbook_asks_for_what_the_tables_need(docsmith: Docsmith, scores: Path) -> None:
    import openpyxl

    docsmith("blank", "评分表", "-o", "空表.xlsx")
    book = openpyxl.load_workbook(scores / "空表.xlsx")
    assert {"验收项目", "验收得分"} <= set(book.sheetnames)
    (header, *_rest) = book["验收得分"].values
    assert header[:3] == ("*支部", "*编号", "自评分")


def test_a_sheet_that_a_table_takes_its_rows_from_is_no_unused_one(docsmith: Docsmith, scores: Path) -> None:
    done = docsmith("plugin", "check", "文种/scores")
    assert done.code == 0
    assert "does not use" not in done.out
