"""``docsmith render --watch``: a person edits, saves, and looks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Docsmith
from tests.plugins_for_tests import make_plugin
from tests.waiting import LONG, wait_until, written

WAITING = "Ctrl-C"


class Watching:
    """A command that goes on, and what it has said so far."""

    def __init__(self, folder: Path, *args: str) -> None:
        self.folder = folder
        self._out = folder / "said.log"
        with self._out.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "docsmith", "render", *args, "--watch"],
                stdout=stream,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={
                    **os.environ,
                    "XDG_CONFIG_HOME": str(folder / "config"),
                    "DOCSMITH_CACHE": str(folder / "cache"),
                    "DOCSMITH_LANG": "en",
                    "PYTHONUTF8": "1",
                },
            )
        self.passes = 0
        self.next_pass()

    @property
    def said(self) -> str:
        return written(self._out)

    def next_pass(self) -> str:
        """Return what was said until the command waited once more."""
        before = self.said
        self.passes += 1
        wait_until(lambda: self.said.count(WAITING) >= self.passes or self.process.poll() is not None)
        assert self.process.poll() is None, self.said
        return self.said[len(before) :]

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONG)


@pytest.fixture
def watching(workspace: Path) -> Iterator[Watching]:
    found = Watching(workspace, "notice", "--branch", "第一党支部")
    yield found
    if found.process.poll() is None:
        found.process.kill()
        found.process.wait()


def text_of(folder: Path, name: str = "第一党支部-通知.docx") -> str:
    (path,) = (folder / "输出").rglob(name)
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def write_template(folder: Path, text: str, plugin: str = "notice") -> None:
    """Save a template as Word does."""
    document = docx.Document()
    document.add_paragraph(text)
    path = folder / "文种" / plugin / "template.docx"
    document.save(str(path.with_name("~WRD0000.tmp")))
    path.with_name("~WRD0000.tmp").replace(path)


def test_a_document_is_made_again_when_its_template_is_saved(watching: Watching) -> None:
    assert text_of(watching.folder) == "第一党支部：张三"
    write_template(watching.folder, "书记{{ 支部.书记 }}")
    assert "template.docx" in watching.next_pass()
    assert text_of(watching.folder) == "书记张三"


def test_a_document_is_made_again_when_the_data_are_saved(watching: Watching) -> None:
    data = watching.folder / "数据" / "支部.csv"
    data.write_text(data.read_text(encoding="utf-8").replace("张三", "李四"), encoding="utf-8")
    watching.next_pass()
    assert text_of(watching.folder) == "第一党支部：李四"


def test_a_document_is_made_again_when_the_plugin_is_saved(watching: Watching) -> None:
    manifest = watching.folder / "文种" / "notice" / "plugin.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("-通知", "-告知"), encoding="utf-8")
    watching.next_pass()
    assert text_of(watching.folder, "第一党支部-告知.docx") == "第一党支部：张三"


def test_mistakes_are_told_and_may_be_mended(watching: Watching) -> None:
    write_template(watching.folder, "{{ 支部.数记 }}")
    assert "数记" in watching.next_pass()
    settings = watching.folder / "docsmith.toml"
    right = settings.read_text(encoding="utf-8")
    settings.write_text("data = [", encoding="utf-8")
    assert "docsmith.toml" in watching.next_pass()
    settings.write_text(right, encoding="utf-8")
    watching.next_pass()
    write_template(watching.folder, "{{ 支部.书记 }}")
    watching.next_pass()
    assert text_of(watching.folder) == "张三"


def test_a_document_that_a_person_has_edited_stays(watching: Watching) -> None:
    (path,) = (watching.folder / "输出").rglob("第一党支部-通知.docx")
    document = docx.Document(str(path))
    document.add_paragraph("手写的一段")
    document.save(str(path))
    write_template(watching.folder, "新的{{ 支部.书记 }}")
    watching.next_pass()
    assert "手写的一段" in text_of(watching.folder)
    others = [one for one in path.parent.glob("*.docx") if one != path]
    assert [docx.Document(str(one)).paragraphs[0].text for one in others] == ["新的张三"]


def test_only_the_type_whose_template_was_saved_is_made_and_compiled_again(workspace: Path) -> None:
    make_plugin(workspace / "文种", "report", "报告", text="报告{{ 支部.书记 }}")
    watching = Watching(workspace, "notice", "report", "--branch", "第一党支部")
    try:
        cache = {path: path.stat().st_mtime_ns for path in (workspace / "cache").iterdir()}
        write_template(workspace, "改过的报告", "report")
        said = watching.next_pass()
        fresh = [path for path in (workspace / "cache").iterdir() if path not in cache]
        assert "报告" in said
        assert "通知" not in said
        assert len(fresh) == 1
    finally:
        watching.end()


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_it_cleanly(watching: Watching) -> None:
    assert watching.end() == 0
    assert watching.said.endswith("Ended.\n")
    assert "Traceback" not in watching.said


def test_a_type_that_is_not_there_ends_it_at_once(docsmith: Docsmith, workspace: Path) -> None:
    done = docsmith("render", "notise", "--watch")
    assert done.code == 2
    assert "notice" in done.err


def test_one_json_object_cannot_go_on_for_ever(docsmith: Docsmith, workspace: Path) -> None:
    assert docsmith("render", "notice", "--watch", "--json").code == 2
