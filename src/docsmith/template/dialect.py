"""From WordprocessingML with tags to the source of a Jinja template: docxtpl's dialect, by docxtpl itself.

docxtpl rewrites the XML so that, for instance, ``{%tr for … %}`` takes the place of its whole row. The same
function does it here, once for each template and not once for each document.
"""

from __future__ import annotations

import re

from docxtpl import DocxTemplate
from lxml import etree

from docsmith.template.journal import LineTable
from docsmith.template.oxml import Element
from docsmith.template.problems import Spot
from docsmith.template.tags import BRACE, MARK_CLOSES, MARK_OPENS, PERCENT, Scan

_MARK = re.compile(f"{MARK_OPENS}(\\d+){MARK_CLOSES}")


def jinja_source(root: Element, scan: Scan) -> tuple[str, LineTable]:
    """Return the Jinja source of a part whose tags are marked, and the spot that each line comes from.

    A mark becomes a line break inside its tag, where Jinja does not mind it: so the line numbers that Jinja
    keeps for its own messages lead back to the place in Word.
    """
    xml = etree.tostring(root, encoding="unicode")
    # patch_xml looks at nothing but its argument; the file name is never opened.
    patched = DocxTemplate("").patch_xml(xml).replace(PERCENT, "%").replace(BRACE, "}")
    pieces = _MARK.split(patched)
    starts, spots = [], []
    line = 1
    for text, number in zip(pieces[0::2], pieces[1::2]):
        line += text.count("\n") + 1
        starts.append(line)
        spots.append(scan.spots[int(number)])
    return "\n".join(pieces[0::2]), LineTable(tuple(starts), tuple(spots), Spot(scan.part))
