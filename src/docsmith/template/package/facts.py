"""What is known of a template's package before anything is added to it."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import Element, serialise
from docsmith.template.package.relations import TYPES_PART, main_part, relations_name, relations_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HYPERLINK, IMAGE = f"{OFFICE}/hyperlink", f"{OFFICE}/image"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"


class Link(NamedTuple):
    """A relationship of a part, as it is written there."""

    id: str
    type: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What additions have to know of a package; plain data, never changed.

    ``links`` are the relationships of each part that is rendered; ``drawings`` says for each of them which
    number python-docx would give its next drawing. ``pictures`` are the names of the pictures, each with the
    SHA-256 of its content. ``sheets`` are the names and contents of the parts for styles and lists.
    ``extensions`` are the namespaces that each rendered part lets a reader ignore.
    """

    main: str
    names: frozenset[str]
    links: Mapping[str, tuple[Link, ...]]
    drawings: Mapping[str, int]
    pictures: tuple[tuple[str, str], ...]
    types: bytes
    sheets: Mapping[str, tuple[str, bytes]]
    extensions: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls, parts: Mapping[str, bytes], xml: Mapping[str, Element], rendered: Iterable[str]
    ) -> PackageFacts:
        """Read the facts of an admitted package; ``rendered`` are the parts that values are written into."""
        main = main_part(xml, "")
        kept = list(rendered)
        return cls(
            main,
            frozenset(parts),
            {part: tuple(links_of(part, xml)) for part in kept},
            {part: _next_drawing(xml[part]) for part in kept},
            tuple((name, hashlib.sha256(parts[name]).hexdigest()) for name in _pictures(parts, xml)),
            serialise(xml[TYPES_PART]),
            {
                relation.kind: (relation.target, parts[relation.target])
                for relation in relations_of(main, xml)
                if relation.kind in ("styles", "numbering") and relation.target in parts
            },
            {part: ignorable(xml[part]) for part in kept},
        )


def links_of(part: str, xml: Mapping[str, Element]) -> Iterator[Link]:
    """Yield the relationships of a part, in order."""
    for element in xml.get(relations_name(part), ()):
        external = element.get("TargetMode") == "External"
        yield Link(element.get("Id", ""), element.get("Type", ""), element.get("Target", ""), external)


def ignorable(root: Element) -> frozenset[str]:
    """Return the namespaces that a reader of this part may skip if it does not know them."""
    prefixes = root.get(_IGNORABLE, "").split()
    return frozenset(root.nsmap[prefix] for prefix in prefixes if prefix in root.nsmap)


def _next_drawing(root: Element) -> int:
    used = (element.get("id", "") for element in root.iter("*"))
    return max(map(whole_number, used), default=0) + 1


def _pictures(parts: Mapping[str, bytes], xml: Mapping[str, Element]) -> Iterable[str]:
    """Return the names of the pictures that a relationship leads to, each once."""
    relations = (relation for source in ("", *parts) for relation in relations_of(source, xml))
    return dict.fromkeys(
        relation.target
        for relation in relations
        if relation.type == IMAGE and not relation.external and relation.target in parts
    )


def target_of(part: str, link: Link) -> str:
    """Return the address that a relationship of a part has, or the name of the part that it leads to."""
    if link.external:
        return link.target
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(link.target)))[1:]
