"""Zip files from anybody: what is made to harm is refused before it is unpacked, and nothing else is."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith import _zips
from docsmith._zips import Fault, Limits, UnsafeZipError

LIMITS = Limits(entry=1 << 20, total=2 << 20, free=1 << 10)
Entries = Iterable[tuple[str | zipfile.ZipInfo, bytes]]
# Where the fields of a record of the directory are, APPNOTE.TXT 4.3.12.
FLAGS, SIZE, OFFSET = 8, 24, 42


def zipped(entries: Entries, pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "w", pack) as archive:
        for name, content in entries:
            archive.writestr(name, content, pack)
    return buffer.getvalue()


def with_field(data: bytes, field: int, value: int) -> bytes:
    """Return a zip whose last record says something else."""
    changed = bytearray(data)
    size = 2 if field == FLAGS else 4
    start = changed.rindex(b"PK\x01\x02") + field
    changed[start : start + size] = value.to_bytes(size, "little")
    return bytes(changed)


def contents(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    with _zips.open_zip(data) as archive:
        entries = _zips.entries_of(archive, limits)
        for info in entries.values():
            _zips.verify_entry(archive, info)
        return {path: _zips.read_entry(archive, info) for path, info in entries.items()}


def refusal(data: bytes, limits: Limits = LIMITS) -> UnsafeZipError:
    with pytest.raises(UnsafeZipError) as caught:
        contents(data, limits)
    return caught.value


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


def with_raw_name(raw: bytes) -> bytes:
    """Return a zip with a name that zipfile would not write."""
    return zipped([("n" * len(raw), b"x")]).replace(b"n" * len(raw), raw)


def quoted_overlap() -> bytes:
    """Return a zip whose second file is the first one's content, headers included (CVE-2019-9674)."""
    inner = zipped([("b", bytes(500_000))], zipfile.ZIP_STORED)
    quoted = inner[: inner.index(b"PK\x01\x02")]
    outer = zipped([("a", quoted), ("b", bytes(500_000))], zipfile.ZIP_STORED)
    return with_field(outer, OFFSET, outer.index(b"PK\x03\x04", 4))


