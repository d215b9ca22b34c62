"""The blanks of a form, sorted: what is certain, what is new, what is doubtful, and what is for a pen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docsmith.engine.new_type.columns import NewColumns, kind_of, no_word
from docsmith.engine.new_type.meanings import (
    BRANCH,
    RECORD,
    UNIT,
    Meaning,
    Meanings,
    boxes,
    is_year,
    member_of,
    tag_of,
    title_of,
)
from docsmith.engine.new_type.room import (
    Why,
    has_no_day,
    is_before_year,
    is_none,
    is_own_tag,
    may_be_column,
    why_left,
)
from docsmith.engine.new_type.subject import Subject
from docsmith.model.columns import Column, Kind
from docsmith.official.adopting.blanks import Kind as BlankKind
from docsmith.official.adopting.form import Blank
from docsmith.sources.keys import header_key

_NO_LABEL = re.compile(r"^(注|备注说明|说明|附件?|附录|第|共|合计|小计|总计)$")
_PHOTOGRAPH = "照片(25, 35)"  # millimetres: a small one, for where there is no cell to fit it to
_MONTH_BLANK = "　　　　年　　月"
_DATE_BLANK = f"{_MONTH_BLANK}　　日"
# What a branch and a unit have, and any row of a form may have, too.
_OF_A_ROW = ("phone", "note", "kind", "superior", "filled_by")
_DATED = (Kind.DATE, Kind.TIME)


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
        if is_none(blank) or (is_before_year(blank) and not self._is_year(blank)):
            return
        if is_own_tag(blank):
            self._place(blank, f"{{{{ {blank.label} }}}}")
        elif why := why_left(blank):
            self.left.append(Left(blank, why))
        elif self._is_year(blank):
            self._place(blank, "{{ 年度 }}")
        elif blank.kind is not BlankKind.CELL and header_key(blank.label) == "年":
            self.left.append(Left(blank, Why.PEN))
        elif blank.kind is not BlankKind.SPACE and (found := self._found(blank)):
            self._take_meant(blank, found)
        elif blank.kind in (BlankKind.SQUARES, BlankKind.SPACE):
            self.left.append(Left(blank, Why.SQUARES if blank.kind is BlankKind.SQUARES else Why.UNKNOWN))
        elif self._is_of_members(blank):
            self.left.append(Left(blank, Why.MEMBER))
        elif near := self._meanings.near(blank.label, self._sheets()):
            self.doubtful.append(Doubtful(blank, tuple(map(tag_of, near))))
        else:
            self._take_unknown(blank)

    def _is_year(self, blank: Blank) -> bool:
        """Tell whether a blank is for the year of the form; one before 年 is, in the form's own heading."""
        sure = header_key(blank.label) != "年" and not blank.text_of_gap.isspace()
        if blank.gap is None or blank.line is None or sure:
            return is_year(blank.label)
        return title_of(blank.line.text).endswith(title_of(self._title))

    def _found(self, blank: Blank) -> Sequence[Meaning]:
        """Return what a label means; in a table of rows of its own, 电话 and 备注 are not the branch's."""
        in_table = blank.box is not None
        found = self._meanings.of(blank.label, self._subject.sheet, in_table=in_table)
        of_a_row = self._home is None and in_table
        return [] if of_a_row and any(one.column.name in _OF_A_ROW for one in found) else found

    def _is_of_members(self, blank: Blank) -> bool:
        """Tell whether a form of the branch asks for what each of its members has."""
        found = self._meanings.in_sheet(blank.label, "members") if self._home == BRANCH else None
        return found is not None and found.column.title in title_of(blank.label)

    def _take_meant(self, blank: Blank, found: Sequence[Meaning]) -> None:
        if len(found) > 1 or blank.kind is BlankKind.SQUARES:
            self.doubtful.append(Doubtful(blank, tuple(map(tag_of, found))))
        elif blank.kind is BlankKind.DATE and found[0].column.kind not in _DATED:
            self.left.append(Left(blank, Why.PEN))
        elif blank.kind is BlankKind.CHOICE:
            self._place(blank, _boxes(found[0].expression(), blank))
        else:
            to_month = has_no_day(blank)
            tag = tag_of(found[0], "年月" if to_month else header_key(blank.label))
            by_hand = _MONTH_BLANK if to_month else _DATE_BLANK
            is_dated = found[0].column.kind is Kind.DATE and found[0].sheet == UNIT
            self._place(blank, tag.replace(" }}", f" or '{by_hand}' }}}}") if is_dated else tag)

    def _take_unknown(self, blank: Blank) -> None:
        title = title_of(blank.label)
        if no_word(title) or (blank.kind is BlankKind.DATE and kind_of(title) is not Kind.DATE):
            self.left.append(Left(blank, Why.PEN))
            return
        if not may_be_column(blank) or _NO_LABEL.match(title):
            self.left.append(Left(blank, Why.UNKNOWN))
            return
        known = next((one for one in self.columns if one.title == title), None)
        if known is None:
            known = self._new.make(blank.label, blank.options, self._home, self.columns)
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
        return _boxes(expression, blank)
    if column.kind is Kind.PICTURE:
        return f"{{{{ {expression}|{'照片' if blank.box is not None else _PHOTOGRAPH} }}}}"
    return f"{{{{ {expression}|年月 }}}}" if has_no_day(blank) else f"{{{{ {expression} }}}}"


def _boxes(expression: str, blank: Blank) -> str:
    in_lines = blank.gap is None and blank.box is not None and blank.box.is_in_lines
    return boxes(expression, blank.options, in_lines=in_lines)
