"""What one rendering adds to the package of its template: links, pictures, styles and lists.

The engine makes one :class:`Additions` for each document, from :class:`PackageFacts` that were read once when
the template was opened::

    facts = PackageFacts.of(parts, xml, rendered)          # Template.open, after the properties are rewritten
    additions = Additions(facts)                           # each rendering
    part = additions.open("word/document.xml")             # each part of it, in the order of writing
    value.runs(part), value.blocks(part)                   # the slots
    changed = additions.changed()                          # parts to replace, and parts that are new

Ids of relationships and names of pictures are numbered as python-docx numbers them, so that a document equals
docxtpl's. Nothing is parsed or copied for a document that adds nothing.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.facts import HYPERLINK, IMAGE, OFFICE, Link, PackageFacts, target_of
from docsmith.template.package.oxml import CONTENT_TYPES, RELATIONSHIPS, Element, serialise
from docsmith.template.package.relations import TYPES_PART, ContentTypes, relations_name
from docsmith.template.slots.ids import FIRST_DRAWING

_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x20<>\"\\^`{|}]{1,2000}", re.IGNORECASE)
_PICTURE_NUMBER = re.compile(r"[A-Za-z]+([1-9][0-9]*)?\.")


@dataclass(frozen=True, slots=True)
class Picture:
    """The content of a picture; ``digest`` is its SHA-256, by which the same picture is known again."""

    data: bytes
    extension: str
    content_type: str
    digest: str

    @classmethod
    def of(cls, data: bytes, extension: str, content_type: str) -> Picture:
        """Make a picture of its bytes."""
        return cls(data, extension, content_type, hashlib.sha256(data).hexdigest())


class _Links:
    """The relationships of one part, the template's and new ones, which get the lowest ids that are free."""

    def __init__(self, part: str, links: Sequence[Link]) -> None:
        self.all = list(links)
        self._part = part
        self._ids = {(link.type, target_of(part, link), link.external): link.id for link in reversed(links)}
        used = {link.id for link in links}
        self._free = (identity for number in count(1) if (identity := f"rId{number}") not in used)

    def id_of(self, kind: str, target: str, *, external: bool) -> str:
        """Return the id of the relationship of that type to that target, a new one if there is none."""
        key = kind, target, external
        if key not in self._ids:
            self._ids[key] = next(self._free)
            written = target if external else posixpath.relpath(target, posixpath.dirname(self._part))
            self.all.append(Link(self._ids[key], kind, written, external))
        return self._ids[key]


