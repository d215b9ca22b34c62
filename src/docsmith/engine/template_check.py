"""A template, looked at with what is known of its document type: ``docsmith check TEMPLATE.docx``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._files import reason_of, write_new
from docsmith._i18n import gettext as _
from docsmith.engine.fields import fields_of
from docsmith.errors import OutputError
from docsmith.model.fields import Field
from docsmith.model.findings import Finding, Severity
from docsmith.model.frozen import Frozen
from docsmith.model.schema import Schema
from docsmith.plugin.discovery import MANIFEST_NAME
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest_lines import key_lines, line_of
from docsmith.plugin.manifest_tables import ColumnTable
from docsmith.template.linting import CODES, Change, Mistake, Whereabouts, examined, lint, mended
from docsmith.template.problems import Problem, Spot, raise_problems

_LARGEST_FILE = 128 << 20  # bytes, as for templates that are rendered


def check_template(path: Path, document_type: DocumentType | None, schema: Schema) -> tuple[Finding, ...]:
    """Return everything that is wrong with a template, as findings; never raises.

    ``document_type`` says which names there are; without it, those that all types share.
    """
    return tuple(
        mistake.finding(path.name)
        for mistake in template_mistakes(read_template(path), document_type, schema)
    )


def read_template(path: Path) -> bytes | str:
    """Return the bytes of a file, or, as a sentence, why it cannot be read."""
    try:
        if path.exists() and not path.is_file():  # for what a pipe may have to say, one waits for ever
            return _("the file cannot be read: {reason}").format(reason=_("it is no file."))
        if path.stat().st_size > _LARGEST_FILE:
            return _("the file is larger than {limit} MB.").format(limit=_LARGEST_FILE >> 20)
        return path.read_bytes()
    except OSError as error:
        return _("the file cannot be read: {reason}").format(reason=reason_of(error))


def template_mistakes(
    content: bytes | str, document_type: DocumentType | None, schema: Schema
) -> tuple[Mistake, ...]:
    """Return everything that is wrong with the template that :func:`read_template` has read."""
    if isinstance(content, str):
        return (Mistake("file-unusable", Severity.ERROR, content, "", Whereabouts("", "")),)
    if document_type is None:
        return _without_type(content, schema)
    mistakes, used = examined(content, fields_of(document_type, schema))
    mistakes = tuple(_with_a_way_out(mistake) for mistake in mistakes)
    if any(mistake.severity is Severity.ERROR for mistake in mistakes):
        return mistakes
    return (*mistakes, *_unused(document_type, used, schema))


def _with_a_way_out(mistake: Mistake) -> Mistake:
    """Say what to do about a name that is like none that there is."""
    if mistake.code != "unknown-name" or mistake.hint:
        return mistake
    return mistake._replace(
        hint=_("If the workbook is to ask for it, declare it as a column in plugin.toml.")
    )


def _without_type(content: bytes, schema: Schema) -> tuple[Mistake, ...]:
    """Look at a template that belongs to no document type: it may be one, or made for something else.

    Names are compared with what all types share where half of them or more are there; one that is not may be
    added by the type that the template is going to have, and is a warning.
    """
    shared = fields_of(None, schema)
    mistakes, used = examined(content, shared)
    strange = {mistake.message for mistake in mistakes if mistake.code == "unknown-name"}
    known = len(used) >= len(strange)
    return tuple(
        mistake._replace(severity=Severity.WARNING) if mistake.code == "unknown-name" else mistake
        for mistake in mistakes
        if known or mistake.code != "unknown-name"
    )


def _unused(document_type: DocumentType, used: frozenset[str], schema: Schema) -> Iterator[Mistake]:
    """Yield a note for each sheet and column that the type declares, and nothing of it uses."""
    manifest = document_type.manifest
    if manifest.python is not None:
        return
    others = {name: value for name, value in vars(manifest).items() if name not in ("columns", "sheets")}
    said = "\0".join(_texts(others))
    tops, parts = {path.split(".")[0] for path in used}, {path.rsplit(".")[-1] for path in used}
    idle: list[tuple[str, str]] = []
    declared = _numbered({f"columns.{sheet}": columns for sheet, columns in manifest.columns.items()})
    for number, sheet in enumerate(manifest.sheets, 1):
        if not sheet.name or not sheet.title:  # told with the manifest
            continue
        if sheet.name in tops or sheet.name in said or sheet.title in said:
            declared |= _numbered({f"sheets[{number}].columns": sheet.columns})
        else:
            message = _("the sheet {title} ({name}) is declared, and the template does not use it.")
            idle.append((f"sheets[{number}]", message.format(title=sheet.title, name=sheet.name)))
    columns = [column for sheet in schema.sheets.values() for column in sheet.columns]
    for path, column in declared.items():  # another type may have declared it by another English name
        names = {column.name, *(one.name for one in columns if one.title == column.title)}
        if names.isdisjoint(parts) and column.name not in said and column.title not in said:
            message = _("the column {title} ({name}) is declared, and the template does not use it.")
            idle.append((path, message.format(title=column.title, name=column.name)))
    if idle:
        lines = key_lines((document_type.folder / MANIFEST_NAME).read_text(encoding="utf-8-sig"))
        notes = (_unused_note(message, line_of(path, lines)) for path, message in idle)
        yield from sorted(notes, key=lambda note: note.place.line)


def _numbered(lists: Mapping[str, Sequence[ColumnTable] | None]) -> dict[str, ColumnTable]:
    """Return columns by their paths in the manifest; what is no list of columns is told with it."""
    return {
        f"{at}[{number}]": column
        for at, columns in lists.items()
        for number, column in enumerate(columns or (), 1)
        if column.name and column.title
    }


def _unused_note(message: str, line: int) -> Mistake:
    code = CODES["unused-field"]
    hint = _("Put it into the template, or take it out of plugin.toml: nobody should have to fill it in.")
    words = _("{file}, line {line}").format(file=MANIFEST_NAME, line=line)
    return Mistake(code.name, code.severity, message, hint, Whereabouts(words, MANIFEST_NAME, line=line))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a manifest."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, Frozen):
        yield from _texts(vars(value))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))


class MendedCopy(NamedTuple):
    """A copy of a template, what was changed in it, and what is still wrong with it."""

    path: Path
    changes: tuple[Change, ...]
    left: tuple[Mistake, ...]


def write_mended(
    path: Path, content: bytes, document_type: DocumentType | None, schema: Schema
) -> MendedCopy:
    """Write a copy of a template beside it in which everything certain is mended; nothing is overwritten.

    Raises :class:`docsmith.errors.OutputError`.
    """
    better, changes = mended(content)
    suffix = ".fixed" if path.stem.isascii() else "-修正"
    for number in count(1):
        copy = path.with_name(f"{path.stem}{suffix}{number if number > 1 else ''}.docx")
        try:
            write_new(copy, better, durable=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise OutputError(
                _("{path} could not be written: {reason}").format(path=copy, reason=reason_of(error))
            ) from error
        return MendedCopy(copy, changes, template_mistakes(better, document_type, schema))
    raise AssertionError  # numbers do not end


def raise_all(document_type: DocumentType, fields: Sequence[Field], code: str = "") -> None:
    """Raise one :class:`docsmith.errors.TemplateError` with all errors in the template of a type, if any.

    ``fields`` is everything that it may name. With ``code``, only where one of them is of that kind.
    """
    content = read_template(document_type.template)
    errors = [] if isinstance(content, str) else lint(content, fields)
    errors = [one for one in errors if one.severity is Severity.ERROR and one.place.words]
    if code and code not in [one.code for one in errors]:
        return
    problems = [
        Problem(Spot(one.place.words, one.place.text), one.message, one.hint, one.code) for one in errors
    ]
    raise_problems(document_type.title, problems)
