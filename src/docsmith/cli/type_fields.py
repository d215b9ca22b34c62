"""``docsmith types TYPE --fields``: every name that a template of a type may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.cli.say import aligned, complain, print_json, say, width
from docsmith.cli.session import Session, chosen_branches
from docsmith.engine.fields import example_dossier, exemplified, fields_of
from docsmith.engine.pipeline import Pipeline
from docsmith.errors import DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.plugin.document_type import DocumentType

_WIDEST_EXAMPLE, _WIDEST_NOTE = 28, 40  # columns of the terminal
# What a row is called in a loop, and a row inside a row: in Chinese and in English.
_ROWS = (("行", "row"), ("项", "item"), ("目", "entry"), ("点", "part"))
_GROUPS = (("组", "group"), ("小组", "subgroup"), *_ROWS)


class _Path(NamedTuple):
    """How a template says a field, in Chinese and in English, inside loops that call their rows ``taken``."""

    chinese: str = ""
    english: str = ""
    taken: tuple[str, ...] = ()

    def to(self, field: Field) -> _Path:
        """Return how a template says a part of this."""
        chinese = _joined(self.chinese, field.title or field.name)
        return self._replace(chinese=chinese, english=_joined(self.english, field.name))

    def of_a_row(self, field: Field) -> _Path:
        """Return what a loop over these rows calls one of them."""
        names = _GROUPS if field.name == "groups" else _ROWS
        chinese, english = next((pair for pair in names if pair[0] not in self.taken), _ROWS[-1])
        return _Path(chinese, english, (*self.taken, chinese))


def _joined(path: str, name: str) -> str:
    """Return a name behind a path as templates write it: 35岁以下党员 needs quotation marks, 书记 none."""
    if not path:
        return name
    return f"{path}.{name}" if name.isidentifier() else f'{path}["{name}"]'


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
        chosen_branches(dataset, ())
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
    """Print what is single first, then each record and each table below its name."""
    for head, lines in _groups("", _Path(), fields):
        say()
        say(head or _("Single values"))
        for line in aligned(lines):
            say(f"  {line}")


_Line = tuple[str, str, str, str, str]


def _groups(head: str, at: _Path, fields: Iterable[Field]) -> Iterator[tuple[str, list[_Line]]]:
    """Yield headings with the lines below them: the fields at a path, then what is inside each of them."""
    inside = [field for field in fields if field.fields]
    if single := [field for field in fields if not field.fields and field.kind != FieldKind.RECORD]:
        yield head, [_line(at.to(field), field) for field in single]
    for field in inside:
        path = at.to(field)
        if field.kind == FieldKind.ROWS:
            row = path.of_a_row(field)
            loop = f"{{%tr for {row.chinese} in {path.chinese} %}} … {{%tr endfor %}}"
            yield from _groups(f"{_named(path)}  {loop}", row, field.fields)
        else:
            yield from _groups(_named(path), path, field.fields)


def _named(path: _Path) -> str:
    return path.chinese if path.chinese == path.english else f"{path.chinese}  {path.english}"


def _line(path: _Path, field: Field) -> _Line:
    if field.name == ANY:
        return ("…", "…", _kinds()[FieldKind.UNKNOWN], "", _("any other name: it cannot be known beforehand"))
    english = "" if path.english == path.chinese else path.english
    kind = _kinds()[FieldKind(field.kind)]
    return path.chinese, english, kind, _cut(field.example, _WIDEST_EXAMPLE), _cut(field.note, _WIDEST_NOTE)


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
        FieldKind.LIST: _("list"),
        FieldKind.RECORD: _("record"),
        FieldKind.ROWS: _("rows"),
        FieldKind.UNKNOWN: _("unknown"),
    }
