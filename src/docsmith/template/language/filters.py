"""The filters of templates, each with an English and a Chinese name.

==============================  ==================================================================
``{{ x|日期 }}`` ``date``        2026年3月5日; also how a date prints without a filter
``date_dots`` ``点分日期``       2026.03.05
``month`` ``年月``               2026年3月
``date_chinese`` ``汉字日期``    二〇二六年三月五日
``name`` ``姓名``                张三 as 张　三
``numeral`` ``序号``             12 as 十二
``percent`` ``百分比``           0.965 as 96.5%
``join_names`` ``顿号``          a list as 甲、乙、丙
``default`` ``默认``             something else where there is no value: ``{{ x|默认("无") }}``
``blank`` ``留空``               nothing where there is no value, for a pen
``tick`` ``打勾``                √ where the answer is 是, or the one named: ``{{ x|打勾("否") }}``
``paragraphs`` ``分段``          the lines of a text that are not empty, as paragraphs; or to loop over
``boxes`` ``勾选``               □是 √否: the choices of the column, or ``{{ x|勾选("是", "否") }}``
``photo`` ``照片``               a picture beside the data, as large as its cell, or ``照片(25, 35)``
``at_least`` ``至少``            a list with empty rows up to a number: ``{%tr for 行 in 党员|至少(15) %}``
``side_by_side`` ``分栏``        records in columns, read down: ``{%tr for 行 in 党员|分栏(2) %}``
==============================  ==================================================================

A value that is missing passes through every filter but ``default``, ``blank``, ``tick``, ``boxes``,
``photo`` and ``at_least`` as it is, and prints as （待补充）. A place for a pen (``留空``, an empty row)
stays one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import Any

from markupsafe import Markup

from docsmith._i18n import gettext as _
from docsmith.model import wording
from docsmith.model.blank import BLANK
from docsmith.model.dates import PartialDate
from docsmith.model.missing import Missing
from docsmith.template.language import costs, guards
from docsmith.template.language.forms import Lines, boxes, filled_up
from docsmith.template.language.journal import current
from docsmith.template.language.photos import photo
from docsmith.template.language.undefined import UnknownName
from docsmith.template.values import printed

Filter = Callable[..., Any]

_MOST_PLACES = 30
_DATE_STEPS = 20


def _date_filter(form: Callable[[dt.date | PartialDate], str]) -> Filter:
    def filtered(value: object) -> str:
        if isinstance(value, dt.date | PartialDate):
            current().spend(_DATE_STEPS)
            return form(value)
        if value == "":
            return ""
        raise TypeError(_("{value} is not a date.").format(value=costs.shown(value)))

    return filtered


def _name(value: object) -> str:
    return wording.pad_name(printed(value))


def _numeral(value: object) -> str:
    if value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(_("{value} is not a whole number.").format(value=costs.shown(value)))
    return wording.chinese_number(value)


def _percent(value: object, places: int = 1) -> str:
    if value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(_("{value} is not a number.").format(value=costs.shown(value)))
    if not 0 <= places <= _MOST_PLACES:
        raise ValueError(_("a percentage has at most {limit} places.").format(limit=_MOST_PLACES))
    share = value if isinstance(value, Decimal) else Decimal(str(value))
    return wording.percent(share * 100, places)


def _join_names(value: object) -> str:
    if isinstance(value, str):
        return value
    return guards.joined("、", [name for name in map(text_of, _items(value)) if name])


def _paragraphs(value: object) -> list[str]:
    text = printed(value)
    costs.search(text)
    found: list[str] = costs.made(Lines(line for line in text.splitlines() if line.strip()))
    return found


def _default(value: object, replacement: object = "", empty_too: bool = False) -> object:
    absent = isinstance(value, UnknownName | Missing) or (empty_too and not value)
    return replacement if absent else value


def _blank(value: object) -> object:
    return BLANK if isinstance(value, Missing) else value


def _escaped(value: object) -> object:
    """Return the text of a value: all values are escaped where they are printed, and once is enough."""
    return value if isinstance(value, Markup) else text_of(value)


def _literal(value: object) -> str:
    return str(value) if isinstance(value, Markup) else text_of(value)


def _tick(value: object, answer: str = "是") -> str:
    return "√" if not isinstance(value, Missing) and text_of(value) == answer else ""


def _boxes(value: object, *choices: object, column: str = "") -> object:
    """Return all choices with boxes; ``column`` is where the value comes from, as its tag says."""
    if isinstance(value, UnknownName):
        return str(value)
    if isinstance(value, Missing):
        current().printed(value)  # boxes without a tick are what is seen of it
        value = ""
    chosen = _items(value) if isinstance(value, list | tuple) else [value]
    named = [text_of(choice) for choice in choices] or current().beside.choices.get(column, ())
    try:
        return costs.made(boxes([text_of(one) for one in chosen], named))
    except TypeError as error:
        return current().failed(error)


def _at_least(value: object, number: object) -> object:
    if isinstance(value, UnknownName):
        return str(value)
    try:
        return costs.made(filled_up([] if isinstance(value, Missing) else _items(value), number))
    except (TypeError, ValueError) as error:
        return current().failed(error)


def _join(value: object, separator: str = "", attribute: str | None = None) -> str:
    if attribute is not None:
        raise TypeError(_('use map(attribute="{name}") before join').format(name=attribute))
    return guards.joined(separator, [text_of(item) for item in _items(value)])


def _replace(value: object, old: str, new: str, count: int | None = None) -> str:
    return guards.replaced(printed(value), old, new, count)


def _length(value: object) -> int:
    return 0 if isinstance(value, Missing) else len(value)  # type: ignore[arg-type]


def text_of(value: object) -> str:
    """Return the text that will stand in the document, and note it if it is the mark of a missing value."""
    if isinstance(value, Missing):
        current().printed(value)
    if value is None:  # what a template's own ``.get()`` did not find
        return ""
    return str(value) if isinstance(value, UnknownName) else printed(value)


def _items(value: object) -> list[object]:
    items = list(costs.items_of(value))
    current().spend(costs.PER_ITEM * len(items))
    return items


def passing_missing(function: Filter) -> Filter:
    """Let a missing value pass, and report what fails; Jinja's own argument stands before the value."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def passing(*arguments: Any, **options: Any) -> Any:
        value = arguments[position]
        if isinstance(value, UnknownName):
            return str(value)  # which reports it
        if isinstance(value, Missing):
            return value
        try:
            return function(*arguments, **options)
        except (TypeError, ValueError, ArithmeticError) as error:
            return current().failed(error)

    return passing


