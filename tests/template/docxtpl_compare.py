"""Two packages, part by part, in a form in which only what a reader would notice differs.

What docsmith does otherwise on purpose is taken out of both by rules, each as narrow as it can be; they are
the ones of ``docs/differences.md``.
"""

from __future__ import annotations

import difflib
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
TYPES = "[Content_Types].xml"
STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PARAGRAPH_IDS = ("}paraId", "}textId")
# Document properties are docsmith's own, which other tests look at. So are the ids of their relationships,
# and with them that of the document itself.
PROPERTIES = "docProps/"
PACKAGE = "_rels/.rels"
_SCHEMA_ORDER = (f"{W}tcPr", f"{W}rPr")


@dataclass(frozen=True)
class Rules:
    """What is not compared in the documents of one template.

    ``widths``: the widths of columns, where their number depends on a loop. ``drawing_names``: the numbers in
    names and ids of pictures, where docxtpl has renumbered the template's to take a document in.
    ``format_after_values``: the format of text after a formatted value in its run, which docxtpl drops.
    ``stories_only``: every part in which there is no text, where many documents have them in common.
    """

    widths: bool = False
    drawing_names: bool = False
    format_after_values: bool = False
    stories_only: bool = False


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def differences(made: bytes, expected: bytes, rules: Rules) -> list[str]:
    """Return how two documents differ: the parts that only one has, then lines of parts that both have."""
    ours, theirs = parts_of(made), parts_of(expected)
    names = _compared_names(ours)
    found = [f"not in both: {name}" for name in set(names) ^ set(_compared_names(theirs))]
    for name in names:
        if name in theirs and (STORY.fullmatch(name) or not rules.stories_only):
            lines = difflib.unified_diff(*_lines(name, theirs, ours, rules), name, name, lineterm="", n=1)
            found.extend(lines)
    return found


