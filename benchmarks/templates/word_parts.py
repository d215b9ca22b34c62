"""The parts that every document of Word has: styles, theme, settings, fonts, numbering."""

from __future__ import annotations

from collections.abc import Iterator

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'


def _latent_names() -> Iterator[str]:
    """Yield the names of the styles that Word knows and a document need not hold: some 370 of them."""
    yield from ("Normal", "Title", "Subtitle", "Strong", "Emphasis", "Table Grid", "List Paragraph", "Quote")
    for family, count in (("heading", 9), ("index", 9), ("toc", 9), ("List", 5), ("List Bullet", 5),
                          ("List Number", 5), ("List Continue", 5), ("Body Text Indent", 3)):  # fmt: skip
        yield from (f"{family} {number}" for number in range(1, count + 1))
    for kind, count in (("Simple", 3), ("Classic", 4), ("Colorful", 3), ("Columns", 5), ("Grid", 8),
                        ("List", 8), ("3D effects", 3), ("Web", 3)):  # fmt: skip
        yield from (f"Table {kind} {number}" for number in range(1, count + 1))
    colours = ("", *(f" Accent {number}" for number in range(1, 7)))
    old = ("Light Shading", "Light List", "Light Grid", "Medium Shading 1", "Medium Shading 2",
           "Medium List 1", "Medium List 2", "Medium Grid 1", "Medium Grid 2", "Medium Grid 3", "Dark List",
           "Colorful Shading", "Colorful List", "Colorful Grid")  # fmt: skip
    new = ("1 Light", "2", "3", "4", "5 Dark", "6 Colorful", "7 Colorful")
    for colour in colours:
        yield from (f"{name}{colour}" for name in old)
        yield from (f"{family} Table {name}{colour}" for family in ("Grid", "List") for name in new)


def styles() -> str:
    """Return ``word/styles.xml``: about 40 KB, most of it latent styles, as in Word's own files."""
    latent = "".join(
        f'<w:lsdException w:name="{name}" w:semiHidden="1" w:uiPriority="{40 + number % 60}"'
        ' w:unhideWhenUsed="1"/>'
        for number, name in enumerate(_latent_names())
    )
    fonts = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体" w:hAnsi="Times New Roman"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="a"/><w:next w:val="a"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:keepLines/><w:spacing w:before="260" w:after="260"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{46 - 2 * level}"/></w:rPr></w:style>'
        for level in range(1, 10)
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:kern w:val="2"/>'
        '<w:sz w:val="21"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:latentStyles w:defLockedState="0"'
        ' w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">'
        f'{latent}</w:latentStyles><w:style w:type="paragraph" w:default="1" w:styleId="a">'
        '<w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>'
        f'</w:style>{headings}<w:style w:type="table" w:default="1" w:styleId="a1">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        '</w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="a3">'
        '<w:name w:val="Table Grid"/><w:basedOn w:val="a1"/><w:uiPriority w:val="39"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def settings() -> str:
    """Return ``word/settings.xml``."""
    rsids = "".join(f'<w:rsid w:val="00{number * 7919 + 0x1A2B3C:06X}"/>' for number in range(40))
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        '<w:drawingGridVerticalSpacing w:val="156"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting'
        ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:rsids><w:rsidRoot w:val="001A2B3C"/>{rsids}</w:rsids></w:settings>'
    )


def fonts() -> Iterator[str]:
    """Yield the fonts of the font table."""
    for name in ("宋体", "黑体", "仿宋", "楷体", "等线", "Times New Roman", "Calibri", "Symbol"):
        yield (
            f'<w:font w:name="{name}"><w:panose1 w:val="02010600030101010101"/><w:charset w:val="86"/>'
            '<w:family w:val="auto"/><w:pitch w:val="variable"/><w:sig w:usb0="00000203" w:usb1="288F0000"'
            ' w:usb2="00000016" w:usb3="00000000" w:csb0="00040001" w:csb1="00000000"/></w:font>'
        )


def numbering() -> Iterator[str]:
    """Yield the definitions of two lists."""
    for number in range(2):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{420 * (level + 1)}" w:hanging="420"/></w:pPr></w:lvl>'
            for level in range(9)
        )
        yield (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{levels}</w:abstractNum>"
        )
    yield from (f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))


def theme() -> str:
    """Return an Office theme: colours, a font for each of the world's scripts, fills, lines and effects."""
    names = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
             "hlink", "folHlink")  # fmt: skip
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{0x44546A + 0x0B1D2F * index & 0xFFFFFF:06X}"/></a:{name}>'
        for index, name in enumerate(names)
    )
    scripts = ("Jpan", "Hang", "Hans", "Hant", "Arab", "Hebr", "Thai", "Ethi", "Beng", "Gujr", "Khmr", "Knda",
               "Guru", "Cans", "Cher", "Yiii", "Tibt", "Thaa", "Deva", "Telu", "Taml", "Syrc", "Orya", "Mlym",
               "Laoo", "Sinh", "Mong", "Viet", "Uigh", "Geor")  # fmt: skip
    fonts = "".join(f'<a:font script="{script}" typeface="Times New Roman"/>' for script in scripts)
    latin = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    gradient = (
        '<a:gradFill rotWithShape="1"><a:gsLst>'
        + "".join(
            f'<a:gs pos="{stop}"><a:schemeClr val="phClr"><a:lumMod val="110000"/><a:satMod val="105000"/>'
            '<a:tint val="67000"/></a:schemeClr></a:gs>'
            for stop in (0, 50000, 100000)
        )
        + '</a:gsLst><a:lin ang="5400000" scaled="0"/></a:gradFill>'
    )
    lines = "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{solid}<a:prstDash val="solid"/>'
        '<a:miter lim="800000"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{_A}" name="Office"><a:themeElements><a:clrScheme name="Office">{colours}'
        f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{latin}{fonts}</a:majorFont><a:minorFont>'
        f'{latin}{fonts}</a:minorFont></a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{solid}'
        f"{gradient}{gradient}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{solid}{solid}{gradient}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )
