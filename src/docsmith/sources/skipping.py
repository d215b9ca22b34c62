"""Rows that are no data: hints, examples, notes, the header once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.columns import Kind
from docsmith.model.findings import Place
from docsmith.model.schema import EXAMPLE_MARK
from docsmith.sources.forms import Form
from docsmith.sources.keys import header_key
from docsmith.sources.notes import Notes, shortened
from docsmith.sources.tables import first_filled, is_empty

_EXAMPLE_WORDS = frozenset({"示例", "样例", "范例", "示例行", "示例数据", "（示例）", "(示例)", "【示例】"})
# 示例, 例1, 示例：张三, 示例（请删除）, （示例）张三, 张三（例）; but not 示例研究所.
_WORD = r"(?:(?:填表|填写)?(?:示例|样例|范例)|举例|例如|例)"
_EXAMPLE = (
    rf"(?s)\s*[（(【\[]?\s*{_WORD}(?:行|数据)?\d*\s*[)）】\]]?\s*(?:[:：，,；;。(（].*)?"
    rf"|\s*[（(【\[]{_WORD}[)）】\]].*"
    rf"|.*[（(【\[]{_WORD}[)）】\]]\s*"
)
_MUST = re.compile(r"\W*(?:必填|选填|必填项|选填项|必须填写|非必填|可不填|可选|可空)\W*")
_HINT = re.compile(
    r"必填|选填|填写|格式|下拉|例如|^如[:：]|逗号隔开|顿号隔开|不超过|[Yy]{4}|\d位"
    r"|^\W?(?:文本|文字|数字|数值|整数|日期|年月|单选|多选)型?\W?$|^\w{1,5}(?:/\w{1,5})+$"
)
_SAYS_NOTHING = frozenset("无/—-")
_HINT_ROWS = 3
_NOTE = re.compile(
    r"\s*(?:(?:填写|填表)?(?:注意事项|说明|须知|要求)|注|备注|填[表报]人|审核人|制表人)\s*(?:[:：\n]|$)"
)
# 审核人：李四, 填报日期（盖章）：2026年12月
_SIGN_OFF = re.compile(r"\s*[\w（）()/ ]{2,12}[:：]")
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计)\s*(?:[:：\d（(]|$)")
_RUNNING_NUMBER = frozenset({"序号", "no", "no.", "行号"})


class RowFilter:
    """Tells data rows from the others, for all tables of one form; rows are counted from 0."""

    def __init__(self, form: Form) -> None:
        layout = form.layout
        self._layout, self._objects = layout, form.objects
        self._marked = [
            heading.index
            for heading in layout.headings
            if heading.column and heading.column.kind in (Kind.NAME, Kind.CODE)
        ]
        self._numbers = {
            h.index for h in layout.headings if header_key(h.text) in _RUNNING_NUMBER and not h.column
        }
        self._header = [header_key(h.text) for h in layout.headings]
        self._titles = {header_key(cell) for row in form.top[:-1] for cell in row if isinstance(cell, str)}

    def is_example(self, row: Sequence[Any]) -> bool:
        """Tell whether a row that is not empty is marked as an example."""
        for at in self._marked:
            cell = row[at]
            if type(cell) is str and "例" in cell and _says_example(cell):
                return True
        first = row[0] if row[0] else next(cell for cell in row if cell not in ("", None))
        if _says_example(first):
            return True
        return not self._objects and not _EXAMPLE_WORDS.isdisjoint(row)

    def has_example(self, columns: Sequence[Sequence[Any]], texts: Sequence[str]) -> bool:
        """Tell whether any of these rows, none of which is empty, is marked as an example.

        :param columns: the cells of the rows, column by column.
        :param texts: all texts of each column in one.
        """
        marked = [at for at in {0, *self._marked} if "例" in texts[at]]
        if any(_says_example(cell) for at in marked for cell in _distinct(columns[at])):
            return True
        if not self._objects and any(not _EXAMPLE_WORDS.isdisjoint(_distinct(one)) for one in columns):
            return True
        headless = () if all(columns[0]) else (row for row in zip(*columns) if not row[0])
        return any(map(self.is_example, headless))

    def is_hint(self, index: int, row: Sequence[Any]) -> bool:
        """Tell whether a row says how to fill in the table, in a cell that names or numbers something."""
        return self.is_near(index) and any(
            _MUST.fullmatch(row[at]) for at in self._marked if type(row[at]) is str
        )

    def is_noise(self, index: int, row: Sequence[Any]) -> bool:
        """Tell whether a row that cannot be read is no data after all."""
        filled = [row[i] for i, cell in enumerate(row) if not is_empty(cell) and i not in self._numbers]
        return (
            not filled
            or (self.is_near(index) and self._are_hints(filled))
            or self._is_header_again(filled)
            or self._is_note(row)
        )

    def says_nothing(self, row: Sequence[Any]) -> bool:
        """Tell whether a row holds no more than its running number."""
        return all(is_empty(cell) or at in self._numbers for at, cell in enumerate(row))

    def is_near(self, index: int) -> bool:
        """Tell whether a row is close below the header, where hints stand."""
        return index - self._layout.row <= _HINT_ROWS and not self._objects

    def _are_hints(self, cells: Sequence[Any]) -> bool:
        """Tell whether a row says of every column how to fill it in, or repeats its title, or says nothing.

        Or one cell says 必填 and no more: no record has that for a value.
        """
        texts = [cell for cell in cells if isinstance(cell, str) and len(cell) < 100]
        if any(map(_MUST.fullmatch, texts)):
            return True
        hints = [text for text in texts if _HINT.search(text)]
        idle = [text for text in texts if text in _SAYS_NOTHING or header_key(text) in self._header]
        return len(hints) >= 2 and len({*hints, *idle}) == len(set(cells)) and len(texts) == len(cells)

    def _is_header_again(self, filled: Sequence[Any]) -> bool:
        titles = sum(isinstance(cell, str) and header_key(cell[:100]) in self._header for cell in filled)
        return titles > max(2, len(filled) * 0.6)

    def _is_note(self, row: Sequence[Any]) -> bool:
        """Tell whether a row is a note, a total, or the title of a further page."""
        text = row[first_filled(row)]
        if not isinstance(text, str):
            return False
        alone = sum(not is_empty(cell) for cell in row) == 1
        return bool(
            _TOTAL.match(text)
            or (_NOTE.match(text) and (self._lacks_most(row) or _is_sign_off(row)))
            or (alone and header_key(text) in self._titles)
        )

    def _lacks_most(self, row: Sequence[Any]) -> bool:
        """Tell whether all required cells but perhaps one are empty."""
        required = [h.index for h in self._layout.headings if h.column and h.column.required]
        return sum(not is_empty(row[index]) for index in required) <= 1


def _is_sign_off(row: Sequence[Any]) -> bool:
    """Tell whether every cell is a label with a colon, as below a form: 填表人：张三, 审核人：李四."""
    return all(isinstance(cell, str) and _SIGN_OFF.match(cell) for cell in row if not is_empty(cell))


def note_example(place: Place, notes: Notes) -> None:
    """Say that an example is passed over."""
    notes.info("row-example", place, _("this row is marked as an example and is not read"))


def note_skipped(place: Place, row: Sequence[Any], notes: Notes) -> None:
    """Say that a row is passed over because it is no data."""
    text = shortened(str(row[first_filled(row)]))
    notes.info("row-note", place, _("this row is a note and is not read: {text}").format(text=text))


def _distinct(cells: Sequence[Any]) -> set[str]:
    return {cell for cell in cells if type(cell) is str}


def _says_example(cell: object) -> bool:
    if type(cell) is not str or "例" not in cell:
        return False
    # The mark of our own workbook goes first: the pattern takes 0.6 ms to compile.
    return cell.startswith(EXAMPLE_MARK) or re.fullmatch(_EXAMPLE, cell) is not None
