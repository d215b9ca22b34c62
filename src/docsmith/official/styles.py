"""``word/styles.xml``: few styles, with the names that a person looks for in Word's list."""

from __future__ import annotations

from dataclasses import dataclass

from docsmith.official.page import CHARACTER_SCALE, LINE_PITCH, Font, Size, pt
from docsmith.official.text import LATIN, fonts, size
from docsmith.official.xml import Element, W, w


@dataclass(frozen=True)
class Style:
    """A paragraph style.

    Lengths are points. ``pitch`` is the distance of lines, exact unless ``at_least``; ``indent`` counts the
    characters that the first line stands in, ``hanging`` the points that the others do, ``left`` the
    points that all do. ``scale`` is the width of the characters in percent.
    """

    id: str
    name: str
    font: Font
    size: Size
    pitch: float
    align: str = "left"
    before: float = 0
    after: float = 0
    at_least: bool = False
    indent: int = 0
    hanging: float = 0
    left: float = 0
    scale: int = 100
    keep_next: bool = False
    keep_lines: bool = False
    level: int | None = None
    following: str | None = None


def _article_text(identifier: str, name: str, font: Font, level: int | None = None) -> Style:
    """Return a style of an article's text: 三号, 22 lines a page, 28 characters a line (5.2.3, 7.3.3)."""
    return Style(
        identifier,
        name,
        font,
        Size.SANHAO,
        LINE_PITCH,
        "both",
        indent=2,
        scale=CHARACTER_SCALE,
        keep_next=level is not None,
        level=level,
        following=None if level is None else "BodyText",
    )


STYLES = (
    # Articles: GB/T 9704-2012, 7.3.1 (title), 7.3.3 (body and headings), 7.3.7 (annex).
    Style("Title", "Title", Font.TITLE, Size.ERHAO, 33, "center", after=12, keep_next=True),
    Style("Subtitle", "Subtitle", Font.KAI, Size.SANHAO, LINE_PITCH, "center", after=12),
    _article_text("BodyText", "Body Text", Font.FANGSONG),
    _article_text("Heading1", "heading 1", Font.HEI, level=0),
    _article_text("Heading2", "heading 2", Font.KAI, level=1),
    _article_text("Heading3", "heading 3", Font.FANGSONG, level=2),
    Style(
        "AnnexList",
        "附件说明",
        Font.FANGSONG,
        Size.SANHAO,
        LINE_PITCH,
        scale=CHARACTER_SCALE,
        keep_next=True,
    ),
    # Its lines come with their blanks (docsmith.plugin.kit.article.signature_lines), one line below the text.
    Style(
        "Signature",
        "Signature",
        Font.FANGSONG,
        Size.SANHAO,
        LINE_PITCH,
        before=LINE_PITCH,
        scale=CHARACTER_SCALE,
        keep_lines=True,
    ),
    Style("AnnexMark", "附件标识", Font.HEI, Size.SANHAO, LINE_PITCH),
    Style("AnnexTitle", "附件标题", Font.TITLE, Size.ERHAO, 33, "center", before=LINE_PITCH),
    # Forms.
    Style("FormTitle", "表单标题", Font.TITLE, Size.ERHAO, 32, "center", keep_next=True),
    Style("FormNote", "表首说明", Font.HEI, Size.XIAOSI, 20, "center", before=4, after=3, keep_next=True),
    Style("HeaderLine", "表单抬头", Font.FANGSONG, Size.XIAOSI, 20, before=8, keep_next=True),
    Style("HeaderLineRight", "表单抬头右", Font.FANGSONG, Size.XIAOSI, 20, "right", before=8, keep_next=True),
    Style("TableHead", "表头文字", Font.HEI, Size.WUHAO, 16, "center", at_least=True),
    Style("TableText", "表格文字", Font.FANGSONG, Size.WUHAO, 16, at_least=True),
    Style("TableCentred", "表格居中", Font.FANGSONG, Size.WUHAO, 16, "center", at_least=True),
    Style("TableHeadLarge", "大表头文字", Font.HEI, Size.XIAOSI, 18, "center", at_least=True),
    Style("TableTextLarge", "大表格文字", Font.FANGSONG, Size.XIAOSI, 18, at_least=True),
    Style("TableCentredLarge", "大表格居中", Font.FANGSONG, Size.XIAOSI, 18, "center", at_least=True),
    Style("SignLine", "签字行", Font.FANGSONG, Size.XIAOSI, 22, before=8, keep_next=True),
    Style("BoxLabel", "意见栏文字", Font.FANGSONG, Size.WUHAO, 16, before=2, keep_next=True),
    Style("BoxSign", "意见栏落款", Font.FANGSONG, Size.WUHAO, 18, "right", keep_next=True),
    # 注： is two characters of 五号 wide; further notes stand under the first one's text.
    Style("Note", "表注", Font.FANGSONG, Size.WUHAO, 16, before=2, hanging=21, keep_next=True),
    Style("NoteMore", "表注续", Font.FANGSONG, Size.WUHAO, 16, left=21),
    Style("Footer", "footer", Font.SONG, Size.XIAOWU, 12, "center", at_least=True),
)


def styles_part() -> Element:
    """Return the root of ``word/styles.xml``."""
    return w("styles", _defaults(), _normal(), _table_normal(), *(_style(style) for style in STYLES))


def _defaults() -> Element:
    latin = w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=Font.FANGSONG, cs=LATIN)
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    run_properties = w("rPr", latin, *size(Size.XIAOSI), language)
    return w("docDefaults", w("rPrDefault", run_properties), w("pPrDefault"))


def _normal() -> Element:
    made = w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("rPr", fonts(Font.FANGSONG)),
        type="paragraph",
        styleId="Normal",
    )
    made.set(f"{{{W}}}default", "1")
    return made


def _table_normal() -> Element:
    """Return the style that Word gives a table without one: it wants to find it."""
    margins = w(
        "tblCellMar",
        *(
            w(side, w=width, type="dxa")
            for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
        ),
    )
    made = w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), margins),
        type="table",
        styleId="TableNormal",
    )
    made.set(f"{{{W}}}default", "1")
    return made


def _style(style: Style) -> Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="Normal"),
        w("next", val=style.following) if style.following else None,
        w("qFormat"),
        _paragraph_properties(style),
        _run_properties(style),
        type="paragraph",
        customStyle=1 if not style.name.isascii() else None,
        styleId=style.id,
    )


def _paragraph_properties(style: Style) -> Element:
    return w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("keepLines") if style.keep_lines else None,
        # Off: an orphan rule would break the 22 lines of a page.
        w("widowControl", val=0),
        w("snapToGrid", val=0),
        w(
            "spacing",
            before=pt(style.before),
            after=pt(style.after),
            line=pt(style.pitch),
            lineRule="atLeast" if style.at_least else "exact",
        ),
        _indentation(style),
        w("jc", val=style.align),
        None if style.level is None else w("outlineLvl", val=style.level),
    )


def _indentation(style: Style) -> Element | None:
    if style.indent:
        return w("ind", firstLineChars=style.indent * 100, firstLine=pt(style.size * style.indent))
    if style.hanging:
        return w("ind", left=pt(style.hanging), hanging=pt(style.hanging))
    return w("ind", left=pt(style.left)) if style.left else None


def _run_properties(style: Style) -> Element:
    made = w("rPr", fonts(style.font))
    if style.scale != 100:
        made.append(w("w", val=style.scale))
    made.extend(size(style.size))
    return made
