"""What the label of a blank may mean: the columns of the sheets that a template of the type can name."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from docsmith.model.columns import Column, Kind
from docsmith.model.nearest import spelling_key
from docsmith.model.schema import Schema
from docsmith.plugin.lookup import RESERVED
from docsmith.sources.headers import keys_of
from docsmith.sources.keys import header_key

UNIT, BRANCH = "unit", "branches"
ROW_NAMES = {UNIT: "单位", BRANCH: "支部"}
RECORD = "记录"
# What a form puts inside a name that the data have without it: 谈话主要内容.
_FILLER = re.compile(r"(?<=.)(?:主要|具体|详细|简要|有关)(?=.)|(?<=[应实]到)会?(?:党员)?(?=人数)")
_YEAR_LABELS = ("年度", "年份", "年")
# Of a branch or a unit only where nothing else is about: a form may number, name or sort anything.
_VAGUE = frozenset(("名称", "编码", "类别", "任期", "单位", "电话", "上级党委"))
# Further words of forms for a column, by sheet; headers of data files do not use them.
_FORM_WORDS: Mapping[str, Mapping[str, str]] = {
    "members": {
        "本人": "name",
        "本人姓名": "name",
        "承诺人": "name",
        "我叫": "name",
        "党员": "name",
        "现任职务": "job_title",
    },
    UNIT: {"审核": "reviewed_by"},
    BRANCH: dict.fromkeys(
        (
            "党支部",
            "支部",
            "支部委员会",
            "所在党支部",
            "所在支部",
            "所属党支部",
            "所属支部",
            "填报党支部",
            "联系党支部",
            "填报支部",
        ),
        "name",
    ),
}


class Meaning(NamedTuple):
    """A column that a label may mean: ``rank`` is 0 where it is the column's title, else higher."""

    sheet: str
    column: Column
    rank: int

    def expression(self, row: str = "") -> str:
        """Return how a template says it; ``row`` names the row where that is not 单位, 支部 or 记录."""
        return member_of(row or ROW_NAMES.get(self.sheet, RECORD), self.column)


class Meanings:
    """The labels that a schema knows."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def in_sheet(self, label: str, sheet_name: str) -> Meaning | None:
        """Return the column of a sheet that a label names; a record's 支部 is the branch itself."""
        sheet = self.schema.sheets[sheet_name]
        key = header_key(label)
        name = _FORM_WORDS.get(sheet_name, {}).get(key)
        if name is not None:
            return Meaning(sheet_name, sheet.column(name), 2)
        keys = keys_of(sheet)
        rank, column = keys.get(key) or keys.get(_FILLER.sub("", key)) or (0, None)
        if column is None or (column.name == "branch" and sheet_name not in ROW_NAMES):
            return None
        return Meaning(sheet_name, column, rank)

    def of(self, label: str, record: str | None, *, in_table: bool) -> Sequence[Meaning]:
        """Return what a label may mean: certain if it is one; the likeliest first if there are more.

        ``record`` is the sheet that gives a document its row. Outside of tables a form speaks of the branch
        (党支部名称：, 填表人：), in tables of the row.
        """
        around = [one for one in (self.in_sheet(label, BRANCH), self.in_sheet(label, UNIT)) if one]
        if record is not None and header_key(label) in _VAGUE and in_table:
            around = []
        around = around[:1] if _say_the_same(around) else sorted(around, key=lambda one: one.rank)
        own = self.in_sheet(label, record) if record else None
        if own is None:
            return around[:1] if len({one.rank for one in around}) == len(around) else around
        if not around or (own.rank <= around[0].rank and in_table):
            return [own]
        return [own, *around]

    def near(self, label: str, sheets: Iterable[str]) -> Sequence[Meaning]:
        """Return columns whose title is nearly the label: one letter more, less or other."""
        key = header_key(label)
        return [
            Meaning(name, column, 3)
            for name in sheets
            for column in self.schema.sheets[name].columns
            if column.name != "branch" and _nearly(key, column.title)
            if not label.endswith("数") or column.kind is Kind.COUNT
        ]


