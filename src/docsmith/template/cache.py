"""Compiled templates on disk: a second run need not compile what a first one has.

An entry is found by what it was made from (:func:`key_of`): the bytes of the template and all that compiles
it. It never has to be declared out of date; it is just not asked for any more, and goes as the least recently
used one.

An entry holds code, which the process will run. It is trusted exactly as far as Python trusts a
``__pycache__``: because it lies in a folder that nobody but the user can write to. A folder or a file of
somebody else's, or that others may write to, is not read and not written. The digest tells what is damaged,
not what is forged: whoever can write here can write to ``~/.local/lib`` as well.

``DOCSMITH_CACHE`` names another folder, or is ``off``. Whatever goes wrong here, the template is compiled.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import marshal
import os
import stat
import sys
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docsmith import _i18n
from docsmith._version import VERSION

FORMAT = b"docsmith compiled template 1\n"
"""How an entry begins. Its number grows with the layout of entries: this, a digest, the marshalled value."""

MOST_BYTES = 64 << 20
"""Bytes of all entries together: some hundred templates. One entry may take a quarter of it."""

SUFFIX = ".compiled"
_UNFINISHED = ".tmp-"
_HEAD_BYTES = len(FORMAT) + hashlib.sha256().digest_size
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# Each states its version in the file that it starts with; asking importlib.metadata would cost 20 ms.
_COMPILERS = ("jinja2", "docxtpl", "lxml")


def key_of(template: bytes) -> bytes:
    """Return what tells a compiled template from all others; 32 bytes.

    It covers the template, the versions of docsmith, of the libraries and of Python, and the language, since
    places within the document are kept in words. Of docsmith's own template layer it covers the size and the
    time of each file as well, by which Python, too, tells whether a ``__pycache__`` is out of date. Empty
    where it cannot be known what compiles: nothing is kept then.
    """
    try:
        return _digest_of(_compilers(), _i18n.language().encode(), template)
    except OSError:
        return b""


def load(key: bytes) -> object | None:
    """Return what was stored under that key, or ``None``."""
    folder = _folder()
    if folder is None or not key:
        return None
    path = _path(folder, key)
    try:
        content = _read(path)
    except OSError:
        return None
    head, payload = content[:_HEAD_BYTES], content[_HEAD_BYTES:]
    # marshal may crash the process on bytes that it has not written, hence the digest comes first.
    if head != _head(key, payload):
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    value: object = marshal.loads(payload)  # noqa: S302 - see above
    return value


def store(key: bytes, value: object) -> None:
    """Keep a value that ``marshal`` can hold; a cache that cannot be written is not used, without a word.

    Raises ``ValueError`` for any other value.
    """
    payload = marshal.dumps(value)  # type: ignore[arg-type]  # its own type is private to typeshed
    content = _head(key, payload) + payload
    if not key or len(content) > MOST_BYTES // 4:
        return
    folder = _folder(make=True)
    if folder is None:
        return
    with contextlib.suppress(OSError):
        _write(_path(folder, key), content)
        _trim(folder)


def _head(key: bytes, payload: bytes) -> bytes:
    """Return how an entry begins: an entry that was moved to the place of another one does not fit there."""
    return FORMAT + _digest_of(key, payload)


def _digest_of(*pieces: bytes) -> bytes:
    """Return one digest for several pieces, each with its length: none can pass for part of another."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.digest()


@cache
def _compilers() -> bytes:
    """Return a digest of everything but the template that decides what comes out of a compilation."""
    python = f"{sys.implementation.cache_tag} {sys.flags.optimize}".encode()
    libraries = [_first_file(library).read_bytes() for library in _COMPILERS]
    own = sorted(_states_of(Path(__file__).parent))
    return _digest_of(FORMAT, python, importlib.util.MAGIC_NUMBER, VERSION.encode(), *libraries, *own)


def _states_of(folder: Path) -> Iterator[bytes]:
    """Yield what tells the present state of each Python file below a folder; reading them took 1 ms."""
    for parent, _folders, names in os.walk(folder):
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(parent, name)  # noqa: PTH118 - as a text, which is all that is needed
                status = os.stat(path)  # noqa: PTH116
                yield f"{path} {status.st_size} {status.st_mtime_ns}".encode(errors="surrogateescape")


def _first_file(library: str) -> Path:
    """Return the ``__init__.py`` of a package, which is not imported; raises ``FileNotFoundError``."""
    spec = importlib.util.find_spec(library)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(library)
    return Path(spec.origin)


def _path(folder: Path, key: bytes) -> Path:
    return folder / (key.hex() + SUFFIX)


def _folder(*, make: bool = False) -> Path | None:
    """Return the folder of the entries if it is there and nobody else can write to it."""
    folder = _place()
    if folder is None:
        return None
    try:
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()  # a link could be turned elsewhere by whoever owns the place it leads to
    except OSError:
        return None
    return folder if stat.S_ISDIR(status.st_mode) and _is_private(status) else None


def _place() -> Path | None:
    """Return where the user's caches are on this system, or what ``DOCSMITH_CACHE`` says."""
    said = os.environ.get("DOCSMITH_CACHE", "")
    if said:
        return None if said.lower() == "off" else Path(said)
    try:
        home = Path.home()
    except RuntimeError:  # no home at all
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return base / "docsmith" / "Cache" / "templates"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "docsmith" / "templates"
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The XDG Base Directory Specification has relative paths ignored.
    return (base if base.is_absolute() else home / ".cache") / "docsmith" / "templates"


def _is_private(status: os.stat_result) -> bool:
    """Tell whether only this user can write to something. Windows keeps users apart by their profiles."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE


def _read(path: Path) -> bytes:
    """Return the content of an entry; raises ``OSError`` for anything but a private file of a fair size."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    # A pipe in the place of an entry would be waited for.
    with open(os.open(path, flags | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:  # noqa: PTH123 - a handle
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or not _is_private(status) or status.st_size > MOST_BYTES // 4:
            raise PermissionError(path)
        return stream.read()


def _write(path: Path, content: bytes) -> None:
    """Put an entry in its place in one step. Without fsync: after a power cut, the digest tells."""
    temporary = path.with_name(f"{_UNFINISHED}{os.getpid()}-{threading.get_ident()}-{path.name}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(temporary, flags, 0o600), "wb") as stream:  # noqa: PTH123 - a handle
            stream.write(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _trim(folder: Path) -> None:
    """Remove the least recently used files, those that a killed process left behind among them."""
    total = 0
    for _modified, size, path in sorted(_files(folder), reverse=True):
        total += size
        if total > MOST_BYTES:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Yield the last use, the size and the path of every file that this module has made."""
    with os.scandir(folder) as found:
        for one in found:
            if one.name.endswith(SUFFIX) and one.is_file(follow_symlinks=False):
                status = one.stat(follow_symlinks=False)
                yield status.st_mtime, status.st_size, Path(one.path)
