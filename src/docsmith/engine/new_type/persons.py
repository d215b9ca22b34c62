"""Labels of one of several people: 谈话人│姓名│　│职务│　 asks for 谈话人 and 谈话人职务."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from docsmith.engine.new_type.meanings import title_of
from docsmith.official.adopting.form import Blank
from docsmith.official.adopting.grid import Box

_PERSON = re.compile(r"(人|对象|者|员|书记|配偶|父亲|母亲|代表|领导)[一二三四12345]?$")
# Who a form is about needs no name before the label.
_SELF = re.compile(r"(本人|个人|基本|党员|承诺人|登记人)(情况|信息|资料)?")
_NAMES = ("姓名", "名字")


def name_persons(blanks: Sequence[Blank]) -> None:
    """Put the words before a label into it where they say whose it is, or where it stands for several.

    The second label alike below the same words is numbered: 培养联系人2职务.
    """
    labels = Counter(title_of(blank.label) for blank in blanks if blank.box is not None)
    times: dict[tuple[Box, str], int] = defaultdict(int)
    for blank in blanks:
        group, label = blank.group, title_of(blank.label)
        words = title_of(group.text) if group is not None else ""
        if group is None or not label or not words or _SELF.fullmatch(words):
            continue
        if not _PERSON.search(words) and labels[label] == 1:
            continue
        times[group, label] += 1
        number = str(times[group, label]) if times[group, label] > 1 else ""
        blank.label = f"{words}{number}{'' if label in _NAMES else blank.label}"
