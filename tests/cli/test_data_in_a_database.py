"""A database wherever a file may stand: on the command line, and in docsmith.toml; its password nowhere."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Docsmith
from tests.postgres import Server, running

pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


@pytest.fixture
def database(workspace: Path) -> Path:
    """The data of the workspace as a database, which its settings name."""
    file = workspace / "数据.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE 单位 (项目 TEXT, 内容 TEXT)")
        connection.execute("INSERT INTO 单位 VALUES ('单位名称', '研究所'), ('年度', '2026')")
        connection.execute("CREATE TABLE branches (name TEXT PRIMARY KEY, secretary TEXT)")
        connection.execute("INSERT INTO branches VALUES ('第一党支部', '张三'), ('第二党支部', NULL)")
    connection.close()
    settings = workspace / "docsmith.toml"
    text = settings.read_text(encoding="utf-8").replace("data = '数据'", "data = 'sqlite:///数据.db'")
    settings.write_text(text, encoding="utf-8")
    return file


def test_documents_from_a_database_are_those_from_the_files(
    docsmith: Docsmith, workspace: Path, database: Path
) -> None:
    assert docsmith("render", "notice", "--data", "数据", "--out", "files").code == 0
    assert docsmith("render", "notice", "--out", "database").code == 0
    assert docsmith("batch", "notice", "--out", "batch", "--jobs", "1").code == 0
    made = sorted(path.relative_to(workspace / "files") for path in (workspace / "files").rglob("*.docx"))
    assert len(made) == 2
    for folder in ("database", "batch"):
        for path in made:
            assert (workspace / folder / path).read_bytes() == (workspace / "files" / path).read_bytes()


def test_settings_name_a_database_relative_to_themselves(
    docsmith: Docsmith, workspace: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "below").mkdir()
    monkeypatch.chdir(workspace / "below")
    assert docsmith("check").code == 0


def test_check_and_convert_take_a_url(docsmith: Docsmith, workspace: Path, database: Path) -> None:
    assert docsmith("check", "--data", "sqlite:///数据.db").code == 0
    assert docsmith("convert", "sqlite:///数据.db", "-o", "a.json").code == 0
    assert docsmith("convert", "数据", "-o", "b.json").code == 0
    assert (workspace / "a.json").read_bytes() == (workspace / "b.json").read_bytes()


@pytest.mark.parametrize("command", ["check", "render notice", "batch notice", "convert"])
def test_password_is_in_no_message(docsmith: Docsmith, workspace: Path, command: str) -> None:
    url = "postgresql+psycopg://keeper:secret-4711@127.0.0.1:1/party"
    where = [url, "-o", "a.json"] if command == "convert" else ["--data", url]
    done = docsmith(*command.split(), *where)
    assert done.code == 3
    assert "postgresql://127.0.0.1:1/party" in done.err
    assert "secret-4711" not in done.out + done.err


def test_value_that_cannot_be_read_fails_its_branch_and_no_other(
    docsmith: Docsmith, workspace: Path, server: Server
) -> None:
    import psycopg

    url = server.make("faulty")
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        for statement in (
            "CREATE TABLE unit (name TEXT, year INT)",
            "INSERT INTO unit VALUES ('研究所', 2026)",
            "CREATE TABLE branches (name TEXT PRIMARY KEY)",
            "INSERT INTO branches SELECT '第' || i || '党支部' FROM generate_series(1, 200) i",
            "CREATE TABLE told (branch TEXT, day TEXT)",
            "INSERT INTO told SELECT name, '2026-03-05' FROM branches",
            "UPDATE told SET day = '110105194912310021' WHERE branch LIKE '%7党支部'",
            "CREATE VIEW talks AS SELECT branch, day::date date, '甲' talker, '乙' listener FROM told",
        ):
            connection.execute(statement)
    done = docsmith("batch", "notice", "--data", url, "--out", "out", "--jobs", "1", "--json")
    failed = [one for one in json.loads(done.out)["documents"] if one["status"] == "failed"]
    assert done.code == 1
    # Some in each of four tickets: three that cannot be read at all would have ended the batch.
    assert {one["branch"] for one in failed} == {f"第{number}党支部" for number in range(7, 201, 10)}
    assert "table talks" in failed[0]["findings"][0]["message"]
    assert "110105194912310021" not in done.out + done.err
    for file in (workspace / "out").rglob("*"):
        assert not file.is_file() or b"110105194912310021" not in file.read_bytes()


def test_password_is_not_remembered_with_a_run(docsmith: Docsmith, workspace: Path, database: Path) -> None:
    url = f"sqlite:///{database}?password=secret-4711"
    docsmith("batch", "notice", "--data", url, "--out", "out", "--jobs", "1")
    for file in (workspace / "out").rglob("*"):
        assert not file.is_file() or b"secret-4711" not in file.read_bytes()
