"""A new document type, ready to be written: the files of its folder, by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from docsmith._files import reason_of
from docsmith._i18n import gettext as _
from docsmith.engine.new_type.adopted import manifest_of, readme_of
from docsmith.engine.new_type.adoption import Adoption, adopt
from docsmith.engine.new_type.shapes import ITEMS_NAME, for_excel, start, starting_readme
from docsmith.errors import TemplateError, UsageError
from docsmith.model.schema import Schema
from docsmith.official.adopting.form import Form
from docsmith.official.starting import starting_template
from docsmith.plugin.discovery import MANIFEST_NAME
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager, names_of
from docsmith.plugin.manifest_values import identifier
from docsmith.plugin.manifest_values import title as checked_title
from docsmith.plugin.shape import Shape
from docsmith.plugin.tables import Wrong, unfit
from docsmith.template.package.reading import MAX_TOTAL

TEMPLATE_NAME, README_NAME = "template.docx", "README.md"


class NewType(NamedTuple):
    """The files of the folder; ``adoption`` says what was found in a form, where there was one."""

    files: Mapping[str, bytes]
    adoption: Adoption | None = None


def check_names(plugin_id: str, title: str, manager: Manager) -> DocumentType | None:
    """Return the type whose place a new one of that id takes, if there is one.

    Raises :class:`UsageError` for an id or a title that no type may have, or that another type goes by.
    """
    mistakes: list[Wrong] = []
    identifier(plugin_id, _("The id"), mistakes)
    checked_title(title, _("The title"), mistakes)
    if {*title} & {*"{}"}:
        unfit(title, _("The title"), mistakes, _("braces would be a tag"))
    if mistakes:
        raise UsageError("\n".join(one.sentence for one in mistakes))
    for other in manager.types.values():
        for name in {plugin_id, title} & {*names_of(other)}:
            if other.id != plugin_id:
                raise UsageError(
                    _("There is a document type called {name} already: {id}, {origin}.").format(
                        name=name, id=other.id, origin=other.origin
                    ),
                    hint=_("Choose another title, or the id {id}: then yours takes its place.").format(
                        id=other.id
                    ),
                )
    return manager.types.get(plugin_id)


def overriding(made: NewType) -> NewType:
    """Return a type that says that it takes the place of another one with its id."""
    head, version, rest = made.files[MANIFEST_NAME].decode().partition("schema = 1\n")
    said = "\n# 代替别处（多半是 docsmith 自带）的同一代号的文种。\noverrides = true\n"
    return made._replace(files={**made.files, MANIFEST_NAME: f"{head}{version}{said}{rest}".encode()})


def from_form(file: Path, plugin_id: str, title: str, schema: Schema, shape: Shape | None) -> NewType:
    """Make a type of a form; the file is only read.

    Raises :class:`UsageError` where it cannot be read, and :class:`TemplateError` for one that is no Word
    document, or holds what no template may.
    """
    form = Form(_content(file), file.name)
    adoption = adopt(form, plugin_id, title, schema, shape)
    readme = readme_of(adoption, plugin_id, title, file.name)
    files = _files(manifest_of(adoption, plugin_id, title), adoption.template, readme)
    if adoption.items:
        files[ITEMS_NAME] = for_excel(adoption.items.asked.content)
    return NewType(files, adoption)


def from_shape(shape: Shape, plugin_id: str, title: str, schema: Schema) -> NewType:
    """Make a type to start from, complete: it renders as it is."""
    begun = start(shape, plugin_id, title, schema)
    readme = starting_readme(begun, plugin_id, title)
    files = _files(begun.manifest.text(), starting_template(shape, title), readme)
    if begun.items:
        files[ITEMS_NAME] = for_excel(begun.items)
    return NewType(files)


def _content(file: Path) -> bytes:
    if file.exists() and not file.is_file():  # for what a pipe may have to say, one waits for ever
        raise UsageError(_("{path} cannot be read: {reason}").format(path=file, reason=_("it is no file.")))
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_TOTAL + 1)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=reason_of(error))
        ) from error
    if len(data) > MAX_TOTAL:
        raise TemplateError(_("{name}: the file is too large.").format(name=file.name))
    return data


def _files(manifest: str, template: bytes, readme: str) -> dict[str, bytes]:
    return {MANIFEST_NAME: manifest.encode(), TEMPLATE_NAME: template, README_NAME: readme.encode()}
