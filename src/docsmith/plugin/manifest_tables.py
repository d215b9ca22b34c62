"""The tables inside ``plugin.toml``: sheets and columns, rows made ready for templates, rules."""

from __future__ import annotations

from typing import Literal

from docsmith.model.columns import Kind
from docsmith.model.findings import Severity
from docsmith.plugin.manifest_values import field_name, inner_path, rule_id, sentence, title
from docsmith.plugin.tables import (
    Table,
    choice,
    flag,
    key,
    many,
    member,
    one_or_many,
    table,
    text,
    text_or_number,
    whole,
)

# More blank rows than any form has.
_MOST_ROWS = 500
_MOST_COUNTED = 1_000_000


class ColumnTable(Table):
    """A further column: of a sheet of the contract, or of a sheet that the plugin declares."""

    name: str = key(field_name, "Its English name.", 'name = "hometown"')
    title: str = key(title, "Its title: the header in the workbook, the name in templates.", 'title = "籍贯"')
    kind: Kind = key(
        member(Kind),
        "What it holds: any `text`; a `name`, or several `names` with 、 between; a `code`, kept as it was "
        "typed; a `count` (a whole number), or a `number` that may have decimals; a `year`; a `date`, to the "
        "day or the month; a `time`; a `choice` of `choices`; a `picture`, a file beside the data.",
        'kind = "date"',
        default=Kind.TEXT,
    )
    required: bool = key(flag, "Whether a row without it is refused.", "required = true", default=False)
    choices: tuple[str, ...] = key(
        many(text),
        "The values of a column of the kind `choice`, in the order in which rows are sorted by it.",
        'choices = ["优秀", "合格", "不合格"]',
        default=(),
    )
    default: str | int | None = key(
        text_or_number, "What an empty cell means.", 'default = "合格"', default=None
    )
    example: str = key(
        text, "What the example row of the fill-in workbook says.", 'example = "河北保定"', default=""
    )
    note: str = key(text, "What the fill-in workbook says at the header.", 'note = "写到市、县"', default="")
    synonyms: tuple[str, ...] = key(
        many(text), "Other headers that mean this column.", 'synonyms = ["出生地"]', default=()
    )


class SheetTable(Table):
    """A sheet of the plugin's own: it appears in the fill-in workbook, and is checked like the others."""

    name: str = key(field_name, "Its English name.", 'name = "visits"')
    title: str = key(title, "Its title: the name in the workbook and in templates.", 'title = "走访"')
    columns: tuple[ColumnTable, ...] = key(
        many(table(ColumnTable)),
        "Its columns; a sheet of branches has the column 支部 before them.",
        'columns = [{ name = "visited", title = "走访对象", required = true }]',
    )
    scope: Literal["unit", "branch"] = key(
        choice("unit", "branch"),
        "Whether its rows belong to a branch each, or to the whole unit (items of a form).",
        'scope = "unit"',
        default="branch",
    )
    rows: str | None = key(
        inner_path,
        "A csv file in the folder: the rows that apply where a unit has none of its own.",
        'rows = "items.csv"',
        default=None,
    )
    synonyms: tuple[str, ...] = key(
        many(text), "Other names of the sheet or its file.", 'synonyms = ["走访台账"]', default=()
    )
    note: str = key(
        text,
        "What the fill-in workbook says belongs in the sheet.",
        'note = "每次走访一行。"',
        default="",
    )


class JoinTable(Table):
    """The answers of a branch beside the items that they answer.

    An item without an answer has blanks in the columns of the answers, for a pen. Answers to no item, and
    second answers to one, are findings.
    """

    sheet: str = key(text, "The sheet of the answers.", 'sheet = "验收得分"')
    on: str = key(
        text,
        "The column that both sheets have; where they call it differently, first the name in the items, "
        "then that in the answers.",
        'on = "编号=项目编号"',
    )


