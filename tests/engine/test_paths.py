from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.engine.folders import MOST_IN_FOLDER, allot
from docsmith.engine.path_pattern import DEFAULT_PATTERN, PathPattern
from docsmith.engine.paths import Paths
from docsmith.errors import TemplateError, UsageError
from docsmith.model.dataset import Dataset
from docsmith.plugin.manager import Manager
from tests.engine.data import branch, dataset
from tests.plugins_for_tests import make_plugin, manager_of


def _path(manager: Manager, data: Dataset, pattern: str = DEFAULT_PATTERN, type_id: str = "notice") -> str:
    """Return where the document of a type goes, for the first branch of some data."""
    paths = Paths.of(pattern, manager.types.values(), data.schema)
    first = data.branches[0]
    folder = allot(data.branch_names, {})[first.name]
    return str(paths.path_of(manager.types[type_id], data.dossier(first), folder))


def test_a_document_lies_below_year_and_branch(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path))
    assert _path(manager, dataset()) == "2026/第一党支部/第一党支部-通知.docx"


def test_two_types_with_one_file_name_are_told_apart_even_when_made_alone(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, "first", "通知"), make_plugin(tmp_path, "second", "通 知"))
    for document_type in manager.types.values():
        object.__setattr__(document_type.manifest, "output", "{{ 支部.支部名称 }}")
    names = [PurePosixPath(_path(manager, dataset(), type_id=one)).name for one in manager.types]
    assert names == ["第一党支部-first.docx", "第一党支部-second.docx"]


def test_a_long_name_leaves_room_for_what_may_come_behind_it(tmp_path: Path) -> None:
    path = PurePosixPath(_path(manager_of(make_plugin(tmp_path)), dataset(branch("支" * 300))))
    assert path.suffix == ".docx"
    assert len(f"{path.stem}（新99）.docx".encode()) <= 240


def test_two_types_are_told_apart_where_a_long_name_was_cut(tmp_path: Path) -> None:
    manager = manager_of(make_plugin(tmp_path, "first", "甲"), make_plugin(tmp_path, "second", "乙"))
    data = dataset(branch("支" * 300))
    assert len({_path(manager, data, type_id=one) for one in manager.types}) == 2


@pytest.mark.parametrize(
    ("pattern", "folders_made"),
    [
        ("{年度}/{支部编码}{支部名称}/{文种}", 2),
        ("{年度}/{支部编码}-{支部名称}-{文种}", 1),
        ("{年度}/{支部名称}{文种}/{文件名}", 4),
    ],
)
def test_what_a_pattern_makes_too_long_is_told_apart_where_it_was_cut(
    tmp_path: Path, pattern: str, folders_made: int
) -> None:
    manager = manager_of(make_plugin(tmp_path, "first", "甲"), make_plugin(tmp_path, "second", "乙"))
    names = ["支" * 79 + end for end in "一二"]
    data = dataset(*(branch(name, code="0201") for name in names))
    folders = allot(data.branch_names, {})
    paths = Paths.of(pattern, manager.types.values(), data.schema)
    made = {
        paths.path_of(one, data.dossier(of), folders[of.name])
        for of in data.branches
        for one in manager.types.values()
    }
    assert len(made) == 4
    assert all(len(part.encode()) <= 240 for path in made for part in path.parts)
    assert len({path.parent for path in made}) == folders_made


def test_a_file_name_that_names_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("branch.name", "branch.nam"), encoding="utf-8")
    with pytest.raises(TemplateError):
        _path(manager_of(folder), dataset())


def test_a_workspace_may_have_documents_by_superior_and_by_type(tmp_path: Path) -> None:
    data = dataset(branch("第一党支部", superior="机关/党委", code="0201"))
    found = _path(manager_of(make_plugin(tmp_path)), data, "{上级党组织}/{year}年/{文种}/{code}-{支部名称}")
    assert found == "机关_党委/2026年/通知/0201-第一党支部.docx"


def test_a_branch_without_a_superior_of_its_own_stands_below_the_unit(tmp_path: Path) -> None:
    found = _path(manager_of(make_plugin(tmp_path)), dataset(), "{年度}/{上级党组织}/{支部名称}/{文件名}")
    assert found == "2026/示例研究所/第一党支部/第一党支部-通知.docx"


