"""No folder has more in it than people can open, whatever the pattern, with all that docsmith puts there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from docsmith.engine.folders import MOST_IN_FOLDER, allot
from docsmith.engine.paths import Paths
from tests.engine.data import branch, dataset
from tests.plugins_for_tests import make_plugin, manager_of

BRANCHES = 501  # four files each of one type are more than 2,000


def _entries(documents: set[PurePosixPath]) -> Counter[PurePosixPath]:
    """Return how much is in each folder: documents and PDFs, new versions of all of them, and folders."""
    files = {
        path.with_name(f"{path.stem}{mark}{suffix}")
        for path in documents
        for mark in ("", "（新）")
        for suffix in (".docx", ".pdf")
    }
    folders = {folder for path in documents for folder in path.parents[:-1]}
    return Counter(path.parent for path in files | folders)


@pytest.mark.parametrize(
    "pattern",
    ["{年度}/{文种}/{支部名称}", "{年度}/{支部名称}-{文种}", "{年度}/{支部名称}-{文种}/{文件名}"],
)
def test_no_folder_has_more_entries_than_people_can_open(tmp_path: Path, pattern: str) -> None:
    manager = manager_of(*(make_plugin(tmp_path, f"type-{one}", f"文种{one}") for one in "abcde"))
    data = dataset(*(branch(f"第{number}党支部") for number in range(BRANCHES)))
    paths = Paths.of(pattern, manager.types.values(), data.schema)
    folders = allot(data.branch_names, {}, paths.most_branches_in_folder)
    documents = {
        paths.path_of(one, data.dossier(of), folders[of.name])
        for of in data.branches
        for one in manager.types.values()
    }
    assert len(documents) == 5 * BRANCHES
    assert max(_entries(documents).values()) <= MOST_IN_FOLDER
