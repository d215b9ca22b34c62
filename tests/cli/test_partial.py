"""What is made of some branches or types only never takes the place of the whole."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin


@pytest.fixture
def two_types(workspace: Path) -> Path:
    """A workspace with two branches and two types."""
    make_plugin(workspace / "文种", "list", "名单")
    return workspace


def _archives(workspace: Path) -> dict[str, int]:
    """Return the archives by name, with the number of files in each."""
    counted = {}
    for path in (workspace / "输出/2026/压缩包").iterdir():
        with zipfile.ZipFile(path) as archive:
            counted[path.name] = len(archive.namelist())
    return counted


@pytest.mark.parametrize(
    ("asked", "files"),
    [(("--branch", "第二党支部"), 2), (("--limit", "1"), 2), (("--where", "书记="), 2), (("通知",), 2)],
    ids=["branch", "limit", "where", "type"],
)
def test_an_archive_of_a_part_leaves_the_whole_one_alone(
    docsmith: Docsmith, two_types: Path, asked: tuple[str, ...], files: int
) -> None:
    docsmith("batch", "--zip")
    assert _archives(two_types) == {"研究所.zip": 4}
    docsmith("batch", *asked, "--zip")
    assert _archives(two_types) == {"研究所.zip": 4, "研究所（部分）.zip": files}


def test_the_pack_of_the_workspace_is_the_whole(docsmith: Docsmith, two_types: Path) -> None:
    with (two_types / "docsmith.toml").open("a", encoding="utf-8") as settings:
        settings.write("pack = ['名单']\n")
    docsmith("batch", "--zip")
    docsmith("batch", "名单", "--zip")
    docsmith("batch", "--branch", "第一党支部", "--branch", "第二党支部", "--zip")
    assert _archives(two_types) == {"研究所.zip": 2}
    docsmith("batch", "通知", "--zip")
    assert _archives(two_types) == {"研究所.zip": 2, "研究所（部分）.zip": 2}


def test_what_is_missing_from_an_archive_is_said(docsmith: Docsmith, two_types: Path) -> None:
    template = two_types / "文种" / "list" / "template.docx"
    template.write_bytes(b"no document")
    done = docsmith("batch", "--zip")
    assert done.code == 1
    assert "Missing from it: 2 files" in done.out
    assert _archives(two_types) == {"研究所.zip": 2}
