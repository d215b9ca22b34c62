"""How many documents a second become PDFs, and how long a pack for the printer takes to join.

Run: python benchmarks/make_pdfs.py FOLDER [DOCUMENTS]. The Word documents in FOLDER, which ``docsmith batch``
has made, are converted time and again: in calls of 1, 25, 50 and 100 documents, then by one process and by
two; last, 2,000 of their PDFs are joined. Needs LibreOffice.
"""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from docsmith.engine.batch.pdf_job import Wanted
from docsmith.engine.batch.pdfs import Bindery, libreoffice_for, make_pdfs
from docsmith.engine.ledger import Ledger, ResultRow
from docsmith.engine.writing import Writer
from docsmith.pdf.converting import Converter
from docsmith.pdf.joining import Joiner
from docsmith.pdf.soffice import find_soffice


def _calls(documents: Sequence[bytes]) -> None:
    """Print the rate of calls of LibreOffice by how many documents they are given."""
    with Converter(find_soffice()) as converter:
        converter.convert(documents[:1])  # the first call makes the profile
        for many in (1, 25, 50, 100):
            some = list(itertools.islice(itertools.cycle(documents), many))
            began = time.perf_counter()
            converter.convert(some)
            print(f"{many:4} in a call: {many / (time.perf_counter() - began):5.1f} documents a second")


def _run(documents: Sequence[bytes], jobs: int, out: Path) -> list[ResultRow]:
    """Make the PDFs of a run; print the rate, with the ledger and the start of the processes in it."""
    wanted = []
    for number, content in enumerate(documents):
        path = f"2026/{number:06}/document.docx"
        (out / path).parent.mkdir(parents=True)
        (out / path).write_bytes(content)
        wanted.append(Wanted(number, "document", f"{number:06}", path))
    began = time.perf_counter()
    with Ledger(out) as ledger:
        ledger.begin("benchmark", {})
        bindery = Bindery(out, 2026, ledger, Writer(out, ledger), libreoffice_for(""), jobs=jobs)
        rows = sorted(row for some in make_pdfs(wanted, bindery) for row in some)
    rate = len(documents) / (time.perf_counter() - began)
    print(f"{jobs:4} processes: {rate:5.1f} documents a second")
    return rows


def _join(pdfs: Sequence[Path]) -> None:
    """Join PDFs to one; print seconds and memory."""
    began = time.perf_counter()
    with Joiner() as joiner, tempfile.TemporaryFile() as stream:
        for pdf in pdfs:
            joiner.add(pdf.read_bytes())
        joiner.write(stream)
        extent = joiner.extent
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{len(pdfs)} PDFs joined: {extent.pages} pages in {seconds:.2f} s, {peak} MB")


def main() -> None:
    """Measure with the documents of the folder that is named."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    found = [path.read_bytes() for path in sorted(folder.rglob("*.docx"))]
    documents = list(itertools.islice(itertools.cycle(found), count))
    print(find_soffice().version)
    _calls(documents)
    with tempfile.TemporaryDirectory() as out:
        for jobs in (1, 2):
            rows = _run(documents, jobs, Path(out, str(jobs)))
        pdfs = [Path(out, "2", row.path) for row in rows]
        _join(list(itertools.islice(itertools.cycle(pdfs), 2000)))


if __name__ == "__main__":
    main()
