"""Photographs in a cell: ``{{ 党员.照片|照片 }}``, scaled to the room that the cell has."""

from __future__ import annotations

from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.model.blank import BLANK
from docsmith.model.missing import Missing
from docsmith.template.language.journal import LimitError, current
from docsmith.template.language.merging import PREFIX
from docsmith.template.language.undefined import UnknownName

NO_PHOTO = "（照片）"
"""Stands where a photograph is to be glued in."""
MAX_PICTURES = 64 << 20
"""Bytes of all photographs of a document together: all are in memory when it is packed."""
_TWIP, _MILLIMETRE = 635, 36_000  # in EMU, which a picture is measured in
_LARGEST = 1000  # millimetres


class Room(NamedTuple):
    """A value, and the room of its cell in twips: width and height, 0 where the template states none."""

    value: Any
    width: int
    height: int


def photo(value: Any, *size: object) -> object:
    """Return a picture by its path beside the data, as large as its room or ``size`` (millimetres) allows.

    A picture that is not there leaves its place with （照片） in it, and is told of after the run.
    """
    room = value if isinstance(value, Room) else Room(value, 0, 0)
    if isinstance(room.value, UnknownName):
        return str(room.value)
    if isinstance(room.value, Missing):
        current().printed(room.value)
        return NO_PHOTO
    if room.value == "":
        return BLANK
    try:
        width, height = _largest(room, size)
    except TypeError as error:
        return current().failed(error)
    return _picture(str(room.value), width, height)


def _largest(room: Room, size: tuple[object, ...]) -> tuple[int, int]:
    """Return the largest width and height in EMU; raises ``TypeError`` where neither is known."""
    if size:
        given = [one for one in size if isinstance(one, int | float) and 0 < one <= _LARGEST]
        if len(given) != 2 or len(size) != 2:
            message = _("the room for a picture is its width and height in millimetres: 照片(25, 35).")
            raise TypeError(message)
        return round(given[0] * _MILLIMETRE), round(given[1] * _MILLIMETRE)
    if not room.width:
        raise TypeError(_("say how large a picture is that stands in no cell: 照片(25, 35)."))
    return room.width * _TWIP, room.height * _TWIP


def _picture(path: str, width: int, height: int) -> object:
    """Return the picture, in its own proportions, as large as it can be."""
    # With python-docx, which nothing but a picture needs.
    from docsmith.model.pictures import PictureError, pixels
    from docsmith.template.rich.image import Photograph

    try:
        data = _content(path)
        columns, lines = pixels(data)
    except PictureError as error:
        current().absent[path] = str(error)
        return NO_PHOTO
    if not height or columns * height > width * lines:
        height = max(1, width * lines // columns)
    else:
        width = max(1, height * columns // lines)
    try:
        return Photograph(data, width, height)
    except TemplateError:  # cut off behind its size, or a thread a kilometre long
        current().absent[path] = _("it is damaged.")
        return NO_PHOTO


def _content(path: str) -> bytes:
    """Return a file beside the data, read once for each document."""
    from docsmith.model.pictures import PictureError

    album, read = current().album, current().beside.pictures
    if read is None:
        raise PictureError(_("the data has no folder that it could be in."))
    if path not in album:
        data = read(path)
        if len(data) + sum(map(len, album.values())) > MAX_PICTURES:
            limit = MAX_PICTURES >> 20
            raise LimitError(_("the pictures of the document have more than {limit} MB.").format(limit=limit))
        album[path] = data
    return album[path]


FILTERS = {f"{PREFIX}room": Room}
