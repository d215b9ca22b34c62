"""What is made of the documents of a run: nothing that failed is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docsmith.engine.batch.finishing import Finishing
from docsmith.engine.ledger import Ledger, ResultRow, Status
from docsmith.engine.writing import Writer
from docsmith.pdf.joining import Extent
from tests.pdf.samples import pdf

BRANCHES, TYPES = ("甲", "乙", "丙"), ("check", "plan")


def _rows(failed: set[tuple[str, str]]) -> Iterator[ResultRow]:
    """Yield what became of documents and of their PDFs; one that failed has no row of a PDF."""
    documents = [(branch, kind) for branch in BRANCHES for kind in TYPES]
    for position, (branch, kind) in enumerate(documents):
        for suffix, at in (("", position), (".pdf", position + len(documents))):
            if (branch, kind + suffix) in failed:
                yield ResultRow(at, kind + suffix, branch, Status.FAILED, "", "", 0, ())
                break
            path = f"2026/{branch}/{kind}{suffix or '.docx'}"
            yield ResultRow(at, kind + suffix, branch, Status.WRITTEN, path, "", 0, ())


@contextmanager
def _finishing(out: Path, *failed: tuple[str, str]) -> Iterator[Finishing]:
    rows = list(_rows(set(failed)))
    for row in rows:
        if row.path:
            (out / row.path).parent.mkdir(parents=True, exist_ok=True)
            (out / row.path).write_bytes(pdf(1, 100))
    with Ledger(out) as ledger, ledger.running("test", {}) as run:
        ledger.record(run, rows)
        counts = Counter((row.document_type, row.status) for row in rows)
        yield Finishing(out, 2026, run, ledger, Writer(out, ledger), counts, is_partial=False)


def test_documents_and_pdfs_that_failed_are_missing_from_the_pack_in_their_order(tmp_path: Path) -> None:
    with _finishing(tmp_path, ("丙", "plan"), ("甲", "check"), ("乙", "plan.pdf")) as finishing:
        pack = finishing.print_pack()
    assert [(row.branch, row.document_type) for row in pack.missing] == [
        ("甲", "check"), ("乙", "plan.pdf"), ("丙", "plan"),
    ]  # fmt: skip
    assert pack.extent == Extent(3, 3)


def test_nothing_is_missing_where_nothing_failed(tmp_path: Path) -> None:
    with _finishing(tmp_path) as finishing:
        assert finishing.print_pack().missing == ()
