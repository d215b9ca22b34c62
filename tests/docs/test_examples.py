"""The examples of the documentation are run: every command line, and what it prints in essence."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tools.page_examples import PAGES, ROOT, Command, File, language, runs, steps

ANYTHING = "…"
# What a page may be about: the commands of a reader who has docsmith and nothing else.
_RUNS = ("cd", "docsmith", "pytest", "python")
_TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
EXAMPLES = [
    pytest.param(language(text), found, id=f"{name} {heading}".rstrip())
    for name, text in _TEXTS.items()
    for heading, found in runs(text)
    if any(isinstance(step, Command) and not step.needs for step in found)
]


class Reader:
    """Somebody who does what a page says, in a folder with what a clone has for its readers."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DOCSMITH_LANG": language,
            "DOCSMITH_CACHE": str(folder / ".cache"),
            **dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"), str(folder / ".config")),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
        }
        for name in ("fixtures/示例单位", "examples"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "docsmith.toml", folder)

    def write(self, file: File) -> None:
        path = self.folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content + (path.read_bytes() if file.adds else b""))

    def do(self, command: Command) -> None:
        name, *arguments = shlex.split(command.line, comments=True)
        assert name in _RUNS, f"a test may not run this: {command.line}"
        if name == "cd":
            self.folder = self.folder / arguments[0]
            return
        run = self._watch if "--watch" in arguments else self._run
        module = [] if name == "python" else ["-m", name]
        code, printed = run([sys.executable, *module, *arguments])
        assert code in _codes(command, arguments), f"$ {command.line}\n{printed}"
        missing = unlike(command.shown or (), printed)
        assert missing is None, f"$ {command.line}\ndoes not print: {missing}\nbut:\n{printed}"

    def _run(self, words: list[str]) -> tuple[int, str]:
        done = subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8"
        )
        return done.returncode, done.stdout + done.stderr

    def _watch(self, words: list[str]) -> tuple[int, str]:
        """Let a command that goes on make its documents, then press Ctrl-C."""
        with subprocess.Popen(
            words, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8"
        ) as running:
            assert running.stdout
            printed = ""
            while line := running.stdout.readline():
                printed += line
                if "Ctrl-C" in line:
                    running.send_signal(signal.SIGINT)
            return running.wait(60), printed


def _codes(command: Command, arguments: list[str]) -> tuple[int, ...]:
    """Return the exit codes that a page may have: what is found may be an error, and so may what it shows."""
    if "--watch" in arguments:
        return (0, 130)
    return (0, 1) if command.shown is not None or "check" in arguments[:2] else (0,)


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


@pytest.mark.parametrize(("language", "found"), EXAMPLES)
def test_examples_of_the_page_do_what_it_says(
    language: str, found: list[Command | File], tmp_path: Path
) -> None:
    assert language, "the page does not say in which language its examples are run: <!-- examples: en -->"
    reader = Reader(tmp_path, language)
    for step in found:
        if isinstance(step, File):
            reader.write(step)
        elif not step.needs:
            reader.do(step)


@pytest.mark.parametrize("name", _TEXTS)
def test_commands_stand_where_they_are_run(name: str) -> None:
    blocks = re.findall(r"^```(.*)\n(.*?)^```$", _TEXTS[name], re.MULTILINE | re.DOTALL)
    elsewhere = "\n".join(text for kind, text in blocks if kind not in ("sh", "console"))
    lines = re.findall(r"^(?:\$ )?(?:docsmith [a-z]+\b|pip ).*", elsewhere, re.MULTILINE)
    assert [line for line in lines if "[OPTIONS]" not in line] == []


def test_a_command_that_is_not_run_says_what_it_needs() -> None:
    page = (
        "```sh\n# a PDF (needs LibreOffice)\na b \\\n  c\nd\n```\n"
        "```console\n$ e # 生成（需要集群）\nf\n```\n"
        "With pip (needs a package index):\n<!-- saved -->\n\n```sh\ng\n```\n"
    )
    assert list(steps(page)) == [
        Command("a b    c", needs="LibreOffice"),
        Command("d"),
        Command("e # 生成（需要集群）", ("f",), needs="a cluster"),
        Command("g", needs="a package index"),
    ]


def test_a_need_that_nobody_knows_is_no_excuse() -> None:
    with pytest.raises(AssertionError, match="good weather"):
        list(steps("```sh\ndocsmith render  # (needs good weather)\n```\n"))


def test_sections_of_a_page_begin_with_what_stands_before_them() -> None:
    first = "<!-- examples: en, each section -->\n<!-- prepared: a -->\n"
    page = f"{first}## b\n```sh\nc\n```\n## d\n```sh\ne\n```\n"
    lines = {name: [step.line for step in found if isinstance(step, Command)] for name, found in runs(page)}
    assert lines == {"b": ["a", "c"], "d": ["a", "e"]}


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
