"""The slower way: a part that is parsed after it was written, and mended.

It is for what cannot be known before (:mod:`docsmith.template.compiling.proof`), and does the same as the
slots do.
"""

from __future__ import annotations

from docsmith.template.mending.breaks import split_paragraphs, write_breaks
from docsmith.template.mending.ids import mend_ids
from docsmith.template.mending.tables import end_with_paragraphs, mend_tables, order_cell_properties
from docsmith.template.package.oxml import parse, serialise
from docsmith.template.slots.ids import UniqueIds


def mended(text: bytes, ids: UniqueIds) -> bytes:
    """Return a part as Word wants it; raises ``lxml.etree.XMLSyntaxError`` if it is not well-formed."""
    root = parse(text)
    write_breaks(root)
    split_paragraphs(root)
    mend_tables(root)
    order_cell_properties(root)
    end_with_paragraphs(root)
    mend_ids(root, ids)
    return serialise(root)
