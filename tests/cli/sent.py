"""Plugins that somebody has sent, and what commands say of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.conftest import Answer
from tests.plugins_for_tests import make_plugin

HELLO = (
    "from docsmith.plugin import hookimpl\n"
    "@hookimpl\n"
    "def docsmith_build_context(dossier, document_type, verdicts):\n"
    "    return {'greeting': '您好'}\n"
)
ITEMS = """
[[sheets]]
name = "items"
title = "谈话项目"
scope = "unit"
rows = "items.csv"
columns = [
  { name = "text", title = "内容", required = true },
  { name = "weight", title = "分值", kind = "count" },
]
"""


def letter(parent: Path, **changes: str) -> Path:
    return make_plugin(
        parent, **{"plugin_id": "letter", "title": "来信", "text": "{{ 支部.书记 }}"} | changes
    )


def hello(parent: Path) -> Path:
    return make_plugin(parent, "hello", "问候", python=HELLO, text="{{ greeting }}")


def with_version(folder: Path, version: str) -> Path:
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"1.0"', f'"{version}"'), encoding="utf-8")
    return folder


def codes(answer: Answer) -> list[str]:
    return [one["code"] for one in answer.json["findings"]]


def states(answer: Answer) -> dict[str, str]:
    return {one["id"]: one["state"] for one in answer.json["plugins"]}


def zip_of(folder: Path, file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return file
