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


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("{% for 人 in 党员 %}{{ 人.照片|照片(25, 35) }}{% endfor %}", "照片/张三.png\u200e,"),
        ("{% for 人 in 党员 %}{{ 人.照片|照片(25, 35) }}{% endfor %}", "照片/./张三.png/,"),
        (
            '{% for 人 in 党员 %}{% for 它 in 人.备注.split("、") %}{{ 它|照片(9, 9) }}'
            "{% endfor %}{% endfor %}",
            ",没有.png、照片/张三.png",
        ),
        ('{% for 人 in 党员 %}{{ ("照片/" ~ 人.姓名 ~ ".png")|照片(25, 35) }}{% endfor %}', ","),
        ('{{ "照片/张三.png"|照片(25, 35) }}', ","),
    ],
    ids=["a mark that nobody sees", "a long way round", "two in a cell", "a name", "the template"],
)
def test_whatever_names_a_picture_its_document_is_made_again(
    docsmith: Docsmith, workspace: Path, text: str, row: str
) -> None:
    make_plugin(workspace / "文种", "photos", "照片册", COLUMNS, text=text)
    data = workspace / "数据"
    (data / "党员.csv").write_text(f"支部,姓名,照片,备注\n第一党支部,张三,{row}\n", encoding="utf-8")
    (data / "照片").mkdir()
    command = ("batch", "照片册", "--out", "输出", "--json")
    for content in ([], [picture()], [picture(31)]):
        for one in content:
            (data / "照片" / "张三.png").write_bytes(one)
        assert docsmith(*command).code == 0
        assert pictures_of(workspace) == content
    assert {one["status"] for one in docsmith(*command).json["documents"]} == {"unchanged"}


@pytest.mark.parametrize("per", ["members", "unit"])
def test_documents_of_rows_and_of_the_unit_are_made_again_for_their_pictures(
    docsmith: Docsmith, workspace: Path, per: str
) -> None:
    shown = "记录" if per == "members" else "党员[0]"
    text = f"{{{{ {shown}.照片|照片(25, 35) }}}}"
    manifest = make_plugin(workspace / "文种", "photos", "照片册", COLUMNS, text=text) / "plugin.toml"
    called = f'per = "{per}"\noutput = "第一"\nuses ='
    lines = [line for line in manifest.read_text(encoding="utf-8").splitlines() if "output" not in line]
    manifest.write_text("\n".join(lines).replace("uses =", called), encoding="utf-8")
    (workspace / "数据" / "党员.csv").write_text(MEMBERS, encoding="utf-8")
    (workspace / "数据" / "照片").mkdir()
    command = ("batch", "照片册", "--out", "输出", "--json")
    for width in (30, 31):
        (workspace / "数据" / "照片" / "张三.png").write_bytes(picture(width))
        assert docsmith(*command).code == 0
        assert pictures_of(workspace) == [picture(width)]
    assert {one["status"] for one in docsmith(*command).json["documents"]} == {"unchanged"}
