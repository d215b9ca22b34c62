"""Formatted text, from the program that fills a template in: runs, paragraphs, and text with page breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from docsmith._i18n import gettext as _
from docsmith.errors import TemplateError
from docsmith.template.formatted import BlockValue, RunValue, TextValue
from docsmith.template.package.additions import OpenPart, checked_address
from docsmith.template.package.facts import OFFICE
from docsmith.template.rich.format import RunFormat, attribute
from docsmith.template.values import MAX_TEXT, illegal_character, printed

_PARAGRAPH_ENDS, _PAGE_ENDS = "\a", "\f"
_ENDS = re.compile("([\n\t\a\f])")
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def checked_text(value: object) -> str:
    r"""Return a plain value as text whose lines end in ``\n``; ``\a`` and ``\f`` may stand in it.

    Raises :class:`TemplateError` for other characters that no document can hold, and for what is no single
    value.
    """
    try:
        text = value if isinstance(value, str) else printed(value)
    except TypeError as error:
        raise TemplateError(_("A {kind} cannot be text.").format(kind=type(value).__name__)) from error
    if len(text) > MAX_TEXT:
        raise TemplateError(_("the text is longer than {limit} characters.").format(limit=MAX_TEXT))
    if illegal := illegal_character(text.replace(_PARAGRAPH_ENDS, "").replace(_PAGE_ENDS, "")):
        raise TemplateError(
            _("the value has the character {code}, which no document can hold.").format(code=illegal),
            hint=_("Delete it in the data."),
        )
    return str.__str__(text).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of one format; ``form`` is its ``w:rPr``. At most one of ``link`` and ``url_id`` is set."""

    text: str
    form: str
    link: str
    url_id: str

    def xml(self, part: OpenPart, paragraph: str) -> str:
        runs = _runs(self.text, self.form, paragraph)
        if not (self.link or self.url_id):
            return runs
        identity = part.hyperlink(self.link) if self.link else _known(self.url_id, part)
        return (
            f'<w:hyperlink xmlns:r="{OFFICE}" r:id={quoteattr(identity)} w:tgtFrame="_blank">'
            f"{runs}</w:hyperlink>"
        )


class RichText(RunValue):
    """Text in one or more formats, for ``{{r … }}``.

    The arguments are those of docxtpl's class of that name, with ``link`` besides: the address that a text
    leads to. ``url_id`` is the id of a hyperlink that the template has.
    """

    __slots__ = ("_pieces",)

    def __init__(self, text: object = None, **text_prop: Any) -> None:
        self._pieces: tuple[_Piece, ...] = ()
        if text:
            self.add(text, **text_prop)

    def add(
        self,
        text: object,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: int | str | None = None,
        subscript: object = None,
        superscript: object = None,
        bold: object = False,
        italic: object = False,
        underline: bool | str = False,
        strike: object = False,
        font: str | None = None,
        url_id: str | None = None,
        rtl: object = False,
        lang: str | None = None,
        *,
        link: str | None = None,
    ) -> None:
        r"""Add text in a format, or the pieces of another formatted text.

        In the text, ``\n`` is a line break, ``\t`` a tab, ``\a`` a new paragraph, ``\f`` a new page.
        Raises :class:`docsmith.errors.TemplateError` for anything that a document cannot have.
        """
        if isinstance(text, RichText):
            self._pieces += text._pieces
            return
        form = RunFormat(
            style=style, color=color, highlight=highlight, size=size, subscript=subscript,
            superscript=superscript, bold=bold, italic=italic, underline=underline, strike=strike, font=font,
            rtl=rtl, lang=lang,
        )  # fmt: skip
        written = checked_text(text)
        if (link or url_id) and (_PARAGRAPH_ENDS in written or _PAGE_ENDS in written):
            raise TemplateError(_("A link ends with its paragraph; make one for each."))
        if link and url_id:
            raise TemplateError(_("Give a link its address or the id of one in the template, not both."))
        address = checked_address(link) if link else ""
        self._pieces += (_Piece(written, form.xml(), address, url_id or ""),)

    def runs(self, part: OpenPart, paragraph: str = "") -> str:
        """Return the runs as XML; see :meth:`RunValue.runs`."""
        return "".join(piece.xml(part, paragraph) for piece in self._pieces)


class RichTextParagraph(BlockValue):
    """Paragraphs of formatted text, for ``{{p … }}``; ``parastyle`` is the id of a paragraph style."""

    __slots__ = ("_paragraphs",)

    def __init__(self, text: object = None, **text_prop: Any) -> None:
        self._paragraphs: tuple[tuple[str, RichText], ...] = ()
        if text:
            self.add(text, **text_prop)

    def add(self, text: object, parastyle: str | None = None) -> None:
        """Add a paragraph; a plain value becomes its text."""
        form = f"<w:pPr><w:pStyle w:val={attribute(parastyle)}/></w:pPr>" if parastyle else ""
        content = RichText()
        content.add(text)
        self._paragraphs += ((form, content),)

    def blocks(self, part: OpenPart) -> str:
        """Return the paragraphs as XML."""
        return "".join(f"<w:p>{form}{content.runs(part, form)}</w:p>" for form, content in self._paragraphs)


class Listing(TextValue):
    r"""Text in the format of its tag, in which ``\a`` begins a new paragraph and ``\f`` a new page."""

    __slots__ = ("text",)

    def __init__(self, text: object) -> None:
        self.text = checked_text(text)

    def inside(self, form: str, paragraph: str) -> str:
        """Return XML to stand in an open ``w:t``; see :meth:`TextValue.inside`."""
        return _inside(self.text, form, paragraph)


def _runs(text: str, form: str, paragraph: str) -> str:
    """Return one run, or as many as tabs and new paragraphs make of it."""
    return f"{_opening(form)}{_inside(text, form, paragraph)}</w:t></w:r>"


def _inside(text: str, form: str, paragraph: str) -> str:
    between = {
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
        "\t": f"</w:t></w:r><w:r>{form}<w:tab/></w:r>{_opening(form)}",
        _PARAGRAPH_ENDS: f"</w:t></w:r></w:p><w:p>{paragraph}{_opening(form)}",
        _PAGE_ENDS: f"</w:t></w:r></w:p>{_PAGE_BREAK}<w:p>{paragraph}{_opening(form)}",
    }
    pieces = _ENDS.split(text)
    pieces[0::2] = [escape(piece, quote=False) for piece in pieces[0::2]]
    pieces[1::2] = [between[separator] for separator in pieces[1::2]]
    return "".join(pieces)


def _opening(form: str) -> str:
    return f'<w:r>{form}<w:t xml:space="preserve">'


def _known(identity: str, part: OpenPart) -> str:
    if not part.has_hyperlink(identity):
        raise TemplateError(
            _("{part} has no hyperlink with the id {identity!r}.").format(part=part.name, identity=identity),
            hint=_("Give the address itself: RichText.add(text, link=…)."),
        )
    return identity
