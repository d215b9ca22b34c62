"""Write the bundled templates, and those of the examples: ``python -m tools.make_templates [ID...]``.

The modules in ``tools/templates`` and ``tools/examples`` are where a template is changed, so that a change
can be read in review. A unit that wants its own copies ``templates/<id>`` into a plugin folder and edits it
in Word.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Templates and forms that are not bundled: what the examples and the tutorials have.
EXAMPLES = {
    "party-dues": ROOT / "examples" / "party-dues" / "src" / "docsmith_party_dues" / "template.docx",
    "meeting-sign-in": ROOT / "examples" / "meeting-sign-in" / "template.docx",
    "sign-in-form": ROOT / "docs" / "tutorial" / "会议签到表.docx",
    "broken-form": ROOT / "docs" / "有错的签到表.docx",
}


def template_ids() -> list[str]:
    """Return the ids of the bundled templates that can be made."""
    modules = (ROOT / "tools" / "templates").glob("[a-z]*.py")
    return sorted(module.stem.replace("_", "-") for module in modules)


def path_of(template_id: str) -> Path:
    """Return where the template of that id lies."""
    return EXAMPLES.get(template_id, ROOT / "templates" / template_id / "template.docx")


def build(template_id: str) -> bytes:
    """Return the bytes of a template."""
    package = "examples" if template_id in EXAMPLES else "templates"
    made: bytes = import_module(f"tools.{package}.{template_id.replace('-', '_')}").build()
    return made


def main() -> None:
    """Write the templates that are named, or all."""
    for template_id in sys.argv[1:] or [*template_ids(), *EXAMPLES]:
        path = path_of(template_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(template_id))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
