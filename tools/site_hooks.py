"""What the documentation site needs besides its pages: links that work on GitHub work there, too.

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
OUTSIDE = (
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "fixtures/README.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("examples/*/README.md"))),
)
_COPIES = "repository"
_LINK = re.compile(r"(?P<text>!?\[[^\]\n]*\])\((?P<target>(?![a-z]+:|#)[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the pages that lie outside ``docs/`` along."""
    from mkdocs.structure.files import File, InclusionLevel

    for name in OUTSIDE:
        content = (ROOT / name).read_text(encoding="utf-8")
        file = File.generated(config, f"{_COPIES}/{name}", content=content)
        file.inclusion = InclusionLevel.NOT_IN_NAV
        files.append(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Let links lead where the site has the file."""
    return relinked(markdown, page.file.src_uri)


def relinked(markdown: str, uri: str) -> str:
    """Return a page whose links fit the site; ``uri`` is where the site has it, below ``docs/``."""
    own = uri.removeprefix(f"{_COPIES}/") if uri.startswith(f"{_COPIES}/") else f"docs/{uri}"

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(own), match["target"]))
        if target.startswith("docs/"):
            place = target.removeprefix("docs/")
        elif target in OUTSIDE:
            place = f"{_COPIES}/{target}"
        else:
            return match["text"].lstrip("!").strip("[]")
        path = posixpath.relpath(place, posixpath.dirname(uri) or ".")
        return f"{match['text']}({path}{match['anchor'] or ''})"

    return _LINK.sub(link, markdown)
