"""Data that wants to break documents, leave the folder, or take another's file."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Docsmith
from tests.engine.data import text_of

NAMES = [
    "../../逃",
    "/etc/党支部",
    "C:\\党支部",
    "CON",
    "-rf",
    "R&D <党支部>",
    "{{ 7 * 7 }}支部",
    "支" * 300,
    "一/二支部",
    "一:二支部",
    "党\u202e支部",
    "末尾点...",
]


def test_every_branch_gets_a_document_of_its_own_inside_the_folder(
    docsmith: Docsmith, workspace: Path
) -> None:
    data = {"unit": {"name": "研究所", "year": 2026}, "branches": [{"name": name} for name in NAMES]}
    (workspace / "data.json").write_text(json.dumps(data), encoding="utf-8")
    before = {path for path in workspace.rglob("*") if path.is_file()}
    done = docsmith("render", "notice", "--data", "data.json", "--out", "out", "--json")
    documents = done.json["documents"]
    assert [one["status"] for one in documents] == ["written"] * len(NAMES), done.out
    assert len({one["path"] for one in documents}) == len(NAMES)
    written = {path for path in workspace.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(workspace / "out") for path in written)
    assert len([path for path in written if path.suffix == ".docx"]) == len(NAMES)


def test_what_a_name_says_stands_in_the_document_as_it_is(docsmith: Docsmith, workspace: Path) -> None:
    data = {"unit": {"name": "研究所", "year": 2026}, "branches": [{"name": name} for name in NAMES]}
    (workspace / "data.json").write_text(json.dumps(data), encoding="utf-8")
    documents = docsmith("render", "notice", "--data", "data.json", "--json").json["documents"]
    for document in documents:
        assert text_of(Path(document["path"]).read_bytes()).startswith(f"{document['branch']}：")
    assert [one["branch"] for one in documents][5:7] == ["R&D <党支部>", "{{ 7 * 7 }}支部"]
