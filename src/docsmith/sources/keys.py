"""What two wordings of one header or one sheet name share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[【〔{].*?(?:[)\]】〕}]|$)", re.DOTALL)
_MARKS = re.compile(r"[\s*★☆※●:_＿·\u200b\ufeff]+")
_NUMBER = re.compile(r"^\d{1,2}[.、．]")


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    r"""Return a header without its notes and marks: ``*出生日期\n（年月日）`` gives 出生日期.

    Full-width letters become half-width, small letters stand for capitals. A text that is all in brackets
    keeps what is inside them.
    """
    plain = unicodedata.normalize("NFKC", text)
    bare = _MARKS.sub("", _BRACKETS.sub("", plain))
    return (_NUMBER.sub("", bare) or _MARKS.sub("", plain)).casefold()
