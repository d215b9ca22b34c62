"""What is measured: the forms, how many rows they have, and the data, made by a rule and the same for all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.templates.forms import FAILED, PASSED

# Words of two characters each. Put together by chance they are no sentences, but they compress as text does;
# a few repeated sentences would not, and deflating is a good part of what a fast engine does.
_WORDS = (
    "支部党员大会委员会议记录按期召开组织生活党课学习谈心谈话落实制度收缴党费使用管理公布监督"
    "手续齐全账目清楚发展标准程序严格纪律材料真实完整归档及时培养考察教育评议民主测评满意群众"
    "服务志愿活动主题党日换届选举班子健全整改问题台账责任时限到位效果明显流动联系基层走访慰问"
    "困难保障阵地经费档案照片签到通知计划总结报告上级审核公示请示批复意见建议交流体会研讨理论"
    "政策文件精神传达部署检查督促考核评价巩固提高"
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "建国秀英志强丽华晓明海燕文博宇航思远嘉诚雅琴玉兰春梅冬青立新永刚学军爱民振兴庆丰"


@dataclass(frozen=True, slots=True)
class Workload:
    """A form with its data: ``documents`` different contexts, used one after the other, again and again."""

    key: str
    title: str
    form: str
    documents: int
    rows: int = 0
    line_breaks: bool = False

    def contexts(self) -> Iterator[dict[str, Any]]:
        """Yield the contexts."""
        for number in range(self.documents):
            yield self.context(number)

    def context(self, number: int) -> dict[str, Any]:
        """Return the context of one document: plain values that JSON can hold."""
        chance = random.Random(number)  # noqa: S311  # not for secrets: the same data on every machine
        if self.form == "notice":
            return _notice(number, chance)
        return _self_check(number, chance, self.rows, line_breaks=self.line_breaks)


WORKLOADS = {
    workload.key: workload
    for workload in (
        Workload("A", "self-check form, 17 rows", "self-check", 300, 17),
        Workload("B", "the same form, 500 rows", "self-check", 20, 500),
        Workload("C", "one page, ten values", "notice", 300),
        Workload("AN", "A with a line break in every third row", "self-check", 300, 17, line_breaks=True),
        Workload("R", "the same form, 20,000 rows", "self-check", 2, 20_000),
    )
}


def _self_check(number: int, chance: random.Random, rows: int, *, line_breaks: bool) -> dict[str, Any]:
    items = [_item(row + 1, chance, line_breaks=line_breaks and row % 3 == 0) for row in range(rows)]
    met = sum(item["ok"] for item in items)
    passed = met >= 0.7 * rows
    return {
        "title": "党支部标准化规范化建设自检自查表",
        "branch": f"机关第{number + 1}党支部",
        "secretary": _name(chance),
        "date": f"2026年{number % 12 + 1}月{number % 28 + 1}日",
        "year": 2026,
        "total": rows,
        "met": met,
        "rate": f"{100 * met / rows:.1f}%",
        "passed": passed,
        "failed": not passed,
        "conclusion": PASSED if passed else FAILED,
        "items": items,
    }


def _item(number: int, chance: random.Random, *, line_breaks: bool) -> dict[str, Any]:
    ok = chance.random() < 0.75
    after = "。\n" if line_breaks else "。"
    return {
        "no": number,
        "criterion": f"是否{_text(chance, 9)}，{_text(chance, 9)}",
        "ok": ok,
        "tick": "√" if ok else "×",
        "evidence": (
            f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日{_text(chance, 13)}{after}"
            f"{_text(chance, 11)}{chance.randint(1, 99)}份，{_name(chance)}"
        ),
        "score": chance.randint(0, 10),
    }


def _notice(number: int, chance: random.Random) -> dict[str, Any]:
    return {
        "title": "会议通知",
        "recipient": _name(chance),
        "date": f"2026年{number % 12 + 1}月{number % 28 + 1}日",
        "time": f"{chance.randint(8, 17)}时30分",
        "place": f"办公楼{chance.randint(1, 9)}层会议室",
        "host": _name(chance),
        "topic": "传达学习上级会议精神，讨论接收预备党员，通报上半年党费收缴和使用情况",
        "contact": _name(chance),
        "phone": f"010-{chance.randint(10_000_000, 99_999_999)}",
        "branch": f"机关第{number + 1}党支部",
    }


def _text(chance: random.Random, words: int) -> str:
    starts = chance.choices(range(0, len(_WORDS), 2), k=words)
    return "".join(_WORDS[start : start + 2] for start in starts)


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2))
