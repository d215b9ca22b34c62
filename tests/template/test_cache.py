"""The cache of compiled templates: what is not certainly our own is not there, and nothing ever fails."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsmith import _i18n
from docsmith.template import cache

KEY = hashlib.sha256(b"a template").digest()
OTHER_KEY = hashlib.sha256(b"another template").digest()
VALUE = ("word/document.xml", (b"<w:t>", 3, None), frozenset({"unit"}))
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps users apart by their profiles")
# The tables that marshal can hold, as the engine uses them.
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a cache of its own, not yet made."""
    place = tmp_path / "cache"
    monkeypatch.setenv("DOCSMITH_CACHE", str(place))
    return place


def entry(folder: Path) -> Path:
    (found,) = folder.glob("*.compiled")
    return found


@given(value=PLAIN)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_stored_is_loaded(value: object) -> None:
    cache.store(KEY, value)
    assert cache.load(KEY) == value


def test_code_is_stored_too() -> None:
    cache.store(KEY, compile("answer = 6 * 7", "template", "exec"))
    names: dict[str, object] = {}
    exec(cache.load(KEY), names)  # type: ignore[call-overload]
    assert names["answer"] == 42


def test_what_was_never_stored_is_not_there(folder: Path) -> None:
    assert cache.load(KEY) is None
    assert not folder.exists()


def test_a_value_that_marshal_cannot_hold_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="unmarshallable"):
        cache.store(KEY, object())


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_entry_with_a_flipped_bit_is_not_there(folder: Path, data: st.DataObject) -> None:
    cache.store(KEY, VALUE)
    content = bytearray(entry(folder).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    entry(folder).write_bytes(content)
    assert cache.load(KEY) is None


def test_an_entry_that_is_cut_short_anywhere_is_not_there_and_is_written_again(folder: Path) -> None:
    cache.store(KEY, VALUE)
    content = entry(folder).read_bytes()
    for length in range(len(content)):
        entry(folder).write_bytes(content[:length])
        assert cache.load(KEY) is None
    cache.store(KEY, VALUE)
    assert cache.load(KEY) == VALUE


@given(content=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_foreign_file_in_the_place_of_an_entry_is_not_there(folder: Path, content: bytes) -> None:
    cache.store(KEY, VALUE)
    entry(folder).write_bytes(content)
    assert cache.load(KEY) is None


def test_an_entry_in_the_place_of_another_is_not_there(folder: Path) -> None:
    cache.store(KEY, VALUE)
    entry(folder).rename(folder / f"{OTHER_KEY.hex()}.compiled")
    assert cache.load(OTHER_KEY) is None


def test_an_entry_of_another_layout_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(KEY, VALUE)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT.replace(b"1", b"2"))
    assert cache.load(KEY) is None


@posix
def test_folder_and_entries_are_made_for_nobody_else(folder: Path) -> None:
    previous = os.umask(0)
    try:
        cache.store(KEY, VALUE)
    finally:
        os.umask(previous)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert entry(folder).stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777], ids=oct)
def test_a_folder_that_others_may_write_to_is_neither_read_nor_written(folder: Path, mode: int) -> None:
    cache.store(KEY, VALUE)
    folder.chmod(mode)
    assert cache.load(KEY) is None
    cache.store(OTHER_KEY, VALUE)
    assert entry(folder).stem == KEY.hex()


@posix
def test_an_entry_that_others_may_write_to_is_not_read(folder: Path) -> None:
    cache.store(KEY, VALUE)
    entry(folder).chmod(0o620)
    assert cache.load(KEY) is None


@posix
def test_what_belongs_to_somebody_else_is_neither_read_nor_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.store(KEY, VALUE)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert cache.load(KEY) is None
    cache.store(OTHER_KEY, VALUE)
    assert entry(folder).stem == KEY.hex()


@posix
def test_a_link_in_the_place_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)
    cache.store(KEY, VALUE)
    assert list(elsewhere.iterdir()) == []


@posix
def test_a_link_in_the_place_of_an_entry_is_not_followed_and_its_target_stays(
    folder: Path, tmp_path: Path
) -> None:
    cache.store(KEY, VALUE)
    victim = tmp_path / "victim"
    entry(folder).rename(victim)
    (folder / f"{KEY.hex()}.compiled").symlink_to(victim)
    before = victim.read_bytes()
    assert cache.load(KEY) is None
    cache.store(KEY, "new")
    assert (cache.load(KEY), victim.read_bytes()) == ("new", before)


@posix
def test_a_pipe_in_the_place_of_an_entry_is_not_waited_for(folder: Path) -> None:
    cache.store(KEY, VALUE)
    entry(folder).unlink()
    os.mkfifo(folder / f"{KEY.hex()}.compiled", 0o600)
    assert cache.load(KEY) is None


def test_a_cache_that_cannot_be_written_is_not_used(folder: Path) -> None:
    folder.write_text("a file, no folder", encoding="utf-8")
    cache.store(KEY, VALUE)
    assert cache.load(KEY) is None


