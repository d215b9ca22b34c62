"""A command line to type into, in a folder of its own, that sees nothing of the machine's."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from docsmith.cli.funnel import run
from tests.cli.copies import make_office
from tests.plugins_for_tests import make_plugin

BRANCHES = "支部名称,书记\n第一党支部,张三\n第二党支部,\n"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Docsmith = Callable[..., Answer]


@pytest.fixture
def docsmith(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Docsmith:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("docsmith._resources.bundled_folder", lambda kind: tmp_path / "bundled" / kind)

    def type_in(*args: str) -> Answer:
        capfd.readouterr()
        code = run(args)
        captured = capfd.readouterr()
        return Answer(code, captured.out, captured.err)

    return type_in


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with two branches and one type of its own, 通知."""
    (tmp_path / "数据").mkdir()
    (tmp_path / "数据" / "支部.csv").write_text(BRANCHES, encoding="utf-8")
    (tmp_path / "数据" / "单位.csv").write_text("项目,内容\n单位名称,研究所\n年度,2026\n", encoding="utf-8")
    make_plugin(tmp_path / "文种", text="{{ 支部.支部名称 }}：{{ 支部.书记 }}")
    settings = "data = '数据'\nplugins = '文种'\n"
    (tmp_path / "docsmith.toml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.fixture
def rows_office(tmp_path: Path) -> Path:
    """A workspace with a type for each talk, one for each full member, and one for the unit: its data."""
    return make_office(tmp_path)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with what somebody has sent."""
    folder = tmp_path / "发来的"
    folder.mkdir()
    return folder