def _compared_names(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts that a relationship leads to, but for the document's properties."""
    return [TYPES, *(name for name in reachable(parts) if not name.startswith(PROPERTIES))]


def reachable(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts that the package's relationships lead to, and the parts with relationships."""
    found: dict[str, None] = {}
    waiting = [""]
    while waiting:
        source = waiting.pop()
        rels = posixpath.join(posixpath.dirname(source), "_rels", f"{posixpath.basename(source)}.rels")
        if rels not in parts:
            continue
        found[rels] = None
        for _identity, _kind, target, external in relationships(rels, parts[rels]):
            if not external and target in parts and target not in found:
                found[target] = None
                waiting.append(target)
    return sorted(found)


def relationships(name: str, data: bytes) -> Iterator[tuple[str, str, str, bool]]:
    """Yield id, type, target and whether that lies outside, for each relationship of a part."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for element in etree.fromstring(data):
        target, external = element.get("Target", ""), element.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
        yield element.get("Id", ""), element.get("Type", ""), target, external


def content_type(parts: Mapping[str, bytes], name: str) -> str:
    root = etree.fromstring(parts[TYPES])
    for element in root:
        if element.get("PartName", "").lower() == f"/{name}".lower():
            return str(element.get("ContentType"))
    extension = name.rsplit(".", 1)[-1].lower()
    return next(str(e.get("ContentType")) for e in root if e.get("Extension", "").lower() == extension)


def repeated_ids(data: bytes) -> dict[str, list[str | None]]:
    """Return the ids that stand twice in a document, of each kind that must not."""
    ids: dict[str, Counter[str | None]] = {
        kind: Counter() for kind in ("drawing", "bookmark", "paraId", "sdt")
    }
    for name, part in parts_of(data).items():
        if STORY.fullmatch(name):
            root = etree.fromstring(part)
            ids["drawing"].update(element.get("id") for element in root.iter(f"{WP}docPr"))
            ids["bookmark"].update(element.get(f"{W}id") for element in root.iter(f"{W}bookmarkStart"))
            ids["sdt"].update(element.get(f"{W}val") for element in root.iterfind(f".//{W}sdtPr/{W}id"))
            ids["paraId"].update(
                value
                for element in root.iter("*")
                for key, value in element.items()
                if key.endswith("}paraId")
            )
    return {
        kind: [identity for identity, number in found.items() if number > 1] for kind, found in ids.items()
    }


def paragraph_ids(data: bytes) -> set[tuple[str, str]]:
    parts = parts_of(data)
    return {
        (name, value)
        for name in parts
        if STORY.fullmatch(name)
        for element in etree.fromstring(parts[name]).iter("*")
        for key, value in element.items()
        if key.endswith(PARAGRAPH_IDS)
    }


def _lines(
    name: str, theirs: Mapping[str, bytes], ours: Mapping[str, bytes], rules: Rules
) -> tuple[list[str], list[str]]:
    """Return a part of both packages as lines to be compared."""
    if name == TYPES:
        return _types(theirs), _types(ours)
    if name.endswith(".rels"):
        return _relations(name, theirs), _relations(name, ours)
    if not name.endswith((".xml", ".vml")):
        return [theirs[name].hex()], [ours[name].hex()]
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True, remove_pis=True)
    roots = [etree.fromstring(parts[name], parser) for parts in (theirs, ours)]
    if STORY.fullmatch(name):
        for root in roots:
            _apply(root, rules)
        _keep_blanks(*roots)
        if rules.format_after_values:
            _forget_kept_formats(*roots)
    written, wanted = ([_line(element, depth) for element, depth in _walk(root, 0)] for root in roots)
    return written, wanted


def _types(parts: Mapping[str, bytes]) -> list[str]:
    return [
        f"{name} {content_type(parts, name)}"
        for name in reachable(parts)
        if not name.startswith(PROPERTIES) and not name.endswith(".rels")
    ]


def _relations(name: str, parts: Mapping[str, bytes]) -> list[str]:
    return sorted(
        f"{'' if name == PACKAGE else identity} {kind} {target} {external}"
        for identity, kind, target, external in relationships(name, parts[name])
        if not target.startswith(PROPERTIES)
    )


def _walk(element: etree._Element, depth: int) -> Iterator[tuple[etree._Element, int]]:
    yield element, depth
    for child in element:
        yield from _walk(child, depth + 1)


def _line(element: etree._Element, depth: int) -> str:
    """Return an element with expanded names: prefixes are the writer's choice."""
    return f"{depth} {element.tag} {sorted(element.items())} {element.text or ''!r} {element.tail or ''!r}"


def _apply(root: etree._Element, rules: Rules) -> None:
    _mend_formatting(root)
    _number_names(root)
    _drop_ids(root)
    for run in list(root.iter(f"{W}r")):
        _drop_if_empty(run)
    if rules.drawing_names:
        for drawing in root.iter(f"{WP}docPr"):
            drawing.set("name", re.sub(r"\d+$", "", drawing.get("name", "")))
        for picture in root.iter(f"{PIC}cNvPr"):
            picture.set("id", "")
    if rules.widths:
        for element in root.iter(f"{W}gridCol", f"{W}tcW"):
            element.attrib.clear()


def _forget_kept_formats(theirs: etree._Element, ours: etree._Element) -> None:
    """Take the format off our runs that are bare runs in docxtpl's document."""
    for bare, run in zip(theirs.iter(f"{W}r"), list(ours.iter(f"{W}r"))):
        properties = run.find(f"{W}rPr")
        if properties is not None and not bare.attrib and bare.find(f"{W}rPr") is None:
            run.remove(properties)


def _keep_blanks(theirs: etree._Element, ours: etree._Element) -> None:
    """Have docxtpl keep the blanks of a text where we do."""
    space = "{http://www.w3.org/XML/1998/namespace}space"
    for text, kept in zip(theirs.iter(f"{W}t"), ours.iter(f"{W}t")):
        if space in kept.attrib:
            text.set(space, kept.attrib[space])


def _mend_formatting(root: etree._Element) -> None:
    for properties in root.iter(*_SCHEMA_ORDER):
        properties[:] = sorted(properties, key=lambda element: str(element.tag))
    for shade in root.iterfind(f".//{W}rPr/{W}shd"):
        shade.set(f"{W}val", shade.get(f"{W}val", "clear"))


def _drop_ids(root: etree._Element) -> None:
    """Take out ids that docxtpl repeats; that ours do not repeat is looked at apart."""
    for element in root.iter("*"):
        for key in [key for key in element.attrib if str(key).endswith(PARAGRAPH_IDS)]:
            del element.attrib[key]
    for drawing in root.iter(f"{WP}docPr"):
        drawing.set("id", "")


def _number_names(root: etree._Element) -> None:
    """Give the second bookmark of a name that name with a 2, and so on."""
    seen: Counter[str] = Counter()
    for bookmark in root.iter(f"{W}bookmarkStart"):
        name = bookmark.get(f"{W}name", "")
        seen[name] += 1
        if seen[name] > 1:
            bookmark.set(f"{W}name", f"{name}_{seen[name]}")


def _drop_if_empty(run: etree._Element) -> None:
    """Take out a run in which there is nothing: what is left of a tag that had the run to itself."""
    content = [child for child in run if child.tag != f"{W}rPr"]
    if all(child.tag == f"{W}t" and not child.text for child in content):
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
