"""What can only be seen across branches: one ID number in two rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from docsmith._i18n import gettext as _
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.rows import RowPlace

if TYPE_CHECKING:
    import sqlite3

# So many people are kept in memory (about 40 MB); those of a province go to a temporary file.
_IN_MEMORY = 100_000


class _Person(NamedTuple):
    """One row: the ID number, the row's number in the order of reading, and what a message says of it."""

    id_number: str
    order: int
    branch: str
    name: str
    origin: RowPlace

    @property
    def place(self) -> Place:
        """Where the ID number stands."""
        return self.origin.of("id_number")


class AcrossBranches:
    """Looks across the branches of a source, which come one portion after the other.

    A person is reported against the first one who has the same ID number, in the order of the portions; a
    person whom one branch lists twice counts once. However many members there are, memory does not grow with
    them. Close it, or use it in a ``with``.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._most = in_memory
        self._people: list[_Person] = []
        self._count = 0
        self._file: sqlite3.Connection | None = None

    def add(self, dataset: Dataset) -> None:
        """Take the members of some branches; all rows of a branch must come in one portion."""
        seen: set[tuple[str, str, str]] = set()
        order = {name: position for position, name in enumerate(dataset.branch_names)}
        members: Iterable[Any] = dataset.tables.get("members", ())
        # Branch by branch, so that it makes no difference which branches come together.
        for member in sorted(members, key=lambda one: order.get(one.branch, len(order))):
            number = member.id_number
            if not number or (member.branch, member.name, number) in seen:
                continue
            seen.add((member.branch, member.name, number))
            self._count += 1
            self._people.append(_Person(number, self._count, member.branch, member.name, member.origin))
        if len(self._people) > self._most:
            self._spill()

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each person whose ID number somebody before them has."""
        if self._file:
            self._spill()
        first: _Person | None = None
        for person in self._shared():
            if first and first.id_number == person.id_number:
                yield _report(person, first)
            else:
                first = person

    def close(self) -> None:
        """Let go of what was kept."""
        self._people.clear()
        if self._file:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _spill(self) -> None:
        """Move the people to the file, which SQLite makes for itself and deletes when it is closed."""
        if self._file is None:
            import sqlite3

            self._file = sqlite3.connect("")
            self._file.execute("CREATE TABLE people (id_number, position, branch, name, file, sheet, cell)")
        rows = ((*person[:4], *person.place) for person in self._people)
        self._file.executemany("INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._people.clear()

    def _shared(self) -> Iterable[_Person]:
        """Return those whose ID number is not theirs alone, by ID number, each group as it was read."""
        if self._file is None:
            people = sorted(self._people)
            numbers = {one.id_number for one, other in pairwise(people) if one[0] == other[0]}
            return (person for person in people if person.id_number in numbers)
        self._file.execute("CREATE INDEX IF NOT EXISTS numbers ON people (id_number)")
        rows = self._file.execute(
            "SELECT * FROM people WHERE id_number IN"
            " (SELECT id_number FROM people GROUP BY id_number HAVING count(*) > 1)"
            " ORDER BY id_number, position"
        )
        return (
            _Person(number, order, branch, name, RowPlace(file, sheet, 1, {"id_number": cell}, "{letter}"))
            for number, order, branch, name, file, sheet, cell in rows
        )


def _report(person: _Person, first: _Person) -> Finding:
    return Finding(
        Severity.WARNING,
        _("{name} has the same ID number as {other} in {place}").format(
            name=person.name, other=first.name, place=first.place
        ),
        _("Two people never share one; correct it, or delete the row of a person who has moved."),
        person.place,
        "id-duplicate",
        person.branch,
    )
