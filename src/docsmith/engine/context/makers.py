"""What makes the values of a context from what a document is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from docsmith.engine.context.values import Maker, Subject
from docsmith.model.dossier import Dossier
from docsmith.model.once import once_per_dossier
from docsmith.model.shown import records_of
from docsmith.plugin.plan import RowsPlan

if TYPE_CHECKING:
    from docsmith.engine.context.words import Words

OF_TYPE = {"id": "id", "title": "标题"}
"""What can be named of the document type, in English and in Chinese."""

# What follows is the same in all documents of a branch. It is values only: a context that was kept with its
# dossier would keep the dossier, too, until somebody looks for garbage.


@once_per_dossier
def _unit(dossier: Dossier, words: Words) -> dict[str, Any]:
    return words.unit(dossier.unit)


@once_per_dossier
def _branch(dossier: Dossier, words: Words) -> dict[str, Any]:
    return words.convert.record(dossier.branch)


@once_per_dossier
def _rows(dossier: Dossier, words: Words, name: str) -> list[dict[str, Any]]:
    return [words.convert.record(record) for record in records_of(dossier, name)]


@once_per_dossier
def _figures(dossier: Dossier, words: Words) -> Any:
    from docsmith.model.figures import compute

    return words.convert.value(compute(dossier), "数据")


def _type_of(subject: Subject) -> dict[str, str]:
    values = {name: getattr(subject.document_type, name) for name in OF_TYPE}
    return values | {chinese: values[name] for name, chinese in OF_TYPE.items()}


def rows_of(name: str, subject: Subject) -> list[dict[str, Any]]:
    """Return the rows of a sheet."""
    return _rows(subject.dossier, subject.words, name)


def figures_of(subject: Subject) -> Any:
    """Return everything that is computed of the branch."""
    return _figures(subject.dossier, subject.words)


def table_of(plan: RowsPlan, subject: Subject) -> dict[str, Any]:
    """Return a table that the manifest of the document type declares."""
    from docsmith.engine.tables import make_table

    return make_table(plan, subject.dossier, partial(_rows, subject.dossier, subject.words))


def _record_of(subject: Subject) -> dict[str, Any] | None:
    record = subject.dossier.record
    return subject.words.convert.record(record) if record is not None else None


NAMING: Mapping[str, Maker] = {
    "type": _type_of,
    "unit": lambda subject: _unit(subject.dossier, subject.words),
    "branch": lambda subject: _branch(subject.dossier, subject.words),
    "year": lambda subject: subject.dossier.year,
    "as_of": lambda subject: subject.dossier.as_of,
}
"""What each document has, and the names of files can be made from."""

RECORD: Mapping[str, Maker] = {"record": _record_of, "记录": _record_of}
"""The row of a document that is for one."""

BRANCHES: Maker = partial(rows_of, "branches")
"""All branches, for a document of the whole unit."""
