"""URLs of databases, as people write them where a path could stand: told apart, and shown without secrets."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_URL = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9]*(?:\+[A-Za-z0-9_]+)?)://(?P<rest>.*)", re.DOTALL)
# As SQLAlchemy divides a URL: a password may hold anything but @, so that it is hidden whatever is in it.
_CREDENTIALS = re.compile(r"\A[^:/]*(?::[^@]*)?@")
_FILE_BASED = "sqlite"
# A shorter piece of a password cannot be told from the words around it.
_TELLING = 4


def is_url(text: str | Path) -> bool:
    """Tell whether a text is the URL of a database, and no path: ``sqlite:///数据.db``."""
    return isinstance(text, str) and _URL.match(text) is not None


def shown_url(text: str) -> str:
    """Return a URL without user, password and query: what messages, places and reports may show."""
    match = _URL.match(text)
    if match is None:
        return text
    kind, rest = match["kind"].partition("+")[0], match["rest"]
    if kind != _FILE_BASED:
        # With several @ nobody knows where the password ends: then it may be anywhere before the last one.
        rest = rest.rpartition("@")[2] if is_torn(text) else _CREDENTIALS.sub("", rest, count=1)
        rest = re.split("[?#&;]", rest)[0]
    return f"{kind}://{rest.partition('?')[0]}"


def is_torn(url: str) -> bool:
    """Tell whether a URL has an ``@`` too many: drivers would take a piece of its password for the host."""
    match = _URL.match(url)
    return bool(match and match["kind"].partition("+")[0] != _FILE_BASED and match["rest"].count("@") > 1)


def secrets_of(url: str) -> tuple[str, ...]:
    """Return the password of a URL as it is written there, and the pieces that a driver may take it for."""
    match = _URL.match(url)
    if match is None or match["kind"].partition("+")[0] == _FILE_BASED:
        return ()
    written = match["rest"].rpartition("@")[0].partition(":")[2]
    both = (written, unquote(written))
    pieces = (piece for text in both for piece in re.split(r"[@:/?#]", text) if len(piece) >= _TELLING)
    return tuple(dict.fromkeys((*filter(None, both), *pieces)))


def shown_source(source: str | Path) -> str:
    """Return a path, or a URL without its secrets: what may be printed and kept of a ``--data``."""
    return shown_url(source) if isinstance(source, str) else str(source)


def anchored(source: str, folder: Path) -> str | Path:
    """Return a path or URL out of a file of settings, relative to the folder which that file is in.

    A URL names a file only where the database is one (SQLite).
    """
    match = _URL.match(source)
    if match is None:
        return folder / source
    path, mark, query = match["rest"].partition("?")
    file = path.removeprefix("/")
    named = bool(file) and not file.startswith((":", "file:"))
    if match["kind"].partition("+")[0] != _FILE_BASED or not named or Path(file).is_absolute():
        return source
    return f"{match['kind']}:///{(folder / file).as_posix()}{mark}{query}"
