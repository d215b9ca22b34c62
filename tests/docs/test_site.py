"""The same pages read well on GitHub and on the site."""

from __future__ import annotations

import re

import pytest
from tools.make_docs import DOCS
from tools.site_hooks import OUTSIDE, readable, relinked


@pytest.mark.parametrize(
    ("uri", "markdown", "there"),
    [
        ("batch.md", "[a](engine.md#x)", "[a](engine.md#x)"),
        ("batch.md", "[a](../README.md#two-commands)", "[a](repository/overview.md#two-commands)"),
        ("tutorial/developer.md", "[a](../hooks.md)", "[a](../hooks.md)"),
        (
            "tutorial/developer.md",
            "[a](../../examples/party-dues/README.md)",
            "[a](../repository/examples/party-dues.md)",
        ),
        ("repository/examples/party-dues.md", "[kit](../../docs/testing.md)", "[kit](../../testing.md)"),
        ("repository/changelog.md", "![p](docs/pictures/a.png)", "![p](../pictures/a.png)"),
        ("architecture.md", "[a test](../tests/test_layers.py)", "a test"),
        ("batch.md", "[a](https://example.org) [b](#c)", "[a](https://example.org) [b](#c)"),
    ],
)
def test_links_lead_where_the_site_has_the_file(uri: str, markdown: str, there: str) -> None:
    assert relinked(markdown, uri) == there


def test_bar_in_code_of_a_table_is_shown_without_its_escape() -> None:
    assert readable("| `a\\|b` | c\\|d |\n`e\\|f`") == "| `a|b` | c\\|d |\n`e\\|f`"


def test_line_break_between_chinese_is_no_space() -> None:
    page = "每次会议，\n只剩签字\n- 一，\n  二\nend\n签字"
    assert readable(page) == "每次会议，只剩签字\n- 一，二\nend\n签字"


def test_no_page_from_outside_takes_the_place_of_another() -> None:
    assert len(set(OUTSIDE.values())) == len(OUTSIDE)
    assert "examples/party-dues/README.md" in OUTSIDE


def test_every_page_is_in_the_navigation() -> None:
    navigation = (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    named = set(re.findall(r"(\S+\.md)$", navigation, re.MULTILINE))
    assert {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} - named == set()
