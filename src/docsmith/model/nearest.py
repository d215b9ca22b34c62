"""Finding what somebody meant: spelling twins, and the nearest of the known words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from docsmith._i18n import gettext as _

# Two spellings of one word: both are in use, and neither is worth a question.
_TWINS = (("台帐", "台账"), ("满意度", "满意率"), ("自检自查", "自查自检"))
_SIMILAR_ENOUGH = 0.5


def spelling_key(name: str) -> str:
    """Return what all spellings of one name share: width, case, blanks and twins (台帐, 台账) are alike."""
    key = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    for spelling, usual in _TWINS:
        key = key.replace(spelling, usual)
    return key


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``name``, or ``None`` where nothing is alike."""
    import difflib

    by_key = {spelling_key(word): word for word in known}
    found = difflib.get_close_matches(spelling_key(name), by_key, n=1, cutoff=_SIMILAR_ENOUGH)
    return by_key[found[0]] if found else None


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return a hint for a word that nobody knows: the nearest known one, else all of them."""
    words = list(known)
    if close := nearest(name, words):
        return _("Did you mean {name}?").format(name=close)
    return _("Known: {names}.").format(names=_listed(words)) if words else ""


def _listed(words: list[str], most: int = 20) -> str:
    return "、".join(words[:most]) + ("……" if len(words) > most else "")
