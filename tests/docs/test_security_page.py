"""The limits on the page about security are those of the code, all of them."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from tools.make_docs import DOCS

PAGE = (DOCS / "security.md").read_text(encoding="utf-8")
LIMITS = dict(re.findall(r"^\| `([\w.]+\.MAX_\w+)` \| ([\d,]+) \| \S", PAGE, re.MULTILINE))
MODULES = (
    "_zips", "template.language.guards", "template.language.journal", "template.limits",
    "template.package.oxml", "template.package.reading", "template.values",
)  # fmt: skip
OWN = [
    f"{name}.{constant}"
    for name in MODULES
    for constant in re.findall(
        r"^(MAX_\w+) =",
        (DOCS.parent / "src/docsmith" / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
]


@pytest.mark.parametrize("limit", OWN)
def test_the_page_has_every_limit_as_it_is(limit: str) -> None:
    name, constant = limit.rsplit(".", 1)
    value = getattr(import_module(f"docsmith.{name}"), constant)
    assert LIMITS.get(limit) == f"{value:,}"


def test_the_page_has_no_limit_that_is_gone() -> None:
    assert set(LIMITS) == set(OWN)
