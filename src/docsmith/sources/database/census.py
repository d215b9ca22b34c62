"""The branches of a database, and how the rows of its tables spell them: all that is kept of it in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docsmith.model.columns import Sheet
from docsmith.model.schema import EXAMPLE_MARK
from docsmith.model.values import CellError
from docsmith.sources.branch_cells import BranchReader
from docsmith.sources.branches import Directory
from docsmith.sources.cells import CellReader
from docsmith.sources.database.address import Address
from docsmith.sources.database.rows import RowReader
from docsmith.sources.database.tables import Spelling, StoredTable, hashable
from docsmith.sources.imports import ImportRules

if TYPE_CHECKING:
    from sqlalchemy import Connection

# The spellings of a table that are not the name itself, by the branch that they mean.
Spellings = Mapping[str, tuple[Spelling, ...]]
# The spellings of a table that are no branch's.
Strays = tuple[Spelling, ...]


class Census:
    """Who the branches are: their names in order, and their codes.

    Of spellings only those are kept that are not the name as the sheet 支部 has it, so that a branch takes
    some 300 bytes however many rows it has.
    """

    def __init__(self, address: Address, imports: ImportRules) -> None:
        self._address, self._imports = address, imports
        self.codes: dict[str, str | None] = {}
        self.owners: Sequence[str] = ()
        self.repeated: set[str] = set()
        self._branch_of_code: dict[str, str] = {}
        self._directory: Directory | None = None

    def take(self, connection: Connection, stored: StoredTable, sheet: Sheet) -> tuple[Spellings, Strays]:
        """Take the branches of a table; return how it spells their names, and what it has in place of one."""
        assert stored.layout is not None  # noqa: S101 - only that of the unit has none
        at = {name: stored.layout.index_of(name) for name in ("name", "code")}
        columns = tuple(stored.columns[index] for index in at.values() if index is not None)
        spellings: dict[str, list[Spelling]] = defaultdict(list)
        strays: dict[Spelling, None] = {}
        if at["name"] is None:
            return {}, ()
        meant = self._imports.values.get(sheet.name, {})
        read_name, read_code = (CellReader(sheet.column(name), meant.get(name)) for name in at)
        for rows in RowReader(self._address, stored._replace(columns=columns)).all(connection):
            for cell, *code in rows.cells:
                if code and _is_example(code[0]):
                    continue
                name = _read(read_name, cell)
                if name is None or _is_example(cell):
                    strays[hashable(cell), None] = None
                    continue
                self._add(name, _read(read_code, code[0]) if code else None)
                if cell != name or not stored.by_name:
                    spellings[name].append((hashable(cell), None))
        return {name: tuple(dict.fromkeys(said)) for name, said in spellings.items()}, tuple(strays)

    def _add(self, name: str, code: str | None) -> None:
        self.codes[name] = self.codes.get(name) or code
        if code and self._branch_of_code.setdefault(code, name) != name:
            self.repeated.add(code)

    def judge(self, connection: Connection, stored: StoredTable) -> tuple[Spellings, Strays]:
        """Return how a table spells the branches, and the spellings that are no branch's."""
        assert stored.layout is not None  # noqa: S101 - rows of the unit belong to no branch
        spellings: dict[str, list[Spelling]] = defaultdict(list)
        strays = []
        row: list[object] = [None] * len(stored.columns)
        for spelling in RowReader(self._address, stored).spellings(connection):
            if stored.by_name and spelling[0] in self.codes:
                continue
            for at, cell in zip((stored.branch_at, stored.code_at), spelling):
                if at is not None:
                    row[at] = cell
            owner = BranchReader(stored.layout, self.directory)(row)
            if isinstance(owner, str):
                spellings[owner].append(spelling)
            else:
                strays.append(spelling)
        return {name: tuple(said) for name, said in spellings.items()}, tuple(strays)

    @property
    def directory(self) -> Directory:
        """What finds a branch by any of its spellings; made when the first one is not exact."""
        if self._directory is None:
            self._directory = Directory(self.codes.items(), owners=self.owners)
        return self._directory


def _is_example(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith(EXAMPLE_MARK)


def _read(read: CellReader, cell: object) -> str | None:
    """Return a name or a code, or ``None`` for what is none."""
    try:
        value: str | None = read(cell)
    except CellError:
        return None
    return value
