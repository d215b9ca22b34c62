"""What the documentation site needs besides its pages, so that the same files read well on GitHub and there.

Pages link to files outside ``docs/`` as they lie in the repository. Those that are pages themselves
(:data:`OUTSIDE`) become part of the site; of a link to any other file, the text is left.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
# Where the site has them. None is called README: that would make it the first page of its section.
OUTSIDE = {
    "README.md": "repository/overview.md",
    "README.zh-CN.md": "repository/overview.zh-CN.md",
    "CHANGELOG.md": "repository/changelog.md",
    "fixtures/README.md": "repository/fixtures.md",
    **{
        path.relative_to(ROOT).as_posix(): f"repository/examples/{path.parent.name}.md"
        for path in sorted(ROOT.glob("examples/*/README.md"))
    },
}
_ORIGINS = {place: name for name, place in OUTSIDE.items()}
_LINK = re.compile(r"(?P<text>!?\[[^\]]*\])\((?P<target>(?![a-z]+:|#)[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_CODE_IN_TABLE = re.compile(r"`[^`\n]*`")
_HAN = "\u4e00-\u9fff\u3001-\u303f\uff01-\uffee“”"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_HAN}])\n *(?=[\u4e00-\u9fff“《（])")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the pages that lie outside ``docs/`` along."""
    from mkdocs.structure.files import File, InclusionLevel

    for name, place in OUTSIDE.items():
        file = File.generated(config, place, content=(ROOT / name).read_text(encoding="utf-8"))
        file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Return a page as the site needs it."""
    parts = _FENCED.split(markdown)
    return "".join(
        part if part.startswith("```") else relinked(readable(part), page.file.src_uri) for part in parts
    )


def readable(markdown: str) -> str:
    """Return prose without what GitHub and the site's Markdown take differently.

    GitHub wants a bar in code inside a table to be escaped; the site would show the escape. A line break
    between Chinese characters would print as a space.
    """
    lines = [
        _CODE_IN_TABLE.sub(lambda code: code[0].replace(r"\|", "|"), line) if line.startswith("|") else line
        for line in markdown.split("\n")
    ]
    return _BREAK_IN_CHINESE.sub("", "\n".join(lines))


def relinked(markdown: str, uri: str) -> str:
    """Return a page whose links fit the site; ``uri`` is where the site has it, below ``docs/``."""
    own = _ORIGINS.get(uri, f"docs/{uri}")

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(own), match["target"]))
        if target.startswith("docs/"):
            place = target.removeprefix("docs/")
        elif target in OUTSIDE:
            place = OUTSIDE[target]
        else:
            return match["text"].lstrip("!").strip("[]")
        path = posixpath.relpath(place, posixpath.dirname(uri) or ".")
        return f"{match['text']}({path}{match['anchor'] or ''})"

    return _LINK.sub(link, markdown)
