"""Where a line of text leaves room to write, and what the words beside the room call it. Text only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from docsmith.official.adopting.lines import BLANK


class Kind(StrEnum):
    """How a form leaves room."""

    CELL = "cell"  # an empty cell
    LINE = "line"  # ____, underlined or not
    ROOM = "room"  # nothing behind a colon, or blanks only
    DATE = "date"  # 年 月 日
    BRACKET = "bracket"  # （　　）, 【　】, 《　》, {{ }}
    MARK = "mark"  # ××, XX, or / alone
    SQUARES = "squares"  # □□□□, one for each letter
    SPACE = "space"  # wide space in a sentence: 本人因　　　　，不能参加
    TAG = "tag"  # {{ }} and «» that somebody put there
    CHOICE = "choice"  # □是 □否


class Gap(NamedTuple):
    """Room in a line: ``text[start:end]``, and the words that say what belongs there (may be empty).

    ``options`` are the words behind boxes to tick; ``has_day`` tells of a date that it is not to the month.
    """

    start: int
    end: int
    kind: Kind
    label: str
    options: tuple[str, ...] = ()
    has_day: bool = True


_SPACE = r"[_ 　\t]"
_WORD = r"[^\s　□☐_，。；：:]{1,12}"
_HOUR = rf"(?:{_SPACE}{{1,40}}时(?:{_SPACE}{{1,40}}分)?)?"
_GAPS = re.compile(
    rf"""
      (?P<tag>[{{｛]{{2}}\s*(?P<name>[^{{}}｛｝\s][^{{}}｛｝]{{0,59}}?)\s*[}}｝]{{2}}
        | «(?P<merged>[^«»]{{1,60}})»)
    | (?P<choice>(?:[□☐][ 　]{{0,4}}{_WORD}[ 　]{{0,12}}){{2,20}}(?:(?<=其他)[_＿﹍]{{2,40}})?
        | (?:{_WORD}[ 　]{{0,4}}[□☐][ 　]{{0,12}}){{2,20}})
    | (?P<squares>[□☐]{{3,40}})
    | (?P<date>(?<!\d)(?:20)?{_SPACE}{{0,40}}年{_SPACE}{{1,40}}月(?:{_SPACE}{{1,40}}日{_HOUR})?
        | {_SPACE}{{1,40}}月{_SPACE}{{1,40}}日{_HOUR})
    | (?P<line>(?<!\d)20{_SPACE}{{1,40}}(?=年) | [_＿﹍]{{2,}} | (?<=[:：]){_SPACE}{{0,40}}_+
        | (?:^|(?<=支部))[ 　]{{2,40}}(?=年度) | (?<=中共)[ 　]{{2,40}}(?=党?支部)
        | (?<=[一-鿿])[ 　]{{4,100}}(?=党支部(?![^\s，。]{{0,8}}[：:])))
    | (?P<bracket>[（(][ 　_]{{1,40}}[）)] | 【{_SPACE}{{0,40}}】 | 〔{_SPACE}{{0,40}}〕
        | 《{_SPACE}{{0,40}}》 | [{{｛]{{2}}[ 　]{{0,40}}[}}｝]{{2}})
    | (?P<mark>(?:20)?(?:×{{2,20}} | (?<![A-Za-z])[XxＸ]{{2,20}}(?![A-Za-z]))
        | (?:^|(?<=[:：]))[ 　]*[/／](?=[ 　]*$ | [ 　]{{2}}))
    | (?P<room>(?<=[:：])[ 　\t]*(?=\n|$) | (?<=[:：])(?:[ 　]{{2,}}|　)
        | (?<=[一-鿿]{{2}})(?:　+|[ ]{{2,}})(?=[人次名票份张分元项条个](?![:：_一-鿿]))
        | ^(?:　+|[ ]{{2,}})(?=[人次名票份张分元项条个][ 　]*$))
    | (?P<space>(?<=[一-鿿]{{2}})(?:[ ]{{6,200}}|　{{3,100}})
        (?=[，。；、）)]|[一-鿿]{{2}}(?![^\s，。；]{{0,12}}[：:])))
    """,
    re.VERBOSE,
)
_OPTION = re.compile(r"[^\s　□☐_＿﹍]+")
# What is counted: 应到　　人 asks for 应到人数.
_UNIT = re.compile(r"人次|学时|课时|[人名次票份元]|[个项条场](?![月人])")
_COUNTED = {
    "人": "人数", "名": "人数", "人次": "人次", "次": "次数", "票": "票数", "份": "份数", "元": "金额",
    "学时": "学时", "课时": "课时",
    **dict.fromkeys("个项条场", "数"),
}  # fmt: skip
# Where a sentence comes to what it counts: 本次会议应到党员　　人.
_COUNTED_WORDS = re.compile(
    r"(?:应到|实到|应参加|实参加|参加|参会|到会|出席|列席|缺席|请假|发出|收回|有效|无效|不同意|同意|赞成|反对|弃权"
    r"|正式党员|预备党员)(?:会|党员|人员|群众|票)*$"
)
_SAYS_SO = re.compile(r"[数额费款资入价金元次时]$")
_HAVING = re.compile(r"^(?:[本我]?(?:党?支部|单位))?[现共]?有(?=.)")
# What stands behind the room and says what it is for; the first three belong to the value itself.
_BEHIND = re.compile(
    r"[ 　]*(?:(?P<whole>党?支部)|(?P<person>同志)"
    r"|(?P<year>年度)|(?P<bare>年)(?!龄|[_ 　×XxＸ\d]*月))"
)
# What a value ends with, too, as its label does: 民族：____族 is 汉族.
_SUFFIX = re.compile(r"[ 　]*(族|党小组|小组|组|党委|党总支|总支|学历|学位|专业|职务)(?![一-鿿])")
# A sentence that comes to a name: 兹有我支部党员　　　.
_MEMBER = re.compile(r"(?:支部|小组|[系是])党员$")
_UNTIL = re.compile(r"[ 　]*(?:[至到—－~～-])(?!今)")
_ENDS_LABEL = re.compile(r"[，。；;、！？\t\n_＿﹍:：（()）【】〕》}｝»□☐]")
_GAP_INSIDE = re.compile(r"[ 　]+")
_LONGEST_LABEL = 24


def gaps(text: str) -> Iterator[Gap]:
    """Yield where a line leaves room to write, from its start."""
    end = 0
    for match in _GAPS.finditer(text):
        since = end
        kind = next(kind for kind in Kind if kind is not Kind.CELL and match[kind] is not None)
        start, end = match.span()
        if kind is Kind.TAG:
            yield Gap(start, end, kind, match["name"] or match["merged"])
        elif kind is Kind.CHOICE:
            options = tuple(_OPTION.findall(match[0]))
            yield Gap(start, end, kind, label_before(text, start, since), options)
        else:
            gap = _named_gap(text, start, end, kind, since)
            end = gap.end
            yield gap


def _named_gap(text: str, start: int, end: int, kind: Kind, since: int) -> Gap:
    behind = _BEHIND.match(text, end) if kind in (Kind.LINE, Kind.MARK) else None
    if behind and behind["whole"]:
        return Gap(start, behind.end(), kind, behind["whole"])
    if behind and behind["person"]:
        return Gap(start, end, kind, "姓名")
    if behind:
        return Gap(start, end, kind, behind["year"] or behind["bare"])
    if kind is Kind.DATE and _UNTIL.match(text, end):  # from one day to another: no date that data has
        return Gap(start, end, kind, "")
    label = label_before(text, start, since)
    label = "党员" if _MEMBER.search(label) else counted(text, label, start, end, kind)
    if kind is Kind.BRACKET:
        return Gap(start, end, kind, label) if text[start] in "{｛" else Gap(start + 1, end - 1, kind, label)
    has_day = kind is not Kind.DATE or "日" in text[start:end]
    return Gap(start, with_suffix(text, end, label), kind, label, has_day=has_day)


def counted(text: str, label: str, start: int, end: int, kind: Kind) -> str:
    """Return the label of what is counted: with 人数 before 人, and without the sentence before it."""
    unit = _UNIT.match(text, end)
    if not label or unit is None or start == end or kind in (Kind.DATE, Kind.SQUARES):
        return label
    words = _COUNTED_WORDS.search(label)
    label = words[0] if words else _HAVING.sub("", label)
    return label if _SAYS_SO.search(label) else label + _COUNTED[unit[0]]


def with_suffix(text: str, end: int, label: str) -> int:
    """Return where room ends for a value that ends as its label does, and says so itself: ____族."""
    suffix = _SUFFIX.match(text, end)
    return suffix.end() if suffix and label.rstrip(" 　:：").endswith(suffix[1]) else end


def label_before(text: str, start: int, since: int = 0) -> str:
    """Return the words that lead to a place: ``姓　名：`` gives 姓名, ``，记录人`` gives 记录人.

    What stands before ``since`` belongs to other room, and so does the unit behind that: ____票　合格.
    """
    unit = _UNIT.match(text, since) if since else None
    if unit is not None and _GAP_INSIDE.match(text, unit.end()):
        since = unit.end()
    before = text[max(since, start - 2 * _LONGEST_LABEL) : start].rstrip(" 　:：\t" + BLANK)
    marks = list(_ENDS_LABEL.finditer(_without_brackets(before)))
    words = before[marks[-1].end() if marks else 0 :].strip()
    pieces = _GAP_INSIDE.split(words)
    label = pieces.pop() if pieces else ""
    while pieces and len(label) <= 2 and len(pieces[-1]) == 1:  # 姓　名, 单 位 名
        label = pieces.pop() + label
    return label if len(label) <= _LONGEST_LABEL else ""


def _without_brackets(text: str) -> str:
    """Return a text with marks in brackets masked, as long as it was: （签字） belongs to its label."""
    return re.sub(r"[（(][^（()）]*[）)]|《[^《》]+》", lambda found: "·" * len(found[0]), text)
