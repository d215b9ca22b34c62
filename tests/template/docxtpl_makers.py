"""Values for contexts: docsmith's own, and docxtpl's for one of its template objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docxtpl

from docsmith.template import rich


@dataclass
class Docsmith:
    folder: Path

    def rich(self, *pieces: tuple[str, Mapping[str, Any]], link: str = "") -> rich.RichText:
        made = rich.RichText()
        for text, form in pieces:
            made.add(text, **form, link=link or None)
        return made

    def paragraphs(self, *paragraphs: tuple[Any, str | None]) -> rich.RichTextParagraph:
        made = rich.RichTextParagraph()
        for text, style in paragraphs:
            made.add(text, style)
        return made

    def listing(self, text: str) -> rich.Listing:
        return rich.Listing(text)

    def picture(self, name: str, **size: Any) -> rich.InlineImage:
        return rich.InlineImage(self.folder / name, **size)

    def document(self, name: str) -> rich.Subdoc:
        return rich.Subdoc(self.folder / name)


@dataclass
class Docxtpl:
    folder: Path
    template: docxtpl.DocxTemplate

    def rich(self, *pieces: tuple[str, Mapping[str, Any]], link: str = "") -> docxtpl.RichText:
        made = docxtpl.RichText()
        for text, form in pieces:
            made.add(text, **form, url_id=self.template.build_url_id(link) if link else None)
        return made

    def paragraphs(self, *paragraphs: tuple[Any, str | None]) -> docxtpl.RichTextParagraph:
        made = docxtpl.RichTextParagraph()
        for text, style in paragraphs:
            made.add(text, style)
        return made

    def listing(self, text: str) -> docxtpl.Listing:
        return docxtpl.Listing(text)

    def picture(self, name: str, **size: Any) -> docxtpl.InlineImage:
        return docxtpl.InlineImage(self.template, str(self.folder / name), **size)

    def document(self, name: str) -> Any:
        return self.template.new_subdoc(str(self.folder / name))
