"""PDFs by the workers of a dask scheduler: each has its own LibreOffice; one that has none harms nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install distributed")

from docsmith.engine.batch import pdfs
from docsmith.engine.batch.pdf_job import PdfJob, Wanted
from docsmith.engine.batch.pdfs import Bindery, libreoffice_for, make_pdfs
from docsmith.engine.ledger import Ledger, ResultRow
from docsmith.engine.writing import Status, Writer
from docsmith.pdf.pages import page_count
from tests.engine.crew.offices import Office
from tests.pdf.samples import document, needs_libreoffice

pytestmark = [
    needs_libreoffice,
    pytest.mark.skipif(os.name != "posix", reason="signals and process groups are those of POSIX"),
]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A scheduler without workers; tickets are small, so that all of them get some."""
    monkeypatch.setattr(pdfs, "_DOCUMENTS_A_TICKET", 4)
    monkeypatch.setattr(pdfs, "PdfJob", partial(PdfJob, pause=0.1))
    with Office(tmp_path) as office:
        yield office


def put(out: Path, count: int) -> list[Wanted]:
    documents = []
    for number in range(count):
        path = f"2026/第{number}支部/表.docx"
        (out / path).parent.mkdir(parents=True)
        (out / path).write_bytes(document(str(number), pages=1 + number % 3))
        documents.append(Wanted(number, "notice", f"第{number}支部", path))
    return documents


def bindery(out: Path, ledger: Ledger, office: Office) -> Bindery:
    ledger.begin("test", {})
    engine = office.engine
    return Bindery(out, 2026, ledger, Writer(out, ledger), libreoffice_for(engine), engine=engine)


def check(out: Path, rows: list[ResultRow], count: int) -> None:
    assert sorted(row.position for row in rows) == list(range(count))
    assert {row.status for row in rows} == {Status.WRITTEN}
    for row in rows:
        assert page_count((out / row.path).read_bytes()) == 1 + row.position % 3


def test_a_worker_without_libreoffice_leaves_its_documents_to_the_others(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.employ()
    monkeypatch.setitem(office._environment, "DOCSMITH_SOFFICE", "/no/such/soffice")
    office.employ()
    out = tmp_path / "out"
    documents = put(out, 24)
    with Ledger(out) as ledger:
        rows = [row for some in make_pdfs(documents, bindery(out, ledger, office)) for row in some]
    check(out, rows, 24)


def test_a_worker_that_is_killed_loses_no_pdf_and_makes_none_twice(tmp_path: Path, office: Office) -> None:
    office.employ(2)
    out = tmp_path / "out"
    documents = put(out, 24)
    rows: list[ResultRow] = []
    with Ledger(out) as ledger:
        for some in make_pdfs(documents, bindery(out, ledger, office)):
            if not rows and some:
                os.killpg(office.processes[1].pid, signal.SIGKILL)
            rows += some
    check(out, rows, 24)


def test_pdfs_of_a_cluster_are_unchanged_whichever_libreoffice_made_them(
    tmp_path: Path, office: Office
) -> None:
    office.employ()
    out = tmp_path / "out"
    documents = put(out, 3)
    for status in (Status.WRITTEN, Status.UNCHANGED):
        with Ledger(out) as ledger:
            rows = [row for some in make_pdfs(documents, bindery(out, ledger, office)) for row in some]
        assert [row.status for row in rows] == [status] * 3
