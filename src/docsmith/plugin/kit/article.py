"""The title and the signature of an article, set in lines by the rules of GB/T 9704-2012."""

from __future__ import annotations

import re

from docsmith.model.dates import PartialDate
from docsmith.plugin.kit.line_breaking import text_width

# Characters in a line of the title (二号) and of the text (三号, 5.2.3).
_TITLE_LINE, _TEXT_LINE = 20, 28
# A signature stands two characters from the right, its date two further in than it begins (7.3.5.2).
_RIGHT, _FURTHER = 2, 2
_DATE_BLANK = "　　　　年　　月　　日"
_SPACE = "　"
# No name is longer; of a text so long that stands where a name should, each line looks no further.
_AHEAD = 200
# Where a part of an organisation's name ends; 部 of 党支部 and 处 of 处理 end none.
_ORGANISATION_ENDS = re.compile(
    "委员会|有限公司|公司|集团|中心|大学|学院|学校|医院|研究所|研究院|实验室|办公室|总局|大队"
    "|[局厅站厂]|院(?!士)|所(?!属|在)|处(?!理|置)|(?<!支)部(?!门|队|署|属)"
)


def title_lines(organisation: str, title: str) -> str:
    r"""Return the title of an article, its lines separated by ``\n``.

    One line where it fits; else the organisation stands in the first, itself broken after a part of its name
    where it is too long (7.3.1: words stay whole).
    """
    if text_width(organisation + title) <= _TITLE_LINE:
        return organisation + title
    return "\n".join([*_broken(organisation, _TITLE_LINE), title])


def signature_lines(organisation: str, date: PartialDate | None) -> str:
    r"""Return a signature without a seal and its date below (``\n``), moved to the right with blanks.

    GB/T 9704-2012, 7.3.5.2: the name two characters from the right, the date two characters further in than
    the name begins; a date longer than the name stands two characters from the right itself, and the name
    begins two characters before it. Without a date there is a blank for the pen.
    """
    names = _broken(organisation, _TEXT_LINE - 2 * _RIGHT)
    signed_on = _DATE_BLANK if date is None else f"{date}{'' if date.day else '　　日'}"
    name_width, date_width = max(map(_whole, names)), _whole(signed_on)
    if date_width > name_width:
        date_start = _TEXT_LINE - _RIGHT - date_width
        start = date_start - _FURTHER
    else:
        start = _TEXT_LINE - _RIGHT - name_width
        date_start = start + _FURTHER
    return "\n".join([*(_SPACE * start + name for name in names), _SPACE * date_start + signed_on])


def _whole(text: str) -> int:
    return int(-(-text_width(text) // 1))


def _broken(name: str, most: int) -> list[str]:
    """Return a long name in lines of alike length, cut after a part of the name where there is one."""
    lines: list[str] = []
    while cut := _cut(name, most):
        lines.append(name[:cut])
        name = name[cut:]
    return [*lines, name]


def _cut(name: str, most: int) -> int:
    """Return where the first line of a name ends; 0 where all of it fits."""
    ahead = name[:_AHEAD]
    if text_width(ahead) <= most:
        return 0
    ends = [match.end() for match in _ORGANISATION_ENDS.finditer(ahead) if match.end() < len(name)]
    fitting = [end for end in ends if text_width(ahead[:end]) <= most]
    wanted = round(len(ahead) / -(-text_width(ahead) // most))
    return min(fitting, key=lambda end: abs(end - wanted), default=min(wanted, most))
