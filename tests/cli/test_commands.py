from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from docsmith.cli.group import COMMANDS
from docsmith.errors import SourceError
from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin


def test_types_lists_id_title_sheets_and_origin(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("types")
    (line,) = [line for line in done.out.splitlines() if line.startswith("notice")]
    assert line.split()[:3] == ["notice", "通知", "单位、支部"]
    assert str(workspace / "文种" / "notice") in line


def test_types_as_json(docsmith: Docsmith, workspace: Path) -> None:
    found = {one["id"]: one for one in docsmith("types", "--json").json["types"]}
    assert found["notice"]["title"] == "通知"
    assert found["notice"]["sheets"] == [
        {"name": "unit", "title": "单位"},
        {"name": "branches", "title": "支部"},
    ]


def test_types_names_a_broken_plugin_and_lists_the_others(docsmith: Docsmith, workspace: Path) -> None:
    (make_plugin(workspace / "文种", "broken", "坏的") / "plugin.toml").write_text(
        "titel = 1", encoding="utf-8"
    )
    done = docsmith("types")
    assert done.code == 0
    assert "Unknown key titel. Did you mean title?" in done.out
    assert "notice" in done.out


def test_blank_has_the_sheets_that_a_type_needs(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("blank", "通知", "-o", "blank.xlsx").code == 0
    names = openpyxl.load_workbook("blank.xlsx").sheetnames
    assert {"单位", "支部"} <= set(names)
    assert "党员" not in names


HOMETOWN = '[columns]\nmembers = [{ name = "hometown", title = "籍贯" }]\n'
LEANS = 'per = "members"\nsort = "籍贯"\n'


def test_blank_has_the_columns_that_the_named_types_add_and_no_others(
    docsmith: Docsmith, workspace: Path
) -> None:
    make_plugin(workspace / "文种", "roster", "花名册甲", more=f'uses = ["members"]\n{HOMETOWN}')
    make_plugin(workspace / "文种", "dues", "党费表", more='per = "members"\n')
    make_plugin(workspace / "文种", "leaning", "籍贯表", more=LEANS)
    has_hometown = {}
    for name in ("roster", "dues", "leaning"):
        assert docsmith("blank", name, "-o", f"{name}.xlsx").code == 0
        header = next(openpyxl.load_workbook(f"{name}.xlsx")["党员"].iter_rows(values_only=True))
        has_hometown[name] = "籍贯" in header
    assert has_hometown == {"roster": True, "dues": False, "leaning": True}


def test_blank_has_all_sheets_without_a_type(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("blank", "-o", "blank.xlsx").code == 0
    assert {"单位", "支部", "党员", "总结"} <= set(openpyxl.load_workbook("blank.xlsx").sheetnames)


@pytest.mark.parametrize("name", ["数据/单位.csv", "there.xlsx"])
def test_blank_leaves_what_is_there(docsmith: Docsmith, workspace: Path, name: str) -> None:
    Path("there.xlsx").write_text("x", encoding="utf-8")
    before = Path(name).read_bytes()
    assert docsmith("blank", "-o", name).code == 2
    assert Path(name).read_bytes() == before


def test_check_finds_nothing_wrong_in_the_tables_themselves(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("check", "--json")
    assert done.code == 0
    assert {one["severity"] for one in done.json["findings"]} <= {"warning", "info"}


def test_check_names_the_cell_of_an_error_and_ends_with_1(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "数据" / "谈心谈话.csv").write_text(
        "支部,日期,谈话人,谈话对象\n第一党支部,不久前,张三,李四\n", encoding="utf-8"
    )
    done = docsmith("check", "--json")
    assert done.code == 1
    (error,) = [one for one in done.json["findings"] if one["severity"] == "error"]
    assert (error["sheet"], error["cell"]) == ("谈心谈话", "B2")
    shown = docsmith("check")
    assert "× B2" in shown.out
    assert "1 errors" in shown.out


def test_check_counts_votes_as_the_workspace_says(docsmith: Docsmith, workspace: Path) -> None:
    with (workspace / "docsmith.toml").open("a", encoding="utf-8") as settings:
        settings.write("[survey]\ngrades = ['好', '中', '差']\nsatisfied = ['好']\n")
    (workspace / "数据" / "测评.csv").write_text(
        "支部,测评项目,有效,好,中,差\n第一党支部,总体评价,18,9,8,1\n第二党支部,总体评价,18,18,2,0\n",
        encoding="utf-8",
    )
    said = {one["message"] for one in docsmith("check", "--json").json["findings"]}
    assert "the satisfaction rate is 50.0%, below 60.0%" in said
    assert "总体评价: the grades add up to 20, with 18 valid ballots" in said


def test_check_runs_the_checks_of_every_type_and_names_one_that_fails(
    docsmith: Docsmith, workspace: Path
) -> None:
    make_plugin(workspace / "文种", "wrong", "坏的", python="raise RuntimeError('x')")
    codes = [one["code"] for one in docsmith("check", "--trust", "wrong", "--json").json["findings"]]
    assert "plugin-broken" in codes


def test_convert_writes_the_data_and_leaves_what_is_there(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("convert", "数据", "-o", "data.json").code == 0
    before = Path("data.json").read_bytes()
    assert "第一党支部".encode() in before
    refused = docsmith("convert", "数据/支部.csv", "-o", "data.json")
    assert (refused.code, Path("data.json").read_bytes()) == (2, before)
    assert docsmith("convert", "数据/支部.csv", "-o", "data.json", "--force").code == 0
    assert Path("data.json").read_bytes() != before


def test_convert_says_what_it_left_out(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "数据" / "党员.csv").write_text("支部,姓名\n第一党支部,\n", encoding="utf-8")
    done = docsmith("convert", "数据", "-o", "data.json")
    assert done.code == 0
    assert "党员!B2" in done.err


def test_convert_puts_no_empty_place_in_front_of_a_message(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "党员.csv").write_text("支部,姓名\n第一党支部,张三\n", encoding="utf-8")
    done = docsmith("convert", "党员.csv", "-o", "data.json")
    assert "there is no sheet 支部" in done.err
    assert not any(line.startswith(":") for line in done.err.splitlines())


def test_init_makes_a_workspace_that_checks_and_renders(
    docsmith: Docsmith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert docsmith("init", "新单位").code == 0
    assert sorted(path.name for path in Path("新单位").iterdir()) == [
        "docsmith.toml",
        "数据.xlsx",
        "说明.txt",
    ]
    monkeypatch.chdir("新单位")
    done = docsmith("check", "--json")
    assert done.code == 1  # the unit and its branches are still to be filled in
    assert {one["sheet"] for one in done.json["findings"] if one["severity"] == "error"} == {"单位", "支部"}


def test_init_overwrites_nothing(docsmith: Docsmith, tmp_path: Path) -> None:
    (tmp_path / "docsmith.toml").write_text("# mine", encoding="utf-8")
    done = docsmith("init", ".")
    assert done.code == 0
    assert (tmp_path / "docsmith.toml").read_text("utf-8") == "# mine"
    assert "left as it is: docsmith.toml" in done.out
    assert (tmp_path / "数据.xlsx").is_file()


def test_a_wrong_command_is_answered_with_the_nearest(docsmith: Docsmith) -> None:
    done = docsmith("rendr")
    assert done.code == 2
    assert "Did you mean render?" in done.err


def test_a_wrong_option_is_answered_with_the_nearest(docsmith: Docsmith) -> None:
    done = docsmith("render", "x", "--brnch", "y")
    assert done.code == 2
    assert "--branch" in done.err


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example_to_copy(docsmith: Docsmith, name: str) -> None:
    done = docsmith(name, "--help")
    assert done.code == 0
    assert f"  docsmith {name} " in done.out or f"  docsmith {name}\n" in done.out


def test_version(docsmith: Docsmith) -> None:
    assert docsmith("--version").out.startswith("docsmith, version ")


def test_the_command_speaks_chinese_where_the_language_is() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docsmith", "render"],
        env={"DOCSMITH_LANG": "zh_CN", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "用法" in done.stderr


def test_a_reader_that_goes_away_is_no_crash(workspace: Path) -> None:
    command = f"{sys.executable} -m docsmith types --json | head -c 1"
    done = subprocess.run(["bash", "-c", command], cwd=workspace, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_console_that_lacks_a_character_shows_a_question_mark(workspace: Path) -> None:
    (workspace / "数据" / "支部.csv").write_text("支部名称\n第𠮷党支部\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "docsmith", "render", "notice"],
        cwd=workspace,
        env={"PYTHONIOENCODING": "gbk", "DOCSMITH_LANG": "en"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("gbk")
    assert "第?党支部" in done.stdout.decode("gbk")


def test_convert_lists_the_pinyin_that_it_took_out(docsmith: Docsmith, workspace: Path) -> None:
    problems = "支部,存在问题\n第一党支部,機(jī)關建设\n"
    (workspace / "数据" / "问题清单.csv").write_text(problems, encoding="utf-8")
    assert docsmith("convert", "数据", "-o", "as-it-is.json").err.count("jī") == 0
    done = docsmith("convert", "数据", "-o", "clean.json", "--clean-pinyin")
    assert "jī" in done.err
    assert "機關建设" in Path("clean.json").read_text("utf-8")
    assert "機(jī)關建设" in Path("as-it-is.json").read_text("utf-8")


def test_a_check_that_is_stopped_midway_still_prints_one_object(
    docsmith: Docsmith, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise SourceError("the database has gone", hint="start it")

    monkeypatch.setattr("docsmith.sources.file_shares.FileReader.read", gone)
    done = docsmith("check", "--json")
    assert (done.code, done.json["findings"][-1]["message"]) == (3, "the database has gone")
    assert done.err.splitlines() == ["the database has gone", "  start it"]
    assert docsmith("check").code == 3


def test_convert_of_what_is_known_to_be_refused_reads_nothing(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "坏.xlsx").write_bytes(b"PK broken")
    done = docsmith("convert", "坏.xlsx", "-o", "data.docx")
    assert "does not write .docx" in done.err
