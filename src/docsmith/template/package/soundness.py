"""Whether a finished document is one that Word opens without repairing it."""

from __future__ import annotations

from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.template.package.admission import admit
from docsmith.template.package.oxml import Element, w
from docsmith.template.package.reading import read_package

_BLOCKS = (w("p"), w("tbl"), w("sdt"))
_IN_ROWS = (w("tc"), w("sdt"))
_IN_TABLES = (w("tr"), w("sdt"))
_MOST = 20


def unsound(data: bytes, name: str) -> tuple[str, ...]:
    """Return what Word would object to: cells that end without a paragraph, rows and tables without content.

    LibreOffice and python-docx pass over all of that. Raises :class:`docsmith.errors.TemplateError` for what
    is no document at all, or holds what no document may.
    """
    trees = admit(read_package(data, name), name)
    found = [problem for part, tree in trees.items() for problem in _objections(part, tree)]
    return tuple(found[:_MOST])


def _objections(part: str, root: Element) -> Iterator[str]:
    for cell in root.iter(w("tc")):
        blocks = [child.tag for child in cell if child.tag in _BLOCKS]
        if not blocks or blocks[-1] == w("tbl"):
            yield _("{part}: a cell does not end with a paragraph.").format(part=part)
    for row in root.iter(w("tr")):
        if not any(child.tag in _IN_ROWS for child in row):
            yield _("{part}: a table row has no cells.").format(part=part)
    for table in root.iter(w("tbl")):
        if not any(child.tag in _IN_TABLES for child in table):
            yield _("{part}: a table has no rows.").format(part=part)
