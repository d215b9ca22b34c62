"""The pack for the printer: in the order of the list, every document on its own sheets, nothing forgotten."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from docsmith.engine.batch import print_pack
from docsmith.engine.batch.print_pack import PrintPack, write_print_pack
from docsmith.engine.ledger import Ledger, ResultRow
from docsmith.engine.writing import Status, Writer
from docsmith.errors import OutputError
from docsmith.pdf.joining import Extent
from tests.pdf.samples import pdf


def row(out: Path, branch: str, document_type: str, pages: int, width: int) -> ResultRow:
    """Put a PDF on the disk; its pages are known by their width."""
    path = f"2026/{branch}/{document_type}"
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).write_bytes(pdf(pages, width))
    return ResultRow(0, document_type, branch, Status.WRITTEN, path, "", 0, ())


def failed(branch: str, document_type: str) -> ResultRow:
    return ResultRow(0, document_type, branch, Status.FAILED, "", "", 0, ())


def pack(out: Path, rows: list[ResultRow], *, is_partial: bool = False) -> PrintPack:
    with Ledger(out) as ledger:
        ledger.begin("test", {})
        return write_print_pack(rows, out, 2026, Writer(out, ledger), is_partial=is_partial)


def widths(path: Path) -> list[int]:
    with pypdfium2.PdfDocument(path) as document:
        return [round(page.get_width()) for page in document]


def names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "2026").glob("打印册*"))


def test_the_pack_is_in_the_order_of_the_list_and_every_document_begins_a_sheet(tmp_path: Path) -> None:
    rows = [
        row(tmp_path, "乙支部", "plan.pdf", 1, 101),
        row(tmp_path, "乙支部", "check.pdf", 2, 102),
        row(tmp_path, "甲支部", "plan.pdf", 3, 103),
        row(tmp_path, "甲支部", "check.pdf", 1, 104),
    ]
    made = pack(tmp_path, rows)
    assert widths(tmp_path / "2026/打印册.pdf") == [101, 101, 102, 102, 103, 103, 103, 103, 104, 104]
    assert made.extent == Extent(pages=7, sheets=5)
    assert made.missing == ()


def test_what_has_no_pdf_is_said_to_be_missing(tmp_path: Path) -> None:
    good, gone, broken = (row(tmp_path, name, "plan.pdf", 2, 100) for name in ("甲", "乙", "丙"))
    (tmp_path / gone.path).unlink()
    (tmp_path / broken.path).write_bytes(b"%PDF-1.4 and no more")
    made = pack(tmp_path, [good, gone, broken, failed("丁", "plan.pdf")])
    assert made.missing == (gone, broken, failed("丁", "plan.pdf"))
    assert made.extent == Extent(2, 1)


def test_the_same_pdfs_leave_the_pack_untouched(tmp_path: Path) -> None:
    rows = [row(tmp_path, "甲", "plan.pdf", 1, 100)]
    assert pack(tmp_path, rows).volumes[0].placed.status is Status.WRITTEN
    assert pack(tmp_path, rows).volumes[0].placed.status is Status.UNCHANGED


def test_a_pack_of_some_branches_leaves_the_whole_one_alone(tmp_path: Path) -> None:
    rows = [row(tmp_path, name, "plan.pdf", 2, width) for name, width in (("甲", 101), ("乙", 102))]
    pack(tmp_path, rows)
    (volume,) = pack(tmp_path, rows[1:], is_partial=True).volumes
    assert volume.placed.path == tmp_path / "2026/打印册（部分）.pdf"
    assert widths(volume.placed.path) == [102, 102]
    assert widths(tmp_path / "2026/打印册.pdf") == [101, 101, 102, 102]


def test_a_thick_pack_becomes_volumes_that_begin_with_a_branch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_pack, "_MOST_PAGES", 3)
    rows = [
        row(tmp_path, f"{number}", f"{kind}.pdf", 2, 100 + number) for number in range(3) for kind in "ab"
    ]
    made = pack(tmp_path, rows)
    assert names(tmp_path) == ["打印册-1.pdf", "打印册-2.pdf", "打印册-3.pdf"]
    assert [widths(volume.placed.path) for volume in made.volumes] == [[100] * 4, [101] * 4, [102] * 4]
    assert made.extent == Extent(12, 6)


def test_a_pack_of_nothing_is_no_file(tmp_path: Path) -> None:
    made = pack(tmp_path, [failed("甲", "plan.pdf")])
    assert made == PrintPack((), (failed("甲", "plan.pdf"),))
    assert names(tmp_path) == []


def test_a_pack_that_a_person_has_changed_is_kept(tmp_path: Path) -> None:
    rows = [row(tmp_path, "甲", "plan.pdf", 1, 100)]
    pack(tmp_path, rows)
    (tmp_path / "2026/打印册.pdf").write_bytes(pdf(9, 999))
    made = pack(tmp_path, [*rows, row(tmp_path, "乙", "plan.pdf", 1, 200)])
    assert made.volumes[0].placed.beside == tmp_path / "2026/打印册（新）.pdf"
    assert widths(tmp_path / "2026/打印册.pdf") == [999] * 9


def test_nothing_is_left_of_a_pack_that_could_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("docsmith.pdf.joining.Joiner.write", full)
    with pytest.raises(OutputError, match="disk is full"):
        pack(tmp_path, [row(tmp_path, "甲", "plan.pdf", 1, 100)])
    assert list((tmp_path / ".docsmith/new").iterdir()) == []
