"""Packing: whatever library does it, the data comes back, and the same data gives the same bytes."""

from __future__ import annotations

import importlib.util
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.template.package import deflate

FORM = "".join(
    f"<w:tr><w:tc><w:p><w:t>第{n}项，已完成</w:t></w:p></w:tc></w:tr>" for n in range(400)
).encode()


def loaded(monkeypatch: pytest.MonkeyPatch, *, isal: bool) -> ModuleType:
    """Return a copy of the module as it is with isal installed, or without."""
    if isal:
        pytest.importorskip("isal", reason="isal has no wheel here")
    else:
        monkeypatch.setitem(sys.modules, "isal", None)
    specification = importlib.util.spec_from_file_location("deflate_again", deflate.__file__)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(params=[True, False], ids=["isal", "zlib"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return loaded(monkeypatch, isal=request.param)


def unpacked(packed: bytes) -> bytes:
    packer = zlib.decompressobj(-zlib.MAX_WBITS)
    data = packer.decompress(packed)
    assert packer.eof
    assert not packer.unused_data
    return data


@pytest.mark.parametrize("size", [0, 1, 404, 4095, 4096, len(FORM)])
def test_either_library_gives_back_what_it_packed(library: ModuleType, size: int) -> None:
    data = FORM[:size]
    assert unpacked(library.deflated(data)) == data
    assert unpacked(library.deflated_once(data)) == data
    assert library.crc32(data) == zlib.crc32(data)


@given(st.binary(max_size=9000), st.integers(1, 9))
def test_any_data_comes_back(data: bytes, times: int) -> None:
    repeated = data * times
    assert unpacked(deflate.deflated(repeated)) == repeated
    assert deflate.crc32(repeated) == zlib.crc32(repeated)


def test_a_form_becomes_much_smaller(library: ModuleType) -> None:
    assert max(len(library.deflated_once(FORM)), len(library.deflated(FORM))) < len(FORM) / 10


def test_the_same_data_gives_the_same_bytes_in_any_thread_and_order() -> None:
    pieces = [FORM[start : start + 5000 + start] for start in range(0, 8000, 400)]
    pack: Callable[[bytes], bytes] = deflate.deflated
    expected = [pack(piece) for piece in pieces]
    with ThreadPoolExecutor(4) as pool:
        for _round in range(20):
            assert list(pool.map(pack, reversed(pieces))) == expected[::-1]


def test_the_libraries_that_pack_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    without = loaded(monkeypatch, isal=False).PACKED_BY
    assert without == f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


def test_isal_packs_where_it_is_installed() -> None:
    isal = pytest.importorskip("isal", reason="isal has no wheel here")
    assert deflate.PACKED_BY.startswith(f"isal {isal.__version__}, zlib ")
