from __future__ import annotations

from pathlib import Path

import pytest

from docsmith.engine.paths import Paths
from docsmith.errors import TemplateError
from tests.engine.data import branch, dataset
from tests.plugins_for_tests import make_plugin, manager_of

OUT = Path("out")


def test_a_document_lies_below_year_and_branch(tmp_path: Path) -> None:
    manager, data = manager_of(make_plugin(tmp_path)), dataset()
    paths = Paths(OUT, data, manager.types.values(), 2026)
    expected = OUT / "2026" / "第一党支部" / "第一党支部-通知.docx"
    assert paths.path_of(manager.types["notice"], data.branches[0]) == expected


def test_two_branches_that_map_to_one_name_get_folders_of_their_own(tmp_path: Path) -> None:
    manager, data = manager_of(make_plugin(tmp_path)), dataset(branch("一/二支部"), branch("一:二支部"))
    paths = Paths(OUT, data, manager.types.values(), 2026)
    found = {paths.path_of(manager.types["notice"], one) for one in data.branches}
    assert len({path.parent for path in found}) == 2
    assert all(path.parent.parent == OUT / "2026" for path in found)


def test_two_types_with_one_file_name_are_told_apart_even_when_made_alone(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, "first", "通知"), make_plugin(tmp_path, "second", "通 知"))
    for document_type in manager.types.values():
        object.__setattr__(document_type.manifest, "output", "{{ 支部.支部名称 }}")
    data = dataset()
    paths = Paths(OUT, data, manager.types.values(), 2026)
    names = [paths.path_of(one, data.branches[0]).name for one in manager.types.values()]
    assert names == ["第一党支部-first.docx", "第一党支部-second.docx"]


def test_a_long_name_leaves_room_for_what_may_come_behind_it(tmp_path: Path) -> None:
    manager, data = manager_of(make_plugin(tmp_path)), dataset(branch("支" * 300))
    path = Paths(OUT, data, manager.types.values(), 2026).path_of(manager.types["notice"], data.branches[0])
    assert path.suffix == ".docx"
    assert len(f"{path.stem}（新99）.docx".encode()) <= 240


def test_a_pattern_that_names_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("branch.name", "branch.nam"), encoding="utf-8")
    manager, data = manager_of(folder), dataset()
    with pytest.raises(TemplateError):
        Paths(OUT, data, manager.types.values(), 2026).path_of(manager.types["notice"], data.branches[0])
