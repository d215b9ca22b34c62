"""群众满意率测评表: a ballot on half a page; the tally sheet on a page of its own, once there are votes."""

from __future__ import annotations

from docsmith.official.blocks import form_title, header_line, notes, sign_line
from docsmith.official.document import Part
from docsmith.official.document import build as build_document
from docsmith.official.page import FORM
from docsmith.official.section import PageNumbers, Section
from docsmith.official.table import Cell, Row, Table, directive_row, gap
from docsmith.official.text import directive, paragraph
from docsmith.official.xml import Element

_GRADES = 4
_TICK, _VOTES = 14.2, 18.0


def _columns(before: list[float], grade: float, after: list[float]) -> list[float]:
    """Return the widths of a table whose grades come from a loop, as wide as the text with four of them.

    The second column takes what is left; the cells that hold the loop's directives go away with them, and
    stand in the template for the other three grades.
    """
    directives = grade * (_GRADES - 1) / 2
    taken = sum(before) + _GRADES * grade + sum(after)
    return [before[0], FORM.text_width - taken, *before[1:], directives, grade, directives, *after]


_BALLOT = _columns([12], _TICK, [])
_TALLY = _columns([11, 16], _VOTES, [20])


def build() -> bytes:
    """Return the bytes of the template."""
    blocks = [
        form_title("{{ title }}"),
        paragraph("请在相应栏内打“√”，每项只选一个；本表不记名。", "FormNote"),
        Table(_BALLOT, _ballot_rows()).element(),
        gap(2),
        directive("{%p if tally %}"),
        form_title("{{ tally.title }}", new_page=True),
        *header_line(
            FORM, "党支部名称：{{ 支部.支部名称 }}", "计票日期：　　年　　月　　日", left_share=0.63
        ),
        Table(_TALLY, _tally_rows()).element(),
        sign_line(FORM, ["计票人（签字）：", "监票人（签字）：", "党支部书记（签字、盖章）："]),
        *_notes(),
        directive("{%p endif %}"),
    ]
    return build_document([Part(Section(FORM, PageNumbers.NONE), blocks)], "群众满意率测评表")


def _head(title: str) -> Cell:
    return Cell([paragraph(title, "TableHead")], snug=True)


def _each(items: str, cell: Cell) -> list[Cell]:
    """Return the cells that repeat one of them for each of ``items``."""
    return [Cell(f"{{%tc for {items} %}}", "Normal"), cell, Cell("{%tc endfor %}", "Normal")]


def _ballot_rows() -> list[Row]:
    heads = [_head("序号"), _head("测评内容"), *_each("grade in grades", _head("{{ grade }}"))]
    ticks = _each("grade in grades", Cell("", "TableCentredLarge"))
    item = [Cell("{{ item.number }}", "TableCentredLarge"), Cell("{{ item.text }}", "TableTextLarge")]
    width = len(_BALLOT)
    opinion = Cell(f"{{% colspan grades|length + {width - 3} %}}意见建议：", "BoxLabel", span=width, top=True)
    return [
        Row(heads, 12, header=True),
        directive_row("{%tr for item in items %}", width),
        Row([*item, *ticks], 12.5),
        directive_row("{%tr endfor %}", width),
        Row([opinion], 16),
    ]


def _tally_rows() -> list[Row]:
    width = len(_TALLY)
    heads = [
        _head("序号"),
        _head("测评内容"),
        _head("有效票"),
        *_each("grade in grades", _head("{{ grade }}")),
    ]
    votes = Cell(
        [
            paragraph("{{ cell.votes }}", "TableCentred"),
            paragraph("{{ cell.share }}", "TableCentred"),
        ]
    )
    return [
        Row([*heads, _head("{{ tally.rate_head }}")], 12, header=True),
        directive_row("{%tr for row in tally.rows %}", width),
        Row(
            [
                Cell("{{ row.number }}", "TableCentred"),
                Cell("{{ row.item }}"),
                Cell("{{ row.valid }}", "TableCentred"),
                *_each("cell in row.cells", votes),
                Cell("{{ row.rate }}", "TableCentred"),
            ],
            13,
        ),
        directive_row("{%tr endfor %}", width),
        _wide_row("测评票数", _COUNTS),
        _wide_row("测评结果", _RESULT),
    ]


def _wide_row(label: str, text: str) -> Row:
    """Return a row of one long cell behind its label, as wide as there are grades."""
    across = len(_TALLY) - 2
    return Row(
        [
            Cell([paragraph(label, "TableHead")], span=2),
            Cell(f"{{% colspan grades|length + {across - 3} %}}{text}", span=across),
        ],
        10,
    )


_COUNTS = (
    "应参加{{ tally.due }}人，发出{{ tally.issued }}张，收回{{ tally.returned }}张，"
    "有效{{ tally.valid }}张，无效{{ tally.invalid }}张。"
)
_RESULT = (
    "总体{{ tally.result.name }}{{ tally.result.rate }}"
    "{% if tally.result.outcome %}，{{ tally.result.outcome }}{% endif %}。"
)


def _notes() -> list[Element]:
    lines = notes(
        [
            "{{ tally.formula }}。",
            "各等次栏上为票数，下为百分比{% if tally.whole %}，末位经调整，各项合计为100.0%{% endif %}。",
            "总体{{ tally.result.name }}不低于{{ tally.result.asked }}为达到要求。",
        ]
    )
    return [*lines[:-1], directive("{%p if tally.result.asked %}"), lines[-1], directive("{%p endif %}")]
