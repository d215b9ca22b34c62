"""One document for each row of a sheet, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsmith.engine.ledger import Ledger
from tests.cli.conftest import Docsmith
from tests.cli.copies import (
    FIRST,
    SECOND,
    TALKS,
    documents,
    files,
    make_type,
    statuses,
    talks,
    write_talks,
)
from tests.engine.data import text_of


@pytest.fixture(params=["render", "batch"])
def make(request: pytest.FixtureRequest) -> str:
    """Both commands make these documents, and the same."""
    return str(request.param)


def test_each_row_gets_a_document_in_a_folder_of_the_type(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    done = docsmith(make, "谈话单", "--json")
    assert done.code == 0, done.err
    assert files(rows_office) == {
        f"{FIRST}/谈话单/李四-谈话单.docx": f"{FIRST} 2026年3月1日 李四 无",
        f"{FIRST}/谈话单/王五-谈话单.docx": f"{FIRST} 2026年3月5日 王五 无",
        f"{FIRST}/谈话单/李四-谈话单（2）.docx": f"{FIRST} 2026年6月1日 李四 无",
        f"{SECOND}/谈话单/李四-谈话单.docx": f"{SECOND} 2026年4月1日 李四 无",
    }
    assert [one["name"] for one in documents(done)] == [
        "李四-谈话单", "王五-谈话单", "李四-谈话单（2）", "李四-谈话单",
    ]  # fmt: skip


def test_only_rows_that_are_meant_get_a_document(docsmith: Docsmith, rows_office: Path, make: str) -> None:
    assert docsmith(make, "承诺单").code == 0
    assert set(files(rows_office)) == {
        f"{FIRST}/承诺单/王五-承诺单.docx",
        f"{SECOND}/承诺单/钱七-承诺单.docx",
    }


def test_talks_of_another_year_get_no_document(docsmith: Docsmith, rows_office: Path, make: str) -> None:
    write_talks(rows_office, *TALKS, f"{FIRST},2025-03-01,张三,孙八")
    assert docsmith(make, "谈话单").code == 0
    assert not any("孙八" in name for name in files(rows_office))


def test_a_row_keeps_its_document_whatever_comes_before_it(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, f"{FIRST},2026-01-01,张三,李四", *TALKS)
    done = docsmith(make, "谈话单", "--json")
    said = talks(rows_office)
    assert "3月1日" in said["李四-谈话单.docx"]
    assert "6月1日" in said["李四-谈话单（2）.docx"]
    assert "1月1日" in said["李四-谈话单（3）.docx"]
    of_first = [one["status"] for one in documents(done) if one["branch"] == FIRST]
    assert sorted(of_first) == ["unchanged", "unchanged", "unchanged", "written"]


def test_a_row_that_is_corrected_keeps_its_document(docsmith: Docsmith, rows_office: Path, make: str) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, *(row.replace("06-01", "06-11") for row in TALKS))
    done = docsmith(make, "谈话单", "--json")
    assert "6月11日" in talks(rows_office)["李四-谈话单（2）.docx"]
    assert len(talks(rows_office)) == 3
    assert "left" not in statuses(done).values()


def test_the_document_of_a_row_that_is_gone_stays_and_says_so_each_time(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, *TALKS[1:])
    for _again in range(2):
        done = docsmith(make, "谈话单", "--json")
        assert done.code == 0
        (left,) = (one for one in documents(done) if one["status"] == "left")
        assert (left["branch"], left["name"]) == (FIRST, "李四-谈话单")
        assert left["findings"][0]["code"] == "document-left"
        assert Path(left["path"]).is_file()
    assert "6月1日" in talks(rows_office)["李四-谈话单（2）.docx"]
    (rows_office.parent / "输出/2026" / FIRST / "谈话单/李四-谈话单.docx").unlink()
    assert "left" not in statuses(docsmith(make, "谈话单", "--json")).values()


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_row_that_is_corrected_after_a_kill_keeps_the_name_that_the_killed_run_gave_it(
    docsmith: Docsmith, rows_office: Path, make: str, monkeypatch: pytest.MonkeyPatch, is_edited: bool
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, *TALKS, f"{FIRST},2026-07-01,张三,孙八")
    with monkeypatch.context() as killed:
        killed.setattr(Ledger, "keep_sets", _interrupt)
        assert docsmith(make, "谈话单").code == 130
    path = rows_office.parent / "输出/2026" / FIRST / "谈话单/孙八-谈话单.docx"
    assert "7月1日" in text_of(path.read_bytes())
    if is_edited:
        path.write_bytes(b"edited")
    write_talks(rows_office, *TALKS, f"{FIRST},2026-07-11,张三,孙八")
    assert "left" not in statuses(docsmith(make, "谈话单", "--json")).values()
    new = path.with_name("孙八-谈话单（新）.docx")
    assert "7月11日" in text_of((new if is_edited else path).read_bytes())
    assert len([*path.parent.glob("孙八*")]) == 1 + is_edited
    assert not is_edited or path.read_bytes() == b"edited"


def test_what_a_killed_run_made_never_comes_to_stand_for_another_row(
    docsmith: Docsmith, rows_office: Path, make: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, *TALKS, f"{FIRST},2026-07-01,张三,孙八")
    with monkeypatch.context() as killed:
        killed.setattr(Ledger, "keep_sets", _interrupt)
        docsmith(make, "谈话单")
    folder = rows_office.parent / "输出/2026" / FIRST / "谈话单"
    (folder / "孙八-谈话单.docx").write_bytes(b"of July")
    write_talks(rows_office, *TALKS)
    assert "left" in statuses(docsmith(make, "谈话单", "--json")).values()
    write_talks(rows_office, *TALKS, f"{FIRST},2026-08-01,张三,孙八")
    docsmith(make, "谈话单")
    assert {path.name for path in folder.glob("孙八*")} == {"孙八-谈话单.docx", "孙八-谈话单（2）.docx"}


def _interrupt(*_arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("others_fail", [False, True])
def test_what_was_left_behind_never_comes_to_stand_for_another_row(
    docsmith: Docsmith, rows_office: Path, make: str, others_fail: bool
) -> None:
    if others_fail:
        text = "{% if 记录.谈话对象 == '李四' %}{{ 1 // 0 }}{% endif %}{{ 记录.日期 }}"
        make_type(rows_office.parent / "文种", "odd", "古怪", "talks", "{{ 记录.谈话对象 }}", text)
    title, name = ("古怪", "王五") if others_fail else ("谈话单", "王五-谈话单")
    docsmith(make, title)
    path = rows_office.parent / "输出/2026" / FIRST / title / f"{name}.docx"
    path.write_bytes(b"of the talk in March")
    others = [row for row in TALKS if "王五" not in row]
    write_talks(rows_office, *others)
    docsmith(make, title)
    write_talks(rows_office, *others, f"{FIRST},2026-11-11,张三,王五")
    done = statuses(docsmith(make, title, "--json"))
    assert (done[f"{name}（2）"], done[name]) == ("written", "left")
    assert path.read_bytes() == b"of the talk in March"
    assert "11月11日" in text_of(path.with_name(f"{name}（2）.docx").read_bytes())
    path.unlink()
    write_talks(rows_office, *others, f"{FIRST},2026-11-11,张三,王五", f"{FIRST},2026-11-12,张三,王五")
    assert statuses(docsmith(make, title, "--json"))[name] == "written"


def test_where_no_row_is_left_all_its_documents_say_so(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, TALKS[3])
    for _again in range(2):
        done = docsmith(make, "谈话单", "--json")
        assert [one["status"] for one in documents(done)].count("left") == 3


def test_a_row_that_cannot_be_read_stops_its_own_document_alone(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    docsmith(make, "谈话单")
    write_talks(rows_office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    done = docsmith(make, "谈话单", "--json")
    assert done.code == 1
    statuses = [one["status"] for one in documents(done)]
    assert sorted(statuses) == ["failed", "unchanged", "unchanged", "unchanged"]
    (failed,) = (one for one in documents(done) if one["status"] == "failed")
    assert failed["branch"] == FIRST
    assert failed["findings"][0]["cell"] == "B2"
    codes = {finding["code"] for one in documents(done) for finding in one["findings"]}
    assert "data-partial" not in codes


def test_two_bad_cells_of_a_row_are_one_document_that_failed(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    write_talks(rows_office, f"{FIRST},三月,,李四", *TALKS[1:])
    done = docsmith(make, "谈话单", "--json")
    (failed,) = (one for one in documents(done) if one["status"] == "failed")
    assert len(failed["findings"]) == 2


@pytest.mark.parametrize(
    "text",
    ["{{ 记录.谈话对象 }} {{ 谈心谈话|length }}", "{{ record.date }} {{ 数据.谈心谈话.次数 if 数据 }}"],
)
def test_a_row_that_cannot_be_read_stops_all_that_show_the_others(
    docsmith: Docsmith, rows_office: Path, make: str, text: str
) -> None:
    make_type(rows_office.parent / "更多", "count", "谈话统计", "talks", "{{ 记录.谈话对象 }}-统计", text)
    write_talks(rows_office, TALKS[0].replace("2026-03-01", "三月"), *TALKS[1:])
    done = docsmith(make, "谈话统计", "--plugin-dir", "更多", "--json")
    of_first = [one for one in documents(done) if one["branch"] == FIRST]
    assert [one["status"] for one in of_first] == ["failed"]


def test_a_document_that_fails_stops_no_other_of_its_branch(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    text = "{% if 记录.谈话对象 == '王五' %}{{ 1 // 0 }}{% endif %}{{ 记录.谈话对象 }}"
    make_type(rows_office.parent / "更多", "odd", "古怪", "talks", "{{ 记录.谈话对象 }}-古怪", text)
    done = docsmith(make, "古怪", "--plugin-dir", "更多", "--json")
    assert statuses(done) == {
        "李四-古怪": "written", "王五-古怪": "failed", "李四-古怪（2）": "written",
    }  # fmt: skip


def test_what_a_person_has_edited_stays_and_its_row_keeps_it(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    docsmith(make, "谈话单")
    path = rows_office.parent / "输出/2026" / FIRST / "谈话单/李四-谈话单.docx"
    path.write_bytes(b"edited")
    write_talks(rows_office, f"{FIRST},2026-01-01,张三,李四", *TALKS)
    done = docsmith(make, "谈话单", "--json")
    assert path.read_bytes() == b"edited"
    beside = path.with_name("李四-谈话单（新）.docx")
    assert "3月1日" in text_of(beside.read_bytes())
    assert statuses(done)["李四-谈话单（3）"] == "written"


def test_render_says_where_a_type_has_no_row(docsmith: Docsmith, rows_office: Path) -> None:
    write_talks(rows_office)
    done = docsmith("render", "谈话单")
    assert done.code == 0
    assert done.out.startswith("! ")
    assert "no row of the sheet 谈心谈话" in done.out


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(docsmith: Docsmith, rows_office: Path) -> None:
    done = docsmith("render", "谈话单", "名单表", "--dry-run", "--json")
    assert [one["status"] for one in documents(done)] == ["written"] * 5
    assert not (rows_office.parent / "输出").exists()


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
    docsmith: Docsmith, rows_office: Path, per: str, more: str, said: str
) -> None:
    make_type(rows_office.parent / "更多", "odd", "古怪", per, "古怪", "", more)
    done = docsmith("render", "odd", "--plugin-dir", "更多")
    assert done.code != 0
    assert said in done.err


def test_json_of_a_document_of_a_branch_is_as_it_was(
    docsmith: Docsmith, rows_office: Path, make: str
) -> None:
    (document, _other) = json.loads(docsmith(make, "通知单", "--json").out)["documents"]
    assert "name" not in document
