"""PDFs beside documents: of what is on the disk, never over a person's, never twice for nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from docsmith.engine.batch import pdf_job, pdfs
from docsmith.engine.batch.pdf_job import PdfJob, Wanted
from docsmith.engine.batch.pdf_rows import wanted_of
from docsmith.engine.batch.pdfs import Bindery, libreoffice_for, make_pdfs
from docsmith.engine.ledger import Ledger, ResultRow
from docsmith.engine.writing import Status, Writer
from docsmith.errors import UsageError
from docsmith.pdf.pages import page_count
from tests.pdf.samples import damaged, document, fake_soffice, needs_libreoffice

YEAR = 2026


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that makes an empty page of everything, and writes down how many files it was given."""
    calls = tmp_path / "calls"
    body = (
        f"open({str(calls)!r}, 'a').write(f'{{len(sources)}}\\n')\n"
        "for one in sources: one.with_suffix('.pdf').write_bytes(good)"
    )
    program = fake_soffice(tmp_path, body).program
    monkeypatch.setenv("DOCSMITH_SOFFICE", str(program))
    return calls


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def put(out: Path, number: int, content: bytes | None = None) -> Wanted:
    """Put a document on the disk as a run would."""
    path = f"2026/第{number}支部/表.docx"
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_bytes(document(str(number)) if content is None else content)
    return Wanted(100 + number, "notice", f"第{number}支部", path)


def run(out: Path, documents: list[Wanted], *, jobs: int = 1, fresh: bool = False) -> list[ResultRow]:
    """Make the PDFs in a run of its own; return what became of them, in order."""
    with Ledger(out) as ledger:
        ledger.begin("test", {})
        writer = Writer(out, ledger)
        bindery = Bindery(out, YEAR, ledger, writer, libreoffice_for(""), jobs=jobs, fresh=fresh)
        return sorted(row for rows in make_pdfs(documents, bindery) for row in rows)


def calls(file: Path) -> list[int]:
    return [int(line) for line in file.read_text(encoding="utf-8").split()] if file.exists() else []


def statuses(rows: list[ResultRow]) -> list[Status]:
    return [row.status for row in rows]


@needs_libreoffice
def test_every_document_gets_its_pdf_beside_it_and_a_bad_one_is_named(out: Path) -> None:
    documents = [put(out, number) for number in range(4)]
    put(out, 1, damaged())
    put(out, 2, document("三页", pages=3))
    rows = run(out, documents)
    assert statuses(rows) == [Status.WRITTEN, Status.FAILED, Status.WRITTEN, Status.WRITTEN]
    assert page_count((out / "2026/第2支部/表.pdf").read_bytes()) == 3
    assert not (out / "2026/第1支部/表.pdf").exists()
    path = "2026/第0支部/表.pdf"
    assert rows[0] == ResultRow(100, "notice.pdf", "第0支部", Status.WRITTEN, path, "", 0, ())
    (finding,) = rows[1].findings
    assert (finding.code, finding.branch) == ("pdf-failed", "第1支部")
    assert finding.place.file == "2026/第1支部/表.docx"


@needs_libreoffice
def test_two_processes_make_what_one_makes(out: Path) -> None:
    documents = [put(out, number) for number in range(30)]
    rows = run(out, documents, jobs=2)
    assert statuses(rows) == [Status.WRITTEN] * 30
    assert all(page_count((out / row.path).read_bytes()) == 1 for row in rows)


def test_an_unchanged_document_is_not_converted_again(out: Path, fake: Path) -> None:
    documents = [put(out, number) for number in range(3)]
    assert statuses(run(out, documents)) == [Status.WRITTEN] * 3
    assert statuses(run(out, documents)) == [Status.UNCHANGED] * 3
    assert calls(fake) == [3]


def test_only_what_changed_is_converted_again(out: Path, fake: Path) -> None:
    documents = [put(out, number) for number in range(3)]
    run(out, documents)
    put(out, 1, document("edited in Word"))
    (out / "2026/第2支部/表.pdf").unlink()
    rows = run(out, documents)
    assert statuses(rows) == [Status.UNCHANGED, Status.UNCHANGED, Status.WRITTEN]  # an empty page, as before
    assert calls(fake) == [3, 2]


