"""What forms need of a language of templates: rows for a pen, boxes to tick, lines as paragraphs.

Their names are in :mod:`docsmith.template.language.filters`.
"""

from __future__ import annotations

from collections.abc import Sequence

from docsmith._i18n import gettext as _
from docsmith.model.blank import BLANK
from docsmith.template.formatted import TextValue

MOST_ROWS = 1000
"""Rows that a form may be filled up to."""
_BOX, _TICK = "□", "√"  # what every Chinese typeface has; ☑ and ☐ are missing in most


class Lines(list[str], TextValue):
    """Lines of a text: a list to loop over, and printed, paragraphs of the kind that their tag stands in."""

    __slots__ = ()

    def inside(self, form: str, paragraph: str) -> str:
        """Return XML to stand in an open ``w:t``; see :meth:`TextValue.inside`."""
        # Late: what prints values knows the filters, which make this one.
        from docsmith.template.slots.breaks import with_breaks
        from docsmith.template.slots.values import escaped

        begins = f'</w:t></w:r></w:p><w:p>{paragraph}<w:r>{form}<w:t xml:space="preserve">'
        return begins.join(with_breaks(escaped(line), form) for line in self)


def filled_up(items: Sequence[object], number: object) -> list[object]:
    """Return the items, with empty ones after them up to that number."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_ROWS:
        raise ValueError(_("a form is filled up to 0 to {limit} rows.").format(limit=MOST_ROWS))
    return [*items, *[BLANK] * (number - len(items))]


def boxes(chosen: Sequence[str], choices: Sequence[str]) -> str:
    """Return all choices, each after its box: □是 √否.

    What was chosen and is none of the choices stands behind them: a form shows what the data says.
    """
    if not choices:
        raise TypeError(_('say what the choices are: 勾选("是", "否").'))
    others = [choice for choice in chosen if choice and choice not in choices]
    marks = [*((_TICK if choice in chosen else _BOX, choice) for choice in choices)]
    return " ".join(mark + choice for mark, choice in [*marks, *((_TICK, other) for other in others)])