@pytest.mark.parametrize(
    "pattern",
    [
        "{年度}/{文件名}",
        "{支部名称}/{文件名}",
        "{年度}/{支部名称}",
        "../{支部名称}/{文件名}",
        "/{支部名称}/{文件名}",
        "{支部名称}//{文件名}",
        "{支部名称}/{文件名",
        "{支部}/{支部名称}/{文件名}",
        "a\\{支部名称}/{文件名}",
        "",
    ],
)
def test_a_pattern_that_tells_documents_not_apart_or_leaves_the_folder_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError) as caught:
        PathPattern.parse(pattern)
    assert caught.value.hint


def test_two_branches_that_map_to_one_name_get_folders_of_their_own() -> None:
    folders = allot(["一/二支部", "一:二支部"], {})
    assert len(set(folders.values())) == 2


def test_no_folder_has_more_branches_than_people_can_open() -> None:
    folders = allot([f"第{number}党支部" for number in range(5000)], {})
    parents = [folder.rpartition("/")[0] for folder in folders.values()]
    assert {parents.count(parent) for parent in set(parents)} == {MOST_IN_FOLDER, 1000}
    assert folders["第0党支部"] == "000001-002000/第0党支部"


def test_files_told_apart_by_branch_leave_room_for_their_pdf_and_new_versions() -> None:
    by_type = PathPattern.parse("{年度}/{文种}/{支部名称}")
    assert by_type.most_branches_in_folder(5) == MOST_IN_FOLDER // 4
    together = PathPattern.parse("{年度}/{支部名称}-{文种}")
    assert together.most_branches_in_folder(5) == MOST_IN_FOLDER // 20
    folders = PathPattern.parse("{年度}/{支部名称}-{文种}/{文件名}")
    assert folders.most_branches_in_folder(5) == MOST_IN_FOLDER // 5


def test_a_branch_keeps_its_folder_when_the_list_grows_or_only_part_of_it_comes_back() -> None:
    names = [f"第{number}党支部" for number in range(MOST_IN_FOLDER)]
    kept = allot(names, {})
    more = allot(["新支部", *names], kept)
    assert {name: more[name] for name in names} == kept
    assert more["新支部"] == "000001-002000/新支部"
    assert allot(names[5:6], kept) == {names[5]: kept[names[5]]}


def test_a_new_branch_never_gets_the_folder_of_another() -> None:
    kept = allot(["Ａ支部"], {})
    assert allot(["A支部"], kept)["A支部"] not in kept.values()


def _sizes(folders: Iterable[str]) -> Counter[str]:
    return Counter(folder.rpartition("/")[0] for folder in folders)


@pytest.mark.parametrize(("earlier", "new"), [(2001, 1500), (2001, 4000), (2000, 1500), (4000, 1)], ids=str)
def test_no_folder_fills_up_when_branches_come_in_front_of_those_that_are_there(
    earlier: int, new: int
) -> None:
    names = [f"第{number}党支部" for number in range(earlier)]
    kept = allot(names, {})
    grown = allot([*(f"新{number}党支部" for number in range(new)), *names], kept)
    assert {name: grown[name] for name in names} == kept
    assert max(_sizes(grown.values()).values()) <= MOST_IN_FOLDER
    assert len(set(grown.values())) == earlier + new


def test_no_folder_fills_up_when_all_branches_are_called_otherwise() -> None:
    kept = allot([f"第{number}党支部" for number in range(MOST_IN_FOLDER)], {})
    renamed = allot([f"{number}支部" for number in range(MOST_IN_FOLDER)], kept)
    assert max(_sizes([*kept.values(), *renamed.values()]).values()) <= MOST_IN_FOLDER


@given(st.integers(1, 40), st.integers(1, 7), st.data())
def test_a_first_run_that_came_back_for_the_rest_gives_the_folders_of_one_that_was_not_disturbed(
    number: int, most: int, data: st.DataObject
) -> None:
    names = [f"第{one}党支部" for one in range(number)]
    whole = allot(names, {}, most)
    some = data.draw(st.sets(st.sampled_from(names)))
    assert allot(names, {name: whole[name] for name in some}, most) == whole
