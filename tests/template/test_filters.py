"""The filters, each under its English and its Chinese name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from docsmith.errors import TemplateError
from docsmith.model.dates import PartialDate
from docsmith.model.missing import MISSING_TEXT
from docsmith.template import render_text

DAY = dt.date(2026, 3, 5)


def filled(pattern: str, value: Any) -> str:
    return render_text(pattern, {"x": value}, "here")


@pytest.mark.parametrize(
    ("names", "value", "expected"),
    [
        ("date 日期", DAY, "2026年3月5日"),
        ("date 日期", PartialDate(1993, 10), "1993年10月"),
        ("date 日期", "", ""),
        ("date_dots 点分日期", DAY, "2026.03.05"),
        ("month 年月", DAY, "2026年3月"),
        ("date_chinese 汉字日期", DAY, "二〇二六年三月五日"),
        ("name 姓名", "张三", "张\u3000三"),
        ("numeral 序号", 12, "十二"),
        ("percent 百分比", 0.965, "96.5%"),
        ("percent(2) 百分比(2)", Decimal("0.96545"), "96.55%"),
        ("join_names 顿号", ["甲", "", "乙"], "甲、乙"),
        ("default('无') 默认('无')", None, "无"),
        ("default('无') 默认('无')", "有", "有"),
        ("blank 留空", None, ""),
        ("blank 留空", "甲", "甲"),
        ("tick 打勾", "是", "√"),
        ("tick 打勾", True, "√"),
        ("tick 打勾", "否", ""),
        ("tick 打勾", None, ""),
        ("tick('否') 打勾('否')", False, "√"),
        ("paragraphs|join('/') 分段|join('/')", "一\n\n二\n", "一/二"),
        ("length count", None, "0"),
        ("date_dots percent", None, MISSING_TEXT),
        ("upper trim", None, MISSING_TEXT),
        ("replace('a','b')", "aa", "bb"),
        ("batch(2)|map('join')|join(',')", ["a", "b", "c"], "ab,c"),
        ("sum", [1, 2], "3"),
        ("map(attribute='n')|join('、')", [{"n": 1}, {"n": None}], f"1、{MISSING_TEXT}"),
    ],
)
def test_filter_prints(names: str, value: Any, expected: str) -> None:
    for name in names.split():
        assert filled(f"{{{{ x|{name} }}}}", value) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("日期", "明天"),
        ("percent", "很多"),
        ("序号", 2.5),
        ("序号", True),
        ("序号", -1),
        ("姓名", ["张三"]),
        ("顿号", 3),
    ],
)
def test_filter_refuses_what_it_cannot_print(name: str, value: Any) -> None:
    with pytest.raises(TemplateError, match="here"):
        filled(f"{{{{ x|{name} }}}}", value)


@pytest.mark.parametrize("name", ["safe", "attr('x')", "tojson", "random", "format", "pprint", "xmlattr"])
def test_dangerous_filters_are_not_there(name: str) -> None:
    with pytest.raises(TemplateError, match="no filter called"):
        filled(f"{{{{ x|{name} }}}}", "x")


@pytest.mark.parametrize("name", ["日期", "姓名", "顿号", "upper", "tick", "留空"])
def test_a_filter_does_not_hide_an_unknown_name(name: str) -> None:
    with pytest.raises(TemplateError, match="no field called y"):
        filled(f"{{{{ y|{name} }}}}", "x")


def test_dates_can_be_formatted_by_hand() -> None:
    assert filled("{{ x.strftime('%Y年%m/%d') }} {{ x.year }} {{ x.month }}", DAY) == "2026年03/05 2026 3"
