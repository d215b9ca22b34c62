"""The examples are as their descriptions and the tutorials have them, and nothing is wrong with them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from tools.make_docs import DOCS
from tools.make_templates import EXAMPLES, build

from docsmith.testing import Workspace, small_unit
from tests.pages import needs_pages, page_texts

SIGN_IN = EXAMPLES["meeting-sign-in"].parent
PLUGINS = {"meeting-sign-in": SIGN_IN, "party-dues": EXAMPLES["party-dues"].parent}


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_committed_document_is_what_its_description_makes(name: str) -> None:
    assert members(EXAMPLES[name].read_bytes()) == members(build(name)), "run ./dev templates"


@pytest.mark.parametrize("page", ["template-author.md", "template-author.zh.md"])
def test_manifest_of_the_tutorial_is_that_of_the_example(page: str) -> None:
    text = (DOCS / "tutorial" / page).read_text(encoding="utf-8")
    shown = re.findall(r"^```toml title=[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert shown == [(SIGN_IN / "plugin.toml").read_text(encoding="utf-8")]


def test_example_for_authors_of_templates_has_no_python() -> None:
    assert not list(SIGN_IN.rglob("*.py"))


@pytest.mark.parametrize("name", PLUGINS)
def test_nothing_is_wrong_with_an_example(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    workspace = Workspace.make(tmp_path / "workspace", small_unit(), [PLUGINS[name]])
    answer = workspace.run("plugin", "check", str(PLUGINS[name]), "--trust", name, "--json")
    assert answer.json["findings"] == []
    assert answer.code == 0


def test_sign_in_sheet_has_the_members_and_is_made_for_meetings_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    workspace = Workspace.make(tmp_path / "workspace", small_unit(), [SIGN_IN])
    made = workspace.render_all("会议签到表")
    assert [one.path.name for one in made] == [
        "第一党支部-2026年3月5日-支部党员大会-会议签到表.docx",
        "第一党支部-2026年6月30日-主题党日-会议签到表.docx",
    ]
    assert [row[1] for row in made[0].document.tables[1].texts()[1:]] == ["张　三", "李　四", "王　五"]


@needs_pages
def test_register_of_a_small_branch_has_one_page_for_each_quarter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    data = small_unit() | {"单位": {"单位名称": "江枫市科学技术研究院机关党委", "年度": "2026"}}
    workspace = Workspace.make(tmp_path / "workspace", data, [PLUGINS["party-dues"]])
    made = workspace.render("party-dues", "第二党支部", "--trust", "party-dues")
    pages = page_texts(made.path.read_bytes(), tmp_path)
    assert ["季度" in page and "合计" in page and "注：" in page for page in pages] == [True] * 4
