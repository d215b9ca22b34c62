"""The examples of pages: what a reader types, what comes of it, and what a test cannot do for them.

A page with examples says in which language they are run, ``<!-- examples: en -->``; with ``each section``
behind that, every section (``##``) begins anew with what stands before the first one. Of its blocks

- ``console`` has commands after ``$``, each with what it prints in essence: ``…`` stands for anything;
- ``sh`` has commands alone, one in each line;
- a block with ``title="FILE"`` is a file with its content.

What cannot be run by a test says so to its reader in a comment, behind it or in the line above,
``# as one PDF (needs LibreOffice)``, ``# 合成一本（需要 LibreOffice）``, or for all of a block in the line of
prose that it follows. What a person does in Word, in an editor or before the page begins is a comment of the
page: ``<!-- saved: A FILE OR FOLDER OF OURS as FILE -->``, ``<!-- added: LINE to FILE -->``,
``<!-- prepared: COMMAND -->``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGES: Sequence[Path] = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")]
)
# What a command may need that a test does not have, as English and Chinese pages call it.
NEEDS = {
    "a cluster": "集群",
    "a database server": "数据库服务器",
    "a package index": "联网",
    "a quiet machine": "空闲的机器",
    "docxtpl's own templates": "docxtpl 的模板",
    "LibreOffice": "LibreOffice",
}
_ENGLISH = {chinese: english for english, chinese in NEEDS.items()}
_NEEDS = re.compile(r"\(needs (?P<english>[^)]+)\)|（需要 ?(?P<chinese>[^）]+)）")
_LANGUAGE = re.compile(r"<!-- examples: (?P<language>en|zh_CN)(?P<sections>, each section)? -->")
_BLOCK = re.compile(
    r"^```(?P<kind>[a-z]*)(?: title=\"(?P<file>[^\"]+)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SAVED = re.compile(r"^<!-- saved: (?P<source>\S+) as (?P<target>\S+) -->$", re.MULTILINE)
_ADDED = re.compile(r"^<!-- added: (?P<line>.+) to (?P<target>\S+) -->$", re.MULTILINE)
_PREPARED = re.compile(r"^<!-- prepared: (?P<command>.+) -->$", re.MULTILINE)


class File(NamedTuple):
    """A file with what a person writes into it; ``adds`` tells that it goes to the top of what is there."""

    name: str
    content: bytes
    adds: bool = False


class Command(NamedTuple):
    """A command line, with what the page shows of its answer, and what it needs that a test does not have.

    ``shown`` is ``None`` where the page shows nothing. ``told`` is false for what only prepares a page.
    """

    line: str
    shown: Sequence[str] | None = None
    needs: str = ""
    told: bool = True


def language(page: str) -> str:
    """Return the language in which the examples of a page are run; an empty text where it has none."""
    found = _LANGUAGE.search(page)
    return found["language"] if found else ""


def runs(page: str) -> Iterator[tuple[str, list[Command | File]]]:
    """Yield what is done from beginning to end: once for a page, or for each of its sections.

    Each comes with its heading, which is empty for a whole page.
    """
    found = _LANGUAGE.search(page)
    if found and found["sections"]:
        first, *sections = re.split(r"^## ", page, flags=re.MULTILINE)
        for section in sections:
            yield section.partition("\n")[0], [*steps(first), *steps(section)]
    else:
        yield "", list(steps(page))


def steps(page: str) -> Iterator[Command | File]:
    """Yield the commands and the files of a page in its order."""
    matches = [one for pattern in (_BLOCK, _SAVED, _ADDED, _PREPARED) for one in pattern.finditer(page)]
    for one in sorted(matches, key=lambda match: match.start()):
        if one.re is _SAVED:
            yield from _saved(ROOT / one["source"], one["target"])
        elif one.re is _ADDED:
            yield File(one["target"], f"{one['line']}\n".encode(), adds=True)
        elif one.re is _PREPARED:
            yield Command(one["command"], told=False)
        elif one["file"]:
            yield File(one["file"], one["text"].encode())
        else:
            above = _needed(_line_above(page[: one.start()]))
            found = _console(one["text"]) if one["kind"] == "console" else _shell(one["text"])
            if one["kind"] in ("console", "sh"):
                yield from (command._replace(needs=command.needs or above) for command in found)


def _line_above(text: str) -> str:
    """Return the line of prose that a block follows."""
    lines = [line for line in text.rstrip().split("\n") if not line.startswith("<!--")]
    return next((line for line in reversed(lines) if line), "")


def _saved(source: Path, target: str) -> Iterator[File]:
    """Yield the file that somebody copies, or all files of a folder."""
    for file in [source] if source.is_file() else sorted(source.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            place = target if file == source else f"{target}/{file.relative_to(source).as_posix()}"
            yield File(place, file.read_bytes())


def _console(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *shown = part.rstrip().split("\n")
        yield Command(line, tuple(shown), _needed(line.partition("#")[2]))


def _shell(text: str) -> Iterator[Command]:
    """Yield the commands of a block; one that ends with a backslash goes on in the next line."""
    above = ""
    for line in text.replace("\\\n", " ").split("\n"):
        if line.startswith("#"):
            above = line
        elif line.strip():
            yield Command(line, needs=_needed(line.partition("#")[2]) or _needed(above))
            above = ""


def _needed(line: str) -> str:
    """Return what a line says that a command needs, by its English name."""
    found = _NEEDS.search(line)
    if not found:
        return ""
    need = _ENGLISH.get(found["chinese"], found["chinese"]) if found["chinese"] else found["english"]
    assert need in NEEDS, f"a page may not need this, or tools/page_examples.py has to know it: {need}"
    return need


def counted() -> Iterator[str]:
    """Yield how many commands of all pages are run, and what the others need."""
    told = [
        step
        for page in PAGES
        for step in steps(page.read_text(encoding="utf-8"))
        if isinstance(step, Command) and step.told
    ]
    left = Counter(step.needs for step in told if step.needs)
    needs = ", ".join(f"{need} ({count})" for need, count in left.most_common())
    run = len(told) - left.total()
    yield f"Tests run {run} of the {len(told)} command lines of all pages, README included."
    yield f"The others say beside them what they need: {needs}."
