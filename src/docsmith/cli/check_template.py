"""``docsmith check TEMPLATE.docx``: everything wrong with a template, where a person finds it in Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.cli.findings import MARKS, in_words
from docsmith.cli.say import print_json, say, say_indented
from docsmith.cli.session import Session
from docsmith.engine.template_check import read_template, template_mistakes
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, DocsmithError, PluginError, UsageError
from docsmith.model.findings import Severity

if TYPE_CHECKING:
    from docsmith.plugin.document_type import DocumentType
    from docsmith.template.linting import Change, Mistake

_MANIFEST = "plugin.toml"
_MOST_SHOWN = 100


class _Checked(NamedTuple):
    """A template that was looked at; ``copy`` is the mended one, with what was changed in it."""

    path: Path
    document_type: DocumentType | None
    left: tuple[Mistake, ...]
    copy: Path | None = None
    changes: tuple[Change, ...] = ()

    @property
    def manifest(self) -> str:
        """The path of the manifest of its type, empty without one."""
        if self.document_type is None:
            return ""
        beside = self.path.with_name(_MANIFEST)
        return str(beside if beside.is_file() else self.document_type.folder / _MANIFEST)


def check_templates(
    paths: Sequence[Path],
    plugin_dirs: Sequence[Path],
    *,
    type_name: str | None,
    fix: bool,
    as_json: bool,
    as_sarif: bool,
) -> int:
    """Check templates, and print what was found; the exit code is 1 where there is an error in one."""
    folders = [folder for path in paths if (folder := _folder_of(path))]
    known = {folder.resolve() for folder in plugin_dirs}
    session = Session.start((*plugin_dirs, *(one for one in folders if one.resolve() not in known)))
    chosen = session.manager.find(type_name) if type_name else None
    checked = []
    for path in paths:
        document_type = _type_of(path, session)
        template = document_type.template if document_type and path.is_dir() else path
        checked.append(_checked(template, chosen or document_type, session, fix=fix))
    if as_sarif:
        from docsmith.cli.sarif import sarif_of

        results = [
            (one.manifest if mistake.place.line else str(one.copy or one.path), mistake)
            for one in checked
            for mistake in one.left
        ]
        print_json(sarif_of(results))
    elif as_json:
        print_json(_as_json(checked, fix=fix))
    else:
        for one in checked:
            _show(one, fix=fix)
        say(_in_words(mistake for one in checked for mistake in one.left))
    return EXIT_SOME_FAILED if any(_has_errors(one.left) for one in checked) else EXIT_DONE


def _folder_of(path: Path) -> Path | None:
    """Return the folder of the plugin that a template lies in, or that is named itself."""
    folder = path if path.is_dir() else path.absolute().parent
    if (folder / _MANIFEST).is_file():
        return folder
    if path.is_dir():
        raise UsageError(
            _("{path} is a folder without {name}.").format(path=path, name=_MANIFEST),
            hint=_("Name a template: docsmith check TEMPLATE.docx"),
        )
    return None


def _type_of(path: Path, session: Session) -> DocumentType | None:
    """Return the document type whose template or folder this is; raises what keeps a folder's from use."""
    wanted = path.resolve()
    for one in session.manager.types.values():
        if wanted in (one.template.resolve(), one.folder.resolve()):
            return one
    if path.is_dir():
        raise _unusable(wanted, session)
    return None


def _unusable(folder: Path, session: Session) -> DocsmithError:
    """Return why the plugin in a folder is none of those in use."""
    from docsmith.engine.plugins.inventory import inventory
    from docsmith.engine.plugins.places import read_all

    entries = inventory(read_all(session.candidates()), session.manager)
    entry = next(one for one in entries if one.installed.candidate.folder.resolve() == folder)
    if entry.overridden_by:
        return UsageError(
            _("Another plugin takes the place of {folder}: {origin}.").format(
                folder=folder, origin=entry.overridden_by
            ),
            hint=_("Check each of them alone."),
        )
    return PluginError(entry.problem, hint=entry.hint)


def _checked(path: Path, document_type: DocumentType | None, session: Session, *, fix: bool) -> _Checked:
    content = read_template(path)
    found = template_mistakes(content, document_type, session.manager.schema)
    if not fix or isinstance(content, str) or not any(mistake.mendable for mistake in found):
        return _Checked(path, document_type, found)
    from docsmith.engine.template_check import write_mended

    copy, changes, left = write_mended(path, content, document_type, session.manager.schema)
    return _Checked(path, document_type, left, copy, changes)


def _show(checked: _Checked, *, fix: bool) -> None:
    title = f"（{checked.document_type.title}）" if checked.document_type else ""
    say(f"{checked.path}{title}")
    if checked.copy:
        done = _("{number} mended in a copy: {path}")
        say("  " + done.format(number=len(checked.changes), path=checked.copy))
        for change in checked.changes:
            codes = "".join(f" [{code}]" for code in change.codes)
            say_indented("  √ ", (str(change.place), f"{change.message}{codes}"))
    elif fix:
        say("  " + _("There is nothing that can be mended for certain; no copy was made."))
    for mistake in checked.left[:_MOST_SHOWN]:
        _show_mistake(mistake, MARKS[mistake.severity])
    if (rest := len(checked.left) - _MOST_SHOWN) > 0:
        say("  " + _("… and {number} more; --json lists all of them.").format(number=rest))
    if checked.document_type is None:
        hint = _("Names are compared with what all types share; --type TYPE says which names there are.")
        say(f"  {hint}")
    say()


def _show_mistake(mistake: Mistake, mark: str) -> None:
    lines = (str(mistake.place), f"{mistake.message} [{mistake.code}]", mistake.hint)
    say_indented(f"  {mark} ", lines)


def _in_words(mistakes: Iterable[Mistake]) -> str:
    counts = Counter(mistake.severity for mistake in mistakes)
    return in_words(counts) if counts else _("Nothing is wrong.")


def _has_errors(mistakes: Iterable[Mistake]) -> bool:
    return any(mistake.severity is Severity.ERROR for mistake in mistakes)


def _as_json(checked: Iterable[_Checked], *, fix: bool) -> Mapping[str, Any]:
    """Return the object that ``--json`` prints; with ``--fix``, findings are those that are left."""
    done = list(checked)
    told: dict[str, Any] = {
        "documents": [],
        "findings": [
            mistake.as_json(str(one.copy or one.path), one.manifest) for one in done for mistake in one.left
        ],
    }
    if fix:
        told["mended"] = [
            {
                "file": str(one.path),
                "copy": str(one.copy) if one.copy else None,
                "changes": [change.as_json() for change in one.changes],
            }
            for one in done
        ]
    return told
