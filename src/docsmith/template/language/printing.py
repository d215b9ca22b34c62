"""What a printed value is as text, checked: every value that gets into a document comes through here."""

from __future__ import annotations

from markupsafe import Markup

from docsmith._i18n import gettext as _
from docsmith.template.language.filters import text_of
from docsmith.template.language.journal import LimitError, current
from docsmith.template.limits import MAX_FORMATTING
from docsmith.template.values import MAX_TEXT, illegal_character

# What a line break takes in a document, and a tab with the formatting of its run twice, in characters.
_BREAK = 50
_TAB = 2 * MAX_FORMATTING


def bounded_text(value: object) -> str:
    """Return a value as text; raises :class:`LimitError` if it is too long, ``TypeError`` if it has none."""
    # Markup is made by the template alone: by a macro, a block or the filter ``e``. Data never is.
    text = value if isinstance(value, Markup) else text_of(value)
    if len(text) > MAX_TEXT:
        raise LimitError(_("the text is longer than {limit} characters.").format(limit=MAX_TEXT))
    return text


def printed_text(value: object) -> str:
    r"""Return the text of a printed value, its lines ended by ``\\n``; what is wrong goes to the journal."""
    try:
        text = bounded_text(value)
    except TypeError as error:
        text = current().failed(error)
    current().wrote(len(text) + _BREAK * text.count("\n") + _TAB * text.count("\t"))
    if illegal := illegal_character(text):
        current().report(
            _("the value has the character {code}, which no document can hold.").format(code=illegal),
            _("Delete it in the data."),
        )
        return ""
    # Every reader of XML would make the same of it; in a text it is a line break.
    return text.replace("\r\n", "\n").replace("\r", "\n")