PLAIN = zipped([("a", b"x" * 50), ("b", b"y" * 50)], zipfile.ZIP_STORED)
HOSTILE: dict[str, tuple[Callable[[], bytes], Fault, str]] = {
    "no zip": (lambda: b"PK and nothing else", Fault.DAMAGED, "no zip file"),
    "empty": (lambda: b"", Fault.DAMAGED, "no zip file"),
    "cut off": (lambda: PLAIN[:-30], Fault.DAMAGED, "no zip file"),
    "a flipped byte": (lambda: PLAIN.replace(b"xx", b"xz", 1), Fault.DAMAGED, "damaged"),
    "larger than declared": (lambda: with_field(PLAIN, SIZE, 10), Fault.DAMAGED, "damaged"),
    "smaller than declared": (lambda: with_field(PLAIN, SIZE, 60), Fault.DAMAGED, "damaged"),
    "encrypted": (lambda: with_field(PLAIN, FLAGS, 1), Fault.ENCRYPTED, "password"),
    "bzip2": (lambda: zipped([("a", b"x")], zipfile.ZIP_BZIP2), Fault.TOO_MUCH, "a is packed"),
    "lzma": (lambda: zipped([("a", b"x")], zipfile.ZIP_LZMA), Fault.TOO_MUCH, "a is packed"),
    "a bomb": (lambda: zipped([("a", bytes(1 << 20))]), Fault.TOO_MUCH, "a unpacks to more than 200 times"),
    "a large file": (
        lambda: zipped([("a", bytes((1 << 20) + 1))], zipfile.ZIP_STORED),
        Fault.TOO_MUCH,
        "a unpacks to more than 1 MB",
    ),
    "large together": (
        lambda: zipped([(name, bytes(1 << 20)) for name in "abc"], zipfile.ZIP_STORED),
        Fault.TOO_MUCH,
        "it unpacks to more than 2 MB",
    ),
    "many files": (
        lambda: zipped((f"{n}", b"") for n in range(_zips.MAX_ENTRIES + 1)), Fault.TOO_MUCH, "2000 files",
    ),
    "one file twice": (lambda: with_field(PLAIN, OFFSET, 0), Fault.TOO_MUCH, "overlaps"),
    "quoted overlap": (quoted_overlap, Fault.TOO_MUCH, "overlaps"),
    "into the directory": (lambda: with_field(PLAIN, 20, 90), Fault.TOO_MUCH, "overlaps"),
    "a link": (lambda: zipped([(link("a"), b"/etc/passwd")]), Fault.NAMES, "a is a link"),
    "twice": (lambda: zipped([("a", b"1"), ("a", b"2")]), Fault.NAMES, "a is there twice"),
    "twice but for case": (lambda: zipped([("a/B", b"1"), ("A/b", b"2")]), Fault.NAMES, "A/b is there twice"),
    "a zero in a name": (lambda: with_raw_name(b"a.docx\0.txt"), Fault.NAMES, "leads out"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_is_refused_by_name(name: str) -> None:
    make, fault, words = HOSTILE[name]
    refused = refusal(make())
    assert (refused.fault, words in refused.reason) == (fault, True), refused.reason


LEADING_OUT = (
    "../a", "a/../../b", "a/..", "/etc/passwd", "//server/share", "C:/a", "C:a", "a\\b", "..\\a", "a//b",
    "./a", "a/./b", "a:stream",
)  # fmt: skip


@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_name_that_leads_elsewhere_on_some_system_is_refused(name: str) -> None:
    assert refusal(with_raw_name(name.encode())).fault is Fault.NAMES


_PIECES = st.sampled_from(("..", ".", "", "a", "b.xml", "...", "\\", "C:", "\0", "~", "con"))


@given(st.lists(_PIECES, min_size=1, max_size=5))
def test_whatever_is_read_stays_below_its_folder_on_every_system(pieces: list[str]) -> None:
    name = "/".join(pieces)
    if _zips.leads_out(name):
        assert set(pieces) - {"a", "b.xml", "...", "~", "con"}
        return
    for path in (PurePosixPath(name), PureWindowsPath(name)):
        assert not path.anchor
        assert ".." not in path.parts
    assert "\0" not in name


@given(st.binary(max_size=400), st.integers(0, 400))
def test_no_bytes_do_more_than_be_refused(data: bytes, start: int) -> None:
    for content in (data, PLAIN[:start] + data + PLAIN[start + len(data) :]):
        with contextlib.suppress(UnsafeZipError):
            contents(content)


_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\\:\0"), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..")
)


@given(st.dictionaries(_NAMES, st.binary(max_size=100), max_size=5))
def test_an_honest_zip_is_read_whole_and_in_its_order(files: dict[str, bytes]) -> None:
    if len({name.casefold() for name in files}) == len(files):
        assert list(contents(zipped(files.items())).items()) == list(files.items())


def test_folders_are_no_files_and_zips_in_it_are_not_opened() -> None:
    bomb = zipped([("a", bytes(1 << 20))])
    assert contents(zipped([("word/", b""), ("word/inner.zip", bomb)])) == {"word/inner.zip": bomb}


def test_what_is_small_may_be_packed_as_small_as_it_can() -> None:
    assert contents(zipped([("a", bytes(1000))])) == {"a": bytes(1000)}


def test_a_directory_of_a_million_names_is_not_read() -> None:
    record = PLAIN[PLAIN.index(b"PK\x01\x02") :][:47]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(record) * 1_000_000, 0, 0)
    started = time.process_time()
    assert "2000 files" in refusal(record * 1_000_000 + end).reason
    assert time.process_time() - started < 1
