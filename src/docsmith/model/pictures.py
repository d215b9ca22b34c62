"""Pictures that lie beside the data: photographs of members, of places."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from docsmith._files import reason_of
from docsmith._i18n import gettext as _

MOST_BYTES = 8 << 20
"""Bytes of a picture file; a photograph of a telephone has two to five million."""
MOST_PIXELS = 64_000_000
"""Pixels of a picture: what opens the document holds four bytes for each."""
SUFFIXES = (".png", ".jpg", ".jpeg")
_PNG = b"\x89PNG\r\n\x1a\n"
_NOT_IN_A_PATH = re.compile(r'[\x00-\x1f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_LONGEST = 240
# The markers of a JPEG that state its size (ITU-T T.81, table B.1), and those that stand alone.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_MOST_SEGMENTS = 10_000
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


class PictureError(ValueError):
    """A picture that cannot be used; the message says why."""


def picture_path(text: str) -> str:
    """Return the path of a picture as ``照片/张三.jpg``, from the folder of the data.

    Raises :class:`PictureError` for a path that leads elsewhere, and for what is neither PNG nor JPEG.
    """
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _NOT_IN_A_PATH.search(text) or len(text) > _LONGEST:
        raise PictureError(_("a picture lies in the folder of the data, or in a folder in it."))
    if path.suffix.lower() not in SUFFIXES:
        raise PictureError(_("a picture is a PNG or JPEG file."))
    return str(path)


class Stamp(NamedTuple):
    """What tells whether a picture was changed; size and time are 0 where there is no file."""

    name: str
    size: int
    time: int


class Pictures(NamedTuple):
    """The folders that the files of the data lie in: nothing outside of them is ever read."""

    folders: tuple[Path, ...]

    def read(self, name: str) -> bytes:
        """Return a picture by its path in one of the folders; raises :class:`PictureError`."""
        try:
            return _checked(_content(self._find(name)))
        except OSError as error:
            raise PictureError(_("it cannot be read: {reason}").format(reason=reason_of(error))) from None

    def state(self, names: Iterable[str]) -> tuple[Stamp, ...]:
        """Return what tells whether any of these pictures was changed."""
        return tuple(map(self.stamp, names))

    def stamp(self, name: str) -> Stamp:
        """Return size and time of the file that is read, behind any links."""
        try:
            status = self._find(name).stat()
        except (PictureError, OSError):
            return Stamp(name, 0, 0)
        return Stamp(name, status.st_size, status.st_mtime_ns)

    def _find(self, name: str) -> Path:
        """Return the file that a path leads to; raises :class:`PictureError`, and ``OSError``."""
        path = picture_path(name)
        for folder in self.folders:
            try:
                real = (folder / path).resolve(strict=True)
            except FileNotFoundError:
                continue
            except RuntimeError as error:  # links in a circle
                raise PictureError(_("it cannot be read: {reason}").format(reason=error)) from None
            if not real.is_relative_to(folder.resolve()):
                raise PictureError(_("it is a link that leads out of the folder of the data."))
            return real
        raise PictureError(_("there is no such file."))


def _content(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise PictureError(_("it is no file."))
    if status.st_size > MOST_BYTES:
        raise PictureError(_("it is larger than {limit} MB.").format(limit=MOST_BYTES >> 20))
    with path.open("rb") as stream:
        return stream.read(MOST_BYTES)


def _checked(data: bytes) -> bytes:
    width, height = pixels(data)
    if width * height > MOST_PIXELS:
        message = _("it has more than {limit} million pixels.")
        raise PictureError(message.format(limit=MOST_PIXELS // 1_000_000))
    return data


def pixels(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG in pixels; raises :class:`PictureError` for anything else."""
    size = (0, 0)
    if data.startswith(_PNG) and data[12:16] == b"IHDR":
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    elif data.startswith(b"\xff\xd8\xff"):
        size = _pixels_of_jpeg(data)
    if not all(size):
        raise PictureError(_("its content is neither PNG nor JPEG."))
    return size


def _pixels_of_jpeg(data: bytes) -> tuple[int, int]:
    position = 2
    for _segment in range(_MOST_SEGMENTS):
        if position + 9 > len(data) or data[position] != 0xFF:
            break
        marker = data[position + 1]
        if marker in _FRAMES:
            height, width = data[position + 5 : position + 7], data[position + 7 : position + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        if marker in _ALONE:
            position += 2
        elif marker == 0xFF:  # padding
            position += 1
        else:
            position += 2 + max(2, int.from_bytes(data[position + 2 : position + 4], "big"))
    return 0, 0
