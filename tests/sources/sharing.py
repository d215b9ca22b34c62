"""Reading files in shares as workers do, and comparing what comes out with the whole."""

from __future__ import annotations

import csv
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docsmith.model.dataset import Dataset
from docsmith.model.rows import Record
from docsmith.model.schema import Schema
from docsmith.sources import ImportRules, load
from docsmith.sources.across import AcrossBranches
from docsmith.sources.file_source import FileSource
from docsmith.sources.opening import open_source
from tests.sources.making import Rows

SCHEMA = Schema.built_in()


def opened(*paths: Path, schema: Schema = SCHEMA, **options: Any) -> FileSource:
    source = open_source(paths, schema, ImportRules(), **options)
    assert isinstance(source, FileSource)
    return source


def portions(source: FileSource, most: int) -> Iterator[Dataset]:
    """Read all tickets as a worker does, in another process."""
    reader = pickle.loads(pickle.dumps(source.reader()))
    for ticket in source.tickets(list(source.names()), most):
        sent = pickle.loads(pickle.dumps(ticket))
        yield reader.read(sent).dataset(sent.branches)


def told(records: Iterable[Record]) -> Counter[str]:
    """Return all that records are, to be compared without order."""
    return Counter(repr((type(r).__name__, r.values(), r.extra, r.origin)) for r in records)


def assert_shares_make_up_the_whole(
    *paths: Path, most: int = 1, schema: Schema = SCHEMA, **options: Any
) -> Dataset:
    """Compare the union of all shares with what ``load`` gives, and return that."""
    whole = load(paths, schema, ImportRules(), **options)
    source = opened(*paths, schema=schema, **options)
    head = source.head.dataset
    records = {sheet: told(rows) for sheet, rows in head.tables.items()}
    failed, findings = set(head.failed), Counter(head.findings)
    with AcrossBranches(in_memory=3) as across:
        for portion in portions(source, most):
            assert portion.failed[: len(head.failed)] == head.failed
            assert portion.findings[: len(head.findings)] == head.findings
            failed.update(portion.failed)
            findings.update(portion.findings[len(head.findings) :])
            for sheet, rows in portion.tables.items():
                if not head.tables[sheet]:
                    records[sheet] += told(rows)
            across.add(portion)
        findings.update(across.findings())
    assert records == {sheet: told(rows) for sheet, rows in whole.tables.items()}
    assert failed == set(whole.failed)
    assert findings == Counter(whole.findings)
    assert (head.unit.values(), head.unit.origin) == (whole.unit.values(), whole.unit.origin)
    assert head.partial == whole.partial
    assert tuple(source.names()) == whole.branch_names
    assert told(source.branches()) == told(whole.branches)
    return whole


def folder_of(folder: Path, tables: dict[str, Rows]) -> Path:
    """Write a folder with a csv of each table."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return folder