_OWN: Mapping[tuple[str, ...], Filter] = {
    ("日期", "date"): _date_filter(wording.official_date),
    ("date_dots", "点分日期"): _date_filter(wording.dotted_date),
    ("month", "年月"): _date_filter(wording.official_month),
    ("date_chinese", "汉字日期"): _date_filter(wording.chinese_date),
    ("name", "姓名"): _name,
    ("numeral", "序号"): _numeral,
    ("percent", "百分比"): _percent,
    ("join_names", "顿号"): _join_names,
    ("paragraphs", "分段"): _paragraphs,
    ("e", "escape"): _escaped,
    ("forceescape",): _literal,
    ("join",): _join,
    ("replace",): _replace,
    ("side_by_side", "分栏"): guards.side_by_side,
    ("batch",): guards.in_batches,
    ("slice",): guards.in_slices,
}
_OWN_FOR_MISSING: Mapping[tuple[str, ...], Filter] = {
    ("default", "d", "默认"): _default,
    ("blank", "留空"): _blank,
    ("tick", "打勾"): _tick,
    ("boxes", "勾选"): _boxes,
    ("at_least", "至少"): _at_least,
    ("photo", "照片"): photo,
    ("length", "count"): _length,
}


NAMES = (*_OWN, *_OWN_FOR_MISSING)
"""The names of each of docsmith's own filters."""


def own_filters() -> dict[str, Filter]:
    """Return docsmith's own filters."""
    own = {name: passing_missing(function) for names, function in _OWN.items() for name in names}
    special = {name: function for names, function in _OWN_FOR_MISSING.items() for name in names}
    return {**own, **special}
