"""Write the bundled templates: ``python -m tools.make_templates [ID...]``.

The modules in ``tools/templates`` are where a bundled template is changed, so that a change can be read in
review. A unit that wants its own copies ``templates/<id>`` into a plugin folder and edits it in Word.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def template_ids() -> list[str]:
    """Return the ids of the templates that can be made."""
    modules = (ROOT / "tools" / "templates").glob("[a-z]*.py")
    return sorted(module.stem.replace("_", "-") for module in modules)


def build(template_id: str) -> bytes:
    """Return the bytes of one bundled template."""
    made: bytes = import_module(f"tools.templates.{template_id.replace('-', '_')}").build()
    return made


def main() -> None:
    """Write the templates that are named, or all."""
    for template_id in sys.argv[1:] or template_ids():
        path = ROOT / "templates" / template_id / "template.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(template_id))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
