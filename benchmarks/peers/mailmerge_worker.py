"""docx-mailmerge2: merge fields, and rows by ``merge_rows``."""

from __future__ import annotations

from mailmerge import MailMerge
from worker import Context, Render, serve


def load(path: str) -> Render:
    """Return what opens the template and merges."""

    def render(context: Context, target: str) -> None:
        with MailMerge(path) as document:
            values = {name: value for name, value in context.items() if name != "items"}
            if "items" in context:
                document.merge_rows("no", context["items"])
            document.merge(**values)
            document.write(target)

    return render


serve(load, ("docx-mailmerge2", "lxml"))
