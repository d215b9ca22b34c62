"""Line breaks and tabs in a value become what Word has for them, inside the run that holds the value."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from docsmith.template.package.oxml import PARAGRAPH, PRESERVE_SPACE, RUN, TEXT, Element, w
from docsmith.template.slots.breaks import NEW_PARAGRAPH

_PIECES = re.compile("([\n\t])")


def write_breaks(root: Element) -> None:
    """Write line breaks in texts as ``w:br``, and tabs as ``w:tab`` in runs of their own, as docxtpl does."""
    for text in list(root.iter(TEXT)):
        content = text.text or ""
        if "\n" in content or "\t" in content:
            run = text.getparent()
            if run is not None and run.tag == RUN:
                _split(run, text, _PIECES.split(content))


def split_paragraphs(root: Element) -> None:
    """Begin a new paragraph of the same kind at each break that asks for one."""
    for sign in [one for one in root.iter(w("br")) if one.get(w("type")) == NEW_PARAGRAPH]:
        run = sign.getparent()
        paragraph = run.getparent() if run is not None else None
        if run is None or paragraph is None or paragraph.tag != PARAGRAPH:
            sign.attrib.pop(w("type"))  # a link ends with its paragraph: there it stays a line break
            continue
        rest, following = list(sign.itersiblings()), list(run.itersiblings())
        run.remove(sign)
        next_run = _run_like(run)
        next_run.extend(rest)
        _after(paragraph, _paragraph_like(paragraph)).extend([next_run, *following])


def _paragraph_like(paragraph: Element) -> Element:
    fresh = etree.Element(PARAGRAPH)
    form = paragraph.find(w("pPr"))
    if form is not None:
        fresh.append(deepcopy(form))
        for section in fresh.iter(w("sectPr")):
            fresh[0].remove(section)
    return fresh


def _split(run: Element, text: Element, pieces: list[str]) -> None:
    """Share out the pieces: texts at even places, what separates them between."""
    text.text = pieces[0]
    for separator, content in zip(pieces[1::2], pieces[2::2]):
        following = _text(content)
        if separator == "\n":
            _after(_after(text, etree.Element(w("br"))), following)
        else:
            run = _continue_after_tab(run, text, following)
        text = following


def _continue_after_tab(run: Element, text: Element, following: Element) -> Element:
    """Put a tab and ``following`` into runs of their own; return the last, which gets the rest of ``run``."""
    rest = list(text.itersiblings())
    tab_run = _after(run, _run_like(run))
    tab_run.append(etree.Element(w("tab")))
    next_run = _after(tab_run, _run_like(run))
    next_run.append(following)
    next_run.extend(rest)
    return next_run


def _run_like(run: Element) -> Element:
    fresh = etree.Element(RUN)
    formatting = run.find(w("rPr"))
    if formatting is not None:
        fresh.append(deepcopy(formatting))
    return fresh


def _text(content: str) -> Element:
    text = etree.Element(TEXT, {PRESERVE_SPACE: "preserve"})
    text.text = content
    return text


def _after(element: Element, following: Element) -> Element:
    element.addnext(following)
    return following
