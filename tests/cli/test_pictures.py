"""A column of pictures, from ``plugin.toml`` to the page: files beside the data, and never any other."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.model.test_pictures import picture
from tests.plugins_for_tests import make_plugin

COLUMNS = """
uses = ["unit", "branches", "members"]
[columns]
members = [{ name = "photo", title = "照片", kind = "picture" }]
"""
MEMBERS = "支部,姓名,照片\n第一党支部,张三,照片/张三.png\n"


@pytest.fixture
def people(workspace: Path) -> Path:
    """A workspace whose type prints the photographs of all members."""
    make_plugin(
        workspace / "文种",
        "photos",
        "照片册",
        COLUMNS,
        text="{% for 人 in 党员 %}{{ 人.姓名 }}{{ 人.照片|照片(25, 35) }}{% endfor %}",
    )
    (workspace / "数据" / "党员.csv").write_text(MEMBERS, encoding="utf-8")
    (workspace / "数据" / "照片").mkdir()
    (workspace / "数据" / "照片" / "张三.png").write_bytes(picture())
    return workspace


def pictures_of(workspace: Path) -> list[bytes]:
    """Return the pictures in all documents of the first branch."""
    found = []
    for path in (workspace / "输出").rglob("*第一*.docx"):
        with zipfile.ZipFile(path) as package:
            found += [package.read(name) for name in package.namelist() if "/media/" in name]
    return found


@pytest.mark.parametrize("command", ["render", "batch"])
def test_a_picture_beside_the_data_is_in_the_document(docsmith: Docsmith, people: Path, command: str) -> None:
    answer = docsmith(command, "照片册", "--out", "输出")
    assert answer.code == 0, answer
    assert pictures_of(people) == [picture()]


def test_a_picture_that_was_changed_makes_a_batch_make_its_document_again(
    docsmith: Docsmith, people: Path
) -> None:
    command = ("batch", "照片册", "--out", "输出")
    docsmith(*command)
    (people / "数据" / "照片" / "张三.png").write_bytes(picture(31))
    docsmith(*command)
    assert pictures_of(people) == [picture(31)]


@pytest.mark.parametrize(
    ("changed", "made_again"),
    [("照片/张三.png", {"第一党支部"}), ("照片/李四.png", {"第二党支部"}), ("照片/旁人.png", set())],
    ids=["the first", "the second", "nobody's"],
)
def test_a_picture_that_was_changed_concerns_the_branch_whose_rows_name_it(
    docsmith: Docsmith, people: Path, changed: str, made_again: set[str]
) -> None:
    (people / "数据" / "党员.csv").write_text(
        MEMBERS + "第二党支部,李四, 照片\\李四.PNG \n", encoding="utf-8"
    )
    (people / "数据" / "照片" / "李四.PNG").write_bytes(picture())
    command = ("batch", "照片册", "--out", "输出", "--json")
    assert docsmith(*command).code == 0
    file = people / "数据" / changed
    (file if file.exists() else file.with_suffix(".PNG")).write_bytes(picture(31))
    documents = docsmith(*command).json["documents"]
    assert {one["branch"] for one in documents if one["status"] == "written"} == made_again


def test_a_picture_that_is_not_there_is_told_of(docsmith: Docsmith, people: Path) -> None:
    (people / "数据" / "照片" / "张三.png").unlink()
    answer = docsmith("render", "照片册", "--out", "输出", "--json")
    assert answer.code == 0
    (one,) = (one for one in answer.json["documents"] if one["branch"] == "第一党支部")
    assert "picture-absent" in {finding["code"] for finding in one["findings"]}
    assert pictures_of(people) == []


def test_a_picture_that_was_cut_off_leaves_its_place_in_the_document(
    docsmith: Docsmith, people: Path
) -> None:
    file = people / "数据" / "照片" / "张三.png"
    file.write_bytes(file.read_bytes()[:26])
    answer = docsmith("render", "照片册", "--out", "输出", "--json")
    assert answer.code == 0
    (one,) = (one for one in answer.json["documents"] if one["branch"] == "第一党支部")
    assert "picture-absent" in {finding["code"] for finding in one["findings"]}


def test_a_path_out_of_the_folder_is_a_finding_at_its_cell(docsmith: Docsmith, people: Path) -> None:
    (people / "秘密.png").write_bytes(picture())
    text = MEMBERS.replace("照片/张三.png", "../秘密.png")
    (people / "数据" / "党员.csv").write_text(text, encoding="utf-8")
    answer = docsmith("check", "--json")
    found = [one for one in answer.json["findings"] if one["code"] == "picture-unreadable"]
    assert [one["cell"] for one in found] == ["C2"]