def test_another_libreoffice_makes_all_pdfs_again(
    out: Path, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [put(out, number) for number in range(3)]
    run(out, documents)
    program = fake.with_name("soffice")
    program.write_text(program.read_text(encoding="utf-8").replace("9.9.9.9", "9.9.9.10"), encoding="utf-8")
    run(out, documents)
    assert calls(fake) == [3, 3]


def test_fresh_makes_all_again(out: Path, fake: Path) -> None:
    documents = [put(out, number) for number in range(3)]
    run(out, documents)
    run(out, documents, fresh=True)
    assert calls(fake) == [3, 3]


def test_a_pdf_that_a_person_put_there_is_kept_and_the_new_one_goes_beside_it(out: Path, fake: Path) -> None:
    wanted = put(out, 1)
    (out / "2026/第1支部/表.pdf").write_bytes(b"signed and scanned")
    (row,) = run(out, [wanted])
    assert (row.status, row.path, row.beside) == (
        Status.KEPT,
        "2026/第1支部/表.pdf",
        "2026/第1支部/表（新）.pdf",
    )
    assert [finding.code for finding in row.findings] == ["document-kept"]
    assert (out / row.path).read_bytes() == b"signed and scanned"


def test_a_document_that_is_gone_is_named_and_stops_no_other(out: Path, fake: Path) -> None:
    documents = [put(out, 1), put(out, 2)]
    (out / documents[0].path).unlink()
    rows = run(out, documents)
    assert statuses(rows) == [Status.FAILED, Status.WRITTEN]
    assert "not there" in rows[0].findings[0].message


def test_tickets_are_neither_of_many_documents_nor_of_many_bytes(
    out: Path, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [put(out, number) for number in range(60)]
    run(out, documents)
    assert calls(fake) == [25, 25, 10]
    monkeypatch.setattr(pdfs, "_BYTES_A_TICKET", 3 * len(document("1")) + 500)
    run(out, documents[:7], fresh=True)
    assert calls(fake)[3:] == [3, 3, 1]


def test_few_documents_are_shared_by_all_processes(out: Path, fake: Path) -> None:
    run(out, [put(out, number) for number in range(10)], jobs=2)
    assert calls(fake) == [5, 5]


@pytest.fixture
def missing(fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers on a machine without LibreOffice."""
    monkeypatch.setattr(pdf_job.platform, "node", lambda: "server-7")

    def find() -> None:
        raise UsageError("LibreOffice, which makes the PDFs, is not installed.")

    monkeypatch.setattr(pdf_job, "find_soffice", find)
    monkeypatch.setattr(pdfs, "PdfJob", partial(PdfJob, pause=0.0))


@pytest.mark.usefixtures("missing")
def test_documents_that_no_worker_can_convert_fail_and_name_its_machine(out: Path) -> None:
    rows = run(out, [put(out, 1), put(out, 2)])
    assert statuses(rows) == [Status.FAILED] * 2
    assert [row.findings[0].code for row in rows] == ["pdf-worker-unable"] * 2
    assert "server-7: LibreOffice" in rows[0].findings[0].message
    assert rows[1].findings[0].branch == "第2支部"


@pytest.mark.usefixtures("missing")
def test_a_run_in_which_no_worker_can_convert_ends_before_all_are_tried(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdfs, "_DOCUMENTS_A_TICKET", 1)
    with pytest.raises(UsageError, match="server-7"):
        run(out, [put(out, number) for number in range(25)])


def test_a_disk_that_is_full_fails_the_documents_of_that_worker(
    out: Path, fake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("docsmith.pdf.converting.run_guarded", full)
    monkeypatch.setattr(pdfs, "PdfJob", partial(PdfJob, pause=0.0))
    rows = run(out, [put(out, 1)])
    assert "the disk is full" in rows[0].findings[0].message


def test_nothing_is_left_in_the_temporary_folder(
    out: Path, fake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    run(out, [put(out, number) for number in range(3)], jobs=2)
    assert list(temporary.iterdir()) == []


def test_failed_documents_and_pdfs_have_no_pdf() -> None:
    rows = [
        ResultRow(0, "notice", "甲", Status.WRITTEN, "甲.docx", "", 0, ()),
        ResultRow(1, "notice", "乙", Status.FAILED, "", "", 0, ()),
        ResultRow(2, "notice", "丙", Status.KEPT, "丙.docx", "丙（新）.docx", 0, ()),
        ResultRow(3, "notice.pdf", "甲", Status.WRITTEN, "甲.pdf", "", 0, ()),
    ]
    assert list(wanted_of(rows, 10)) == [
        Wanted(10, "notice", "甲", "甲.docx"),
        Wanted(12, "notice", "丙", "丙.docx"),
    ]


def test_a_worker_on_another_machine_works_in_a_folder_of_its_own(fake: Path) -> None:
    state = PdfJob("/no/such/folder").prepare()
    assert not isinstance(state, pdf_job.Unable)
    assert state.convert([document()])
    state.close()
