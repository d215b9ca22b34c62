"""The Chinese of evidence: short enough for a narrow cell of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docsmith.model.dates import PartialDate
from docsmith.model.figures.periods import Period

NO_ACTIVITIES = "数据中没有本年度组织生活记录"
NO_MEMBERS = "数据中没有党员名册"
_MANY = 6
_EVERY = {12: "每月", 6: "每两个月", 4: "每季度", 3: "每四个月", 2: "每半年", 1: "每年"}


def day(date: PartialDate) -> str:
    """Return 3月5日, or 3月 where the day is not known."""
    return f"{date.month}月" if date.day is None else f"{date.month}月{date.day}日"


def days(dates: Sequence[PartialDate]) -> str:
    """Return 3月5日、6月12日; how many there are (共11次) where that would be too long."""
    return f"共{len(dates)}次" if len(dates) > _MANY else "、".join(map(day, dates))


def every(per_year: int) -> str:
    """Return 每季度 for 4 times a year."""
    return _EVERY[per_year]


def periods(missing: Iterable[Period]) -> str:
    """Return 第一季度、第三季度; months in a row are drawn together: 1—3月、5月."""
    parts: list[list[Period]] = []
    for period in missing:
        in_a_row = parts and period.per_year == 12 and parts[-1][-1].number + 1 == period.number
        if in_a_row:
            parts[-1].append(period)
        else:
            parts.append([period])
    return "、".join(_run(part) for part in parts)


def _run(part: Sequence[Period]) -> str:
    return str(part[0]) if len(part) == 1 else f"{part[0].number}—{part[-1].number}月"


def some(names: Sequence[str], most: int = 5) -> str:
    """Return the names, or the first few of them and how many there are: 张三、李四等7人."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}人"
