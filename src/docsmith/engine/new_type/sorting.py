"""The blanks of a form, sorted: what is certain, what is new, what is doubtful, and what is for a pen."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from docsmith.engine.new_type.columns import NewColumns, kind_of, may_be_title, no_word
from docsmith.engine.new_type.meanings import (
    BRANCH,
    RECORD,
    UNIT,
    Meaning,
    Meanings,
    is_year,
    member_of,
    tag_of,
    title_of,
)
from docsmith.engine.new_type.subject import Subject
from docsmith.model.columns import Column, Kind
from docsmith.official.adopting.blanks import Kind as BlankKind
from docsmith.official.adopting.form import Blank
from docsmith.sources.keys import header_key

_SIGNED = re.compile(r"签字|签名|签章|手印|手签|签署")
_SEALED = re.compile(r"盖章|公章|印章")
_OPINION = re.compile(r"意见[:：]?$")
_APPROVAL = re.compile(r"^(审批|审核|批示|批准)$")
_NO_LABEL = re.compile(r"^(注|备注说明|说明|附件?|附录|第|共|合计|小计|总计)$")
_LONGEST = 8
_PHOTOGRAPH = "照片(25, 35)"  # millimetres: a small one, for where there is no cell to fit it to
_MONTH_BLANK = "　　　　年　　月"
_DATE_BLANK = f"{_MONTH_BLANK}　　日"
# What a branch and a unit have, and any row of a form may have, too.
_OF_A_ROW = ("phone", "note", "kind", "superior", "filled_by")
# Room that says nothing but that something goes there: nobody can tell a value from an ornament.
_WEAK = (BlankKind.BRACKET, BlankKind.MARK)
_DATED = (Kind.DATE, Kind.TIME)
_BEFORE_WORDS = (BlankKind.LINE, BlankKind.ROOM, *_WEAK)
_PART = re.compile(r"[ 　]*(?:[月日季省市县区局]|公司|集团)")


class Why(StrEnum):
    """Why a blank stays as it is."""

    PEN = "pen"  # a signature, a seal, an opinion
    NAMELESS = "nameless"  # nothing says what belongs there
    UNKNOWN = "unknown"  # what it is called is no title of a column


class Placed(NamedTuple):
    """A blank that has a tag now; ``new`` is the column that was made for it."""

    blank: Blank
    tag: str
    new: Column | None = None


class Doubtful(NamedTuple):
    """A blank that may mean several things: tags to choose from, none of which was put in."""

    blank: Blank
    tags: tuple[str, ...]


class Left(NamedTuple):
    """A blank that stays as it is."""

    blank: Blank
    why: Why


class Sorter:
    """Sorts the blanks of a form one by one, in the order of the page.

    ``home`` is the sheet that new columns go to, ``None`` for one that the type declares itself; ``title`` is
    that of the form.
    """

    def __init__(
        self, meanings: Meanings, subject: Subject, home: str | None, new: NewColumns, title: str
    ) -> None:
        self._meanings, self._subject, self._home, self._new = meanings, subject, home, new
        self._title = title
        self.placed: list[Placed] = []
        self.doubtful: list[Doubtful] = []
        self.left: list[Left] = []
        self.columns: list[Column] = []
        self._once: set[str] = set()

    def take(self, blank: Blank) -> None:
        """Sort one blank."""
        if _is_no_blank(blank):
            return
        if why := _stays(blank):
            self.left.append(Left(blank, why))
        elif self._is_year(blank):
            self._place(blank, "{{ 年度 }}")
        elif blank.kind is not BlankKind.CELL and header_key(blank.label) == "年":
            self.left.append(Left(blank, Why.PEN))
        elif found := self._found(blank):
            self._take_meant(blank, found)
        elif near := self._meanings.near(blank.label, self._sheets()):
            self.doubtful.append(Doubtful(blank, tuple(map(tag_of, near))))
        else:
            self._take_unknown(blank)

    def _is_year(self, blank: Blank) -> bool:
        """Tell whether a blank is for the year of the form; one before 年 is, in the form's own heading."""
        if blank.gap is None or blank.line is None or header_key(blank.label) != "年":
            return is_year(blank.label)
        return title_of(blank.line.text).endswith(title_of(self._title))

    def _found(self, blank: Blank) -> Sequence[Meaning]:
        """Return what a label means; in a table of rows of its own, 电话 and 备注 are not the branch's."""
        in_table = blank.box is not None
        found = self._meanings.of(blank.label, self._subject.sheet, in_table=in_table)
        of_a_row = self._home is None and in_table
        return [] if of_a_row and any(one.column.name in _OF_A_ROW for one in found) else found

    def _take_meant(self, blank: Blank, found: Sequence[Meaning]) -> None:
        if len(found) > 1:
            self.doubtful.append(Doubtful(blank, tuple(map(tag_of, found))))
        elif blank.kind is BlankKind.DATE and found[0].column.kind not in _DATED:
            self.left.append(Left(blank, Why.PEN))
        elif blank.kind is BlankKind.CHOICE:
            self._place(blank, _boxes(found[0].expression(), blank.options))
        else:
            to_month = _has_no_day(blank)
            tag = tag_of(found[0], "年月" if to_month else header_key(blank.label))
            by_hand = _MONTH_BLANK if to_month else _DATE_BLANK
            is_dated = found[0].column.kind is Kind.DATE and found[0].sheet == UNIT
            self._place(blank, tag.replace(" }}", f" or '{by_hand}' }}}}") if is_dated else tag)

    def _take_unknown(self, blank: Blank) -> None:
        title = title_of(blank.label)
        if no_word(title) or (blank.kind is BlankKind.DATE and kind_of(title) is not Kind.DATE):
            self.left.append(Left(blank, Why.PEN))
            return
        wanted = blank.kind not in _WEAK and (blank.kind is not BlankKind.ROOM or blank.box is not None)
        if not wanted or not may_be_title(blank.label) or _NO_LABEL.match(title):
            self.left.append(Left(blank, Why.UNKNOWN))
            return
        known = next((one for one in self.columns if one.title == title), None)
        if known is None:
            known = self._new.make(title, blank.options, self._home, self.columns)
            self.columns.append(known)
        expression = member_of("支部" if self._home == BRANCH else RECORD, known)
        self._place(blank, _tag_of_new(expression, known, blank), known)

    def _place(self, blank: Blank, tag: str, new: Column | None = None) -> None:
        """Put a tag in; a second cell for the same value of a row is more likely another value."""
        twice = blank.kind is BlankKind.CELL and RECORD in tag and tag in self._once
        if twice:
            self.doubtful.append(Doubtful(blank, (tag,)))
            return
        self._once.add(tag)
        self.placed.append(Placed(blank, tag, new))

    def _sheets(self) -> list[str]:
        return [name for name in (self._subject.sheet, BRANCH, UNIT) if name]


