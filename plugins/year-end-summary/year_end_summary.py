"""年终总结: what the records add up to, what the branch says of its year, and a table of its activities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docsmith.model.dates import PartialDate
from docsmith.model.figures import ActivityFigures, compute
from docsmith.model.missing import Missing
from docsmith.model.records import Activity, Summary
from docsmith.model.wording import chinese_number, percent
from docsmith.plugin import Dossier, hookimpl
from docsmith.plugin.kit.article import signature_lines, title_lines
from docsmith.plugin.kit.layout import TextColumn, empty_rows, name_lines, row_height, table_lines
from docsmith.plugin.kit.prose import heading, paragraphs, phrase
from docsmith.plugin.kit.situation import activity_counts, situation

# The sections below 基本情况, each with the parts of the sheet 总结 that make it; the last may be absent.
SECTIONS = (
    ("主要工作及成效", ("主要工作", "工作成效")),
    ("存在的不足", ("存在不足",)),
    ("下一步打算", ("下一步打算",)),
    ("其他需要说明的情况", ("其他",)),
)
# templates/year-end-summary: the long columns of its table, and the millimetres of rows on its first page.
_KIND, _TOPIC, _CHAIR = TextColumn(6), TextColumn(13), TextColumn(4.3)
_ROOM = 168.0
# The last rows of the table, which stay on the page of the total.
_KEPT = 2


@hookimpl
def docsmith_build_context(dossier: Dossier) -> dict[str, Any]:
    """Return the sections, the last paragraph apart from them, and the table of the year's activities."""
    sections = [("基本情况", _situation(dossier)), *_told(dossier.summaries)]
    closing = sections[-1][1][-1]["paragraphs"].pop()
    rows = [_row(number, activity) for number, activity in enumerate(dossier.activities, 1)]
    return {
        "title": title_lines(dossier.branch.name, f"{dossier.year}年度工作总结"),
        "sections": [
            {"number": chinese_number(number), "title": title, "passages": passages}
            for number, (title, passages) in enumerate(sections, 1)
        ],
        "closing": closing,
        "rows": rows[:-_KEPT],
        "last_rows": rows[-_KEPT:],
        "total": _total(compute(dossier).activities),
        "empty_rows": [""] * empty_rows(map(_height, rows), _ROOM),
        "signature": signature_lines(dossier.branch.name, dossier.unit.report_date),
    }


def _situation(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {"heading": f"（{chinese_number(number)}）{topic.heading}", "paragraphs": topic.paragraphs}
        for number, topic in enumerate(situation(dossier), 1)
    ]


def _told(summaries: Sequence[Summary]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the sections that the branch writes itself; one that it has not written says so."""
    for title, parts in SECTIONS:
        told = [summary for part in parts for summary in summaries if summary.section == part]
        if told:
            yield title, _passages(told)
        elif parts != ("其他",):
            yield title, [{"heading": "", "paragraphs": [[Missing(f"总结.{parts[0]}")]]}]


def _passages(summaries: Sequence[Summary]) -> list[dict[str, Any]]:
    """Return the passages of a section: those without a heading first, for they would join the one above."""
    bare = [summary for summary in summaries if not summary.heading]
    headed = [summary for summary in summaries if summary.heading]
    return [
        *(_passage("", summary) for summary in bare),
        *(
            _passage(f"（{chinese_number(number)}）" if len(headed) > 1 else "", summary)
            for number, summary in enumerate(headed, 1)
        ),
    ]


def _passage(number: str, summary: Summary) -> dict[str, Any]:
    title = f"{number}{heading(summary.heading)}" if summary.heading else ""
    return {"heading": title, "paragraphs": [[line] for line in paragraphs(summary.content)]}


def _row(number: int, activity: Activity) -> dict[str, Any]:
    """Return a row of the table; attendance that nobody wrote down stays blank for a pen."""
    topic: str = Missing("组织生活.主题", activity.where("topic"))
    if activity.topic:
        group = f"（{activity.group}）" if activity.group else ""
        topic = phrase(activity.topic) + group
    return {
        "number": number,
        "date": _day(activity.date),
        "kind": activity.kind,
        "topic": topic,
        "due": "" if activity.due is None else activity.due,
        "present": "" if activity.present is None else activity.present,
        "chair": name_lines(activity.chair) if activity.chair else "",
    }


def _day(date: PartialDate) -> str:
    """Return a date without the year, which the title of the table says: 3月5日."""
    return f"{date.month}月" if date.day is None else f"{date.month}月{date.day}日"


def _height(row: dict[str, Any]) -> float:
    columns = (_KIND, "kind"), (_TOPIC, "topic"), (_CHAIR, "chair")
    return row_height(table_lines((column, row[name]) for column, name in columns))


def _total(figures: ActivityFigures) -> str:
    """Return what the table adds up to; empty for an empty one."""
    if figures.total is None:
        return ""
    kinds = "、".join(f"{kind}{count}次" for kind, count in activity_counts(figures))
    rate = "" if figures.attendance_rate is None else f"；到会率{percent(figures.attendance_rate)}"
    return f"共{figures.total}次：{kinds}{rate}"
