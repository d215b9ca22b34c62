"""What is made of finished documents: PDFs, a pack for the printer, archives to send."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from docsmith.engine.batch.pdf_rows import SUFFIX, wanted_of
from docsmith.engine.batch.pdfs import Bindery, make_pdfs
from docsmith.engine.batch.planning import processors
from docsmith.engine.batch.print_pack import PrintPack, write_print_pack
from docsmith.engine.batch.zips import Archive, Member, write_zips
from docsmith.engine.ledger import Ledger, ResultRow, Status
from docsmith.engine.writing import Writer
from docsmith.sources.shares import Source

_FOR_ONE_LIBREOFFICE = 50
"""Documents that one LibreOffice converts while another would be making its profile."""


class Finishing(NamedTuple):
    """The documents of a run, when all of them are in their places.

    ``is_partial`` says that they are not all that there are: fewer branches than the source has, or fewer
    types than belong together. What is made of them is called so then. ``positions`` are the places in the
    order of the run that documents may have, where those of PDFs begin; as many as there are documents by
    default.
    """

    out: Path
    year: int
    run: int
    ledger: Ledger
    writer: Writer
    counts: Counter[tuple[str, Status]]
    is_partial: bool
    positions: int = 0

    @property
    def number_of_documents(self) -> int:
        """How many documents there are, PDFs left out."""
        return sum(number for (kind, _status), number in self.counts.items() if not _is_pdf(kind))

    def pdfs(self, version: str, *, jobs: int | None, engine: str, fresh: bool) -> Iterator[int]:
        """Make the PDFs, and note what became of them; yield how many are done, time and again."""
        few = self.number_of_documents < _FOR_ONE_LIBREOFFICE
        bindery = Bindery(
            self.out,
            self.year,
            self.ledger,
            self.writer,
            version,
            jobs=jobs or (1 if few else processors()),
            engine=engine,
            fresh=fresh,
        )
        wanted = wanted_of(self.ledger.results(self.run), self._first_of_pdfs)
        for rows in make_pdfs(wanted, bindery):
            self.ledger.record(self.run, rows)
            self.counts.update((row.document_type, row.status) for row in rows)
            yield len(rows)

    def print_pack(self) -> PrintPack:
        """Join the PDFs in the order of the documents; raises :class:`docsmith.errors.OutputError`."""
        failed = (row for row in self._results(pdf=False) if row.status is Status.FAILED)
        rows = self._in_order(failed, self._results(pdf=True))
        return write_print_pack(rows, self.out, self.year, self.writer, is_partial=self.is_partial)

    def archives(self, source: Source) -> Iterator[Archive]:
        """Pack documents and PDFs for each superior unit; raises :class:`docsmith.errors.OutputError`.

        The superior of a branch is what its row of 支部 says, else the unit.
        """
        unit = str(source.head.dataset.unit.name)
        own = {branch.name: branch.superior for branch in source.branches() if branch.superior}
        rows = self._in_order(self._results(pdf=False), self._results(pdf=True))
        members = (
            Member(own.get(row.branch, unit), row.branch or unit, row.document_type, row.path, bool(row.copy))
            for row in rows
            if row.status is not Status.LEFT
        )
        return write_zips(members, self.out, self.year, self.writer, is_partial=self.is_partial)

    def _in_order(self, documents: Iterator[ResultRow], pdfs: Iterator[ResultRow]) -> Iterator[ResultRow]:
        """Yield both, each PDF behind its document, so that those of a branch stand together."""
        first = self._first_of_pdfs
        return heapq.merge(documents, pdfs, key=lambda row: row.position % first)

    @property
    def _first_of_pdfs(self) -> int:
        return self.positions or self.number_of_documents

    def _results(self, *, pdf: bool) -> Iterator[ResultRow]:
        return (row for row in self.ledger.results(self.run) if _is_pdf(row.document_type) is pdf)


def _is_pdf(document_type: str) -> bool:
    return document_type.endswith(SUFFIX)
