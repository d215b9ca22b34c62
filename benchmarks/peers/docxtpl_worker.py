"""docxtpl, and rust-docxtpl, which takes its place: a new object for each document, as their guides say."""

from __future__ import annotations

from docxtpl import DocxTemplate
from worker import Context, Render, serve


def load(path: str) -> Render:
    """Return what opens the template and renders it."""

    def render(context: Context, target: str) -> None:
        template = DocxTemplate(path)
        template.render(context, autoescape=True)
        template.save(target)

    return render


serve(load, ("docxtpl", "rust-docxtpl", "python-docx", "Jinja2", "lxml"))
