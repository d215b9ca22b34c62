"""One cell into one value: every shape that people type, and nothing guessed."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.model import values
from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate
from docsmith.model.values import CellError

DIGITS = "〇一二三四五六七八九"
dates = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十") + (
        DIGITS[ones] if ones or not tens else ""
    )


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


SHAPES = [
    lambda d: d,
    lambda d: dt.datetime(d.year, d.month, d.day, 14, 30),
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}  14:30",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日（星期四）下午2:30 ",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d:%Y-%m-%d %H:%M:%S}",
    lambda d: float(f"{d:%Y%m%d}"),
    lambda d: _full_width(d.isoformat()),
    lambda d: "".join(DIGITS[int(c)] for c in str(d.year)) + f"年{_chinese(d.month)}月{_chinese(d.day)}日",
]


@given(dates, st.sampled_from(SHAPES))
def test_date_is_read_in_every_shape(date, shape):
    assert values.as_date(shape(date)) == PartialDate.of(date)


@pytest.mark.parametrize(
    "text", ["1993.10", "1993年10月", "1993-10", "199310", "1993/10", "一九九三年十月", "1993．10"]
)
def test_month_precision_stays_month_precision(text):
    assert values.as_date(text) == PartialDate(1993, 10)


@pytest.mark.parametrize(
    "text", ["不详", "2026", "3月5日", "05/03/2026", "2026-03-05至06", "26.3.5", "昨天", "2026.3.5.7"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(CellError) as caught:
        values.as_date(text)
    assert caught.value.code == "date-unreadable"
    assert "2026-03-05" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "2026—3—5",
        "2026‑03‑05",
        "2026·3·5",
        "2026、3、5",
        "2026.3.5.",
        "二O二六年三月五日",
        "2026-03-05T14:30:00Z",
    ],
)
def test_date_is_read_with_other_dashes_dots_and_circles(text: str) -> None:
    assert values.as_date(text) == PartialDate(2026, 3, 5)


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("2026年3月5日14:30", "14:30"),
        ("2026年3月5日上午9:00", "09:00"),
        ("2026-03-05T14:30:00", "14:30"),
        ("2026/3/5（星期四）下午2:30", "14:30"),
        ("2026-03-05 14:30-16:00", "14:30-16:00"),
        ("2026年3月5日下午", "下午"),
        ("2026-03-05", None),
        (dt.datetime(2026, 3, 5, 14, 30), "14:30"),
        (dt.datetime(2026, 3, 5), None),
        (20260305, None),
    ],
)
def test_time_behind_a_date_is_kept(cell: values.Cell, time: str | None) -> None:
    assert values.time_beside_date(cell) == time


@pytest.mark.parametrize("mark", ["无", "/", "—", "——", "-", " 暂无 "])
def test_mark_for_nothing_is_an_empty_cell(mark: str) -> None:
    assert values.as_date(mark) is values.as_name(mark) is values.as_code(mark) is None
    assert values.as_names(mark) == ()


@pytest.mark.parametrize(
    "cell",
    [
        "2026",
        2026,
        2026.0,
        "2026年",
        "2026 年度",
        "２０２６年",
        "二〇二六",
        "二零二六年度",
        dt.date(2026, 1, 1),
    ],
)
def test_year_is_read_in_every_shape(cell: values.Cell) -> None:
    assert values.as_year(cell) == 2026


@pytest.mark.parametrize(
    "cell", ["20266", 20266, "26", 26, "0", -2026, 2026.5, "2026-2027", "今年", "9999", True]
)
def test_what_is_no_year_is_refused(cell: values.Cell) -> None:
    with pytest.raises(CellError) as caught:
        values.as_year(cell)
    assert caught.value.code == "year-unreadable"


@pytest.mark.parametrize("cell", [float("inf"), float("nan"), 1e20, "9" * 5000])
def test_number_without_an_end_is_refused(cell: values.Cell) -> None:
    with pytest.raises(CellError):
        values.as_count(cell)


def test_marks_that_nobody_sees_are_no_part_of_codes_names_and_choices() -> None:
    assert values.as_code("\u202d13800000000\u202c") == "13800000000"
    assert values.as_name("\ufeff张三\u200b") == "张三"
    assert values.as_choice("男\u200b", {"男": ()}) == "男"
    assert values.as_date("2026-03-05\u200b") == PartialDate(2026, 3, 5)


def test_month_typed_as_a_number_is_not_guessed():
    assert values.as_date(1993.05) == PartialDate(1993, 5)
    assert values.as_date(1993.12) == PartialDate(1993, 12)
    with pytest.raises(CellError) as caught:  # 1993.10 typed into a number cell is stored as 1993.1
        values.as_date(1993.1)
    assert caught.value.code == "date-ambiguous"


@pytest.mark.parametrize("text", ["2026-02-30", "20261301", "2026年6月31日", "二〇二六年十三月一日"])
def test_date_that_the_calendar_lacks_is_refused(text):
    with pytest.raises(CellError) as caught:
        values.as_date(text)
    assert caught.value.code == "date-impossible"


@given(st.text())
def test_any_text_is_a_date_nothing_or_a_clear_error(text):
    try:
        date = values.as_date(text)
    except CellError:
        return
    assert date is None or isinstance(date, PartialDate)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("020100", "020100"),
        (" ０２０１００ ", "020100"),
        ("110105 19491231 002x", "11010519491231002X"),
        (13800000000.0, "13800000000"),
        ("13800000000.0", "13800000000"),
        ("1.0", "1.0"),
        ("2E5", "2E5"),
        (7, "7"),
        ("", None),
        (None, None),
    ],
)
def test_code_keeps_its_zeros_and_loses_its_blanks(cell, code):
    assert values.as_code(cell) == code


@pytest.mark.parametrize("cell", [110105194912310021.0, "1.10105194912310E+17", "1.1E+17", "1E+17"])
def test_number_that_lost_digits_is_an_error_and_never_a_code(cell: values.Cell) -> None:
    with pytest.raises(CellError) as caught:
        values.as_code(cell)
    assert caught.value.code == "digits-lost"


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("18人", 18),
        ("１７", 17),
        (3.0, 3),
        ("3.0", 3),
        ("1,200", 1200),
        (0, 0),
        ("", None),
        ("3年", 3),
        ("２０２６年", 2026),
        ("2026年度", 2026),
    ],
)
def test_count_is_read(cell, count):
    assert values.as_count(cell) == count


@pytest.mark.parametrize("cell", ["十五", "约18", -1, 2.5, "1-2", "18/20"])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(CellError) as caught:
        values.as_count(cell)
    assert caught.value.code == "number-unreadable"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　三", "张三"),
        (" 方 可 ", "方可"),
        ("沙吾提·艾力", "沙吾提·艾力"),
        ("John  Smith", "John Smith"),
        ("\n", None),
    ],
)
def test_blanks_that_pad_a_name_are_taken_out(cell, name):
    assert values.as_name(cell) == name


def test_names_are_separated_in_every_usual_way():
    assert values.as_names("张　三、李四，王五;赵六\n钱七/孙八、") == (
        "张三",
        "李四",
        "王五",
        "赵六",
        "钱七",
        "孙八",
    )


@given(st.text())
def test_reading_text_twice_changes_nothing(text):
    for read in (values.as_text, values.as_name):
        once = read(text)
        assert read(once) == once


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("甲\x0b乙\r\n丙", "甲\n乙\n丙"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "是"),
        (dt.date(2026, 3, 5), "2026年3月5日"),
        (dt.datetime(2026, 3, 5, 14, 30), "2026年3月5日 14:30"),
        (dt.time(9, 5), "09:05"),
        (dt.timedelta(hours=30), "30:00"),
        ("　", None),
    ],
)
def test_text_is_what_a_person_sees(cell, text):
    assert values.as_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("14：30", "14:30"),
        ("下午2:30", "14:30"),
        ("9时5分", "9时5分"),
        (dt.time(9, 5), "09:05"),
        (dt.datetime(2026, 3, 5, 9, 5), "09:05"),
        ("14:30:00", "14:30"),
        ("上午", "上午"),
    ],
)
def test_time_is_read_or_left_as_typed(cell, time):
    assert values.as_time(cell) == time


@pytest.mark.parametrize("cell", ["25:00", "12:60"])
def test_time_that_no_day_has_is_refused(cell):
    with pytest.raises(values.CellError, match="time"):
        values.as_time(cell)


def test_choice_is_found_by_its_spellings_and_no_other():
    choices = {"正式党员": ("正式",), "预备党员": ()}
    assert values.as_choice(" 正 式（男）", choices) == "正式党员"
    with pytest.raises(CellError) as caught:
        values.as_choice("群众", choices)
    assert "正式党员、预备党员" in caught.value.hint


def test_empty_cell_is_the_default_of_its_column():
    assert values.read_cell(None, Column("n", "年数", Kind.COUNT, default=3)) == 3
    assert values.read_cell("", Column("k", "类别", Kind.CHOICE, choices={"甲": ()}, default="甲")) == "甲"
    assert values.read_cell(0, Column("n", "年数", Kind.COUNT, default=3)) == 0


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (4, "4"),
        (4.0, "4"),
        (4.5, "4.5"),
        (0.1 + 0.2, "0.3"),
        ("12.50", "12.50"),
        ("１２．５元", "12.5"),
        ("1,200.5", "1200.5"),
        ("-3分", "-3"),
        ("−0.5", "-0.5"),
        ("32学时", "32"),
    ],
)
def test_a_number_is_read_with_its_decimals(cell: str | float, number: str) -> None:
    assert str(values.as_number(cell)) == number


@pytest.mark.parametrize("cell", ["12,5", "1.5万元", "95%", "三", "1e5", "4.5.6", float("nan"), 1e300, True])
def test_what_is_not_surely_a_number_is_refused(cell: str | float) -> None:
    with pytest.raises(CellError):
        values.as_number(cell)


def test_no_number_is_none() -> None:
    assert values.as_number("") is values.as_number(None) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_comes_back_as_it_was_written(number: Decimal) -> None:
    assert str(values.as_number(str(number))) == str(number)