def is_year(label: str) -> bool:
    """Tell whether a label asks for the year of the form."""
    return header_key(label) in _YEAR_LABELS


def tag_of(meaning: Meaning, label: str = "") -> str:
    """Return the tag for a certain meaning; what only the unit may have stands in for the branch's own."""
    expression = meaning.expression()
    if meaning.sheet == BRANCH and meaning.column.name in ("filled_by", "phone", "superior"):
        return f"{{{{ {expression} or {member_of(ROW_NAMES[UNIT], meaning.column)} or '' }}}}"
    if meaning.column.kind is Kind.TIME:  # forms call 时间 what the workbook divides into 日期 and 时间
        return f"{{{{ {RECORD}.日期 }}}} {{{{ {expression} or '' }}}}"
    return f"{{{{ {as_printed(expression, meaning.column, label)} }}}}"


def as_printed(expression: str, column: Column, label: str = "") -> str:
    """Return an expression as a form prints it: names with 、 between them, 出生年月 without the day.

    Remarks that nobody made are not missing.
    """
    if column.kind is Kind.NAMES:
        return f"{expression}|顿号"
    if column.kind is Kind.DATE and "年月" in label and "日" not in label:
        return f"{expression}|年月"
    return f"{expression} or ''" if column.title == "备注" else expression


def member_of(row: str, column: Column) -> str:
    """Return ``row.标题``, or ``row["标题"]`` where the title is no word."""
    return f"{row}.{column.title}" if column.title.isidentifier() else f'{row}["{column.title}"]'


def boxes(expression: str, options: Sequence[str], *, in_lines: bool = False) -> str:
    """Return the tag that prints the form's own choices with a tick, and behind them a value that is none.

    ``in_lines`` is for a form that has each in a line of its own.
    """
    words = ", ".join(json.dumps(option, ensure_ascii=False) for option in options)
    divided = '|replace(" ", "\\n")' if in_lines else ""
    return f"{{{{ {expression}|勾选({words}){divided} }}}}"


def title_of(label: str) -> str:
    """Return a label as the title of a column: without notes in brackets, marks and blanks."""
    plain = unicodedata.normalize("NFKC", label)
    bare = re.sub(r"\(.*?(?:\)|$)|\[.*?(?:\]|$)", "", plain)
    return re.sub(r"[\W_]+", "", bare) or re.sub(r"[\W_]+", "", plain)


class SheetNames:
    """English and Chinese names for the sheets of a new type, that nothing else has or goes by."""

    def __init__(self, schema: Schema, plugin_id: str, title: str) -> None:
        self._name, self._title = plugin_id.replace("-", "_"), title
        known = [name for sheet in schema.sheets.values() for name in (*sheet[:2], *sheet.synonyms)]
        self._taken = {spelling_key(name) for name in (*RESERVED, *known)}

    def take(self, what: str = "", called: str = "") -> tuple[str, str]:
        """Return ``talk_record_items`` and 谈心谈话记录项目 for ``_items`` and 项目, numbered where taken."""
        own, title = self._name + what, self._title + called
        number, name, found = 1, own, title
        while not self._taken.isdisjoint((spelling_key(found), spelling_key(name))):
            number += 1
            name, found = f"{own}_{number}", f"{title}{number}"
        self._taken |= {spelling_key(name), spelling_key(found)}
        return name, found


def _say_the_same(meanings: Sequence[Meaning]) -> bool:
    return len(meanings) == 2 and meanings[0].column.title == meanings[1].column.title


def _nearly(label: str, title: str) -> bool:
    if len(label) < 3 or abs(len(label) - len(title)) > 1 or label == title:
        return False
    shorter, longer = sorted((label, title), key=len)
    if len(shorter) == len(longer):
        return sum(one != other for one, other in zip(shorter, longer)) == 1
    return any(longer[:cut] + longer[cut + 1 :] == shorter for cut in range(len(longer)))
