"""Files in shares: workbooks, csv, YAML, JSON and folders of them, sorted by branch and bound by workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from docsmith.model.columns import Kind
from docsmith.model.dataset import Dataset
from docsmith.model.records import Branch
from docsmith.model.schema import Schema
from docsmith.sources.file_head import FileHead
from docsmith.sources.file_shares import FileReader, FileTicket, Part, Share
from docsmith.sources.imports import ImportRules
from docsmith.sources.notes import Notes
from docsmith.sources.raw_parts import raw_part, raw_unit
from docsmith.sources.recognised import recognised_tables
from docsmith.sources.shares import Head, RawPart

if TYPE_CHECKING:
    from docsmith.model.pictures import Pictures

# So many branches are bound at once where all of them are asked for.
_AT_ONCE = 200


class FileSource:
    """Opened files; see :class:`docsmith.sources.shares.Source`.

    The parent reads and recognises the tables, and tells of each row whose it is; workers do the rest.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        schema: Schema,
        imports: ImportRules,
        *,
        year: int | None = None,
        clean_pinyin: bool = False,
    ) -> None:
        """Read files and folders; raises :class:`docsmith.errors.SourceError` if nothing can be read."""
        notes = Notes()
        found = recognised_tables(paths, schema, imports, notes, clean_pinyin=clean_pinyin)
        self._files = FileHead(schema, imports, notes, found)
        dataset = replace(self._files.dataset(year), pictures=_pictures(paths, schema))
        self.head = Head(dataset, head_digest(dataset, imports))
        self._codes = self._files.codes
        self._reader = FileReader(self.head, self._files.tables, self._files.binders)

    def names(self) -> Iterator[str]:
        """Yield the names of all branches: of those that can be read, then of the others."""
        yield from self._codes

    def branches(self) -> Iterator[Branch]:
        """Yield the rows of the sheet 支部 that can be read, in order."""
        branches = {number for number, t in enumerate(self._files.tables) if t.form.sheet.name == "branches"}
        for ticket in self.tickets(list(self._codes), _AT_ONCE):
            alone = [
                share._replace(parts=tuple(part for part in share.parts if part.table in branches))
                for share in ticket.shares
            ]
            yield from self._reader.read(FileTicket(tuple(alone))).dataset(ticket.branches).branches

    def tickets(self, names: Sequence[str], most: int) -> Iterator[FileTicket]:
        """Yield tickets with the rows of these branches, at most ``most`` branches in each."""
        for start in range(0, len(names), most):
            yield FileTicket(tuple(map(self._share, names[start : start + most])))

    def whole(self) -> Dataset:
        """Return everything at once, but for what only a look across branches shows."""
        names = list(self._codes)
        return self._reader.read(FileTicket(tuple(map(self._share, names)))).dataset(self._codes)

    def _share(self, branch: str) -> Share:
        parts = []
        for number, indexes in self._files.rows.get(branch, ()):
            table = self._files.raw[number]
            extras = {index: table.extras[index] for index in indexes if index in table.extras}
            parts.append(Part(number, indexes, [table.rows[index] for index in indexes], extras))
        said = tuple(self._files.said.get(branch, ()))
        return Share(branch, self._codes.get(branch), self._files.listed, tuple(parts), said)

    def raw_shared(self) -> tuple[RawPart, ...]:
        """Return the unit, the sheets that belong to no branch, and the rows of no known branch."""
        files = self._files
        parts = [raw_unit(table, files.unit.keys) for table in files.unit.tables]
        for number, indexes in files.stray:
            table = files.raw[number]
            parts.append(raw_part(files.tables[number], ((i, table.rows[i]) for i in indexes), table.extras))
        return tuple(parts)

    def reader(self) -> FileReader:
        """Return what binds the rows of tickets."""
        return self._reader

    def close(self) -> None:
        """Do nothing: the files were closed when they had been read."""


def _pictures(paths: Sequence[Path], schema: Schema) -> Pictures | None:
    """Return the folders that pictures may lie in: those of the data; none without a column of pictures."""
    columns = (column for sheet in schema.sheets.values() for column in sheet.columns)
    if all(column.kind is not Kind.PICTURE for column in columns):
        return None
    from docsmith.model.pictures import Pictures

    folders = (path if path.is_dir() else path.parent for path in paths)
    return Pictures(tuple(dict.fromkeys(folder.absolute() for folder in folders)))


def head_digest(dataset: Dataset, imports: ImportRules) -> bytes:
    """Return a digest of what the head says, and of how it makes rows be read."""
    schema = [(name, sheet.columns) for name, sheet in dataset.schema.sheets.items()]
    shared = [
        (name, [(record.values(), record.extra) for record in records])
        for name, records in dataset.tables.items()
    ]
    everybodys = sorted({(row.sheet, row.finding.code) for row in dataset.failed if not row.branches})
    unit = dataset.unit.values(), dataset.unit.extra
    said = (schema, dict(imports.values), unit, shared, everybodys, dataset.partial, dataset.survey)
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()
