"""Whatever happens, a person gets a sentence and a program an exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docsmith import errors
from docsmith.cli.session import Session
from tests.cli.conftest import Docsmith


def _raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def start(*_: object) -> None:
        raise error

    monkeypatch.setattr(Session, "start", start)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.SourceError, 3),
        (errors.PluginError, 4),
        (errors.TemplateError, 4),
        (errors.OutputError, 5),
    ],
)
def test_every_error_has_its_exit_code(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch, kind: type[errors.DocsmithError], code: int
) -> None:
    _raising(monkeypatch, kind("what is wrong", hint="what to do"))
    done = docsmith("types")
    assert (done.code, done.out, done.err) == (code, "", "what is wrong\n  what to do\n")


def test_an_error_is_in_the_json_too(docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch) -> None:
    _raising(monkeypatch, errors.SourceError("what is wrong"))
    done = docsmith("check", "--json")
    assert done.json["documents"] == []
    assert done.json["findings"][0]["message"] == "what is wrong"


def test_a_bug_shows_no_traceback_and_nothing_of_the_data(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCSMITH_DEBUG", raising=False)
    _raising(monkeypatch, ValueError("11010519491231002X"))
    done = docsmith("types")
    assert done.code == 70
    assert "ValueError in test_failures.py:" in done.err
    assert "Traceback" not in done.err
    assert "1101" not in done.err


def test_what_fails_while_an_interruption_is_tidied_up_is_no_bug(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    masked = ValueError("an archive is not finished")
    masked.__context__ = KeyboardInterrupt()
    _raising(monkeypatch, masked)
    done = docsmith("types")
    assert done.code == 130
    assert "Interrupted" in done.err


def test_a_bug_shows_its_traceback_to_whoever_asks(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCSMITH_DEBUG", "1")
    _raising(monkeypatch, ValueError("x"))
    assert "Traceback" in docsmith("types").err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full here")
def test_file_that_cannot_be_read_is_named_in_the_json(docsmith: Docsmith, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = docsmith("check", "--json", "--data", str(tmp_path / "坏.xlsx"))
    assert done.json["findings"][0]["file"] == "坏.xlsx"


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_answer_that_cannot_be_written_is_told_without_a_traceback(options: list[str]) -> None:
    command = [sys.executable, "-m", "docsmith", "types", *options]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == errors.OutputError.exit_code
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interrupted_run_can_be_run_again_and_says_so(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    _raising(monkeypatch, KeyboardInterrupt())
    done = docsmith("types")
    assert done.code == 130
    assert "run again" in done.err


def test_control_characters_of_the_data_do_not_reach_the_terminal(
    docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch
) -> None:
    _raising(monkeypatch, errors.SourceError("red \x1b[31m and back \u202e"))
    assert docsmith("types").err == "red ?[31m and back ?\n"


def test_a_lone_surrogate_is_valid_json(docsmith: Docsmith, monkeypatch: pytest.MonkeyPatch) -> None:
    _raising(monkeypatch, errors.SourceError("\ud800"))
    assert json.loads(docsmith("types", "--json").out)["findings"][0]["message"] == "\ud800"


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ("[rules]\nR-99999 = 'off'", "R-99999"),
        ("[types.notise]\nx = 1", "notise"),
        ("[types.notice]\nx = 1", "no option x"),
        ("period = 'soon'", "soon"),
        ("[import.files]\n'a*' = '没有'", "没有"),
    ],
)
def test_settings_that_are_wrong_are_told_with_their_file_before_anything_is_done(
    docsmith: Docsmith, workspace: Path, settings: str, wrong: str
) -> None:
    text = f"data = '数据'\nplugins = '文种'\n{settings}\n"
    (workspace / "docsmith.toml").write_text(text, encoding="utf-8")
    done = docsmith("check")
    assert done.code == 2
    assert wrong in done.err
    assert str(workspace / "docsmith.toml") in done.err
