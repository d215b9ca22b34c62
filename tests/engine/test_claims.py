"""A place is one document's: no other takes it while that one is made, and nothing is lost if it is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from docsmith._files import OWN_FOLDER
from docsmith.engine.ledger import Ledger, Origin, Status
from docsmith.engine.outcomes import said_of
from docsmith.engine.undo import undo
from docsmith.engine.writing import Claims, Document, Placed, Writer
from docsmith.errors import OutputError
from tests.engine.output import files_of

PATH = "2026/11支部/通知.docx"
FIRST, SECOND = ("notice", "11支部"), ("notice", "1支部")
BOTH = Claims(["notice"], lambda: ["11支部", "1支部"])


def _document(out: Path, of: tuple[str, str], content: bytes, path: str = PATH) -> Document:
    return Document(out / path, content, Origin(*of, "template", "1.0", year=2026))


def _run(
    out: Path, *portions: Sequence[Document], claims: Claims | None = BOTH, dry_run: bool = False
) -> list[Placed | OutputError]:
    """Place some documents after the others in one run; return what became of them."""
    with Ledger(out, read_only=dry_run) as ledger:
        if not dry_run:
            ledger.begin("test", {})
        writer = Writer(out, ledger, claims, dry_run=dry_run)
        return [outcome for portion in portions for outcome in writer.place_all(portion)]


def _is_refused(outcome: Placed | OutputError) -> bool:
    return isinstance(outcome, OutputError) and "place of two documents" in outcome.message


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("claims", [None, BOTH, Claims([], list)], ids=["unknown", "both", "neither"])
@pytest.mark.parametrize("other", [SECOND, ("roster", "11支部")], ids=["branch", "type"])
def test_one_run_never_puts_two_documents_in_one_place(
    tmp_path: Path, other: tuple[str, str], claims: Claims | None, dry_run: bool
) -> None:
    (tmp_path / "2026").mkdir()
    first, second = _document(tmp_path, FIRST, b"one"), _document(tmp_path, other, b"two")
    outcomes = _run(tmp_path, [first], [second], claims=claims, dry_run=dry_run)
    assert [_is_refused(one) for one in outcomes] == [False, True]
    assert files_of(tmp_path) == ({} if dry_run else {PATH: b"one"})


def test_the_second_is_refused_again_when_only_it_is_made_again(tmp_path: Path) -> None:
    first, second = _document(tmp_path, FIRST, b"one"), _document(tmp_path, SECOND, b"two")
    _run(tmp_path, [first], [second])
    (outcome,) = _run(tmp_path, [second])
    assert _is_refused(outcome)
    assert "notice for 11支部" in str(outcome.hint if isinstance(outcome, OutputError) else "")
    assert files_of(tmp_path) == {PATH: b"one"}


def test_an_edited_document_of_another_gets_no_new_version_of_this_one_beside_it(tmp_path: Path) -> None:
    _run(tmp_path, [_document(tmp_path, FIRST, b"one")])
    (tmp_path / PATH).write_bytes(b"edited")
    (outcome,) = _run(tmp_path, [_document(tmp_path, SECOND, b"two")])
    assert _is_refused(outcome)
    assert files_of(tmp_path) == {PATH: b"edited"}


def test_a_document_takes_the_place_of_one_that_is_no_longer_made_and_keeps_its_file(tmp_path: Path) -> None:
    _run(tmp_path, [_document(tmp_path, FIRST, b"one")])
    now = Claims(["notice"], lambda: ["1支部"])
    (placed,) = _run(tmp_path, [_document(tmp_path, SECOND, b"two")], claims=now)
    assert isinstance(placed, Placed)
    assert placed.status is Status.WRITTEN
    assert placed.aside
    assert placed.aside.is_relative_to(tmp_path / OWN_FOLDER / "replaced")
    assert placed.aside.read_bytes() == b"one"
    assert str(placed.aside) in said_of(placed, "1支部")[0].hint
    list(undo(tmp_path))
    assert files_of(tmp_path) == {PATH: b"one"}


def test_a_document_takes_the_place_that_another_has_left(tmp_path: Path) -> None:
    elsewhere = _document(tmp_path, FIRST, b"one", "2026/elsewhere.docx")
    _run(tmp_path, [_document(tmp_path, FIRST, b"one")])
    _run(tmp_path, [elsewhere])
    (placed,) = _run(tmp_path, [_document(tmp_path, SECOND, b"two")])
    assert isinstance(placed, Placed)
    assert files_of(tmp_path) == {PATH: b"two", "2026/elsewhere.docx": b"one"}


def test_a_new_version_takes_no_place_of_another_document(tmp_path: Path) -> None:
    beside = PATH.replace(".docx", "（新）.docx")
    own, other = _document(tmp_path, FIRST, b"one"), _document(tmp_path, SECOND, b"other", beside)
    _run(tmp_path, [own, other])
    (tmp_path / PATH).write_bytes(b"edited")
    new = _document(tmp_path, FIRST, b"two")
    for documents in ([new, other], [other, new], [new]):
        for outcome in _run(tmp_path, documents):
            assert isinstance(outcome, Placed)
        assert files_of(tmp_path) == {
            PATH: b"edited", beside: b"other", PATH.replace(".docx", "（新2）.docx"): b"two",
        }  # fmt: skip
