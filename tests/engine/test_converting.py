"""Data gathered portion by portion is what it is when it is read at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.converting import gather
from docsmith.engine.loading import open_data
from docsmith.model.findings import Finding
from docsmith.model.schema import Schema
from docsmith.sources import load
from docsmith.sources.export import write_gathered
from docsmith.sources.export_rows import Gathered
from tests.plugins.making import manager
from tests.sources.making import write_dataset

FIXTURES = Path(__file__).parents[2] / "fixtures"


def converted(data: Path, target: Path) -> list[Finding]:
    types = manager()
    with Gathered(types.schema) as gathered:
        found = list(gather(open_data([data], types, {}), gathered, lambda _branches: None))
        write_gathered(gathered, target)
    return found


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("data", ["示例单位/数据.xlsx", "messy/数据"])
@pytest.mark.parametrize("target", ["out.json", "out.yaml", "out.xlsx", "out"])
def test_a_small_source_gives_the_bytes_of_the_whole_dataset(tmp_path: Path, data: str, target: str) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    found = converted(FIXTURES / data, tmp_path / "1" / target)
    dataset = load([FIXTURES / data], manager().schema)
    write_dataset(dataset, tmp_path / "2" / target)
    assert content(tmp_path / "1" / target) == content(tmp_path / "2" / target)
    assert sorted(found) == sorted(dataset.findings)


def test_branches_that_come_one_by_one_keep_all_their_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = FIXTURES / "示例单位" / "数据.xlsx"
    monkeypatch.setattr("docsmith.engine.portions.BRANCHES_AT_ONCE", 1)
    converted(data, tmp_path / "数据.json")
    there, back = (load([path], Schema.built_in()) for path in (data, tmp_path / "数据.json"))
    assert len(there.branches) > 1
    assert [branch.values() for branch in back.branches] == [branch.values() for branch in there.branches]
    for branch in there.branches:
        for sheet in there.tables:
            ours, its = (one.dossier(branch).rows(sheet) for one in (back, there))
            assert [row.values() for row in ours] == [row.values() for row in its]