def _tag_of_new(expression: str, column: Column, blank: Blank) -> str:
    if blank.options:
        return _boxes(expression, blank.options)
    if column.kind is Kind.PICTURE:
        return f"{{{{ {expression}|{'照片' if blank.box is not None else _PHOTOGRAPH} }}}}"
    return f"{{{{ {expression}|年月 }}}}" if _has_no_day(blank) else f"{{{{ {expression} }}}}"


def _boxes(expression: str, options: Sequence[str]) -> str:
    """Return the tag that prints the form's own choices with a tick, and behind them a value that is none."""
    words = ", ".join(json.dumps(option, ensure_ascii=False) for option in options)
    return f"{{{{ {expression}|勾选({words}) }}}}"


def _has_no_day(blank: Blank) -> bool:
    """Tell whether a date is asked for to the month: ____年____月."""
    if blank.kind is not BlankKind.DATE or blank.gap is None or blank.line is None:
        return False
    return "日" not in blank.line.text[blank.gap.start : blank.gap.end]


def _is_cut(blank: Blank) -> bool:
    """Tell whether what stands behind the room is part of the value: ____月, ____省, ____公司."""
    if blank.kind not in _BEFORE_WORDS or blank.gap is None or blank.line is None:
        return False
    return _PART.match(blank.line.text, blank.gap.end) is not None


def _is_no_blank(blank: Blank) -> bool:
    """Tell whether there is nothing to fill in: a tag that says more than a label, 郑重承诺如下：."""
    if blank.kind is BlankKind.TAG:
        return blank.label in ("年度", "year") or not blank.label.isidentifier()
    if blank.kind is not BlankKind.ROOM or blank.box is not None or blank.gap is None:
        return False
    return blank.gap.start == blank.gap.end and (len(blank.label) > _LONGEST or blank.label.endswith("如下"))


def is_signed(label: str) -> bool:
    """Tell whether a label asks for a signature by hand."""
    return _SIGNED.search(label) is not None


def _stays(blank: Blank) -> Why | None:
    key = header_key(blank.label)
    if _SEALED.search(key) or _is_cut(blank):
        return Why.PEN
    if is_signed(blank.label) or _OPINION.search(blank.label) or key.endswith("意见"):
        return Why.PEN
    if blank.kind is BlankKind.CELL and _APPROVAL.match(key):
        return Why.PEN
    if not key:
        return Why.PEN if blank.kind is BlankKind.DATE else Why.NAMELESS
    return None
