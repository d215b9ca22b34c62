"""Many PDFs as one for the printer, each beginning on a sheet of its own."""

from __future__ import annotations

import hashlib
import re
from typing import IO, NamedTuple, Self

# pdfium numbers what it writes at random, in the last lines.
_NUMBER = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)")
_END = 256
# Of the time when it was joined PDFium writes the date alone, among the first objects.
_WHEN = re.compile(rb"(?<=/CreationDate\(D:)[0-9]{14}")
_AT_ONCE = 1 << 20


class Extent(NamedTuple):
    """How much paper something takes: printed pages, and sheets when both sides are printed on."""

    pages: int = 0
    sheets: int = 0


class Joiner:
    """One PDF, made of others in the order in which they are added.

    Official documents are printed on both sides (GB/T 9704-2012, 6.2): an empty page, without a number (7.5),
    follows a document with an odd number of pages, so that the next one does not begin on its back.
    It takes 30 kB of memory for each page of LibreOffice, until it is written.
    """

    def __init__(self) -> None:
        import pypdfium2  # 60 ms, and only for PDFs

        self._pdfium = pypdfium2
        self._joined = pypdfium2.PdfDocument.new()
        self._members = hashlib.sha256()
        self.extent = Extent()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all pages."""
        self._joined.close()

    def add(self, pdf: bytes) -> Extent:
        """Add the pages of a PDF and return how many; raises :class:`ValueError` for what is no whole PDF."""
        try:
            with self._pdfium.PdfDocument(pdf) as source:
                pages = len(source)
                if not pages:
                    raise ValueError("no page")
                self._joined.import_pages(source)
                if pages % 2:
                    self._joined.new_page(*source.get_page_size(pages - 1)).close()
        except self._pdfium.PdfiumError as error:
            raise ValueError(str(error)) from error
        self._members.update(hashlib.sha256(pdf).digest())
        added = Extent(pages, (pages + 1) // 2)
        self.extent = Extent(self.extent.pages + added.pages, self.extent.sheets + added.sheets)
        return added

    def write(self, stream: IO[bytes]) -> None:
        """Write the joined PDF to a stream that can be read and sought; the same PDFs give the same bytes."""
        self._joined.save(stream)
        _take_date_out(stream)
        size = stream.seek(0, 2)
        start = stream.seek(max(0, size - _END))
        end = stream.read()
        number = self._members.hexdigest()[:32].upper().encode()
        stream.seek(start)
        stream.write(_NUMBER.sub(number, end))


def _take_date_out(stream: IO[bytes]) -> None:
    """Put the oldest date in the place of the day on which PDFs were joined."""
    stream.seek(0)
    before = b""
    while block := stream.read(_AT_ONCE):
        if found := _WHEN.search(before + block):
            stream.seek(stream.tell() - len(before + block) + found.start())
            stream.write(b"19800101000000")
            return
        before = block[-_END:]
