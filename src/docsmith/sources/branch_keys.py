"""What two spellings of one branch's name share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from docsmith.model.wording import chinese_number

_BEFORE = re.compile(r"^(?:中国共产党|中共)")
_COMMITTEE = re.compile(r"^(?:机关)?(?:委员会|党委|党总支|总支部委员会|总支部?)")
_AFTER = re.compile(r"(?:党支部|支部)$")
_NUMBERED = re.compile(r"第(\d{1,3})")


def branch_key(name: str, owners: Sequence[str] = ()) -> str:
    """Return what the spellings of one branch share: ``中共 第1支部`` and ``第一党支部`` give 第一.

    ``owners`` are the names of the unit and of the committee above it: 中共示例局委员会第一党支部 is 第一 too
    where the unit is 示例局, and stays another branch where it is not.
    """
    plain = _plain(name)
    bare = _BEFORE.sub("", plain)
    for owner in sorted((_BEFORE.sub("", _plain(owner)) for owner in owners), key=len, reverse=True):
        if bare.startswith(owner):
            bare = _COMMITTEE.sub("", bare.removeprefix(owner))
            break
    bare = _AFTER.sub("", bare) or plain
    return _NUMBERED.sub(lambda match: f"第{chinese_number(int(match[1]))}", bare)


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()
