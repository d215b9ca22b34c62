"""Starting templates whose items come from a file beside them: 检查表, 测评票, 答卷."""

from __future__ import annotations

from docsmith.official.blocks import box_row, form_title, header_line, notes
from docsmith.official.page import FORM, WIDE_FORM, Font, pt
from docsmith.official.section import PageNumbers
from docsmith.official.starting.common import head, label, one_section
from docsmith.official.table import Cell, Row, Table, directive_row, gap, header_row
from docsmith.official.text import Face, directive, keep_next, paragraph, run, space_before
from docsmith.official.xml import Element, w

_CHECKLIST = {
    "序号": 12,
    "类别": 18,
    "检查内容": 92,
    "分值": 15,
    "自评\n得分": 16,
    "检查\n得分": 16,
    "佐证材料": 48,
    "扣分原因": 40,
}
_ITEM = 8.0  # mm: ten items and their sum find a page with the boxes
_BALLOT = (12, 97, 14, 14, 14, 14)
_GRADES = ("满意", "基本\n满意", "不满意", "不了解")
_QUESTIONS = "{{ loop.index|序号 }}、{{ 组.名称 }}（共{{ 组.条数 }}题，每题{{ 组.行[0].分值 }}分）"
_NUMBER = 18  # points: the number of a question, at the left of its text


def checklist(title: str) -> bytes:
    """Return the template of items with points, in groups, with the answers of the branch beside them."""
    width = len(_CHECKLIST)
    row = [
        Cell("{{ 行.序号 }}", "TableCentred"),
        Cell("{% vm %}{{ 组.名称 }}", "TableCentred"),
        Cell("{{ 行.检查内容 }}"),
        *(Cell(f"{{{{ 行.{one} }}}}", "TableCentred") for one in ("分值", "自评得分", "检查得分")),
        *(Cell(f"{{{{ 行.{one} or '' }}}}") for one in ("佐证材料", "扣分原因")),
    ]
    points = [
        Cell(f"{{{{ 检查项目.合计.{one} }}}}", "TableCentred") for one in ("分值", "自评得分", "检查得分")
    ]
    rows = [
        header_row(list(_CHECKLIST)),
        directive_row("{%tr for 组 in 检查项目.组 %}", width),
        directive_row("{%tr for 行 in 组.行 %}", width),
        # The last group stays on the page of the boxes.
        Row(row, _ITEM, kept="组.名称 == 检查项目.组[-1].名称"),
        directive_row("{%tr endfor %}", width),
        directive_row("{%tr endfor %}", width),
        Row([label("合计", large=False, span=3), *points, Cell(span=2)], _ITEM, kept=True),
        box_row((3, "党支部意见：", "党支部书记（签字）："), (5, "检查组意见：", "检查组组长（签字）：")),
    ]
    return one_section(WIDE_FORM, [*head(WIDE_FORM, title), Table(list(_CHECKLIST.values()), rows).element()])


def ballot(title: str) -> bytes:
    """Return the template of an anonymous ballot: items, and square cells for a tick."""
    ticks = [Cell("", "TableCentredLarge") for _grade in _GRADES]
    heads = [Cell([paragraph(text, "TableHead")], snug=True) for text in ("序号", "测评内容", *_GRADES)]
    rows = [
        Row(heads, 13, header=True),
        directive_row("{%tr for 行 in 测评项目.行 %}", len(_BALLOT)),
        Row(
            [Cell("{{ 行.编号 }}", "TableCentredLarge"), Cell("{{ 行.测评内容 }}", "TableTextLarge"), *ticks],
            14,
        ),
        directive_row("{%tr endfor %}", len(_BALLOT)),
        Row([Cell("意见建议：", "BoxLabel", span=len(_BALLOT), top=True)], 24),
    ]
    blocks = [
        form_title("{{ 支部.支部名称 }}", title),
        paragraph("请在相应栏内打“√”，每项只选一个；本表不记名。", "FormNote"),
        gap(4),
        Table(_BALLOT, rows).element(),
        gap(2),
    ]
    return one_section(FORM, blocks, PageNumbers.NONE)


def quiz(title: str) -> bytes:
    """Return the template of a paper: questions by kind, and the answers on a page of their own."""
    hanging = w("ind", left=pt(_NUMBER), hanging=pt(_NUMBER))
    option = w("ind", left=pt(_NUMBER))
    blocks = [
        form_title("{{ 单位.单位名称 }}", title),
        *header_line(FORM, "党支部：{{ 支部.支部名称 }}　　姓名：", "得分：　　　　　　", left_share=0.7),
        directive("{%p for 组 in 试题.组 %}"),
        paragraph([run(_QUESTIONS, Face(Font.HEI))], "HeaderLine"),
        directive("{%p for 行 in 组.行 %}"),
        paragraph("{{ 行.编号 }}.{{ 行.题目 }}", "HeaderLine", keep_next(), hanging),
        directive("{%p for 选项 in 行.选项|默认('')|分段 %}"),
        paragraph("{{ 选项 }}", "HeaderLine", space_before(0), option),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
        directive("{%p endfor %}"),
        *_answers(title),
    ]
    return one_section(FORM, blocks)


def _answers(title: str) -> list[Element]:
    widths = (14, 32, 26, 93)
    rows = [
        header_row(["序号", "题型", "答案", "依据"]),
        directive_row("{%tr for 组 in 试题.组 %}", len(widths)),
        directive_row("{%tr for 行 in 组.行 %}", len(widths)),
        Row(
            [
                Cell("{{ 行.编号 }}", "TableCentred"),
                Cell("{% vm %}{{ 组.名称 }}", "TableCentred"),
                Cell("{{ 行.答案 }}", "TableCentred"),
                Cell("{{ 行.依据 or '' }}"),
            ]
        ),
        directive_row("{%tr endfor %}", len(widths)),
        directive_row("{%tr endfor %}", len(widths)),
    ]
    head = form_title(f"{title}参考答案", new_page=True)
    return [head, gap(10), Table(widths, rows).element(), *notes(["本页由组织者保存，不随答卷发放。"])]
