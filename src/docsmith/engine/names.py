"""File names made from data: safe on every system, and never the same for two things."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from docsmith._files import RESERVED_NAME

MOST_BYTES = 240  # of UTF-8; file systems allow 255
_UNNAMED = "未命名"
# Nothing to do for these, and nothing that becomes another character: nearly all names are such.
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）、—-]{1,60}")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\r\n\t\v\f]+')
# Marks that show nothing: controls, zero-width and bidirectional marks, lone surrogates, unassigned code.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
_DIGEST_DIGITS = 4


def safe_name(text: str, most_bytes: int = MOST_BYTES) -> str:
    """Return a name without an ending that is safe as one file or folder on Windows, macOS and Linux.

    Separators and what Windows forbids become ``_``, invisible characters vanish, a reserved name (``CON``)
    and a start that means something to programs (``-``, ``~$``, ``.``) get a ``_`` in front.
    """
    if _PLAIN.fullmatch(text) and text[0] != "-" and not text.isascii() and 3 * len(text) <= most_bytes:
        return text
    visible = "".join(
        " " if character == "\u3000" else character
        for character in _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))
        if unicodedata.category(character) not in _INVISIBLE
    )
    name = _cut(" ".join(visible.split()), most_bytes).rstrip(". ")
    if not name.strip("._ "):
        return _UNNAMED
    if name[0] in "-.~" or RESERVED_NAME.match(name):
        name = _cut(f"_{name}", most_bytes).rstrip(". ")
    return name


def _cut(text: str, most_bytes: int) -> str:
    """Cut to a number of bytes of UTF-8, between two characters."""
    return text.encode()[:most_bytes].decode(errors="ignore")


def collision_key(name: str) -> str:
    """Return what two names share that some file system takes for one: case, width, composition."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def distinct_names(texts: Iterable[str], most_bytes: int = MOST_BYTES) -> list[str]:
    """Return a safe name for each text, all different even where a file system ignores case and width.

    All that would collide get a suffix made from their own text, so that a name does not depend on the order
    of the data; texts that are the same are numbered.
    """
    originals = list(texts)
    names = [safe_name(text, most_bytes) for text in originals]
    keys = Counter(map(collision_key, names))
    seen: Counter[str] = Counter()
    result = []
    for text, name in zip(originals, names, strict=True):
        if keys[collision_key(name)] > 1:
            name = with_digest(name, text, most_bytes)
        seen[collision_key(name)] += 1
        count = seen[collision_key(name)]
        result.append(name if count == 1 else _with_suffix(name, f"-{count}", most_bytes))
    return result


def with_digest(name: str, text: str, most_bytes: int = MOST_BYTES) -> str:
    """Return a name that is told apart from the same name of another text by a suffix made from its own."""
    return _with_suffix(name, f"-{_digest(text)}", most_bytes)


def short_name(text: str, own: str, most_bytes: int = MOST_BYTES) -> str:
    """Return a safe name; where it has to be cut, it ends with a digest of what is its ``own``, if anything.

    So two names that only differ behind the cut stay two.
    """
    name = safe_name(text, most_bytes)
    is_cut = len(text.encode(errors="surrogatepass")) > most_bytes
    return with_digest(name, own, most_bytes) if own and is_cut else name


def _with_suffix(name: str, suffix: str, most_bytes: int) -> str:
    return _cut(name, most_bytes - len(suffix.encode())).rstrip(". ") + suffix


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_DIGITS]
