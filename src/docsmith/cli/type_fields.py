"""``docsmith types TYPE --fields``: every name that a template of a type may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.cli.say import aligned, complain, print_json, say, width
from docsmith.cli.session import Session
from docsmith.engine.fields import example_dossier, exemplified, fields_of, said
from docsmith.engine.fields.said import Said
from docsmith.engine.pipeline import Pipeline
from docsmith.engine.selection import named_branches
from docsmith.errors import DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.plugin.document_type import DocumentType

_WIDEST_EXAMPLE, _WIDEST_NOTE = 28, 40  # columns of the terminal


def show_fields(session: Session, names: Sequence[str], data: Sequence[str | Path], *, as_json: bool) -> None:
    """Print the fields of these types, with examples from the data where it can be read."""
    types = session.types(names)
    dataset = _data(session, data)
    found = [(one, _fields(session, one, dataset)) for one in types]
    if as_json:
        told = [{"id": one.id, "title": one.title, "fields": _as_json(fields)} for one, fields in found]
        print_json({"types": told, "findings": [one.as_json() for one in session.manager.findings]})
        return
    for document_type, fields in found:
        say(f"{document_type.title}  {document_type.id}")
        _show(fields)


def _data(session: Session, data: Sequence[str | Path]) -> Dataset | None:
    """Return the data that examples come from; ``None``, with a word, where there is none."""
    if not data and not session.workspace.data:
        return None
    try:
        dataset = session.load(data)
        named_branches(dataset.branch_names)
    except DocsmithError as error:
        _tell_why(error)
        return None
    return dataset


def _fields(session: Session, document_type: DocumentType, dataset: Dataset | None) -> tuple[Field, ...]:
    fields = fields_of(document_type, session.manager.schema)
    if dataset is None or not dataset.branches:
        return fields
    pipeline = Pipeline(dataset, session.manager, session.rules)
    try:
        session.manager.use([document_type])
        context = pipeline.context(document_type, example_dossier(document_type, dataset))
        return exemplified(fields, context)
    except DocsmithError as error:
        _tell_why(error)
        return fields


def _tell_why(error: DocsmithError) -> None:
    complain(_("The examples are not from your data: {reason}").format(reason=error.message), error.hint)


def _as_json(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [
        {**field._asdict(), "kind": str(field.kind), "fields": _as_json(field.fields)} for field in fields
    ]


def _show(fields: Iterable[Field]) -> None:
    """Print what stands alone first, then each record and each table below its name."""
    for group in said(fields):
        say()
        names = dict.fromkeys((group.chinese, group.english, group.loop))
        say("  ".join(filter(None, names)) or _("Single values"))
        for line in aligned(map(_line, group.fields)):
            say(f"  {line}")


def _line(one: Said) -> tuple[str, str, str, str, str]:
    field, kinds = one.field, _kinds()
    if field.name == ANY:
        return ("…", "", kinds[FieldKind.UNKNOWN], "", _("any other name: it cannot be known beforehand"))
    english = "" if one.english == one.chinese else one.english
    kind = kinds[FieldKind(field.kind)]
    return one.chinese, english, kind, _cut(field.example, _WIDEST_EXAMPLE), _cut(field.note, _WIDEST_NOTE)


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has room in a line."""
    line = " ".join(text.split())
    if width(line) <= most:
        return line
    while width(line) > most - 1:
        line = line[:-1]
    return f"{line}…"


def _kinds() -> Mapping[FieldKind, str]:
    return {
        FieldKind.TEXT: _("text"),
        FieldKind.NUMBER: _("number"),
        FieldKind.DATE: _("date"),
        FieldKind.CHOICE: _("choice"),
        FieldKind.FLAG: _("true or false"),
        FieldKind.PICTURE: _("picture"),
        FieldKind.LIST: _("list"),
        FieldKind.RECORD: _("record"),
        FieldKind.ROWS: _("rows"),
        FieldKind.UNKNOWN: _("unknown"),
    }
