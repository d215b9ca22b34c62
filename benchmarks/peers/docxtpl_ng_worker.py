"""docxtpl-ng, by its own interface: one object, reloaded before each document."""

from __future__ import annotations

from docxtpl import Template
from worker import Context, Render, serve


def load(path: str) -> Render:
    """Open the template."""
    template = Template(path)

    def render(context: Context, target: str) -> None:
        template.reload()
        template.render(context)
        template.save(target)

    return render


serve(load, ("docxtpl-ng", "python-docx-ng", "Jinja2", "lxml"))
