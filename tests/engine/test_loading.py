from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.loading import load_dataset, with_examples
from docsmith.errors import PluginError
from docsmith.model.dataset import FailedRow
from docsmith.model.findings import Finding, Severity
from docsmith.model.survey import USUAL_SURVEY
from docsmith.plugin.manager import Manager
from tests.engine.data import dataset
from tests.plugins_for_tests import make_plugin, manager_of

SHEET = """
[[sheets]]
name = "items"
title = "项目"
scope = "unit"
rows = "items.csv"
columns = [
  { name = "text", title = "内容", required = true },
  { name = "weight", title = "分值", kind = "count" },
]
"""


def _manager(folder: Path, rows: str) -> Manager:
    plugin = make_plugin(folder, more=SHEET)
    (plugin / "items.csv").write_text(rows, encoding="utf-8-sig")
    return manager_of(plugin)


def test_a_plugins_rows_apply_where_the_unit_has_none(tmp_path: Path) -> None:
    manager = _manager(tmp_path, "内容,分值\n甲,5\n乙,\n")
    data = with_examples(dataset(schema=manager.schema), manager.types.values())
    assert [(row.text, row.weight) for row in data.dossier(data.branches[0]).rows("items")] == [  # type: ignore[attr-defined]
        ("甲", 5),
        ("乙", None),
    ]
    assert data.examples == {"items"}


def test_the_units_own_rows_replace_the_plugins(tmp_path: Path) -> None:
    manager = _manager(tmp_path, "内容\n甲\n")
    own = manager.schema.sheets["items"].record.read({"text": "自己的"})
    start = dataset(schema=manager.schema)
    data = with_examples(
        dataset(schema=manager.schema, tables={**start.tables, "items": (own,)}), manager.types.values()
    )
    assert data.tables["items"] == (own,)
    assert data.examples == frozenset()


def test_a_unit_whose_only_row_failed_gets_no_examples_in_its_place(tmp_path: Path) -> None:
    manager = _manager(tmp_path, "内容\n甲\n")
    failed = FailedRow("items", (), Finding(Severity.ERROR, "x"))
    data = with_examples(dataset(schema=manager.schema, failed=(failed,)), manager.types.values())
    assert data.examples == frozenset()


@pytest.mark.parametrize("rows", ["内容,分值\n甲,很多\n", "内容,未知\n甲,1\n", "分值\n5\n", "内容\n甲,乙\n"])
def test_rows_that_do_not_fit_their_sheet_are_the_plugins_mistake(tmp_path: Path, rows: str) -> None:
    manager = _manager(tmp_path, rows)
    with pytest.raises(PluginError, match=r"items\.csv of the plugin notice"):
        with_examples(dataset(schema=manager.schema), manager.types.values())


def test_data_is_read_with_the_sheets_of_the_plugins(tmp_path: Path) -> None:
    manager = _manager(tmp_path / "plugins", "内容\n甲\n")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "支部.csv").write_text("支部名称\n第一党支部\n", encoding="utf-8")
    (folder / "项目.csv").write_text("内容\n自己的\n", encoding="utf-8")
    data = load_dataset([folder], manager, {}, USUAL_SURVEY, year=2026)
    assert [record.text for record in data.tables["items"]] == ["自己的"]
    assert (data.unit.year, [one.name for one in data.branches]) == (2026, ["第一党支部"])
