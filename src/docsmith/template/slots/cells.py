"""Values in the properties of a cell: how many columns it takes, and its colour."""

from __future__ import annotations

import re
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.model.missing import Missing
from docsmith.template.language.journal import current
from docsmith.template.language.printing import printed_text
from docsmith.template.limits import MAX_COLUMNS
from docsmith.template.package.attributes import whole_number
from docsmith.template.slots.values import Writer, Written

_COLOUR = re.compile("[0-9A-Fa-f]{6}")


def span_number() -> Writer:
    """Write how many columns a cell takes; what is missing takes one."""

    def write(value: Any) -> Written:
        text = "1" if isinstance(value, Missing) else printed_text(value).removesuffix(".0")
        number = whole_number(text)
        if not 1 <= number <= MAX_COLUMNS:
            message = _("a cell takes 1 to {limit} columns, not {value}.")
            current().report(message.format(limit=MAX_COLUMNS, value=text[:20]))
            return b"1"
        return b"%d" % number

    return write


def colour() -> Writer:
    """Write the colour of a cell; what is missing or empty has none."""

    def write(value: Any) -> Written:
        text = "" if isinstance(value, Missing) else printed_text(value).removeprefix("#")
        if text and text != "auto" and not _COLOUR.fullmatch(text):
            message = _("{text!r} is no colour.").format(text=text[:20])
            current().report(message, _("Six hexadecimal digits: FF0000 is red."))
            return b"auto"
        return text.encode() or b"auto"

    return write
