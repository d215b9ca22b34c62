"""From WordprocessingML with tags to the source of a Jinja template: docxtpl's dialect, by docxtpl itself.

docxtpl rewrites the XML so that, for instance, ``{%tr for … %}`` takes the place of its whole row. The same
function does it here, once for each template and not once for each document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from docxtpl import DocxTemplate
from lxml import etree

from docsmith.template.dialect.scan import (
    BRACE,
    CODE_CLOSES,
    CODE_OPENS,
    MARK_CLOSES,
    MARK_OPENS,
    PERCENT,
    Scan,
)
from docsmith.template.language.journal import LineTable
from docsmith.template.package.oxml import CELL_PROPERTIES, Element
from docsmith.template.problems import Spot

_MARK = re.compile(f"{MARK_OPENS}(\\d+){MARK_CLOSES}")
_CODE = f"{CODE_OPENS}(\\d+){CODE_CLOSES}"
# In the place of a property of a cell, code writes the whole element.
_CODES = re.compile(f'<w:vMerge w:val="{_CODE}"/>|{_CODE}')
# docxtpl has blanks kept beside its tags, but not where ``{%-`` takes a text into the run before it.
_TEXT_WITH_TAGS = re.compile(r"<w:t>(?=(?:(?!</w:t>).)*?\{[{%])", re.DOTALL)
_CELL_PROPERTIES = re.compile(r"(<w:tcPr(?:\s[^>]*)?(?<!/)>)(.*?)(</w:tcPr>)", re.DOTALL)
# One property of a cell; docxtpl's spans and shades have tags of Jinja's in their attributes. What was read
# once is not tried again in another way, which would take exponential time.
_PROPERTY = re.compile(
    r"<(w:\w+)(?:[^<>{]|\{\{(?:(?!\}\}).)*+\}\}|\{%(?:(?!%\}).)*+%\}|\{)*+(?:(?<=/)>|(?<!/)>.*?</\1>)",
    re.DOTALL,
)
_RANKS = {f"w:{name}": rank for rank, name in enumerate(CELL_PROPERTIES)}


@dataclass(frozen=True, slots=True)
class Source:
    """The Jinja source of a part; ``formats`` are those of :class:`.scan.Scan`, by line.

    ``merges`` says whether cells of it merge by what they show.
    """

    text: str
    lines: LineTable
    formats: Mapping[int, tuple[str, str]]
    merges: bool = False


def jinja_source(root: Element, scan: Scan) -> Source:
    """Return the Jinja source of a part whose tags are marked, and the spot that each line comes from.

    A mark becomes a line break inside its tag, where Jinja does not mind it: so the line numbers that Jinja
    keeps for its own messages lead back to the place in Word.
    """
    xml = etree.tostring(root, encoding="unicode")
    # patch_xml looks at nothing but its argument; the file name is never opened.
    patched = DocxTemplate("").patch_xml(xml).replace(PERCENT, "%").replace(BRACE, "}")
    kept = _TEXT_WITH_TAGS.sub('<w:t xml:space="preserve">', patched)
    ordered = _CELL_PROPERTIES.sub(_ordered, kept)
    if scan.codes:
        ordered = _CODES.sub(lambda match: scan.codes[int(match[1] or match[2])], ordered)
    pieces = _MARK.split(ordered)
    starts, spots, formats = [], [], {}
    line = 1
    for text, number in zip(pieces[0::2], pieces[1::2]):
        line += text.count("\n") + 1
        starts.append(line)
        spots.append(scan.spots[int(number)])
        if int(number) in scan.formats:
            formats[line] = scan.formats[int(number)]
    lines = LineTable(tuple(starts), tuple(spots), Spot(scan.part))
    return Source("\n".join(pieces[0::2]), lines, formats, bool(scan.codes))


def _ordered(match: re.Match[str]) -> str:
    """Put the properties of a cell into the order of the schema: docxtpl puts spans and shades first."""
    properties = list(_PROPERTY.finditer(match[2]))
    if "".join(one[0] for one in properties) != match[2]:
        return match[0]  # blocks stand between them; the finished document is looked at instead
    ordered = sorted(properties, key=lambda one: _RANKS.get(one[1], len(_RANKS)))
    return "".join((match[1], *(one[0] for one in ordered), match[3]))