class Additions:
    """The additions of one rendering, which one thread makes."""

    def __init__(self, facts: PackageFacts) -> None:
        self.facts = facts
        self.drawings = count(FIRST_DRAWING)
        self.merged: dict[tuple[object, str], str] = {}
        self._links: dict[str, _Links] = {}
        self._pictures = {digest: name for name, digest in reversed(facts.pictures)}
        used = {_number_of(name) for name, _digest in facts.pictures}
        self._free_numbers = (number for number in count(1) if number not in used)
        self._media: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._sheets: dict[str, tuple[str, Element]] = {}

    def open(self, part: str) -> OpenPart:
        """Return the part of that name, to be added to."""
        return OpenPart(self, part)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of the part's relationship of that type to a target, a new one if there is none.

        ``target`` is an address, or the name of a part.
        """
        if part not in self._links:
            self._links[part] = _Links(part, self.facts.links.get(part, ()))
        return self._links[part].id_of(kind, target, external=external)

    def picture(self, picture: Picture) -> str:
        """Return the name of the part that holds a picture; the same content is kept once."""
        if picture.digest not in self._pictures:
            name = self._picture_name(picture.extension)
            self._pictures[picture.digest] = name
            self._media[name] = picture.data
            self._types[name] = picture.content_type
        return self._pictures[picture.digest]

    def _picture_name(self, extension: str) -> str:
        names = (f"word/media/image{number}.{extension}" for number in self._free_numbers)
        return next(name for name in names if name not in self.facts.names)

    def sheet(self, kind: str, empty: bytes, content_type: str) -> Element:
        """Return the tree of the ``styles`` or ``numbering`` part, to be changed; a new one if need be."""
        if kind not in self._sheets:
            name, data = self.facts.sheets.get(kind, (f"word/{kind}.xml", empty))
            if kind not in self.facts.sheets:
                self.relate(self.facts.main, f"{OFFICE}/{kind}", name)
                self._types[name] = content_type
            self._sheets[kind] = name, etree.fromstring(data)
        return self._sheets[kind][1]

    def changed(self) -> Mapping[str, bytes]:
        """Return the parts that replace those of the template or join them, by name; mostly none."""
        changed = dict(self._media)
        for part, links in self._links.items():
            changed[relations_name(part)] = _relationships(links.all)
        for name, root in self._sheets.values():
            changed[name] = serialise(root)
        if self._types:
            changed[TYPES_PART] = _with_types(self.facts.types, self._types)
        return changed


@dataclass(frozen=True, slots=True)
class OpenPart:
    """One part that a rendering writes, and what values may add to it."""

    additions: Additions
    name: str

    def hyperlink(self, address: str) -> str:
        """Return the id of a relationship to a web page, a mailbox, or (``#name``) a bookmark.

        Raises :class:`TemplateError` for every other address.
        """
        return self.additions.relate(self.name, HYPERLINK, checked_address(address), external=True)

    def has_hyperlink(self, identity: str) -> bool:
        """Return whether the template itself has a hyperlink of that relationship id in this part."""
        links = self.additions.facts.links.get(self.name, ())
        return any(link.id == identity and link.type == HYPERLINK for link in links)

    def image(self, picture: Picture) -> str:
        """Return the id of a relationship to a picture."""
        return self.additions.relate(self.name, IMAGE, self.additions.picture(picture))

    def drawing(self) -> int:
        """Return a new id for a drawing (``wp:docPr``), unique in the document."""
        return next(self.additions.drawings)

    @property
    def drawing_name(self) -> str:
        """What python-docx calls every new drawing of this part."""
        return f"Picture {self.additions.facts.drawings.get(self.name, 1)}"


def checked_address(address: str) -> str:
    """Return an address that a document may point to; raises :class:`TemplateError` for another one."""
    if not _ADDRESS.fullmatch(address):
        raise TemplateError(
            _("The address {address!r} is no link that a document may have.").format(address=address[:80]),
            hint=_("A link begins with http://, https://, mailto: or # and has no blanks."),
        )
    return address


def _number_of(name: str) -> int | None:
    match = _PICTURE_NUMBER.fullmatch(name.rsplit("/", 1)[-1].rsplit(".", 1)[0] + ".")
    return whole_number(match[1]) if match and match[1] else None


def _relationships(links: Iterable[Link]) -> bytes:
    root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})  # type: ignore[dict-item]
    for link in links:
        attributes = {"Id": link.id, "Type": link.type, "Target": link.target}
        if link.external:
            attributes["TargetMode"] = "External"
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", attributes)
    return serialise(root)


def _with_types(data: bytes, added: Mapping[str, str]) -> bytes:
    """Return the table of content types with those of new parts; a picture's goes by its extension."""
    root = etree.fromstring(data)
    types = ContentTypes(root)
    defaults: dict[str, str] = {}
    for name, content_type in added.items():
        extension = name.rsplit(".", 1)[-1]
        known = types.of(name) or defaults.get(extension)
        if known == content_type:
            continue
        if known or extension == "xml":
            override = {"PartName": f"/{name}", "ContentType": content_type}
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", override)
        else:
            defaults[extension] = content_type
            default = {"Extension": extension, "ContentType": content_type}
            root.insert(0, etree.Element(f"{{{CONTENT_TYPES}}}Default", default))
    return serialise(root)
