"""The file name pattern of a manifest: what it names that no document has is found before one is made."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.engine.fields import naming_fields_of
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.schema import Schema
from docsmith.plugin.discovery import MANIFEST_NAME
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest_lines import key_lines
from docsmith.template.linting.lines import lint_line
from docsmith.template.problems import placed


def findings_of_output(document_type: DocumentType, schema: Schema | None) -> Iterator[Finding]:
    """Yield what is wrong with ``output``; without the sheets that there are, names are not looked at."""
    pattern = document_type.manifest.output
    if pattern is None:
        return  # told with the manifest
    fields = naming_fields_of(document_type, schema) if schema else None
    problems = lint_line(pattern, fields)
    if not problems:
        return
    lines = key_lines((document_type.folder / MANIFEST_NAME).read_text(encoding="utf-8-sig"))
    place = Place(MANIFEST_NAME, cell=f"L{lines['output']}" if "output" in lines else "")
    for problem in problems:
        message = _("{key}: {mistake} {hint}").format(
            key="output", mistake=placed(problem.spot, problem.message), hint=""
        )
        yield Finding(Severity.ERROR, message.strip(), problem.hint, place, problem.code)
