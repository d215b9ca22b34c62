"""Templates to start from: one for each shape of document, complete, with the names of Chinese templates.

What they name beside the sheets of the workbook (检查项目, 名册 …) is made ready by the manifest that comes
with each (:mod:`docsmith.engine.new_type.shapes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docsmith.official.starting.common import dated
from docsmith.official.starting.items import ballot, checklist, quiz
from docsmith.official.starting.tables import calendar, form, ledger
from docsmith.official.starting.texts import article, pledge
from docsmith.plugin.shape import Shape

_BUILDERS: Mapping[Shape, Callable[[str], bytes]] = {
    Shape.ARTICLE: article,
    Shape.FORM: form,
    Shape.LEDGER: ledger,
    Shape.CHECKLIST: checklist,
    Shape.BALLOT: ballot,
    Shape.CALENDAR: calendar,
    Shape.PLEDGE: pledge,
    Shape.QUIZ: quiz,
}


def starting_template(shape: Shape, title: str) -> bytes:
    """Return the .docx to start a document type of that shape and title from."""
    return _BUILDERS[shape](dated(title))
