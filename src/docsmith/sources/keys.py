"""What two wordings of one header or one sheet name share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRACKETS = re.compile(r"[(\[【〔{].*?(?:[)\]】〕}]|$)", re.DOTALL)
_MARKS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、]")
# What says how to fill in the column: 姓名（必填）, 出生日期yyyy-mm-dd.
_HINT = re.compile(r"(?:必填|选填|非必填)项?$|y{4}.?m{2}(?:.?d{2})?$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    r"""Return a header without its notes and marks: ``*出生日期\n（年月日）`` gives 出生日期.

    Full-width letters become half-width, small letters stand for capitals. A text that is all in brackets,
    or all a note, keeps its words.
    """
    plain = unicodedata.normalize("NFKC", text)
    bare = _MARKS.sub("", _HINT.sub("", _NUMBER.sub("", _BRACKETS.sub("", plain)).rstrip()))
    return (bare or _MARKS.sub("", plain)).casefold()
