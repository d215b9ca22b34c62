from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Docsmith


def test_undo_takes_away_what_the_last_run_made(docsmith: Docsmith, workspace: Path) -> None:
    docsmith("render", "notice")
    done = docsmith("undo")
    assert done.code == 0
    assert list((workspace / "输出").rglob("*.docx")) == []
    assert "2 removed, 0 brought back, 0 left as they are" in done.out


def test_undo_names_what_a_person_has_edited_since(docsmith: Docsmith, workspace: Path) -> None:
    documents = docsmith("render", "notice", "--json").json["documents"]
    Path(documents[0]["path"]).write_bytes(b"edited")
    told = docsmith("undo", "--json").json
    assert set(told) == {"undone", "findings"}
    assert {Path(one["path"]).name: one["what"] for one in told["undone"]} == {
        "第一党支部-通知.docx": "stays",
        "第二党支部-通知.docx": "removed",
    }
    assert Path(documents[0]["path"]).read_bytes() == b"edited"


def test_undo_says_in_words_which_document_stays(docsmith: Docsmith, workspace: Path) -> None:
    documents = docsmith("render", "notice", "--json").json["documents"]
    Path(documents[0]["path"]).write_bytes(b"edited")
    assert "第一党支部-通知.docx stays: it was edited after the run." in docsmith("undo").out


def test_undo_goes_back_to_before_a_named_run(docsmith: Docsmith, workspace: Path) -> None:
    docsmith("render", "notice", "--branch", "第一党支部")
    docsmith("render", "notice")
    assert docsmith("undo", "1").code == 0
    assert list((workspace / "输出").rglob("*.docx")) == []


def test_an_unknown_run_is_a_usage_error_that_names_the_others(docsmith: Docsmith, workspace: Path) -> None:
    docsmith("render", "notice")
    done = docsmith("undo", "7")
    assert done.code == 2
    assert "Run 7 cannot be undone" in done.err
    assert "1 (render, " in done.err


def test_in_a_folder_without_documents_there_is_nothing_to_undo(docsmith: Docsmith, tmp_path: Path) -> None:
    done = docsmith("undo", "--out", str(tmp_path / "leer"))
    assert done.code == 2
    assert "no run" in done.err
    assert not (tmp_path / "leer").exists()


def test_a_torn_document_is_made_again_and_that_is_told(docsmith: Docsmith, workspace: Path) -> None:
    documents = docsmith("render", "notice", "--json").json["documents"]
    path = Path(documents[0]["path"])
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    again = docsmith("render", "notice", "--json").json["documents"][0]
    assert path.read_bytes() == whole
    assert again["status"] == "written"
    assert "document-torn" in {finding["code"] for finding in again["findings"]}
