"""Mistakes in a template, each with the place where a person finds it in Word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith._i18n import ngettext
from docsmith.errors import TemplateError
from docsmith.template.limits import MAX_PROBLEMS

_AROUND = 24


class Spot(NamedTuple):
    """A place in a template as a person sees it: ``body, table 1, row 2, cell 3``, and the text there.

    ``at`` is how many characters of its part stand before it, for putting spots into the order of reading.
    """

    where: str
    text: str = ""
    at: int = 0

    def __str__(self) -> str:
        return " ".join(part for part in (self.where, self.text and f"“{self.text}”") if part)


class Passage(NamedTuple):
    """The text of a paragraph, where it stands, and how many characters of its part stand before it."""

    where: str
    text: str
    at: int = 0

    def spot(self, start: int, end: int) -> Spot:
        """Return the spot of ``text[start:end]``."""
        return Spot(self.where, around(self.text, start, end), self.at + start)

    def whole(self) -> Spot:
        """Return the spot of all of it."""
        return self.spot(0, len(self.text))


class Problem(NamedTuple):
    """One mistake: where, what is wrong, and how to mend it (may be empty).

    ``code`` names its kind for machines, tests and the page about the linter (``tag-unreadable``); what only
    shows with the data of a document has the one that is given here.
    """

    spot: Spot
    message: str
    hint: str = ""
    code: str = "value-unfit"

    def __str__(self) -> str:
        sentence = placed(self.spot, self.message)
        return f"{sentence} {self.hint}" if self.hint else sentence


def placed(place: Spot | str, message: str) -> str:
    """Return a message with the place that it speaks of in front."""
    return _("{place}: {message}").format(place=place, message=message)


def around(text: str, start: int, end: int) -> str:
    """Return ``text[start:end]`` with a little of what stands before and after it."""
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    middle = text[start:end]
    if len(middle) > 4 * _AROUND:
        middle = f"{middle[: 2 * _AROUND]}…{middle[-_AROUND:]}"
    return "".join(
        (
            "…" if start > _AROUND else "",
            before,
            middle,
            after,
            "…" if end + _AROUND < len(text) else "",
        )
    ).strip()


def raise_problems(name: str, problems: Iterable[Problem], kind: type[TemplateError] = TemplateError) -> None:
    """Raise one error of that kind that lists every problem once, in order; nothing if there is none.

    Two that a person cannot tell apart are one.
    """
    unique = list({str(problem): problem for problem in problems}.values())
    if not unique:
        return
    if len(unique) == 1:
        only = unique[0]
        raise kind(placed(name, placed(only.spot, only.message)), hint=only.hint)
    head = ngettext("{name}: {count} mistake", "{name}: {count} mistakes", len(unique))
    shown = (f"- {problem}" for problem in unique[:MAX_PROBLEMS])
    lines = [head.format(name=name, count=len(unique)), *shown]
    if len(unique) > MAX_PROBLEMS:
        lines.append(_("- and others"))
    raise kind("\n".join(lines), hint=_("Mend them in the template, in Word or WPS."))
