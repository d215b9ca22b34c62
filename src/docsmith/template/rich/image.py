"""A picture in a line of text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import ClassVar
from xml.sax.saxutils import quoteattr

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.formatted import RunValue
from docsmith.template.package.additions import OpenPart, Picture, checked_address
from docsmith.template.package.facts import OFFICE
from docsmith.template.rich.source import Source, content_of
from docsmith.template.values import illegal_character

MAX_PICTURE = 32 << 20
"""Bytes in a picture; a scanned page has one or two million."""
_LARGEST = 27_273_042_316_900  # ECMA-376-1, 20.1.10.42: ST_PositiveCoordinate
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TYPES = {
    "bmp": "image/bmp", "gif": "image/gif", "jpe": "image/jpeg", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "png": "image/png", "tif": "image/tiff", "tiff": "image/tiff",
}  # fmt: skip
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


class InlineImage(RunValue):
    """A picture (PNG, JPEG, GIF, BMP, TIFF), for ``{{ … }}`` in a text of its own or amid others.

    ``source`` is a path, the bytes, or a file that is open for reading. ``width`` and ``height`` count EMU,
    as the lengths of ``docx.shared`` do; one of them keeps the proportions, none is the picture's own size.
    ``anchor`` is the address that the picture leads to. Raises :class:`TemplateError` for a file that cannot
    be read or is no picture.
    """

    __slots__ = ("_anchor", "_picture", "_size")
    _distances: ClassVar[str] = ""  # python-docx states none, and docxtpl's pictures are its own

    def __init__(
        self,
        source: Source,
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
    ) -> None:
        data, name = content_of(source, MAX_PICTURE)
        self._picture = _Picture.of(data, name)
        self._size = self._picture.scaled(_checked_length(width), _checked_length(height))
        self._anchor = checked_address(anchor) if anchor else ""

    def runs(self, part: OpenPart, paragraph: str = "") -> str:  # noqa: ARG002  # a picture ends no paragraph
        """Return a run that holds the picture."""
        picture = self._picture
        identity = part.image(picture.content)
        link = f'<a:hlinkClick r:id="{part.hyperlink(self._anchor)}"/>' if self._anchor else ""
        extent = 'cx="{}" cy="{}"'.format(*self._size)
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:r="{OFFICE}"{self._distances}>'
            f"<wp:extent {extent}/>"
            f'<wp:docPr id="{part.drawing()}" name="{part.drawing_name}">{link}</wp:docPr>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
            f'<pic:cNvPr id="0" name={quoteattr(picture.name)}>{link}</pic:cNvPr><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


class Photograph(InlineImage):
    """A picture that keeps no distance from what is around it.

    Where none is stated, LibreOffice takes an eighth of an inch on both sides, and the picture is off centre.
    """

    __slots__ = ()
    _distances = ' distT="0" distB="0" distL="0" distR="0"'


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as it is; ``width`` and ``height`` in EMU."""

    content: Picture
    name: str
    width: int
    height: int

    @classmethod
    def of(cls, data: bytes, name: str) -> _Picture:
        # Late: nothing but a picture needs python-docx, which knows their kinds and sizes.
        from docx.image.image import Image

        try:
            image = Image.from_blob(data)
            width, height = int(image.width), int(image.height)
        except Exception as error:  # python-docx's readers fail in every way that Python has
            raise _no_picture(name) from error
        if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
            raise _no_picture(name)
        given = posixpath.splitext(name)[1][1:].lower()
        extension = given if _TYPES.get(given) == image.content_type else image.ext
        shown = image.filename if not name or illegal_character(name) else name
        return cls(Picture.of(data, extension, image.content_type), shown, width, height)

    def scaled(self, width: int | None, height: int | None) -> tuple[int, int]:
        """Return width and height; what is not given follows from the proportions."""
        if width is None and height is None:
            return self.width, self.height
        if width is None:
            width = round(self.width * (float(height or 0) / float(self.height)))
        elif height is None:
            height = round(self.height * (float(width) / float(self.width)))
        return max(1, width), max(1, height or 0)


def _checked_length(length: int | None) -> int | None:
    if length is None or (isinstance(length, int) and 0 < length <= _LARGEST):
        return None if length is None else int(length)
    raise TemplateError(
        _("{length!r} is no width or height of a picture.").format(length=length),
        hint=_("For example docx.shared.Cm(4)."),
    )


def _no_picture(name: str) -> TemplateError:
    return TemplateError(
        _("{name}: this is no picture that Word can show.").format(name=name or _("picture")),
        hint=_("Give a PNG or JPEG file."),
    )
