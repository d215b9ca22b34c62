"""What kind of room a blank is: for a tag, for a pen, or none; its words and what stands around say so."""

from __future__ import annotations

import re
from enum import StrEnum

from docsmith.engine.new_type.columns import may_be_title
from docsmith.engine.new_type.meanings import title_of
from docsmith.official.adopting.blanks import Kind
from docsmith.official.adopting.form import Blank
from docsmith.sources.keys import header_key

_SIGNED = re.compile(r"签字|签名|签章|手印|手签|签署|签[到收]$|^(?:划票|表决|选举)?符号$|^另选(?:他人|人)")
_SIGNED_BEHIND = re.compile(r"[ 　_]*[（(](?:本人)?(?:签字|签名|签章|手印|手签)")
_SEALED = re.compile(r"盖章|公章|印章")
_OPINION = re.compile(r"意见[:：]?$")
_APPROVAL = re.compile(r"^(审批|审核|批示|批准)$")
_LONGEST = 8
_LONGEST_IN_A_SENTENCE = 10
# Room that says nothing but that something goes there: nobody can tell a value from an ornament.
_WEAK = (Kind.BRACKET, Kind.MARK)
_FULL_WIDTH = frozenset("｛｝")
_BEFORE_WORDS = (Kind.LINE, Kind.ROOM, *_WEAK)
_PART = re.compile(r"[ 　）)】〕》]*(?:[月日季省市县区局]|公司|集团)")
_OWN_TAG = re.compile(r"\w+(?:\.\w+)*")


class Why(StrEnum):
    """Why a blank stays as it is."""

    PEN = "pen"  # a signature, a seal, an opinion
    NAMELESS = "nameless"  # nothing says what belongs there
    UNKNOWN = "unknown"  # what it is called is no title of a column
    SQUARES = "squares"  # a square for each letter, which a tag would take the place of
    MEMBER = "member"  # the branch has many of it: it is a column of its members


def is_signed(label: str) -> bool:
    """Tell whether a label asks for a signature by hand."""
    return _SIGNED.search(label) is not None


def why_left(blank: Blank) -> Why | None:
    """Return why a blank stays as it is whatever it is called; ``None`` for one that may be filled in."""
    key = header_key(blank.label)
    if _SEALED.search(key) or _is_cut(blank):
        return Why.PEN
    if (
        is_signed(blank.label)
        or _is_signed_behind(blank)
        or _OPINION.search(blank.label)
        or key.endswith("意见")
    ):
        return Why.PEN
    if blank.kind is Kind.CELL and _APPROVAL.match(key):
        return Why.PEN
    if not key:
        return Why.PEN if blank.kind is Kind.DATE else Why.NAMELESS
    return None


def is_none(blank: Blank) -> bool:
    """Tell whether there is nothing to fill in: a tag that says more than a label, 郑重承诺如下：."""
    if is_tag(blank):
        is_full_width = not _FULL_WIDTH.isdisjoint(blank.text_of_gap)
        return not is_full_width and (blank.label in ("年度", "year") or not blank.label.isidentifier())
    if blank.kind is not Kind.ROOM or blank.box is not None or blank.gap is None:
        return False
    return blank.gap.start == blank.gap.end and (len(blank.label) > _LONGEST or blank.label.endswith("如下"))


def is_before_year(blank: Blank) -> bool:
    """Tell whether there is nothing but space before 年度: the indent of a line, unless it is the heading."""
    return blank.kind is Kind.LINE and blank.label == "年度" and blank.text_of_gap.isspace()


def is_tag(blank: Blank) -> bool:
    """Tell whether somebody has put a tag there already."""
    return blank.kind is Kind.TAG


def may_be_column(blank: Blank) -> bool:
    """Tell whether room may be that of a new column: it is no ornament, and its label no sentence."""
    if not may_be_title(blank.label) or (blank.kind in _WEAK and not blank.is_whole_cell):
        return False
    if blank.gap is None or blank.line is None or blank.label_box or blank.options or is_tag(blank):
        return True
    before = blank.line.text[: blank.gap.start].rstrip(" 　\t_")
    is_short = before.endswith((":", "：")) or len(title_of(blank.label)) <= _LONGEST_IN_A_SENTENCE
    return is_short and (blank.kind is not Kind.ROOM or blank.box is not None)


def has_no_day(blank: Blank) -> bool:
    """Tell whether a date is asked for to the month: ____年____月."""
    return blank.gap is not None and not blank.gap.has_day


def _is_signed_behind(blank: Blank) -> bool:
    """Tell whether the words behind the room ask for a signature in it: 承诺人：　　　（签名）."""
    if blank.gap is None or blank.line is None:
        return False
    return _SIGNED_BEHIND.match(blank.line.text, blank.gap.end) is not None


def _is_cut(blank: Blank) -> bool:
    """Tell whether what stands behind the room is part of the value: ____月, ____省, ____公司."""
    if blank.kind not in _BEFORE_WORDS or blank.gap is None or blank.line is None:
        return False
    return _PART.match(blank.line.text, blank.gap.end) is not None


def is_own_tag(blank: Blank) -> bool:
    """Tell whether a tag names what the data have, and only its braces are full-width: ｛｛支部.书记｝｝."""
    return is_tag(blank) and "." in blank.label and _OWN_TAG.fullmatch(blank.label) is not None
