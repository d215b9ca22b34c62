"""One mistake in a template, for people and for machines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.findings import Finding, Place, Severity
from docsmith.template.linting.codes import CODES
from docsmith.template.problems import Problem


class Whereabouts(NamedTuple):
    """A place in a template.

    ``words`` are for people: ``body, table 1, row 2, cell 3``. ``part`` is how people call the part of the
    document; ``table``, ``row`` and ``cell``, or else ``paragraph``, are counted from 1, the outermost where
    tables lie in tables, and 0 where they do not apply. ``text`` is what stands there. What is wrong in the
    manifest of a type has the name of that as its ``part``, and a ``line``.
    """

    words: str
    part: str
    table: int = 0
    row: int = 0
    cell: int = 0
    paragraph: int = 0
    text: str = ""
    line: int = 0

    def __str__(self) -> str:
        return " ".join(filter(None, (self.words, self.text and f"“{self.text}”")))

    def as_json(self) -> dict[str, Any]:
        """Return the place in words and in numbers, with ``null`` for what does not apply."""
        numbers = {
            name: value or None for name, value in self._asdict().items() if name not in ("words", "text")
        }
        return {"where": self.words, **numbers, "text": self.text}


class Mistake(NamedTuple):
    """One mistake: its kind (:data:`.codes.CODES`), what is wrong, how to mend it, and where it is.

    ``mendable`` says that :func:`.fixing.mended` knows for certain what is meant.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    place: Whereabouts
    mendable: bool = False

    @classmethod
    def of(cls, problem: Problem, part: str, numbers: Mapping[str, int]) -> Mistake:
        """Return the mistake for a problem in the part that people call ``part``."""
        place = Whereabouts(problem.spot.where or part, part, text=problem.spot.text, **numbers)
        return cls(problem.code, CODES[problem.code].severity, problem.message, problem.hint, place)

    def finding(self, file: str, manifest: str = "") -> Finding:
        """Return the finding for the template in that file; its place is a text for people.

        ``manifest`` is the file of the manifest, of which a line may be meant; its name where that is empty.
        """
        place = Place(file, str(self.place))
        if self.place.line:
            place = Place(manifest or self.place.part, cell=f"L{self.place.line}")
        return Finding(self.severity, self.message, self.hint, place, self.code)

    def as_json(self, file: str, manifest: str = "") -> dict[str, Any]:
        """Return the finding for the template in that file, with its place in numbers and ``mendable``."""
        told = self.finding(file, manifest).as_json()
        return {**told, "sheet": "", "template_place": self.place.as_json(), "mendable": self.mendable}


class Change(NamedTuple):
    """What was mended at a place: the codes of the mistakes, and the tag as it was and as it is.

    Both are the same text where something else than a tag was mended.
    """

    place: Whereabouts
    codes: tuple[str, ...]
    before: str
    after: str

    @property
    def message(self) -> str:
        """What was done, in words."""
        if "no-header-repeat" in self.codes:
            return _("its first rows are repeated at the top of each page now.")
        return _("{before} → {after}").format(before=self.before, after=self.after)

    def as_json(self) -> dict[str, Any]:
        """Return the place as numbers, the codes, and the tag before and after."""
        return {
            "template_place": self.place.as_json(),
            "codes": list(self.codes),
            "message": self.message,
            "before": self.before,
            "after": self.after,
        }
