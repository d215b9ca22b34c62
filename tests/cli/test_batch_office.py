"""The night of a party office: hundreds of branches, some of them bad, from files and from databases."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.office import command, documents, environment, run, spoil, tables_of, write_workbook
from tests.postgres import Server, running
from tests.waiting import LONG, wait_until

TYPES = ("self-check", "problem-list")


def test_five_bad_branches_of_five_hundred_are_named_mended_and_made(tmp_path: Path) -> None:
    bad = {
        "第7党支部": "昨天",
        "第99党支部": "2026-13-01",
        "第250党支部": "三月",
        "第300党支部": "?",
        "第499党支部": "0",
    }
    tables = tables_of(500)
    tables["activities"] = [  # one of each branch: what takes time is to read and write the workbook
        {"branch": one["name"], "kind": "党课", "date": "2026-03-10"} for one in tables["branches"]
    ]
    write_workbook(tmp_path / "数据.xlsx", tables)
    spoiled = spoil(tmp_path / "数据.xlsx", "组织生活", "日期", bad)
    done = run(tmp_path, "batch", "self-check", "--data", "数据.xlsx", "--out", "out", "--json")
    assert done.returncode == 1, done.stderr
    answer = json.loads(done.stdout)
    failed = [one for one in answer["documents"] if one["status"] == "failed"]
    assert [one["status"] for one in answer["documents"]].count("written") == 495
    assert [one["branch"] for one in failed] == list(bad)
    told = {one["branch"]: [(at["sheet"], at["cell"]) for at in one["findings"]] for one in failed}
    assert told == {branch: [("组织生活", cell)] for branch, cell in spoiled.items()}
    mended = _mend(tmp_path / answer["retry"], set(bad.values()))
    assert mended == 5
    again = run(tmp_path, "batch", "self-check", "--data", answer["retry"], "--out", "out", "--json")
    assert again.returncode == 0, again.stdout
    made = json.loads(again.stdout)["documents"]
    assert [(one["branch"], one["status"]) for one in made] == [(name, "written") for name in bad]
    assert len(documents(tmp_path / "out")) == 500


def _mend(workbook: Path, bad: set[str]) -> int:
    """Write a date into each cell that holds a bad value and has a note; return how many there were."""
    book = load_workbook(workbook)
    cells = [cell for row in book["组织生活"].iter_rows() for cell in row]
    cells = [cell for cell in cells if cell.value in bad and cell.comment]
    for cell in cells:
        cell.value = "2026-03-15"
    book.save(workbook)
    return len(cells)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_workbook(folder / "数据.xlsx", tables_of(110))  # three tickets
    done = run(folder, "batch", *TYPES, "--data", "数据.xlsx", "--out", "files")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def postgres() -> Iterator[Server]:
    """A PostgreSQL; its folder is not below pytest's, which only its owner may enter."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


def test_a_database_of_sqlite_gives_the_same_documents_as_the_workbook(office: Path) -> None:
    databases = pytest.importorskip("tests.sources.databases")
    databases.sqlite(office / "党建.db", databases.rows_of(office / "数据.xlsx"))
    done = run(office, "batch", *TYPES, "--data", "sqlite:///党建.db", "--out", "sqlite", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert documents(office / "sqlite") == documents(office / "files")


def test_a_real_postgresql_gives_the_same_documents_as_the_workbook(office: Path, postgres: Server) -> None:
    databases = pytest.importorskip("tests.sources.databases")
    url = databases.fill(postgres.make("batch"), databases.rows_of(office / "数据.xlsx"))
    done = run(office, "batch", *TYPES, "--data", url, "--out", "postgres", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert documents(office / "postgres") == documents(office / "files")
    assert "4711" not in done.stdout + done.stderr


def test_two_workers_of_a_cluster_of_which_one_is_killed_make_the_same_documents(
    office: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install distributed")
    from tests.engine.crew.offices import Office

    out = office / "clustered"
    with Office(tmp_path) as cluster:
        cluster.employ(2)
        process = subprocess.Popen(
            command("batch", *TYPES, "--data", "数据.xlsx", "--out", out, "--engine", cluster.engine),
            cwd=office,
            env=environment(office),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        wait_until(lambda: list(out.glob("2026/*/*.docx")) or process.poll() is not None)
        os.killpg(cluster.processes[1].pid, signal.SIGKILL)
        assert process.poll() is None, "it had ended before the kill"
        told, complaint = process.communicate(timeout=LONG)
    assert process.returncode == 0, told + complaint
    assert documents(out) == documents(office / "files")
