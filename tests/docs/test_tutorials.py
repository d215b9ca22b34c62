"""The tutorials lead through the same steps in both languages, and show them."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from tools.make_docs import DOCS
from tools.page_examples import Command, steps

CHINESE = sorted((DOCS / "tutorial").glob("*.zh.md"))


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".zh.md", ".md"))


def outline(page: Path) -> list[tuple[str, ...]]:
    """Return what is done and shown: commands and options, files, pictures; no names, which differ."""
    text = page.read_text(encoding="utf-8")
    done = [
        tuple(re.findall(r"^\S+|(?<= )(?:-\S+|[a-z]+)(?= |$)", step.line))
        if isinstance(step, Command)
        else (step.name, sha256(step.content).hexdigest())
        for step in steps(text)
    ]
    return [*done, *((picture,) for picture in re.findall(r"pictures/\S+\.png", text))]


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)
def test_both_languages_do_and_show_the_same(page: Path) -> None:
    assert outline(page) == outline(english(page))


@pytest.mark.parametrize("name", ["template-author.md", "template-author.zh.md"])
def test_each_step_of_the_tutorial_for_authors_of_templates_has_its_picture(name: str) -> None:
    _, *sections = re.split(
        r"^## ", (DOCS / "tutorial" / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    without = [section.partition("\n")[0] for section in sections if "../pictures/" not in section]
    assert without in (["Next"], ["接着看"])
