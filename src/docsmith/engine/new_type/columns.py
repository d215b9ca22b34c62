"""New columns for labels that no sheet knows: what kind they are, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from docsmith.engine.new_type.meanings import title_of
from docsmith.model.columns import Column, Kind
from docsmith.model.schema import Schema

_LONGEST_TITLE = 20
# Words at the end of a label, and what stands below such a label.
_KINDS: Sequence[tuple[str, Kind]] = (
    (r"(照片|相片|图片|影像)$", Kind.PICTURE),
    (r"(日期|年月|年月日|生日|时限|期限)$", Kind.DATE),
    (r"(?<!学)(?<!用)时间$", Kind.DATE),
    (r"([人次票张份页个项条场]数|数量|总数|年龄|名次|人次)$", Kind.COUNT),
    (r"((?<![部成百身])分|分值|分数|成绩|学时|课时)$", Kind.NUMBER),
    (r"(金额|数额|费用?|[应实已欠]缴额?|单价|工资|收入|经费|合计|小计|总计|总额)$", Kind.NUMBER),
    (r"(年度|年份)$", Kind.YEAR),
    (r"(电话|手机|号码|编号|编码|代码|证号|账号|邮编|学号|工号)$", Kind.CODE),
    (r"(比例|百分比|(?<!效)率)$", Kind.CODE),  # a spreadsheet makes 0.015 of 1.5%, and keeps it in a code
    (r"(姓名|人|员|书记|组长|领导)[一二三2-9]?$", Kind.NAME),
)
_SEVERAL = re.compile(r"(人员|成员|党员|委员|群众|全员|队员)$")
# Units behind a label, and periods that are columns of a list that counts.
_UNITS: Sequence[tuple[str, Kind]] = (
    (r"[（(](单位[:：])?(万?元|分|学时|小时|天)[）)]$", Kind.NUMBER),
    (r"[（(](单位[:：])?(人次?|名|次|个|件|份|张|项|岁)[）)]$", Kind.COUNT),
)
_PERIOD = re.compile(
    r"第?[一二三四1-4]季度|[上下]半年|全年|(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?"
)
_COUNTS = re.compile(r"党费|经费|捐款|金额|次数|人数|积分|学时|得分|统计")
_YES_OR_NO = ("是", "否")
_NO_WORD = re.compile(r"[。；！？]|^\d+$")

_PIECE = re.compile(
    r"^(?:[于至]|第(?![一二三四五六七八九十\d])|共(?![产青同建享性])|年(?![度份龄级限终均])|月(?![份度薪均])|日(?![期常程均]))"
    r"|[于至第共]$|(?<!年)月$|(?<![青学成])年$|(?<![生节假党作念])日$|(?<![事理])由$|(?<![存所])在$"
)


def may_be_title(label: str) -> bool:
    """Tell whether a label may be the title of a column: a few words, no sentence."""
    title = title_of(label)
    return 0 < len(title) <= _LONGEST_TITLE and not _NO_WORD.search(label) and not title.isdecimal()


def no_word(title: str) -> bool:
    """Tell whether a label is a piece of a sentence or a date and no word of a form: 于, 日至, 共人."""
    return len(title) == 1 or _PIECE.search(title) is not None


def kind_of(label: str, options: Sequence[str] = ()) -> Kind:
    """Return what a column holds: guessed from its unit or its last words, text if nothing says more."""
    title = title_of(label)
    if options or title.startswith("是否"):
        return Kind.CHOICE
    if _SEVERAL.search(title):
        return Kind.TEXT
    by_unit = next((kind for words, kind in _UNITS if re.search(words, label)), None)
    return by_unit or next((kind for words, kind in _KINDS if re.search(words, title)), Kind.TEXT)


def kinds_of_list(labels: Sequence[str], title: str) -> list[Kind]:
    """Return what the columns of a list hold: periods (第一季度) hold numbers where the list counts."""
    kinds = [kind_of(label) for label in labels]
    counts = _COUNTS.search(title) is not None or not {Kind.NUMBER, Kind.COUNT}.isdisjoint(kinds)
    return [
        Kind.NUMBER if counts and _PERIOD.fullmatch(title_of(label)) else kind
        for label, kind in zip(labels, kinds, strict=True)
    ]


class NewColumns:
    """Makes columns for labels. One that another type has declared already is declared in the same words.

    English names are those of known columns with the same title in a sheet of the type's own, and
    ``talk_record_1`` in a sheet that other types may extend, too.
    """

    def __init__(self, schema: Schema, plugin_id: str) -> None:
        self._schema = schema
        self._known = {one.title: one.name for sheet in schema.sheets.values() for one in sheet.columns}
        self._prefix = plugin_id.replace("-", "_")
        self._number = 0

    def make(
        self,
        label: str,
        options: Sequence[str],
        sheet: str | None,
        beside: Iterable[Column],
        kind: Kind | None = None,
    ) -> Column:
        """Return a column of a sheet, ``None`` for one of the type's own, that has those ``beside`` it.

        What it holds is guessed from its label unless ``kind`` says so.
        """
        title = title_of(label)
        declared = self._schema.sheets[sheet].columns if sheet else ()
        for column in declared:
            if column.title == title:
                return column
        kind = Kind.CHOICE if options else kind or kind_of(label, options)
        choices = dict.fromkeys(options or _YES_OR_NO, ()) if kind is Kind.CHOICE else {}
        taken = {column.name for column in (*declared, *beside)}
        return Column(self._name(title, sheet, taken), title, kind, choices=choices)

    def _name(self, title: str, sheet: str | None, taken: Container[str]) -> str:
        if sheet is None and title in self._known and self._known[title] not in taken:
            return self._known[title]
        self._number += 1
        while f"{self._prefix}_{self._number}" in taken:
            self._number += 1
        return f"{self._prefix}_{self._number}"