class RowsTable(Table):
    """Rows made ready for the template: chosen, sorted, numbered, grouped, added up.

    A template has them under the name and under the title: `{%tr for 行 in 名册.行 %}` … `{{ 行.序号 }}`,
    `{{ 名册.条数 }}`, `{{ 名册.合计.应缴党费 }}`, and with `group` also `{%tr for 组 in 名册.组 %}` with
    `组.名称`, `组.行`, `组.条数`, `组.合计`, and `组.组` inside. In English: `rows`, `number`, `count`,
    `totals`, `groups`, `key`. Rows have the columns of their sheet in both languages. `{%p if 名册.示例 %}`
    (`example`) asks whether the rows are those that came with the type, because the unit has none of its own.
    """

    name: str = key(field_name, "Its English name in templates.", 'name = "roster"')
    title: str = key(title, "Its Chinese name in templates.", 'title = "名册"')
    of: str = key(text, "The sheet that the rows come from, in English or Chinese.", 'of = "党员"')
    where: tuple[str, ...] = key(
        one_or_many(text),
        "Only rows of which all these conditions are true: `列=值|值`, `列!=值`, `列=` (empty), `列!=` (not "
        "empty); of dates, times and numbers also `列<列` and `列<值`, with `<=`, `>` or `>=` as well. A "
        "comparison is never true of an empty cell, nor where a month leaves it open. It is the language of "
        "`docsmith batch --where`.",
        'where = ["党籍状态=正式党员|预备党员", "党小组!="]',
        default=(),
    )
    sort: tuple[str, ...] = key(
        one_or_many(text),
        "The columns to sort by; with `-` before it, from the last to the first. Choices are sorted in their "
        "own order, numbers in texts as numbers (第二 before 第十), common characters by their pinyin; what "
        "is empty comes last, and rows that are alike stay in the order of the workbook.",
        'sort = ["党小组", "-加入党组织日期"]',
        default=(),
    )
    group: tuple[str, ...] = key(
        one_or_many(text),
        "The column that groups the rows, or several, each inside the one before. Groups come in the order "
        "of their first rows.",
        'group = ["类别", "项目"]',
        default=(),
    )
    totals: tuple[str, ...] = key(
        one_or_many(text),
        "The columns of numbers to add up, for the table and for each group. A total that lacks a number is "
        "missing and prints as （待补充）, never as a smaller sum; of blanks alone it is a blank.",
        'totals = ["分值", "自评分"]',
        default=(),
    )
    minimum: int = key(
        whole(0, _MOST_ROWS),
        "Blank rows are added up to this number, for a pen. They are at the end of `行` and alone in `空行` "
        "(`blanks`), are not counted, and belong to no group.",
        "minimum = 15",
        default=0,
    )
    every: Literal["month"] | None = key(
        choice("month"),
        "Twelve rows, one a month, each with `月份`, and with the rows of that month in its own `行`.",
        'every = "month"',
        default=None,
    )
    by: str | None = key(
        text,
        "With `every`: the column that says the month, a date of the year or 3月.",
        'by = "日期"',
        default=None,
    )
    join: JoinTable | None = key(
        table(JoinTable),
        "Puts the answers of the branch beside the items of a form; their columns count as the rows' own.",
        'join = { sheet = "acceptance_scores", on = "编号" }',
        default=None,
    )


class RuleTable(Table):
    """A check of the plugin's own, in `docsmith check` and beside each document that is made.

    Rows that are too many are findings at their cells; rows that are too few are one finding.
    """

    id: str = key(
        rule_id,
        "Its id, the code of what it finds. The rules of docsmith itself begin with R, X, E and J.",
        'id = "T-01"',
    )
    of: str = key(text, "The sheet that it looks at, in English or Chinese.", 'of = "工作计划"')
    message: str = key(sentence, "What is wrong, in one sentence.", 'message = "完成时限早于开始时间"')
    where: tuple[str, ...] = key(
        one_or_many(text),
        "The rows that it counts, as in `tables`; all rows without it.",
        'where = "完成时限<开始时间"',
        default=(),
    )
    severity: Severity = key(
        member(Severity),
        "How much it matters. No document is stopped.",
        'severity = "info"',
        default=Severity.WARNING,
    )
    source: str = key(
        text, "Where this is laid down: the article.", 'source = "《……工作办法》第六条"', default=""
    )
    at_least: int | None = key(
        whole(1, _MOST_COUNTED), "As many rows a branch must have.", "at_least = 4", default=None
    )
    at_most: int | None = key(
        whole(0, _MOST_COUNTED),
        "As many rows a branch may have: each one further is a finding. Without `at_least` and `at_most`, "
        "none.",
        "at_most = 0",
        default=None,
    )
