"""From a plugin's folder to its manifest: every mistake at once, each with what would be right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._files import reason_of, reason_of_toml
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest import Manifest
from docsmith.plugin.manifest_lines import key_lines, line_of
from docsmith.plugin.requires import unmet
from docsmith.plugin.tables import Wrong, read_table

_LARGEST_MANIFEST = 1 << 18  # bytes; thirty times what the richest bundled plugin needs
_MOST_DOTS = 200  # in a line: reading a key takes time by the square of its parts
_MOST_SHEETS, _MOST_COLUMNS = 50, 500
_MOST_TABLES, _MOST_RULES, _MOST_CONDITIONS = 50, 200, 500  # each is looked at for every branch
_MOST_MISTAKES = 50


class Reading(NamedTuple):
    """A plugin as far as it could be read, and what is wrong with it.

    ``is_draft`` tells that it is no larger than any needs to be, so that what it makes of its sheets can be
    checked beside these mistakes.
    """

    document_type: DocumentType
    mistakes: tuple[Wrong, ...]
    is_draft: bool


def read_plugin(candidate: Candidate) -> DocumentType:
    """Read and check a plugin's manifest; raises :class:`PluginError` that lists all its mistakes.

    The template and every file that the manifest names must be there, inside the plugin's folder. Whether
    the sheets and columns that it names exist, :func:`docsmith.plugin.sheets.assemble` says.
    """
    reading = read(candidate)
    if reading.mistakes:
        raise broken(candidate.shown, reading.mistakes, manifest=candidate.folder / MANIFEST_NAME)
    return reading.document_type


def read(candidate: Candidate) -> Reading:
    """Read as much of a plugin as can be read; raises :class:`PluginError` where that is nothing.

    Of one that requires another docsmith nothing is said but that: its keys may be those of another version.
    """
    if problem := _outside(candidate, MANIFEST_NAME):
        raise broken(candidate.shown, [Wrong("", problem)])
    content = _parsed(candidate)
    if problem := unmet(content.get("requires", "")):
        hint = _("Install a docsmith that fits, or a version of the plugin that fits this one.")
        raise broken(candidate.shown, [Wrong("", problem)], hint)
    mistakes: list[Wrong] = []
    manifest = read_table(Manifest, content, "", mistakes)
    too_many = list(_too_many(manifest))
    mistakes += [*too_many, *_absent(manifest, candidate)]
    template = candidate.templates / manifest.template
    document_type = DocumentType(
        manifest, candidate.folder, template, candidate.origin, manifest.options, candidate.kind
    )
    # What many sheets and tables make would take long to check.
    return Reading(document_type, tuple(mistakes), is_draft=not too_many)


def _too_many(manifest: Manifest) -> Iterator[Wrong]:
    if len(manifest.tables) > _MOST_TABLES or len(manifest.rules) > _MOST_RULES:
        message = _("There are more than {tables} tables or {rules} rules.")
        yield Wrong("", message.format(tables=_MOST_TABLES, rules=_MOST_RULES))
    of_rules = (rule.where for rule in manifest.rules)
    where = (manifest.where, *of_rules, *(table.where for table in manifest.tables))
    if sum(len(some or ()) for some in where) > _MOST_CONDITIONS:
        message = _("There are more than {number} conditions.")
        yield Wrong("", message.format(number=_MOST_CONDITIONS))
    columns = [*manifest.columns.values(), *(sheet.columns for sheet in manifest.sheets)]
    if len(columns) > _MOST_SHEETS or sum(len(some or ()) for some in columns) > _MOST_COLUMNS:
        message = _("There are more than {sheets} sheets or {columns} columns.")
        yield Wrong("", message.format(sheets=_MOST_SHEETS, columns=_MOST_COLUMNS))


def _absent(manifest: Manifest, candidate: Candidate) -> Iterator[Wrong]:
    """Yield what is wrong with the files that a manifest names."""
    named = {f"sheets[{number}].rows": sheet.rows for number, sheet in enumerate(manifest.sheets, 1)}
    named["python"] = manifest.python
    for at, name in named.items():
        if name and (problem := _outside(candidate, name)):
            yield Wrong(at, problem)
    if "template" in manifest.wrong:
        return
    if problem := _outside(candidate, manifest.template, is_template=True):
        yield Wrong("template", problem)


def broken(
    folder: Path, mistakes: Iterable[Wrong], hint: str = "", manifest: Path | None = None
) -> PluginError:
    """Return the error for a plugin that cannot be used: its name, all that is wrong, and what to do.

    Mistakes come in the order of the lines of its manifest, which is in its folder unless ``manifest`` is
    another. Without a ``hint`` of its own that is to mend it there.
    """
    everything = _with_lines(manifest or folder / MANIFEST_NAME, mistakes)
    sentences = [
        _("line {line}: {mistake}").format(line=line, mistake=sentence) if line else sentence
        for sentence, line in everything
    ]
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


def _with_lines(manifest: Path, mistakes: Iterable[Wrong]) -> tuple[tuple[str, int], ...]:
    """Return the sentences in the order of the lines that they speak of, with these; 0 for none."""
    said = list(mistakes)
    lines: Mapping[str, int] = {}
    if any(one.at for one in said):  # the file could be read
        lines = key_lines(manifest.read_text(encoding="utf-8-sig"))
    placed = [(one.sentence, line_of(one.at, lines)) for one in said]
    return tuple(sorted(placed, key=itemgetter(1)))


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
    raise broken(candidate.shown, [Wrong("", mistake)])


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
