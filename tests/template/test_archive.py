"""The package that is written: readable by zipfile, in a fixed order, and the general way where needed."""

from __future__ import annotations

import io
import marshal
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.errors import OutputError
from docsmith.template.package.archive import Entry, FixedBlock, write_package

TYPES = "[Content_Types].xml"
STYLES = b"<w:styles>" + b"<w:style/>" * 500 + b"</w:styles>"
FIXED = {"word/styles.xml": STYLES, TYPES: b"<Types/>" * 40, "_rels/.rels": b"<R/>", "word/media/图.png": b""}


def block(parts: Mapping[str, bytes]) -> FixedBlock:
    return FixedBlock.of(Entry.once(name, data) for name, data in parts.items())


def package(fixed: Mapping[str, bytes], changed: Mapping[str, bytes]) -> bytes:
    return write_package(block(fixed), [Entry.of(name, data) for name, data in changed.items()])


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_fixed_parts_stand_first_and_the_content_types_before_all() -> None:
    made = contents(package(FIXED, {"word/document.xml": STYLES, "docProps/core.xml": b"<c/>"}))
    fixed = [TYPES, "_rels/.rels", "word/media/图.png", "word/styles.xml"]
    assert list(made) == [*fixed, "docProps/core.xml", "word/document.xml"]
    assert made == {**FIXED, "word/document.xml": STYLES, "docProps/core.xml": b"<c/>"}


def test_the_order_in_which_parts_come_makes_no_difference() -> None:
    changed = {"word/document.xml": STYLES, "docProps/core.xml": b"<c/>"}
    turned = package(dict(reversed(FIXED.items())), dict(reversed(changed.items())))
    assert turned == package(FIXED, changed)


def test_a_part_of_a_document_takes_the_place_of_a_fixed_one() -> None:
    changed = {TYPES: b"<Types>new</Types>", "word/media/image1.png": b"\x89PNG", "word/styles.xml": b"<s/>"}
    made = contents(package(FIXED, changed))
    fixed = [TYPES, "_rels/.rels", "word/media/图.png", "word/styles.xml"]
    assert list(made) == [*fixed, "word/media/image1.png"]
    assert made == FIXED | changed


def test_a_replaced_part_leaves_the_block_as_it_was() -> None:
    fixed = block(FIXED)
    before = write_package(fixed, [])
    write_package(fixed, [Entry.of(TYPES, b"<Types/>")])
    assert write_package(fixed, []) == before == package(FIXED, {})


def test_nothing_in_the_records_tells_of_the_time_or_the_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(package(FIXED, {"word/document.xml": STYLES}))) as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.create_system, info.external_attr, info.internal_attr) == (0, 0, 0)
            assert (info.flag_bits, info.create_version, info.extra) == (0x0800, 20, b"")
        assert archive.comment == b""


def test_what_does_not_become_smaller_is_stored() -> None:
    stored, packed = Entry.of("a", b"<w:p/>"), Entry.of("b", STYLES)
    assert (stored.method, stored.packed) == (zipfile.ZIP_STORED, b"<w:p/>")
    assert packed.method == zipfile.ZIP_DEFLATED
    assert len(packed.packed) < len(STYLES) / 10


def test_an_entry_survives_as_plain_data() -> None:
    entry = Entry.once("word/styles.xml", STYLES)
    assert Entry(*marshal.loads(marshal.dumps(tuple(entry)))) == entry


_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/\\"), min_size=1, max_size=30)
_PARTS = st.dictionaries(_NAMES, st.binary(max_size=300), max_size=6)


@given(_PARTS, _PARTS)
def test_any_parts_can_be_read_again(fixed: dict[str, bytes], changed: dict[str, bytes]) -> None:
    assert contents(package(fixed, changed)) == fixed | changed


@pytest.mark.parametrize(
    "entry",
    [
        Entry(b"word/document.xml", 0, 1 << 32, 0, b""),
        Entry(b"n" * 65_536, 0, 0, 0, b""),
    ],
    ids=["a part of 4 GB", "a name of 64 kB"],
)
def test_what_a_record_has_no_room_for_is_an_error_that_says_so(entry: Entry) -> None:
    with pytest.raises(OutputError, match=r"more than a \.docx file can hold"):
        write_package(block(FIXED), [entry])


def test_more_parts_than_a_package_can_count_are_an_error() -> None:
    many = [Entry(b"%d" % number, 0, 0, 0, b"") for number in range(65_534)]
    assert len(contents(write_package(block({}), many))) == 65_534
    with pytest.raises(OutputError, match="65,534 parts"):
        write_package(block({TYPES: b""}), many)