def test_a_full_disk_leaves_the_old_entry_and_nothing_half(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.store(KEY, VALUE)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.store(KEY, "new")
    assert cache.load(KEY) == VALUE
    assert len(list(folder.iterdir())) == 1


def test_off_is_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(KEY, VALUE)
    monkeypatch.setenv("DOCSMITH_CACHE", "off")
    assert cache.load(KEY) is None
    cache.store(OTHER_KEY, VALUE)
    assert not Path("off").exists()


@posix
def test_without_a_wish_it_lies_where_the_users_caches_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCSMITH_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    cache.store(KEY, VALUE)
    assert cache.load(KEY) == VALUE
    (made,) = tmp_path.iterdir()
    assert made.name in (".cache", "Library")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG is of Linux and its kin")
def test_the_xdg_folder_is_used_where_it_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCSMITH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    cache.store(KEY, VALUE)
    assert (tmp_path / "xdg" / "docsmith" / "templates").is_dir()


def test_the_least_recently_used_entries_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 5000)
    keys = [hashlib.sha256(bytes([number])).digest() for number in range(8)]
    for age, key in enumerate(keys):
        cache.store(key, b"x" * 1000)
        if age < 4:
            used = 1_000_000_000 + age
            os.utime(folder / f"{key.hex()}.compiled", (used, used))
        cache.load(keys[0])
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 5000
    assert cache.load(keys[0]) is not None
    assert cache.load(keys[1]) is None
    assert cache.load(keys[7]) is not None


def test_what_a_killed_writer_left_goes_with_the_oldest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.store(KEY, VALUE)
    left = folder / f".tmp-1-1-{KEY.hex()}.compiled"
    left.write_bytes(b"x" * 5000)
    os.utime(left, (1, 1))
    monkeypatch.setattr(cache, "MOST_BYTES", 5000)
    cache.store(OTHER_KEY, VALUE)
    assert not left.exists()
    assert cache.load(KEY) == VALUE


def test_files_that_are_not_entries_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(KEY, VALUE)
    other = folder / "photo.jpg"
    other.write_bytes(b"x" * 5000)
    os.utime(other, (1, 1))
    monkeypatch.setattr(cache, "MOST_BYTES", 4000)
    cache.store(OTHER_KEY, VALUE)
    assert other.exists()


def test_an_entry_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 4000)
    cache.store(KEY, b"x" * 1001)
    assert cache.load(KEY) is None


def test_writers_at_once_never_show_a_torn_entry(folder: Path) -> None:
    values = [(bytes([number]) * 20_000,) for number in range(8)]

    def work(value: object) -> bool:
        whole = True
        for _round in range(20):
            cache.store(KEY, value)
            whole = whole and cache.load(KEY) in values
        return whole

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, values))
    assert [file.suffix for file in folder.iterdir()] == [".compiled"]


def test_the_key_is_that_of_the_template() -> None:
    assert cache.key_of(b"one") == cache.key_of(b"one") != cache.key_of(b"two")
    assert len(cache.key_of(b"one")) == 32


@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (sys.implementation, "cache_tag", "cpython-399"),
        (importlib.util, "MAGIC_NUMBER", b"\0\0\r\n"),
        (cache, "FORMAT", b"docsmith compiled template 2\n"),
        (cache, "_COMPILERS", ("jinja2", "docxtpl")),
        (cache, "VERSION", "999.0"),
        (_i18n, "language", lambda: "zh_CN"),
    ],
    ids=["python", "bytecode", "layout", "libraries", "docsmith", "language"],
)
def test_the_key_is_another_where_another_compiler_is(
    monkeypatch: pytest.MonkeyPatch, owner: object, name: str, value: object
) -> None:
    before = cache.key_of(b"one")
    cache._compilers.cache_clear()
    monkeypatch.setattr(owner, name, value)
    try:
        assert cache.key_of(b"one") != before
    finally:
        cache._compilers.cache_clear()


def test_the_key_changes_with_a_library_that_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "docsmith_test_library" / "__init__.py"
    library.parent.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(cache, "_COMPILERS", ("docsmith_test_library",))
    keys = set()
    for version in ("1.0", "1.1"):
        library.write_text(f'__version__ = "{version}"\n', encoding="utf-8")
        cache._compilers.cache_clear()
        keys.add(cache.key_of(b"one"))
    cache._compilers.cache_clear()
    assert len(keys) == 2
    assert "docsmith_test_library" not in sys.modules


def test_the_key_changes_with_each_file_of_the_template_layer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    inner = tmp_path / "slots" / "text.py"
    inner.parent.mkdir()
    keys = set()
    for content, time in (("a = 1", 1), ("a = 10", 1), ("a = 20", 2)):
        inner.write_text(content, encoding="utf-8")
        os.utime(inner, (time, time))
        cache._compilers.cache_clear()
        keys.add(cache.key_of(b"one"))
    cache._compilers.cache_clear()
    assert len(keys) == 3


def test_nothing_is_kept_where_it_is_not_known_what_compiles(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_COMPILERS", ("there_is_no_such_library",))
    cache._compilers.cache_clear()
    try:
        key = cache.key_of(b"one")
    finally:
        cache._compilers.cache_clear()
    cache.store(key, VALUE)
    assert (key, cache.load(key), folder.exists()) == (b"", None, False)
