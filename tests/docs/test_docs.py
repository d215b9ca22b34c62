"""The documentation says what the code does, and names nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from docsmith.cli import cli
from docsmith.plugin.manifest import ColumnTable, Manifest, SheetTable
from docsmith.template.environment import environment
from tools.make_docs import DOCS, refreshed

ROOT = DOCS.parent
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "fixtures/README.md"])


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_generated_parts_are_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run ./dev docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_pages_exist_with_their_options(page: Path) -> None:
    for name, rest in re.findall(r"\bdocsmith (\w+)(.*)", page.read_text(encoding="utf-8")):
        if not name.isascii() or name in ("makes", "derives", "itself", "never"):
            continue
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, name
        options = {option for parameter in command.params for option in parameter.opts}
        used = re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", rest.partition("#")[0])
        assert set(used) <= options, (name, used)


def test_every_key_of_a_manifest_is_documented() -> None:
    page = (DOCS / "document-types.md").read_text(encoding="utf-8")
    for table in (Manifest, SheetTable, ColumnTable):
        names = {field.alias or name for name, field in table.model_fields.items()}
        assert {name for name in names if not re.search(rf"\b{name}\b", page)} == set()


def test_every_filter_of_docsmith_is_documented() -> None:
    page = (DOCS / "document-types.md").read_text(encoding="utf-8")
    chinese = {name for name in environment().filters if not name.isascii()}
    assert {name for name in chinese if f"`{name}" not in page and f"|{name}" not in page} == set()
