"""How the parts of a package belong together: content types and relationships."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.package.oxml import CONTENT_TYPES, RELATIONSHIPS, Element

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
_RELATIONSHIP = f"{{{RELATIONSHIPS}}}Relationship"
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_DEFAULT, _OVERRIDE = f"{{{CONTENT_TYPES}}}Default", f"{{{CONTENT_TYPES}}}Override"


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship: from the part ``source`` (empty for the package) to a part, or to an outside address.

    ``kind`` is the last word of the relationship's type: ``header``, ``image``.
    """

    source: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type."""
        return self.type.rsplit("/", 1)[-1]


def relations_name(part: str) -> str:
    """Return the name of the part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations_of(part: str, xml: Mapping[str, Element]) -> list[Relation]:
    """Return the relationships of a part, in order; targets are names of parts."""
    root = xml.get(relations_name(part))
    if root is None:
        return []
    found = []
    for element in root.iter(_RELATIONSHIP):
        target = element.get("Target", "")
        # Readers differ in what they make of an address that claims to be inside: it is taken for outside.
        external = element.get("TargetMode", "").lower() == "external" or bool(_ADDRESS.match(target))
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target)))[1:]
        found.append(Relation(part, element.get("Type", ""), target, external))
    return found


class ContentTypes:
    """The table of ``[Content_Types].xml``."""

    def __init__(self, root: Element) -> None:
        self._defaults = {
            element.get("Extension", "").lower(): element.get("ContentType", "")
            for element in root.iter(_DEFAULT)
        }
        self._overrides = {
            element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "")
            for element in root.iter(_OVERRIDE)
        }

    def of(self, part: str) -> str:
        """Return the content type of a part; empty if it has none."""
        override = self._overrides.get(part.lower())
        return override or self._defaults.get(part.rsplit(".", 1)[-1].lower(), "")

    def all(self) -> set[str]:
        """Return every content type that is named."""
        return {*self._defaults.values(), *self._overrides.values()}


def main_part(xml: Mapping[str, Element], name: str) -> str:
    """Return the name of the main document part; raises :class:`TemplateError` if there is none."""
    for relation in relations_of("", xml):
        if relation.kind == "officeDocument" and not relation.external:
            return relation.target
    raise TemplateError(
        _("{name}: this is a zip file, but no Word document.").format(name=name),
        hint=_("Give a .docx file made in Word or WPS."),
    )
