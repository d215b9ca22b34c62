"""The formatting of a run: arguments in the manner of docxtpl, checked, into the XML of ``w:rPr``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.values import illegal_character

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})|(auto)")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_UNDERLINES = ("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave")
_FONT_RANGES = ("ascii", "hAnsi", "cs", "eastAsia")
_LARGEST = 3276  # half points: Word goes to 1638 points
_LONGEST_NAME = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFormat:
    """How a run looks; the names and meanings are those of docxtpl's ``RichText.add``.

    ``color`` and ``highlight`` are six hexadecimal digits, ``size`` counts half points, ``font`` may name a
    range of characters first (``eastAsia:微软雅黑``). Raises :class:`TemplateError` for anything that Word
    would not understand.
    """

    style: str | None = None
    color: str | None = None
    highlight: str | None = None
    size: int | str | None = None
    subscript: object = None
    superscript: object = None
    bold: object = False
    italic: object = False
    underline: bool | str = False
    strike: object = False
    font: str | None = None
    rtl: object = False
    lang: str | None = None

    def xml(self) -> str:
        """Return ``w:rPr``, its children in the order of the schema; empty for plain text."""
        properties = "".join([*self._face(), *self._colours_and_sizes(), *self._script()])
        return f"<w:rPr>{properties}</w:rPr>" if properties else ""

    # The order of the three, and of what each yields, is that of ECMA-376-1, 17.3.2.28.

    def _face(self) -> Iterator[str]:
        if self.style:
            yield f"<w:rStyle w:val={attribute(self.style)}/>"
        if self.font:
            yield _fonts(self.font)
        for name, wanted in (("b", self.bold), ("i", self.italic)):
            if wanted:
                yield f"<w:{name}/>" + (f"<w:{name}Cs/>" if self.rtl else "")
        if self.strike:
            yield "<w:strike/>"

    def _colours_and_sizes(self) -> Iterator[str]:
        if self.color:
            yield f'<w:color w:val="{_colour(self.color)}"/>'
        if self.size:
            size = _half_points(self.size)
            yield f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        if self.underline:
            yield f'<w:u w:val="{_underline(self.underline)}"/>'
        if self.highlight:
            yield f'<w:shd w:val="clear" w:fill="{_colour(self.highlight)}"/>'

    def _script(self) -> Iterator[str]:
        if self.subscript and self.superscript:
            raise TemplateError(_("A text is either subscript or superscript, not both."))
        if self.subscript or self.superscript:
            yield f'<w:vertAlign w:val="{"subscript" if self.subscript else "superscript"}"/>'
        if self.rtl:
            yield '<w:rtl w:val="true"/>'
        if self.lang:
            yield f'<w:lang w:val="{_language(self.lang)}"/>'


def attribute(name: str) -> str:
    """Return the name of a style or font as an attribute value in quotation marks."""
    if not isinstance(name, str) or illegal_character(name) or len(name) > _LONGEST_NAME:
        raise TemplateError(_("{name!r} is no name of a style or font.").format(name=name))
    return quoteattr(name)


def _fonts(font: str) -> str:
    region, colon, family = font.partition(":")
    ranges = dict.fromkeys(_FONT_RANGES[:3], family if colon else font)
    if colon:
        if region not in _FONT_RANGES:
            raise TemplateError(
                _("{name!r} is no range of characters that a font can have.").format(name=region),
                hint=_("It is one of: {names}").format(names=", ".join(_FONT_RANGES)),
            )
        ranges[region] = family
    return "<w:rFonts " + " ".join(f"w:{name}={attribute(value)}" for name, value in ranges.items()) + "/>"


def _colour(text: str) -> str:
    match = _COLOUR.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise TemplateError(
            _("{text!r} is no colour.").format(text=text), hint=_("Six hexadecimal digits: FF0000 is red.")
        )
    return match[1] or match[2]


def _half_points(size: object) -> int:
    text = str(size)
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and 1 <= int(text) <= _LARGEST):
        raise TemplateError(
            _("{size!r} is no size of letters.").format(size=size),
            hint=_("A whole number of half points: 24 is 12 points."),
        )
    return int(text)


def _underline(kind: bool | str) -> str:
    if kind is True:
        return "single"
    if kind not in _UNDERLINES:
        raise TemplateError(
            _("{kind!r} is no way to underline.").format(kind=kind),
            hint=_("It is one of: {names}").format(names=", ".join(_UNDERLINES)),
        )
    return str(kind)


def _language(tag: str) -> str:
    if not isinstance(tag, str) or not _LANGUAGE.fullmatch(tag):
        raise TemplateError(
            _("{tag!r} is no language.").format(tag=tag), hint=_("For example zh-CN or en-US.")
        )
    return tag
