"""One document for each row of a sheet, or for the whole unit, from the command line."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Answer, Docsmith
from tests.cli.copies import MEMBERS, make_type, make_types, write_csv, write_talks
from tests.engine.data import text_of

FIRST, SECOND = "第一党支部", "第二党支部"
TALKS = (
    "第一党支部,2026-03-01,张三,李四",
    "第一党支部,2026-03-05,张三,王五",
    "第一党支部,2026-06-01,张三,李四",
    "第二党支部,2026-04-01,张三,李四",
)


@pytest.fixture(params=["render", "batch"])
def make(request: pytest.FixtureRequest) -> str:
    """Both commands make these documents, and the same."""
    return str(request.param)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace of two branches with talks and members; the folder of its data."""
    data = tmp_path / "数据"
    data.mkdir()
    write_csv(data, "单位", "项目,内容", "单位名称,研究所", "年度,2026")
    write_csv(data, "支部", "支部名称,书记", f"{FIRST},张三", f"{SECOND},李四")
    write_csv(
        data, "党员", MEMBERS,
        f"{SECOND},钱七,男,正式党员", f"{FIRST},王五,男,正式党员", f"{FIRST},赵六,男,入党申请人",
    )  # fmt: skip
    write_talks(data, *TALKS)
    make_types(tmp_path / "文种")
    (tmp_path / "docsmith.toml").write_text("data = '数据'\nplugins = '文种'\n", encoding="utf-8")
    return data


def _files(office: Path) -> dict[str, str]:
    """Return what each document of the year says, by its path there."""
    out = office.parent / "输出" / "2026"
    return {path.relative_to(out).as_posix(): text_of(path.read_bytes()) for path in out.rglob("*.docx")}


def _talks(office: Path) -> dict[str, str]:
    folder = f"{FIRST}/谈话记录/"
    return {
        name.removeprefix(folder): text for name, text in _files(office).items() if name.startswith(folder)
    }


def _documents(answer: Answer) -> list[Mapping[str, Any]]:
    documents: list[Mapping[str, Any]] = answer.json["documents"]
    return documents


def _statuses(answer: Answer) -> dict[str, str]:
    return {one.get("name", one["branch"]): one["status"] for one in _documents(answer)}


def test_each_row_gets_a_document_in_a_folder_of_the_type(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    done = docsmith(make, "谈话记录", "--json")
    assert done.code == 0, done.err
    assert _files(office) == {
        f"{FIRST}/谈话记录/李四-谈话记录.docx": f"{FIRST} 2026年3月1日 李四 无",
        f"{FIRST}/谈话记录/王五-谈话记录.docx": f"{FIRST} 2026年3月5日 王五 无",
        f"{FIRST}/谈话记录/李四-谈话记录（2）.docx": f"{FIRST} 2026年6月1日 李四 无",
        f"{SECOND}/谈话记录/李四-谈话记录.docx": f"{SECOND} 2026年4月1日 李四 无",
    }
    assert [one["name"] for one in _documents(done)] == [
        "李四-谈话记录", "王五-谈话记录", "李四-谈话记录（2）", "李四-谈话记录",
    ]  # fmt: skip


def test_only_rows_that_are_meant_get_a_document(docsmith: Docsmith, office: Path, make: str) -> None:
    assert docsmith(make, "承诺书").code == 0
    assert set(_files(office)) == {f"{FIRST}/承诺书/王五-承诺书.docx", f"{SECOND}/承诺书/钱七-承诺书.docx"}


def test_talks_of_another_year_get_no_document(docsmith: Docsmith, office: Path, make: str) -> None:
    write_talks(office, *TALKS, f"{FIRST},2025-03-01,张三,孙八")
    assert docsmith(make, "谈话记录").code == 0
    assert not any("孙八" in name for name in _files(office))


def test_a_row_keeps_its_document_whatever_comes_before_it(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    docsmith(make, "谈话记录")
    write_talks(office, f"{FIRST},2026-01-01,张三,李四", *TALKS)
    done = docsmith(make, "谈话记录", "--json")
    talks = _talks(office)
    assert "3月1日" in talks["李四-谈话记录.docx"]
    assert "6月1日" in talks["李四-谈话记录（2）.docx"]
    assert "1月1日" in talks["李四-谈话记录（3）.docx"]
    of_first = [one["status"] for one in _documents(done) if one["branch"] == FIRST]
    assert sorted(of_first) == ["unchanged", "unchanged", "unchanged", "written"]


def test_a_row_that_is_corrected_keeps_its_document(docsmith: Docsmith, office: Path, make: str) -> None:
    docsmith(make, "谈话记录")
    write_talks(office, *(row.replace("06-01", "06-11") for row in TALKS))
    done = docsmith(make, "谈话记录", "--json")
    assert "6月11日" in _talks(office)["李四-谈话记录（2）.docx"]
    assert len(_talks(office)) == 3
    assert "left" not in _statuses(done).values()


def test_the_document_of_a_row_that_is_gone_stays_and_says_so_each_time(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    docsmith(make, "谈话记录")
    write_talks(office, *TALKS[1:])
    for _again in range(2):
        done = docsmith(make, "谈话记录", "--json")
        assert done.code == 0
        (left,) = (one for one in _documents(done) if one["status"] == "left")
        assert (left["branch"], left["name"]) == (FIRST, "李四-谈话记录")
        assert left["findings"][0]["code"] == "document-left"
        assert Path(left["path"]).is_file()
    assert "6月1日" in _talks(office)["李四-谈话记录（2）.docx"]
    (office.parent / "输出/2026" / FIRST / "谈话记录/李四-谈话记录.docx").unlink()
    assert "left" not in _statuses(docsmith(make, "谈话记录", "--json")).values()


def test_where_no_row_is_left_all_its_documents_say_so(docsmith: Docsmith, office: Path, make: str) -> None:
    docsmith(make, "谈话记录")
    write_talks(office, TALKS[3])
    for _again in range(2):
        done = docsmith(make, "谈话记录", "--json")
        assert [one["status"] for one in _documents(done)].count("left") == 3


def test_a_row_that_cannot_be_read_stops_its_own_document_alone(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    docsmith(make, "谈话记录")
    write_talks(office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    done = docsmith(make, "谈话记录", "--json")
    assert done.code == 1
    statuses = [one["status"] for one in _documents(done)]
    assert sorted(statuses) == ["failed", "unchanged", "unchanged", "unchanged"]
    (failed,) = (one for one in _documents(done) if one["status"] == "failed")
    assert failed["branch"] == FIRST
    assert failed["findings"][0]["cell"] == "B2"


def test_two_bad_cells_of_a_row_are_one_document_that_failed(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    write_talks(office, f"{FIRST},三月,,李四", *TALKS[1:])
    done = docsmith(make, "谈话记录", "--json")
    (failed,) = (one for one in _documents(done) if one["status"] == "failed")
    assert len(failed["findings"]) == 2


@pytest.mark.parametrize(
    "text",
    ["{{ 记录.谈话对象 }} {{ 谈心谈话|length }}", "{{ record.date }} {{ 数据.谈心谈话.次数 if 数据 }}"],
)
def test_a_row_that_cannot_be_read_stops_all_that_show_the_others(
    docsmith: Docsmith, office: Path, make: str, text: str
) -> None:
    make_type(office.parent / "更多", "count", "谈话统计", "talks", "{{ 记录.谈话对象 }}-统计", text)
    write_talks(office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    done = docsmith(make, "谈话统计", "--plugin-dir", "更多", "--json")
    of_first = [one for one in _documents(done) if one["branch"] == FIRST]
    assert [one["status"] for one in of_first] == ["failed"]


def test_a_document_that_fails_stops_no_other_of_its_branch(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    text = "{% if 记录.谈话对象 == '王五' %}{{ 没有这个 }}{% endif %}{{ 记录.谈话对象 }}"
    make_type(office.parent / "更多", "odd", "古怪", "talks", "{{ 记录.谈话对象 }}-古怪", text)
    done = docsmith(make, "古怪", "--plugin-dir", "更多", "--json")
    assert _statuses(done) == {
        "李四-古怪": "written", "王五-古怪": "failed", "李四-古怪（2）": "written",
    }  # fmt: skip


def test_what_a_person_has_edited_stays_and_its_row_keeps_it(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    docsmith(make, "谈话记录")
    path = office.parent / "输出/2026" / FIRST / "谈话记录/李四-谈话记录.docx"
    path.write_bytes(b"edited")
    write_talks(office, f"{FIRST},2026-01-01,张三,李四", *TALKS)
    done = docsmith(make, "谈话记录", "--json")
    assert path.read_bytes() == b"edited"
    beside = path.with_name("李四-谈话记录（新）.docx")
    assert "3月1日" in text_of(beside.read_bytes())
    assert _statuses(done)["李四-谈话记录（3）"] == "written"


def test_the_document_of_the_unit_has_the_rows_of_all_branches_in_their_order(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    done = docsmith(make, "花名册", "--json")
    assert done.code == 0, done.err
    assert _files(office) == {"研究所/研究所-花名册.docx": f"{FIRST}；{SECOND}；王五、赵六、钱七、"}
    assert _documents(done)[0]["branch"] == ""


def test_a_row_of_any_branch_that_cannot_be_read_stops_the_document_of_the_unit(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    write_csv(office, "党员", MEMBERS, f"{SECOND},钱七,男或女,正式党员")
    done = docsmith(make, "花名册", "--json")
    assert done.code == 1
    (failed,) = _documents(done)
    assert failed["findings"][0]["cell"] == "C2"


def test_rows_that_the_document_of_the_unit_does_not_show_do_not_stop_it(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    write_talks(office, TALKS[0].replace("2026-03-01", "三月"))
    assert docsmith(make, "花名册").code == 0


def test_a_run_for_some_branches_does_not_make_the_document_of_the_unit_and_says_so(
    docsmith: Docsmith, office: Path, make: str
) -> None:
    done = docsmith(make, "通知", "花名册", "--branch", FIRST)
    assert done.code == 0
    assert "花名册 was not made" in done.out
    assert set(_files(office)) == {f"{FIRST}/{FIRST}-通知.docx"}
    alone = docsmith(make, "花名册", "--branch", FIRST)
    assert alone.code == 2
    assert "--branch" in alone.err


def test_render_says_where_a_type_has_no_row(docsmith: Docsmith, office: Path) -> None:
    write_talks(office)
    done = docsmith("render", "谈话记录")
    assert done.code == 0
    assert "no row of the sheet 谈心谈话" in done.out


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(docsmith: Docsmith, office: Path) -> None:
    done = docsmith("render", "谈话记录", "花名册", "--dry-run", "--json")
    assert [one["status"] for one in _documents(done)] == ["written"] * 5
    assert not (office.parent / "输出").exists()


def test_render_and_batch_make_the_same(docsmith: Docsmith, office: Path) -> None:
    docsmith("batch", "谈话记录", "花名册", "承诺书", "--out", "甲")
    docsmith("render", "谈话记录", "花名册", "承诺书", "--out", "乙")
    first, second = (
        {
            path.relative_to(office.parent / out): path.read_bytes()
            for path in (office.parent / out).rglob("*.docx")
        }
        for out in ("甲", "乙")
    )
    assert first == second
    assert len(first) == 7


def test_what_is_as_it_was_is_not_read_again(
    docsmith: Docsmith, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docsmith("batch")

    def fail(*_args: object, **_named: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr("docsmith.sources.file_shares.FilePortion.dataset", fail)
    done = docsmith("batch", "--json")
    assert done.code == 0, done.err
    assert set(_statuses(done).values()) == {"unchanged"}
    assert len(_documents(done)) == 9


def test_a_missing_document_has_all_of_its_branch_and_type_looked_at_again(
    docsmith: Docsmith, office: Path
) -> None:
    docsmith("batch", "谈话记录")
    before = _talks(office)
    (office.parent / "输出/2026" / FIRST / "谈话记录/王五-谈话记录.docx").unlink()
    done = docsmith("batch", "谈话记录", "--json")
    assert [one["status"] for one in _documents(done)] == ["unchanged", "written", "unchanged", "unchanged"]
    assert _talks(office) == before


def test_undo_brings_back_the_documents_of_rows(docsmith: Docsmith, office: Path) -> None:
    docsmith("batch", "谈话记录", "花名册")
    before = _files(office)
    write_talks(office, f"{FIRST},2026-01-01,张三,李四", *(row.replace("06-01", "06-11") for row in TALKS))
    write_csv(office, "党员", MEMBERS, f"{FIRST},孙八,男,正式党员")
    docsmith("batch", "谈话记录", "花名册")
    assert _files(office) != before
    assert docsmith("undo").code == 0
    assert _files(office) == before
    assert docsmith("undo").code == 0
    assert _files(office) == {}


def test_the_report_lists_each_document_and_what_was_left(docsmith: Docsmith, office: Path) -> None:
    docsmith("batch", "谈话记录", "花名册")
    write_talks(office, *TALKS[1:])
    done = docsmith("batch", "谈话记录", "花名册")
    assert "left 1" in re.sub(" +", " ", done.out)
    report = max(office.parent.glob("输出/批量报告/*/报告.xlsx"))
    book = load_workbook(report)
    everything = [[cell.value for cell in row] for row in book.worksheets[-1].iter_rows(min_row=2)]
    assert len(everything) == 5
    assert ["花名册", "研究所", "unchanged"] in [row[:3] for row in everything]
    assert any("not deleted" in str(cell.value) for row in book["Remarks"].iter_rows() for cell in row)


def test_the_workbook_of_what_failed_mends_the_rows_of_a_branch(docsmith: Docsmith, office: Path) -> None:
    write_talks(office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    failed = docsmith("batch", "谈话记录", "花名册", "--json")
    retry = Path(failed.json["retry"])
    book = load_workbook(retry)
    talks = book["谈心谈话"]
    at = next(cell for row in talks.iter_rows() for cell in row if cell.value == "三月")
    at.value = "2026-03-01"
    book.save(retry)
    (command,) = re.findall(
        r"(docsmith batch .*失败支部\.xlsx.*)", docsmith("batch", "谈话记录", "花名册").out
    )
    assert "花名册" not in command
    assert "roster" not in command
    mended = docsmith("batch", "talk-record", "--data", str(retry), "--json")
    assert mended.code == 0, mended.err
    assert set(_statuses(mended).values()) == {"written", "unchanged"}
    assert len(_talks(office)) == 3


def test_archives_keep_the_documents_of_rows_in_their_folder(docsmith: Docsmith, office: Path) -> None:
    docsmith("batch", "谈话记录", "花名册", "通知", "--zip")
    (archive,) = office.parent.glob("输出/2026/压缩包/*.zip")
    with zipfile.ZipFile(archive) as content:
        assert content.namelist() == [
            f"{FIRST}/谈话记录/李四-谈话记录.docx",
            f"{FIRST}/谈话记录/王五-谈话记录.docx",
            f"{FIRST}/谈话记录/李四-谈话记录（2）.docx",
            f"{FIRST}/{FIRST}-通知.docx",
            f"{SECOND}/谈话记录/李四-谈话记录.docx",
            f"{SECOND}/{SECOND}-通知.docx",
            "研究所/研究所-花名册.docx",
        ]


def test_many_documents_of_a_branch_are_dealt_out_to_folders(docsmith: Docsmith, office: Path) -> None:
    talks = [f"{FIRST},2026-03-01,张三,李四{'甲乙丙丁戊己庚辛壬癸'[n % 10]},{n}" for n in range(1_002)]
    write_talks(office, *talks)
    assert docsmith("batch", "谈话记录").code == 0
    folders = list((office.parent / "输出/2026" / FIRST / "谈话记录").iterdir())
    assert sorted(path.name for path in folders) == ["000001-000500", "000501-001000", "001001-001500"]
    assert max(len(list(path.iterdir())) for path in folders) == 500


def test_a_path_without_the_name_of_the_file_has_it_for_rows(docsmith: Docsmith, office: Path) -> None:
    settings = "data = '数据'\nplugins = '文种'\npath = '{年度}/{文种}/{支部名称}'\n"
    (office.parent / "docsmith.toml").write_text(settings, encoding="utf-8")
    assert docsmith("batch", "谈话记录", "通知", "花名册").code == 0
    assert set(_files(office)) == {
        f"谈话记录/{FIRST}/李四-谈话记录.docx",
        f"谈话记录/{FIRST}/李四-谈话记录（2）.docx",
        f"谈话记录/{FIRST}/王五-谈话记录.docx",
        f"谈话记录/{SECOND}/李四-谈话记录.docx",
        f"通知/{FIRST}.docx",
        f"通知/{SECOND}.docx",
        "花名册/研究所.docx",
    }


def test_the_document_of_the_unit_reads_only_the_tables_that_it_shows(
    docsmith: Docsmith, office: Path
) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    _to_database(office.parent / "党务.db")
    database = f"sqlite:///{(office.parent / '党务.db').as_posix()}"
    assert docsmith("batch", "花名册").code == 0
    asked: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", listen)
    try:
        done = docsmith("batch", "花名册", "--data", database, "--json", "--out", "库")
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", listen)
    assert done.code == 0, done.err
    said = text_of(Path(_documents(done)[0]["path"]).read_bytes())
    assert said == _files(office)["研究所/研究所-花名册.docx"]
    of_members, of_talks = (_number_of_selects(asked, table) for table in ("members", "talks"))
    assert of_members == of_talks + 1


def _number_of_selects(statements: list[str], table: str) -> int:
    """Return how often rows of some branches were asked for."""
    plain = (" ".join(one.replace('"', "").split()) for one in statements)
    return sum(f"FROM {table} WHERE " in one for one in plain)


def _to_database(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE unit (name, year)")
        connection.execute("INSERT INTO unit VALUES ('研究所', 2026)")
        connection.execute("CREATE TABLE branches (name, secretary)")
        connection.executemany("INSERT INTO branches VALUES (?, ?)", [(FIRST, "张三"), (SECOND, "李四")])
        connection.execute("CREATE TABLE members (branch, name, status)")
        connection.executemany(
            "INSERT INTO members VALUES (?, ?, ?)",
            [(SECOND, "钱七", "正式党员"), (FIRST, "王五", "正式党员"), (FIRST, "赵六", "入党申请人")],
        )
        connection.execute("CREATE TABLE talks (支部, 日期, 谈话人, 谈话对象)")


def test_the_document_of_the_unit_is_made_again_when_any_branch_changes(
    docsmith: Docsmith, office: Path
) -> None:
    docsmith("batch", "花名册")
    assert _statuses(docsmith("batch", "花名册", "--json")) == {"": "unchanged"}
    write_csv(office, "党员", MEMBERS, f"{SECOND},钱七,男,正式党员")
    assert _statuses(docsmith("batch", "花名册", "--json")) == {"": "written"}
    assert _files(office)["研究所/研究所-花名册.docx"].endswith("；钱七、")


def test_types_of_one_title_have_folders_of_their_own(docsmith: Docsmith, office: Path) -> None:
    for plugin_id in ("first-note", "second-note"):
        make_type(office.parent / "更多", plugin_id, "便条", "talks", "{{ 记录.谈话对象 }}", plugin_id)
    done = docsmith(
        "render", "first-note", "second-note", "--plugin-dir", "更多", "--branch", SECOND, "--json"
    )
    assert [Path(one["path"]).parent.name for one in _documents(done)] == [
        "便条-first-note",
        "便条-second-note",
    ]


@pytest.mark.parametrize(
    ("per", "more", "said"),
    [
        ("talk", "", "there is no sheet talk"),
        ("branches", "", "belong to no branch"),
        ("branch", 'where = "党籍状态=正式党员"\n', "where"),
        ("unit", 'sort = "姓名"\n', "sort"),
        ("members", 'where = "状况=正式党员"\n', "no column 状况"),
        ("members", 'sort = "-星座"\n', "no column 星座"),
        ("members", 'where = "党籍状态"\n', "no condition"),
        ("members", 'where = "党籍状态=群众员"\n', "never"),
    ],
)
def test_what_a_manifest_cannot_mean_is_told_with_its_key(
    docsmith: Docsmith, office: Path, per: str, more: str, said: str
) -> None:
    make_type(office.parent / "更多", "odd", "古怪", per, "古怪", "", more)
    done = docsmith("render", "odd", "--plugin-dir", "更多")
    assert done.code != 0
    assert said in done.err


def test_json_of_a_document_of_a_branch_is_as_it_was(docsmith: Docsmith, office: Path, make: str) -> None:
    (document, _other) = json.loads(docsmith(make, "通知", "--json").out)["documents"]
    assert "name" not in document
