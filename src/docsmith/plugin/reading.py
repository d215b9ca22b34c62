"""From a plugin's folder to its manifest: every mistake at once, each with what would be right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._files import reason_of, reason_of_toml
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest import Manifest
from docsmith.plugin.requires import unmet
from docsmith.plugin.tables import read_draft

_LARGEST_MANIFEST = 1 << 18  # bytes; thirty times what the richest bundled plugin needs
_MOST_DOTS = 200  # in a line: reading a key takes time by the square of its parts
_MOST_SHEETS, _MOST_COLUMNS = 50, 500
_MOST_TABLES, _MOST_RULES = 50, 200  # each is looked at for every branch
_MOST_MISTAKES = 50


class Reading(NamedTuple):
    """A plugin as far as it could be read, and what is wrong with it.

    ``is_draft`` tells that its sheets and columns could be read, so that what it makes of them can be checked
    beside these mistakes.
    """

    document_type: DocumentType
    mistakes: tuple[str, ...]
    is_draft: bool


def read_plugin(candidate: Candidate) -> DocumentType:
    """Read and check a plugin's manifest; raises :class:`PluginError` that lists all its mistakes.

    The template and every file that the manifest names must be there, inside the plugin's folder. Whether
    the sheets and columns that it names exist, :func:`docsmith.plugin.sheets.assemble` says.
    """
    reading = read(candidate)
    if reading.mistakes:
        raise broken(candidate.shown, reading.mistakes)
    return reading.document_type


def read(candidate: Candidate) -> Reading:
    """Read as much of a plugin as can be read; raises :class:`PluginError` where that is nothing.

    Of one that requires another docsmith nothing is said but that: its keys may be those of another version.
    """
    if problem := _outside(candidate, MANIFEST_NAME):
        raise broken(candidate.shown, [problem])
    content = _parsed(candidate)
    if problem := unmet(content.get("requires", "")):
        hint = _("Install a docsmith that fits, or a version of the plugin that fits this one.")
        raise broken(candidate.shown, [problem], hint)
    mistakes: list[str] = []
    draft = read_draft(Manifest, content, "", mistakes)
    manifest = draft.table
    is_draft = not draft.wrong & {"sheets", "columns"}
    if is_draft:
        too_many = list(_too_many(manifest))
        is_draft = not too_many  # what many sheets and tables make would take long to check
        mistakes += too_many
        inner = [name for sheet in manifest.sheets if (name := sheet.rows)]
        inner += [manifest.python] if manifest.python else []
        mistakes += [problem for name in inner if (problem := _outside(candidate, name))]
    if problem := _outside(candidate, manifest.template, is_template=True):
        mistakes.append(problem)
    template = candidate.templates / manifest.template
    document_type = DocumentType(
        manifest, candidate.folder, template, candidate.origin, manifest.options, candidate.kind
    )
    return Reading(document_type, tuple(mistakes), is_draft)


def _too_many(manifest: Manifest) -> Iterator[str]:
    if len(manifest.tables) > _MOST_TABLES or len(manifest.rules) > _MOST_RULES:
        yield _("There are more than {tables} tables or {rules} rules.").format(
            tables=_MOST_TABLES, rules=_MOST_RULES
        )
    columns = [*manifest.columns.values(), *(sheet.columns for sheet in manifest.sheets)]
    if len(columns) > _MOST_SHEETS or sum(map(len, columns)) > _MOST_COLUMNS:
        yield _("There are more than {sheets} sheets or {columns} columns.").format(
            sheets=_MOST_SHEETS, columns=_MOST_COLUMNS
        )


def broken(folder: Path, mistakes: Iterable[str], hint: str = "") -> PluginError:
    """Return the error for a plugin that cannot be used: its name, all that is wrong, and what to do.

    Without a ``hint`` of its own that is to mend it in its folder.
    """
    everything = tuple(mistakes)
    sentences = list(everything)
    if (rest := len(sentences) - _MOST_MISTAKES) > 0:
        sentences[_MOST_MISTAKES:] = [_("… and {number} more.").format(number=rest)]
    if len(sentences) == 1:
        message = _("The plugin {name} cannot be used: {mistake}").format(
            name=folder.name, mistake=sentences[0]
        )
    else:
        head = _("The plugin {name} cannot be used:").format(name=folder.name)
        message = "\n".join([head, *(f"- {sentence}" for sentence in sentences)])
    error = PluginError(message, hint=hint or _("Mend the plugin in {folder}.").format(folder=folder))
    error.mistakes = everything
    return error


def _parsed(candidate: Candidate) -> dict[str, Any]:
    try:
        with (candidate.folder / MANIFEST_NAME).open("rb") as stream:
            content = stream.read(_LARGEST_MANIFEST + 1)
        if len(content) > _LARGEST_MANIFEST:
            mistake = _("plugin.toml is larger than any document type needs.")
        elif max(line.count(b".") for line in content.split(b"\n")) > _MOST_DOTS:
            mistake = _("plugin.toml has a line with more dots than any key needs.")
        else:
            return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        mistake = _("plugin.toml cannot be read: {reason}.").format(reason=reason_of(error))
    except UnicodeDecodeError:
        mistake = _("plugin.toml is not UTF-8; save it again in that encoding.")
    except (ValueError, RecursionError) as error:
        mistake = _("plugin.toml is not TOML: {reason}.").format(reason=reason_of_toml(error))
    raise broken(candidate.shown, [mistake])


def _outside(candidate: Candidate, name: str, *, is_template: bool = False) -> str:
    """Return what is wrong with a file that the manifest names; symbolic links may not lead out either."""
    folder = candidate.templates if is_template else candidate.folder
    path = folder / name
    try:
        if not path.is_file():
            shown = (candidate.unpacked_from or folder) / name
            return _("The file {name} is not there ({path}).").format(name=name, path=shown)
    except OSError as error:
        return _("The file {name} cannot be read: {reason}").format(name=name, reason=reason_of(error))
    if not path.resolve().is_relative_to(folder.resolve()):
        return _("The file {name} lies outside the plugin's folder.").format(name=name)
    return ""
