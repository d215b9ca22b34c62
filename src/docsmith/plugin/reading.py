"""From a plugin's folder to its manifest: every mistake at once, each with what would be right."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from docsmith._files import reason_of, reason_of_toml
from docsmith._i18n import gettext as _
from docsmith.errors import PluginError
from docsmith.model.nearest import suggestion
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manifest import ColumnTable, Manifest, SheetTable

_LARGEST_MANIFEST = 1 << 20  # bytes; a hundred times what the richest bundled plugin needs
_TABLES: Mapping[str, type[BaseModel]] = {"columns": ColumnTable, "sheets": SheetTable}


def read_plugin(candidate: Candidate) -> DocumentType:
    """Read and check a plugin's manifest; raises :class:`PluginError` that lists all its mistakes.

    The template and every file that the manifest names must be there, inside the plugin's folder.
    """
    content = _parsed(candidate.folder / MANIFEST_NAME)
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        mistakes = [_mistake(dict(detail)) for detail in error.errors(include_url=False)]
        raise broken(candidate.folder, mistakes) from None
    inner = [name for sheet in manifest.sheets if (name := sheet.rows)]
    inner += [manifest.python] if manifest.python else []
    mistakes = [problem for name in inner if (problem := _outside(candidate.folder, name))]
    if problem := _outside(candidate.templates, manifest.template):
        mistakes.append(problem)
    if mistakes:
        raise broken(candidate.folder, mistakes)
    template = candidate.templates / manifest.template
    return DocumentType(manifest, candidate.folder, template, candidate.origin, manifest.options)


def broken(folder: Path, mistakes: Iterable[str]) -> PluginError:
    """Return the error for a plugin that cannot be used: its name, its folder, and all that is wrong."""
    sentences = list(mistakes)
    if len(sentences) == 1:
        message = _("The plugin {name} cannot be used: {mistake}").format(
            name=folder.name, mistake=sentences[0]
        )
    else:
        head = _("The plugin {name} cannot be used:").format(name=folder.name)
        message = "\n".join([head, *(f"- {sentence}" for sentence in sentences)])
    return PluginError(message, hint=_("Mend the plugin in {folder}.").format(folder=folder))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LARGEST_MANIFEST + 1)
        if len(content) > _LARGEST_MANIFEST:
            raise broken(path.parent, [_("plugin.toml is larger than 1 MB.")])
        return tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        mistake = _("plugin.toml cannot be read: {reason}.").format(reason=reason_of(error))
        raise broken(path.parent, [mistake]) from error
    except UnicodeDecodeError:
        raise broken(path.parent, [_("plugin.toml is not UTF-8; save it again in that encoding.")]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistake = _("plugin.toml is not TOML: {reason}.").format(reason=reason_of_toml(error))
        raise broken(path.parent, [mistake]) from None


def _outside(folder: Path, name: str) -> str:
    """Return what is wrong with a file that the manifest names; symbolic links may not lead out either."""
    path = folder / name
    if not path.is_file():
        return _("The file {name} is not there ({path}).").format(name=name, path=path)
    if not path.resolve().is_relative_to(folder.resolve()):
        return _("The file {name} lies outside the plugin's folder.").format(name=name)
    return ""


def _mistake(detail: Mapping[str, Any]) -> str:
    """Return one sentence for one of pydantic's errors: the key, and what would be right."""
    path = detail["loc"]
    key = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    kind = detail["type"]
    if kind == "extra_forbidden":
        hint = suggestion(str(path[-1]), _known_keys(path))
        return _("Unknown key {key}. {hint}").format(key=key, hint=hint).strip()
    if kind == "missing":
        return _("The key {key} is missing.").format(key=key)
    expected = _expectations().get(kind) or detail["msg"]
    if kind == "string_pattern_mismatch":
        expected = _patterns().get(str(path[-1]), expected)
    return _("{key} cannot be “{value}”: {expected}.").format(
        key=key, value=detail["input"], expected=expected
    )


def _known_keys(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that are right at the place of an unknown one."""
    inner = "columns" if "columns" in path[:-1] else path[0]
    table = _TABLES.get(str(inner), Manifest) if len(path) > 1 else Manifest
    return [info.alias or name for name, info in table.model_fields.items()]


def _expectations() -> Mapping[str, str]:
    return {
        "string_type": _("text in quotes is expected"),
        "bool_type": _("true or false is expected"),
        "bool_parsing": _("true or false is expected"),
        "tuple_type": _("a list in square brackets is expected"),
        "dict_type": _("a table is expected"),
        "model_type": _("a table is expected"),
        "string_too_long": _("at most 64 characters are expected"),
        "string_too_short": _("it is empty"),
        "literal_error": _("this version of docsmith does not know it"),
        "value_error": _("a path inside the plugin's folder is expected, such as template.docx"),
        "enum": _("one of text, name, names, code, count, date, time, choice is expected"),
    }


def _patterns() -> Mapping[str, str]:
    return {
        "id": _("lower-case letters, digits and hyphens are expected, such as work-plan"),
        "name": _("lower-case letters, digits and _ are expected, such as meeting_room"),
    }
