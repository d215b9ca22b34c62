"""One archive for each superior unit, with all documents of its branches: what is sent back to it."""

from __future__ import annotations

import itertools
import os
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from docsmith.engine.batch.bundles import PARTIAL, Bundle
from docsmith.engine.copies.naming import is_numbers
from docsmith.engine.names import MOST_BYTES, distinct_names
from docsmith.engine.writing import Placed, Writer
from docsmith.errors import OutputError
from docsmith.sources.xlsx_text import TimelessArchive

KIND = "archive"
FOLDER = "压缩包"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest time of zip files: the same documents give the same bytes
_UNIX, _READABLE_BY_ALL = 3, 0o100644 << 16


class Member(NamedTuple):
    """A file for an archive, by its path within the output folder; 150 bytes each are kept of it.

    One that failed has no path. One of several of a type for a branch keeps the folder that it is in.
    """

    superior: str
    branch: str
    document_type: str
    path: str
    is_one_of_several: bool = False


_File = tuple[str, str, bool]
"""A file of an archive: its branch, its path, and whether it keeps its folder."""


class Archive(NamedTuple):
    """One archive: whose it is, where it is or why not, how many files are in it, and what is missing.

    ``missing`` are the paths of files that could not be read, and for each that failed its branch and type.
    Where everything failed, no archive is ``placed``.
    """

    superior: str
    placed: Placed | OutputError | None
    files: int
    missing: tuple[str, ...]


def write_zips(
    members: Iterable[Member], out: Path, year: int, writer: Writer, *, is_partial: bool = False
) -> Iterator[Archive]:
    """Write ``<out>/<year>/压缩包/<superior>.zip`` for each superior unit; yield each when it is there.

    Those of some branches or types only (``is_partial``) are called ``<superior>（部分）.zip``. In each is a
    folder for each branch, in the order of ``members``, where those of a branch stand together. What is the
    same as before is not touched; one archive that cannot be written stops no other.
    """
    of_superior: dict[str, list[_File]] = defaultdict(list)
    failed: dict[str, list[str]] = defaultdict(list)
    for superior, branch, document_type, path, is_one_of_several in members:
        if path:
            of_superior[superior].append((branch, path, is_one_of_several))
        else:
            failed[superior].append(f"{branch}: {document_type}")
    mark = PARTIAL if is_partial else ""
    names = distinct_names(of_superior, MOST_BYTES - len(mark.encode()))
    for name, (superior, files) in zip(names, of_superior.items(), strict=True):
        bundle = Bundle(writer)
        try:
            with bundle.opened() as stream:
                unread = tuple(_write(stream, files, out))
            placed = bundle.place(out / str(year) / FOLDER / f"{name}{mark}.zip", KIND, year, superior)
        except OutputError as error:
            yield Archive(superior, error, 0, ())
        else:
            missing = (*unread, *failed.pop(superior, ()))
            yield Archive(superior, placed, len(files) - len(unread), missing)
    for superior, documents in failed.items():
        if superior not in of_superior:
            yield Archive(superior, None, 0, tuple(documents))


def _write(stream: BinaryIO, files: Sequence[_File], out: Path) -> Iterator[str]:
    """Write an archive; yield the paths of files that cannot be read."""
    with TimelessArchive(stream, "w") as archive:
        for name, path in _names(files):
            try:
                source = (out / path).open("rb")
            except OSError:
                yield path
                continue
            with source:
                entry = zipfile.ZipInfo(name, _LONG_AGO)
                entry.create_system, entry.external_attr = _UNIX, _READABLE_BY_ALL
                # Known before it is written: a large one gets room for it.
                entry.file_size = source.seek(0, os.SEEK_END)
                source.seek(0)
                with archive.open(entry, "w") as target:
                    shutil.copyfileobj(source, target)


def _names(files: Sequence[_File]) -> Iterator[tuple[str, str]]:
    """Yield the name in the archive of each file, and its path; no two names are one, on any system."""
    branches = [list(of) for _name, of in itertools.groupby(files, _branch)]
    folders = distinct_names(_branch(of[0]) for of in branches)
    for folder, of in zip(folders, branches, strict=True):
        names = _names_in_branch(of)
        for _name, path, _keeps in of:
            yield f"{folder}/{names[path]}", path


def _branch(file: _File) -> str:
    return file[0]


def _names_in_branch(files: Sequence[_File]) -> dict[str, str]:
    """Return a name for each path of a branch, with a folder before it for those that keep theirs."""
    inner: dict[str, list[str]] = defaultdict(list)
    for _name, path, keeps_folder in files:
        inner[_folder(path) if keeps_folder else ""].append(path)
    names: dict[str, str] = {}
    folders = dict(zip(filter(None, inner), distinct_names(filter(None, inner)), strict=True))
    for folder, paths in inner.items():
        start = f"{folders[folder]}/" if folder else ""
        names.update((path, start + name) for path, name in zip(paths, _names_in_folder(paths), strict=True))
    return names


def _folder(path: str) -> str:
    """Return the name of the folder that a file is in; very many have folders of numbers in it."""
    *_above, last, folder, _file = PurePosixPath("/", path).parts
    return last if is_numbers(folder) else folder


def _names_in_folder(paths: Sequence[str]) -> list[str]:
    """Return a name for each file of a branch, its own where that is no other's."""
    own = [PurePosixPath(path) for path in paths]
    names = [path.name for path in own]
    for suffix in {path.suffix for path in own}:
        alike = [at for at, path in enumerate(own) if path.suffix == suffix]
        for at, stem in zip(alike, distinct_names(own[at].stem for at in alike), strict=True):
            names[at] = stem + suffix
    return names
