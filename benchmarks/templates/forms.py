"""The two documents that are measured, for any dialect: a self-check form, and a notice of one page.

Text is written once, with ``[name]`` where a value goes, so that every engine prints the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.templates.dialects import Dialect
from benchmarks.templates.package import write_package

_VALUE = re.compile(r"\[([a-z_.]+)\]")
_LOOK = '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="仿宋"/><w:sz w:val="{size}"/></w:rPr>'
_WIDTHS = (700, 3000, 700, 3900, 800)
_COLUMNS = (
    ("序号", "[item.no]"),
    ("评估内容", "[item.criterion]"),
    ("是否达标", "[item.tick]"),
    ("佐证材料", "[item.evidence]"),
    ("得分", "[item.score]"),
)
PASSED = "经支部委员会审议并向全体党员通报，本支部自评结论为达标，同意上报，并将继续巩固提高。"
FAILED = "经支部委员会审议，本支部自评结论为不达标，须逐项制定整改措施，限期整改后重新自查。"
_REPORT = (
    "根据上级党组织关于开展党支部标准化规范化建设达标评估工作的通知要求，本支部高度重视，及时召开支部委员会"
    "专题研究部署，成立了由支部书记任组长的自查工作小组，对照评估指标体系，坚持问题导向和实事求是的原则，"
    "采取查阅资料、个别访谈、民主测评、实地走访等方式，对[year]年度的组织设置、班子建设、党员教育管理、"
    "组织生活、基础保障和作用发挥等方面逐项进行了自检自查。本次自查共涉及评估项目[total]项，经逐项核实，其中"
    "达标[met]项，达标率为[rate]。对自查中发现的问题，支部已建立整改台账，明确责任人和完成时限，坚持边查边改、"
    "立行立改；对一时难以解决的问题，已制定整改计划并向上级党组织报告。下一步，支部将以此次自查为契机，进一步"
    "健全长效机制，严肃党内政治生活，不断提升组织力，充分发挥战斗堡垒作用和党员先锋模范作用，为各项事业高质量"
    "发展提供坚强组织保证。现将自查情况如实填报如下，请予审核。"
)
_NOTICE = (
    "[recipient]同志：",
    "经支部委员会研究，定于[date][time]在[place]召开支部党员大会，会议由[host]同志主持，主要议程为[topic]。"
    "请提前安排好工作，准时参加；因故不能到会的，须在会前向支部书记履行书面请假手续，并在会后及时补学。",
    "请携带笔记本和有关学习资料，会前认真自学规定内容，结合本职工作准备发言提纲，围绕会议议题充分发表意见。",
    "联系人：[contact]　　电话：[phone]",
    "[branch]",
)


def write_template(form: str, dialect: Dialect, path: Path) -> None:
    """Write the template of a form, ``self-check`` or ``notice``."""
    body, header, footer = _FORMS[form](dialect)
    write_package(path, body, header, footer)


def _self_check(dialect: Dialect) -> tuple[str, str, str]:
    body = (
        _paragraph(dialect, "[title]", size=44)
        + _paragraph(dialect, "党支部名称：[branch]　　书记：[secretary]　　填报日期：[date]")
        + _paragraph(dialect, _REPORT)
        + _table(dialect)
        + _conclusion(dialect)
    )
    header = _paragraph(dialect, "[branch]　[year]年度达标评估", size=18)
    footer = _paragraph(dialect, "支部书记：[secretary]　　填报日期：[date]", size=18)
    return body, header, footer


def _notice(dialect: Dialect) -> tuple[str, str, str]:
    lines = "".join(_paragraph(dialect, line) for line in _NOTICE)
    body = _paragraph(dialect, "[title]", size=44) + lines
    return body, _paragraph(dialect, "内部资料，注意保存", size=18), _paragraph(dialect, "会议通知", size=18)


_FORMS: Mapping[str, Callable[[Dialect], tuple[str, str, str]]] = {
    "self-check": _self_check,
    "notice": _notice,
}


def _paragraph(dialect: Dialect, text: str, size: int = 24) -> str:
    """Return a paragraph; each ``[name]`` in its text becomes the tag of that value."""
    spacing = '<w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr>'
    if not dialect.merge_fields:
        return f"<w:p>{spacing}{_run(_with_tags(dialect, text), size)}</w:p>"
    pieces = _VALUE.split(text)
    runs = (
        _merge_field(piece, size) if number % 2 else _run(piece, size)
        for number, piece in enumerate(pieces)
        if piece
    )
    return f"<w:p>{spacing}{''.join(runs)}</w:p>"


def _with_tags(dialect: Dialect, text: str) -> str:
    def tag(match: re.Match[str]) -> str:
        scope, _dot, name = match[1].rpartition(".")
        return dialect.item(name) if scope else dialect.value.replace("NAME", name)

    return _VALUE.sub(tag, text)


def _run(text: str, size: int) -> str:
    return f'<w:r>{_LOOK.format(size=size)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _merge_field(name: str, size: int) -> str:
    """Return a complex field, as Word writes it; docx-mailmerge2 keeps the look of such a field only."""
    name = name.removeprefix("item.")
    opens, separates, closes = (
        f'<w:r>{_LOOK.format(size=size)}<w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    instruction = f'<w:instrText xml:space="preserve"> MERGEFIELD {name} </w:instrText>'
    code = f"<w:r>{_LOOK.format(size=size)}{instruction}</w:r>"
    return opens + code + separates + _run(f"«{name}»", size) + closes


def _table(dialect: Dialect) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    rows = _row([_paragraph(dialect, title, 21) for title, _value in _COLUMNS])
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="9100" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}{_item_rows(dialect)}</w:tbl>"
    )


def _item_rows(dialect: Dialect) -> str:
    texts = [value for _title, value in _COLUMNS]
    if not dialect.own_rows:
        texts[0] = dialect.opens_rows + texts[0]
        texts[-1] += dialect.closes_rows
    row = _row([_paragraph(dialect, text, 21) for text in texts])
    if dialect.own_rows:
        return _tag_row(dialect.opens_rows) + row + _tag_row(dialect.closes_rows)
    if dialect.next_row:
        return row + _row([_paragraph(dialect, text, 21) for text in (dialect.next_row, "", "", "", "")])
    return row


def _row(cells: list[str]) -> str:
    joined = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(_WIDTHS, cells)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{joined}</w:tr>"


def _tag_row(tag: str) -> str:
    return (
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:gridSpan w:val="{len(_WIDTHS)}"/>'
        f"</w:tcPr><w:p>{_run(tag, 21)}</w:p></w:tc></w:tr>"
    )


def _conclusion(dialect: Dialect) -> str:
    if dialect.choice is None:
        return _paragraph(dialect, "[conclusion]")
    opens, otherwise, closes = (
        "".join(f"<w:p>{_run(tag, 24)}</w:p>" for tag in tags) for tags in dialect.choice
    )
    return opens + _paragraph(dialect, PASSED) + otherwise + _paragraph(dialect, FAILED) + closes
