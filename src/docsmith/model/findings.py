"""What is wrong, or worth a look: a finding, and the place that it speaks of."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from docsmith.errors import DocsmithError


class Severity(StrEnum):
    """How much a finding matters: an error stops the documents that need its row, the others stop nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(NamedTuple):
    """Where something stands: a file, a sheet of it, a cell of that (``D5``), or a line of a text file.

    Everything is text as a person reads it, and empty where it does not apply.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return for example ``数据.xlsx 党员!D5``."""
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (self.file, inside) if part)


NOWHERE = Place()


class Citation(NamedTuple):
    """The rule that a finding comes from: its id, and the article in the words of a Chinese citation."""

    rule: str
    article: str


class Finding(NamedTuple):
    """One thing that is wrong or worth a look.

    ``message`` says what is wrong and what was found there; ``hint`` what is expected, with an example, and
    how to mend it. Both are in the reader's language. ``branch`` is the branch that the finding is about, if
    it is about one; ``code`` names its kind for machines and tests (``date-unreadable``).
    """

    severity: Severity
    message: str
    hint: str = ""
    place: Place = NOWHERE
    code: str = ""
    branch: str = ""
    citation: Citation | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints (documented in the README)."""
        return {
            "severity": str(self.severity),
            "file": self.place.file,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "branch": self.branch,
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "rule": {"id": self.citation.rule, "article": self.citation.article} if self.citation else None,
        }


def what_stopped(error: DocsmithError) -> Finding:
    """Return the finding for what ended a command before its end."""
    return Finding(Severity.ERROR, error.message, error.hint, Place(error.file), "stopped")
