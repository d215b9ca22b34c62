"""What happens during one rendering: marks that were printed, mistakes that were met, work that was done."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from operator import itemgetter
from types import FrameType, MappingProxyType, TracebackType
from typing import TYPE_CHECKING, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.missing import Missing
from docsmith.template.limits import MAX_PROBLEMS
from docsmith.template.problems import Problem, Spot
from docsmith.template.slots.columns import Columns
from docsmith.template.slots.ids import UniqueIds

if TYPE_CHECKING:
    from docsmith.template.language.merging import MergingTable
    from docsmith.template.package.additions import Additions, OpenPart

MAX_STEPS = 50_000_000
"""Work in one rendering, in steps of a third of a microsecond or less: ten to fifteen seconds.

A cell of a row takes some ten: this is for a hundred thousand rows of forty cells.
"""
MAX_WRITTEN = 64 << 20
"""Characters that one rendering writes, or makes on the way: thirty thousand rows of a table of five columns.

The bytes of a document, twice, are to stay well below 1 GB.
"""
_REPORT_STEPS = 20
_LONGEST_MESSAGE = 300


LINES = "docsmith_lines"
"""The name that the code of a template has its lines under, as pairs (of the code, of the Jinja source)."""


class Beside(NamedTuple):
    """What filters may ask for beside the context.

    ``choices`` are those of the columns, by the names of these. ``pictures`` returns a file by the path that
    the data gives; it raises :class:`docsmith.model.pictures.PictureError`.
    """

    choices: Mapping[str, Sequence[str]] = MappingProxyType({})
    pictures: Callable[[str], bytes] | None = None


NOTHING_BESIDE = Beside()


class LimitError(Exception):
    """A template asks for more than any form needs; the message is for people."""


class LineTable(NamedTuple):
    """Which spot of the template each line of the Jinja source comes from; ``starts`` are in order."""

    starts: tuple[int, ...]
    spots: tuple[Spot, ...]
    default: Spot

    def spot(self, line: int) -> Spot:
        """Return the spot of a line, counted from 1."""
        index = bisect_right(self.starts, line) - 1
        return self.spots[index] if index >= 0 else self.default


class Journal:
    """The record of one rendering. One thread writes it; :func:`current` finds it.

    ``names`` are the top-level names of the context, to suggest one where a template misspells it;
    ``album`` are the
    pictures beside the data that were read, ``absent`` those that could not be used, and why. ``ids``
    and ``tables`` are those of the document so far; ``merging`` are the tables of the part whose cells merge,
    ``additions`` makes what the package gets besides.
    ``spent`` tells that the template did more than it may.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        additions: Callable[[], Additions] | None = None,
        beside: Beside = NOTHING_BESIDE,
    ) -> None:
        self.names = names
        self.beside = beside
        self.absent: dict[str, str] = {}
        self.album: dict[str, bytes] = {}
        self.ids = UniqueIds()
        self.tables: list[Columns] = []
        self.merging: dict[int, MergingTable] = {}
        self.additions: Additions | None = None
        self._new_additions = additions
        self._part = ""
        self.problems: list[Problem] = []
        self._missing: dict[tuple[object, ...], Missing] = {}
        self._reported: set[tuple[int, str]] = set()
        self._steps = 0
        self._written = 0
        self.spent = False
        self._lines = LineTable((), (), Spot(""))

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The marks that were printed, each once, in the order of the first time."""
        return tuple(self._missing.values())

    @contextmanager
    def recording(self, lines: LineTable, part: str) -> Iterator[None]:
        """Be the current journal while the part of that name, with these lines, is rendered."""
        token = _current.set(self)
        self._lines = lines
        self._part = part
        try:
            yield
        finally:
            _current.reset(token)

    @property
    def part(self) -> OpenPart:
        """The part that is being rendered, for values that bring pictures or links along."""
        if self.additions is None:
            assert self._new_additions is not None  # noqa: S101  # lines have no such values
            self.additions = self._new_additions()
            self.additions.drawings = self.ids.drawings
        return self.additions.open(self._part)

    def printed(self, mark: Missing) -> None:
        """Note a mark that stands in the document now."""
        self._missing.setdefault((mark.label, mark.place), mark)

    def spend(self, steps: int) -> None:
        """Count work; raises :class:`LimitError` when a rendering does more than any form needs."""
        self._steps += max(0, steps)
        if self._steps > MAX_STEPS:
            self.spent = True
            raise LimitError(_("the template does more than {limit} steps.").format(limit=MAX_STEPS))

    def wrote(self, characters: int) -> None:
        """Count what is written; raises :class:`LimitError` when it is more than any document."""
        self._written += max(0, characters)
        if self._written > MAX_WRITTEN:
            self.spent = True
            raise LimitError(_("the document has more than {limit} characters.").format(limit=MAX_WRITTEN))

    def report(self, message: str, hint: str = "") -> None:
        """Note a mistake at the tag that is being rendered; raises :class:`LimitError` after too many."""
        if not self.is_new(message):
            return
        line = _line_of_frame(sys._getframe(1))
        self._reported.add((line, message))
        self.problems.append(Problem(self._lines.spot(line), message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
            raise LimitError(_("there are more than {limit} mistakes.").format(limit=MAX_PROBLEMS))

    def is_new(self, message: str) -> bool:
        """Return whether this was not yet reported at the tag that is being rendered."""
        self.spend(_REPORT_STEPS)
        return (_line_of_frame(sys._getframe(1)), message) not in self._reported

    def failed(self, error: Exception) -> Missing:
        """Note an expression that cannot be computed; return a stand-in, so that the rest is seen too."""
        self.report(_describe(error))
        return Missing("")

    def report_exception(self, error: Exception) -> None:
        """Note the exception that stopped a part, at the tag that raised it."""
        spot = self._lines.spot(_line_of_traceback(error.__traceback__))
        self.problems.append(Problem(spot, _describe(error)))


_current: ContextVar[Journal] = ContextVar("docsmith_journal")


def current() -> Journal:
    """Return the journal of the rendering that runs; raises ``LookupError`` when none does."""
    return _current.get()


def _line_of_frame(frame: FrameType | None) -> int:
    while frame is not None:
        if lines := frame.f_globals.get(LINES):
            return _line(lines, frame.f_lineno)
        frame = frame.f_back
    return 0


def _line_of_traceback(traceback: TracebackType | None) -> int:
    line = 0
    while traceback is not None:
        if lines := traceback.tb_frame.f_globals.get(LINES):
            line = _line(lines, traceback.tb_lineno)
        traceback = traceback.tb_next
    return line


def _line(lines: Sequence[tuple[int, int]], of_code: int) -> int:
    """Return the line of the Jinja source that a line of its code does."""
    index = bisect_right(lines, of_code, key=itemgetter(0)) - 1
    return lines[index][1] if index >= 0 else 1


def _describe(error: Exception) -> str:
    if isinstance(error, ZeroDivisionError):
        return _("something is divided by zero.")
    if isinstance(error, RecursionError):
        return _("a macro calls itself without end.")
    if isinstance(error, MemoryError):
        return _("this needs more memory than there is.")
    return (str(error) or type(error).__name__)[:_LONGEST_MESSAGE]
