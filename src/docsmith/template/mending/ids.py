"""The ids of a parsed part, made different from each other and from those of the parts before."""

from __future__ import annotations

from docsmith.template.package.oxml import W14, WP, Element, w
from docsmith.template.slots.ids import UniqueIds

_PARAGRAPH_IDS = (f"{{{W14}}}paraId", f"{{{W14}}}textId")


def mend_ids(root: Element, ids: UniqueIds) -> None:
    """Give drawings, controls and bookmarks new ids; take Word's own ids off copies of paragraphs.

    Those are optional, and wrong when they repeat.
    """
    for drawing in root.iter(f"{{{WP}}}docPr"):
        drawing.set("id", str(ids.drawing()))
    for control in root.iterfind(f".//{w('sdtPr')}/{w('id')}"):
        control.set(w("val"), str(ids.control(control.get(w("val"), ""))))
    for element in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
        _mend_bookmark(element, ids)
    for paragraph in root.iter(w("p"), w("tr")):
        identity = paragraph.get(_PARAGRAPH_IDS[0])
        if identity is not None and not ids.is_new_paragraph(identity):
            for attribute in _PARAGRAPH_IDS:
                paragraph.attrib.pop(attribute, "")


def _mend_bookmark(element: Element, ids: UniqueIds) -> None:
    old = element.get(w("id"), "")
    if element.tag == w("bookmarkStart"):
        number, name = ids.bookmark_start(old, element.get(w("name"), ""))
        element.set(w("name"), name)
    else:
        number = ids.bookmark_end(old)
    element.set(w("id"), number)
