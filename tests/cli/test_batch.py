from __future__ import annotations

import json
import shutil
import signal
import zipfile
from collections.abc import Collection
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docsmith.engine.ledger import Ledger
from docsmith.model.dataset import Dataset
from docsmith.model.schema import Schema
from docsmith.sources.file_shares import FilePortion
from docsmith.sources.fill_in import write_blank
from tests.cli.conftest import Docsmith
from tests.cli.office import run, spoil
from tests.engine.data import text_of
from tests.plugins_for_tests import make_plugin

KEYS = {
    "run", "interrupted", "report", "page", "retry", "print_pack", "archives", "documents", "findings",
}  # fmt: skip
UNIT = {"name": "研究所", "year": "2026"}


def _statuses(documents: list[dict[str, str]]) -> list[str]:
    return [one["status"] for one in documents]


def _files(folder: Path) -> dict[str, bytes]:
    """Return the documents below a folder by their paths within it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


@pytest.fixture
def many(workspace: Path) -> Path:
    """A workspace of twelve branches, each with a member, and two types that print them."""
    branches = [{"name": f"第{n}党支部", "secretary": f"张{n}", "kind": "普通支部"} for n in range(12)]
    branches[3]["kind"] = "联合支部"
    members = [{"branch": f"第{n}党支部", "name": f"李{n}"} for n in range(12)]
    rows = {"unit": [UNIT], "branches": branches, "members": members}
    write_blank(workspace / "数据.xlsx", Schema.built_in(), rows=rows)
    make_plugin(
        workspace / "文种",
        "roster",
        "名册",
        'uses = ["members"]\n',
        text="{{ 党员[0].姓名 }}：{{ 支部.书记 }}",
    )
    settings = "data = '数据.xlsx'\nplugins = '文种'\n"
    (workspace / "docsmith.toml").write_text(settings, encoding="utf-8")
    return workspace


def test_without_names_every_type_is_made_for_every_branch(docsmith: Docsmith, many: Path) -> None:
    done = docsmith("batch", "--json")
    assert done.code == 0, done.err
    documents = done.json["documents"]
    assert [(one["branch"], one["document_type"]) for one in documents[:4]] == [
        ("第0党支部", "notice"),
        ("第0党支部", "roster"),
        ("第1党支部", "notice"),
        ("第1党支部", "roster"),
    ]
    assert set(_statuses(documents)) == {"written"}
    assert len(_files(many / "输出")) == 24
    assert text_of(Path(documents[3]["path"]).read_bytes()) == "李1：张1"


def test_the_pack_of_the_workspace_is_what_is_made(docsmith: Docsmith, many: Path) -> None:
    with (many / "docsmith.toml").open("a", encoding="utf-8") as settings:
        settings.write("pack = ['名册']\n")
    documents = docsmith("batch", "--json").json["documents"]
    assert {one["document_type"] for one in documents} == {"roster"}


def test_a_batch_makes_what_render_makes_in_one_process_and_in_two(many: Path) -> None:
    for command in (
        ("render", "通知", "自检自查表", "--out", "rendered"),
        ("batch", "通知", "自检自查表", "--out", "made"),
        ("batch", "通知", "自检自查表", "--out", "shared", "--jobs", "2"),
    ):
        done = run(many, *command)
        assert done.returncode == 0, done.stderr
    assert _files(many / "rendered") == _files(many / "made") == _files(many / "shared") != {}


def test_a_second_run_makes_nothing_again(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch")
    times = {path: path.stat().st_mtime_ns for path in (many / "输出").rglob("*.docx")}
    again = docsmith("batch", "--json")
    assert set(_statuses(again.json["documents"])) == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert all(Path(one["path"]).is_file() for one in again.json["documents"])


def test_fresh_makes_all_again_to_the_same_bytes(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch")
    before = _files(many / "输出")
    assert set(_statuses(docsmith("batch", "--fresh", "--json").json["documents"])) == {"unchanged"}
    assert _files(many / "输出") == before


def test_only_what_has_changed_is_made_again(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch")
    rows = {
        "unit": [UNIT],
        "branches": [{"name": f"第{n}党支部", "secretary": f"张{n}", "kind": "普通支部"} for n in range(12)],
        "members": [{"branch": f"第{n}党支部", "name": f"李{n}"} for n in range(1, 12)]
        + [{"branch": "第0党支部", "name": "王五"}],
    }
    (many / "数据.xlsx").unlink()
    write_blank(many / "数据.xlsx", Schema.built_in(), rows=rows)
    documents = docsmith("batch", "roster", "--json").json["documents"]
    assert _statuses(documents) == ["written"] + ["unchanged"] * 11
    assert text_of(Path(documents[0]["path"]).read_bytes()) == "王五：张0"


def test_a_changed_template_makes_its_documents_again_and_no_others(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch")
    folder = many / "文种" / "notice"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    make_plugin(many / "文种", text="新：{{ 支部.支部名称 }}")
    documents = docsmith("batch", "--json").json["documents"]
    made = {one["document_type"] for one in documents if one["status"] == "written"}
    assert made == {"notice"}


def test_an_edited_document_is_kept_and_said_so_everywhere(docsmith: Docsmith, many: Path) -> None:
    documents = docsmith("batch", "notice", "--json").json["documents"]
    edited = Path(documents[5]["path"])
    other = Path(documents[6]["path"]).read_bytes()
    edited.write_bytes(other)
    done = docsmith("batch", "notice")
    assert done.code == 0
    assert edited.read_bytes() == other
    assert edited.name in done.out
    assert (edited.parent / f"{edited.stem}（新）.docx").is_file()
    again = docsmith("batch", "notice", "--json").json
    assert _statuses(again["documents"]).count("kept") == 1
    assert edited.stem in Path(again["page"]).read_text("utf-8")


@pytest.mark.parametrize(
    ("condition", "number"),
    [
        ("kind=联合支部", 1),
        ("支部类别=普通支部", 11),
        ("kind!=普通支部", 1),
        ("书记=张1|张2|王五", 2),
        ("备注=", 12),
    ],
)
def test_conditions_choose_branches(docsmith: Docsmith, many: Path, condition: str, number: int) -> None:
    assert len(docsmith("batch", "notice", "--json", "--where", condition).json["documents"]) == number


def test_limit_and_names_choose_in_the_order_of_the_data(docsmith: Docsmith, many: Path) -> None:
    asked = ("batch", "notice", "--json")
    first = docsmith(*asked, "--limit", "2").json["documents"]
    assert [one["branch"] for one in first] == ["第0党支部", "第1党支部"]
    named = docsmith(*asked, "--branch", "第7党支部", "--branch", "第4党支部").json["documents"]
    assert [one["branch"] for one in named] == ["第4党支部", "第7党支部"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--where", "kind"), "支部类别=普通支部"),
        (("--where", "kind=普通党支部"), "联合支部"),
        (("--where", "书纪=张1"), "书记"),
        (("--where", "书记=谁"), "No branch is left"),
        (("--branch", "第99党支部"), "第9党支部"),
        (("--engine", "spark://x"), "dask://"),
        (("notise",), "notice"),
    ],
)
def test_a_wrong_wish_is_answered_with_what_is_possible(
    docsmith: Docsmith, many: Path, args: tuple[str, ...], told: str
) -> None:
    done = docsmith("batch", *args)
    assert done.code == 2
    assert told in done.err


def test_one_bad_branch_never_stops_the_others_and_is_told_by_its_cell(
    docsmith: Docsmith, many: Path
) -> None:
    cells = spoil(many / "数据.xlsx", "党员", "出生日期", {"第4党支部": "去年"})
    done = docsmith("batch", "roster")
    assert done.code == 1
    assert f"党员!{cells['第4党支部']}" in done.out
    assert len(_files(many / "输出")) == 11


def test_the_workbook_of_what_failed_is_mended_and_fed_back(docsmith: Docsmith, many: Path) -> None:
    spoil(many / "数据.xlsx", "党员", "出生日期", {"第4党支部": "去年"})
    answer = docsmith("batch", "roster", "--json").json
    assert _statuses(answer["documents"]).count("failed") == 1
    retry = load_workbook(answer["retry"])
    bad = next(cell for line in retry["党员"].iter_rows() for cell in line if cell.value == "去年")
    assert bad.comment
    bad.value = "1990-01-02"
    retry.save(answer["retry"])
    mended = docsmith("batch", "roster", "--json", "--data", answer["retry"]).json["documents"]
    assert [(one["branch"], one["status"]) for one in mended] == [("第4党支部", "written")]
    assert len(_files(many / "输出")) == 12


def test_json_is_one_object_with_the_run_and_its_reports(docsmith: Docsmith, many: Path) -> None:
    done = docsmith("batch", "notice", "--limit", "1", "--json")
    answer = json.loads(done.out)
    assert done.err == ""
    assert set(answer) == KEYS
    assert Path(answer["report"]).is_file()
    assert Path(answer["page"]).is_file()
    assert answer["retry"] is None


def test_a_type_that_is_broken_fails_by_itself(docsmith: Docsmith, many: Path) -> None:
    (many / "文种" / "roster" / "template.docx").write_bytes(b"no document")
    done = docsmith("batch", "--json")
    assert done.code == 1
    by_type = {(one["document_type"], one["status"]) for one in done.json["documents"]}
    assert by_type == {("notice", "written"), ("roster", "failed")}


def test_where_every_type_is_broken_nothing_begins(docsmith: Docsmith, many: Path) -> None:
    (many / "文种" / "notice" / "template.docx").write_bytes(b"no document")
    done = docsmith("batch", "notice")
    assert done.code == 4
    assert not (many / "输出" / "批量报告").exists()


GREEDY = "{% for a in range(99999) %}{% for b in range(99999) %}{{ a * b }}{% endfor %}{% endfor %}"


def test_a_template_that_does_too_much_is_not_tried_for_everybody(
    docsmith: Docsmith, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.template.language.journal.MAX_STEPS", 1_000_000)
    monkeypatch.setattr("docsmith.engine.batch.loop._BRANCHES_A_TICKET", 2)
    monkeypatch.setattr("docsmith.engine.batch.loop._SPENT_IN_A_ROW", 4)
    make_plugin(many / "文种", "greedy", "贪心", text=GREEDY)
    documents = docsmith("batch", "greedy", "notice", "--json").json["documents"]
    codes = [one["findings"][0]["code"] for one in documents if one["document_type"] == "greedy"]
    assert codes == ["document-stopped"] * 4 + ["type-stopped"] * 8
    assert _statuses(documents).count("written") == 12


def test_a_template_that_does_too_much_for_one_branch_is_tried_for_the_others(
    docsmith: Docsmith, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.template.language.journal.MAX_STEPS", 1_000_000)
    monkeypatch.setattr("docsmith.engine.batch.loop._BRANCHES_A_TICKET", 2)
    monkeypatch.setattr("docsmith.engine.batch.loop._SPENT_IN_A_ROW", 1)
    text = f"{{% if 支部.支部名称 == '第5党支部' %}}{GREEDY}{{% endif %}}"
    make_plugin(many / "文种", "greedy", "贪心", text=text)
    documents = docsmith("batch", "greedy", "--json").json["documents"]
    assert [one["branch"] for one in documents if one["status"] == "failed"] == ["第5党支部"]


def test_what_cannot_be_written_fails_alone_and_is_made_next_time(docsmith: Docsmith, many: Path) -> None:
    (many / "输出" / "2026").mkdir(parents=True)
    (many / "输出" / "2026" / "第3党支部").write_text("a file where a folder should be", encoding="utf-8")
    done = docsmith("batch", "notice", "--json")
    assert done.code == 1
    failed = [one for one in done.json["documents"] if one["status"] == "failed"]
    assert [one["branch"] for one in failed] == ["第3党支部"]
    assert "第3党支部" in failed[0]["findings"][0]["message"]
    (many / "输出" / "2026" / "第3党支部").unlink()
    assert _statuses(docsmith("batch", "notice", "--json").json["documents"]).count("written") == 1


def test_two_batches_never_write_at_once(
    docsmith: Docsmith, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docsmith.engine.ledger.database._PATIENCE", 0.1)
    with Ledger(many / "输出"):
        done = docsmith("batch", "notice")
    assert done.code == 5
    assert "Another docsmith" in done.err


def test_undo_brings_back_what_was_there_before_the_batch(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch", "notice")
    before = _files(many / "输出")
    shutil.rmtree(many / "文种" / "notice")
    make_plugin(many / "文种", text="新：{{ 支部.支部名称 }}")
    docsmith("batch")
    assert _files(many / "输出").keys() > before.keys()
    assert docsmith("undo").code == 0
    assert _files(many / "输出") == before


def test_archives_are_by_the_superior_of_each_branch(docsmith: Docsmith, many: Path) -> None:
    archives = docsmith("batch", "notice", "--zip", "--json").json["archives"]
    assert [Path(one).name for one in archives] == ["研究所（部分）.zip"]
    with zipfile.ZipFile(archives[0]) as archive:
        assert archive.namelist()[0] == "第0党支部/第0党支部-通知.docx"
        assert len(archive.namelist()) == 12


def test_reports_of_earlier_runs_are_never_read_as_data(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "数据" / "党员.csv").write_text(
        "支部,姓名,出生日期\n第一党支部,李一,去年\n", encoding="utf-8"
    )
    for out in ("数据/汇总", "数据"):
        first = docsmith("batch", "notice", "--out", out, "--json")
        assert docsmith("batch", "notice", "--out", out, "--json").json["findings"] == first.json["findings"]


def test_render_puts_documents_where_the_batch_has_put_them(
    docsmith: Docsmith, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = docsmith("batch", "notice", "--json").json["documents"]
    monkeypatch.setattr("docsmith.engine.path_pattern.MOST_IN_FOLDER", 5)
    again = docsmith("render", "notice", "--json").json["documents"]
    assert [one["path"] for one in again] == [one["path"] for one in documents]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no SIGHUP on Windows")
def test_what_nohup_has_switched_off_stays_so(docsmith: Docsmith, many: Path) -> None:
    seen = []

    class Watch:
        def __getattr__(self, name: str) -> object:
            seen.append(signal.getsignal(signal.SIGHUP))
            return getattr(json, name)

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("docsmith.cli.json_stream.json", Watch())
            assert docsmith("batch", "notice", "--json").code == 0
    finally:
        signal.signal(signal.SIGHUP, before)
    assert set(seen) == {signal.SIG_IGN}


def test_what_is_worth_saying_of_a_document_that_is_there_is_in_every_report(
    docsmith: Docsmith, many: Path
) -> None:
    path = Path(docsmith("batch", "notice", "--json").json["documents"][2]["path"])
    path.write_bytes(path.read_bytes()[:100])
    done = docsmith("batch", "notice", "--fresh")
    assert f"{path.name} was damaged" in done.out
    (folder,) = (many / "输出" / "批量报告").glob("*-2")
    assert "was damaged" in (folder / "报告.html").read_text("utf-8")
    cells = [cell.value for row in load_workbook(folder / "报告.xlsx")["Remarks"].iter_rows() for cell in row]
    assert any("was damaged" in str(cell) for cell in cells)


def test_a_plugin_that_ends_the_program_fails_by_itself(docsmith: Docsmith, many: Path) -> None:
    python = (
        "import sys\nfrom docsmith.plugin import hookimpl\n\n@hookimpl\n"
        "def docsmith_build_context(dossier, document_type, verdicts):\n    sys.exit(0)\n"
    )
    make_plugin(many / "文种", "leaving", "离开", python=python)
    wanted = ("batch", "notice", "leaving", "--trust", "leaving", "--limit", "2", "--json")
    documents = docsmith(*wanted).json["documents"]
    assert _statuses(documents) == ["written", "failed", "written", "failed"]
    assert "SystemExit" in documents[1]["findings"][0]["message"]


def test_a_new_type_that_calls_its_file_alike_lets_none_be_called_unchanged(
    docsmith: Docsmith, many: Path
) -> None:
    before = docsmith("batch", "notice", "--limit", "1", "--json").json["documents"][0]["path"]
    make_plugin(many / "文种", "second", "通知")
    after = docsmith("batch", "notice", "--limit", "1", "--json").json["documents"][0]["path"]
    assert Path(before).name != Path(after).name == "第0党支部-通知-notice.docx"


def test_what_keeps_a_batch_from_beginning_leaves_no_report(docsmith: Docsmith, many: Path) -> None:
    done = docsmith("batch", "notice", "--engine", "spark://x", "--json")
    assert done.code == 2
    assert [one["code"] for one in done.json["findings"]] == ["stopped"]
    assert not (many / "输出" / "批量报告").exists()


def test_the_ledger_keeps_no_condition_that_names_a_person(docsmith: Docsmith, many: Path) -> None:
    docsmith("batch", "notice", "--where", "书记=张1")
    with Ledger(many / "输出", read_only=True) as ledger:
        (run,) = ledger.runs()
    assert run.arguments["where"] == ["书记"]


def test_a_branch_that_has_gone_meanwhile_fails_by_name(
    docsmith: Docsmith, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = FilePortion.dataset

    def without_the_third(self: FilePortion, names: Collection[str]) -> Dataset:
        return whole(self, [name for name in names if name != "第3党支部"])

    monkeypatch.setattr(FilePortion, "dataset", without_the_third)
    documents = docsmith("batch", "notice", "--json").json["documents"]
    (failed,) = [one for one in documents if one["status"] == "failed"]
    assert (failed["branch"], failed["findings"][0]["code"]) == ("第3党支部", "branch-gone")


def test_a_file_that_cannot_be_read_is_named_and_is_no_success(docsmith: Docsmith, workspace: Path) -> None:
    (workspace / "数据" / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    done = docsmith("batch", "notice")
    assert done.code == 1
    assert "× 坏.xlsx" in done.out
    (page,) = (workspace / "输出" / "批量报告").glob("*/报告.html")
    assert "1 errors in the data" in page.read_text("utf-8")


def test_the_command_for_what_failed_is_whole(docsmith: Docsmith, many: Path) -> None:
    spoil(many / "数据.xlsx", "党员", "出生日期", {"第4党支部": "去年"})
    done = docsmith("batch", "名册", "--out", "我的 汇总", "--limit", "6")
    (retry,) = (many / "我的 汇总" / "批量报告").glob("*/失败支部.xlsx")
    command = f'docsmith batch 名册 --data "{retry.relative_to(many)}" --out "我的 汇总"'
    assert command in done.out
    said = [
        cell.value for row in load_workbook(retry).worksheets[0].iter_rows() for cell in row if cell.value
    ]
    assert any(command in text for text in said)
    assert command in (retry.parent / "报告.html").read_text("utf-8").replace("&quot;", '"')


def test_a_condition_may_be_typed_with_wide_characters(docsmith: Docsmith, many: Path) -> None:
    asked = ("batch", "notice", "--json", "--where", "支部类别＝联合支部")
    assert len(docsmith(*asked).json["documents"]) == 1


def test_a_branch_may_be_spelt_as_in_the_data(docsmith: Docsmith, many: Path) -> None:
    documents = docsmith("batch", "notice", "--json", "--branch", " 中共第7支部 ").json["documents"]
    assert [one["branch"] for one in documents] == ["第7党支部"]
