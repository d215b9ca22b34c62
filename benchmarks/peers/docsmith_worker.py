"""docsmith: the template is opened once."""

from __future__ import annotations

from pathlib import Path

from worker import Context, Render, serve

from docsmith import Template


def load(path: str) -> Render:
    """Open the template."""
    template = Template.open(Path(path))

    def render(context: Context, target: str) -> None:
        Path(target).write_bytes(template.render(context))

    return render


serve(load, ("docsmith-forms", "Jinja2", "lxml", "isal"))
