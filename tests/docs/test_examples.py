"""The examples of the documentation are run: every command line, and what it prints in essence."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from tools.make_docs import DOCS

ROOT = DOCS.parent
LANGUAGE = re.compile(r"<!-- examples: (en|zh_CN) -->")
BLOCK = re.compile(
    r"^```(?P<kind>[a-z]+)(?: title=\"(?P<file>[^\"]+)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES = sorted(page for page in DOCS.rglob("*.md") if LANGUAGE.search(page.read_text(encoding="utf-8")))
ANYTHING = "…"
_DONE = (0, 1)  # check ends with 1 where it finds errors


SAVED = re.compile(r"^<!-- saved: (?P<source>\S+) as (?P<target>\S+) -->$", re.MULTILINE)
ADDED = re.compile(r"^<!-- added: (?P<line>.+) to (?P<target>\S+) -->$", re.MULTILINE)


class Step(NamedTuple):
    """A command with what the page shows of its answer, or a file with what a person writes into it.

    ``adds`` tells that they write it at the top of what is there.
    """

    command: str = ""
    shown: tuple[str, ...] = ()
    file: str = ""
    content: bytes = b""
    adds: bool = False


def steps(page: str) -> Iterator[Step]:
    """Yield the commands and the files of a page in its order.

    What a person does in Word or in an editor is a comment: ``<!-- saved: A FILE OF OURS as FILE -->`` and
    ``<!-- added: LINE to FILE -->``.
    """
    matches = (one for pattern in (BLOCK, SAVED, ADDED) for one in pattern.finditer(page))
    found = sorted(matches, key=lambda match: match.start())
    for one in found:
        if one.re is SAVED:
            yield from _saved(ROOT / one["source"], one["target"])
        elif one.re is ADDED:
            yield Step(file=one["target"], content=f"{one['line']}\n".encode(), adds=True)
        elif one["file"]:
            yield Step(file=one["file"], content=one["text"].encode())
        elif one["kind"] == "console":
            for part in re.split(r"^\$ ", one["text"], flags=re.MULTILINE)[1:]:
                command, *shown = part.rstrip().split("\n")
                yield Step(command, tuple(shown))


def _saved(source: Path, target: str) -> Iterator[Step]:
    """Yield the file that somebody copies, or the files of a folder."""
    for file in [source] if source.is_file() else source.iterdir():
        if file.is_file():
            place = target if file == source else f"{target}/{file.name}"
            yield Step(file=place, content=file.read_bytes())


class Reader:
    """Somebody who does what a page says, in a folder with the sample unit."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DOCSMITH_LANG": language,
            "DOCSMITH_CACHE": str(folder / ".cache"),
            **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"), str(folder / ".config")),
            "PYTHONUTF8": "1",
        }
        shutil.copytree(ROOT / "fixtures" / "示例单位", folder / "fixtures" / "示例单位")
        shutil.copy(ROOT / "docsmith.toml", folder)

    def do(self, step: Step) -> None:
        if step.file:
            file = self.folder / step.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(step.content + (file.read_bytes() if step.adds else b""))
            return
        name, *arguments = shlex.split(step.command, comments=True)
        if name == "cd":
            self.folder = self.folder / arguments[0]
            return
        assert name in ("docsmith", "pytest"), f"a page may not run this: {step.command}"
        done = subprocess.run(
            [sys.executable, "-m", name, *arguments],
            cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        printed = done.stdout + done.stderr
        assert done.returncode in _DONE, f"$ {step.command}\n{printed}"
        missing = unlike(step.shown, printed)
        assert missing is None, f"$ {step.command}\ndoes not print: {missing}\nbut:\n{printed}"


def unlike(shown: Sequence[str], printed: str) -> str | None:
    """Return the first line of a page that a command does not print, in the order of the page.

    How many blanks stand between words does not matter; ``…`` stands for anything, also within a line.
    """
    lines = iter([" ".join(line.split()) for line in printed.split("\n")])
    for line in shown:
        wanted = " ".join(line.split())
        pattern = re.compile(".*".join(map(re.escape, wanted.split(ANYTHING))))
        if wanted not in ("", ANYTHING) and not any(pattern.fullmatch(one) for one in lines):
            return line
    return None


def test_there_are_pages_with_examples() -> None:
    assert len(PAGES) >= 4


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_examples_of_the_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    language = LANGUAGE.search(text)
    assert language
    reader = Reader(tmp_path, language[1])
    found = list(steps(text))
    assert any(step.command for step in found)
    for step in found:
        reader.do(step)


@pytest.mark.parametrize(
    "page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix()
)
def test_page_with_console_examples_says_in_which_language_they_are_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert page in PAGES or "```console" not in text


@pytest.mark.parametrize(
    ("shown", "fits"),
    [
        (["a  b", "d"], True),
        (["a…", "…d"], True),
        (["d", "a b"], False),
        (["a"], False),
        (["…", "c", "…"], True),
    ],
)
def test_lines_are_looked_for_in_their_order(shown: list[str], fits: bool) -> None:
    assert (unlike(shown, "a b\nc\nd\n") is None) is fits
