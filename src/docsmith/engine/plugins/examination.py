"""Everything that can be said of a plugin before anybody uses it: ``docsmith plugin check``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.plugins.places import Installed
from docsmith.engine.plugins.python_check import mistakes_in
from docsmith.engine.plugins.trial import Tried, trials
from docsmith.engine.shipped import read_shipped
from docsmith.errors import DocsmithError, PluginError, UntrustedError
from docsmith.model.findings import Finding, Place, Severity
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.plugin.origins import INSTALLED
from docsmith.plugin.reading import read_plugin
from docsmith.plugin.trust import Trust, code_of
from docsmith.template import Template

_MOST_OF_A_KIND = 20


class Examination(NamedTuple):
    """What was found: the type, where its manifest can be read, the findings, and what it made on trial."""

    name: str
    document_type: DocumentType | None
    findings: tuple[Finding, ...]
    documents: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether there is no error in it."""
        return all(one.severity is not Severity.ERROR for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints."""
        manifest = self.document_type.manifest if self.document_type else None
        return {
            "id": manifest.id if manifest else None,
            "title": manifest.title if manifest else None,
            "version": manifest.version if manifest else None,
            "sound": self.is_sound,
            "documents": list(self.documents),
            "findings": [one.as_json() for one in self.findings],
        }


def examine(candidate: Candidate, others: Iterable[Installed], trust: Trust) -> Examination:
    """Look at a plugin beside those that are there; its Python is run only where it is trusted."""
    name = candidate.folder.name
    try:
        document_type = read_plugin(candidate)
    except PluginError as error:
        return Examination(name, None, tuple(_of_manifest(error)))
    beside = [one for one in others if one.document_type and one.candidate.folder != candidate.folder]
    findings = [*_of_id(document_type, beside)]
    manager = Manager([*(one.candidate for one in beside if one.id != document_type.id), candidate], trust)
    if misfit := manager.broken.get(name) or manager.broken.get(str(candidate.folder)):
        return Examination(name, document_type, (*findings, *_of_manifest(misfit)))
    document_type = manager.types[document_type.id]
    findings += _of_rows(document_type, manager)
    may_run = True
    if document_type.manifest.python:
        found, may_run = _of_python(document_type, manager)
        findings += found
    findings += _of_template(document_type)
    if not may_run or any(one.severity is Severity.ERROR for one in findings):
        return Examination(name, document_type, tuple(findings))
    tried = list(_tried(manager, document_type))
    findings += _of_trials(tried)
    return Examination(name, document_type, tuple(findings), tuple(one.name for one in tried if one.name))


def _error(message: str, hint: str, file: str, code: str) -> Finding:
    return Finding(Severity.ERROR, message, hint, Place(file), code)


def _of_manifest(error: PluginError) -> Iterator[Finding]:
    if not error.mistakes:
        yield _error(error.message, error.hint, MANIFEST_NAME, "plugin-broken")
    for mistake in error.mistakes:
        yield _error(mistake, "", MANIFEST_NAME, "plugin-broken")


def _of_id(document_type: DocumentType, beside: Iterable[Installed]) -> Iterator[Finding]:
    """Yield what there is to say of others with the same id: one that is installed cannot be upgraded."""
    for one in beside:
        if one.id != document_type.id:
            continue
        if one.candidate.kind in INSTALLED and not document_type.manifest.overrides:
            yield _error(
                _("The id {id} is taken: {origin}.").format(id=one.id, origin=one.candidate.origin),
                _("Choose another id, or write overrides = true to take its place."),
                MANIFEST_NAME,
                "plugin-id-taken",
            )
        else:
            message = _("It takes the place of another one: {origin}.").format(origin=one.candidate.origin)
            yield Finding(Severity.INFO, message, "", Place(MANIFEST_NAME), "plugin-overrides")


def _of_rows(document_type: DocumentType, manager: Manager) -> Iterator[Finding]:
    for table in document_type.manifest.sheets:
        if table.rows:
            shipped = read_shipped(document_type.folder / table.rows, manager.schema.sheets[table.name])
            for mistake in shipped.mistakes[:_MOST_OF_A_KIND]:
                yield _error(mistake, "", table.rows, "plugin-rows")
            if not shipped.mistakes and not shipped.records:
                message = _("The file has no rows.")
                yield Finding(Severity.WARNING, message, "", Place(table.rows), "plugin-rows")


def _of_python(document_type: DocumentType, manager: Manager) -> tuple[list[Finding], bool]:
    """Return what is wrong with a plugin's Python, and whether it may run."""
    code = {} if document_type.kind in INSTALLED else code_of(document_type)
    found = [_error(mistake, "", place, "plugin-python") for place, mistake in mistakes_in(code)]
    if found:
        return found, False
    try:
        manager.use([document_type])
    except UntrustedError as error:
        hint = _("Nothing of it was run, and no document made on trial. {hint}").format(hint=error.hint)
        place = Place(document_type.manifest.python or "")
        return [Finding(Severity.WARNING, error.message, hint, place, "plugin-untrusted")], False
    except DocsmithError as error:
        return [
            _error(error.message, error.hint, document_type.manifest.python or "", "plugin-python")
        ], False
    return found, True


def _of_template(document_type: DocumentType) -> Iterator[Finding]:
    file = document_type.manifest.template
    try:
        Template.open(document_type.template, file)
    except DocsmithError as error:
        yield _error(error.message, error.hint, file, "template")


def _tried(manager: Manager, document_type: DocumentType) -> Iterator[Tried]:
    try:
        yield from trials(manager, document_type)
    except DocsmithError as error:
        yield Tried("", (_error(error.message, error.hint, "", "trial"),))


def _of_trials(tried: Iterable[Tried]) -> Iterator[Finding]:
    """Yield each thing that went wrong with documents once; what is empty in rows made up is no news."""
    said = set()
    for one in tried:
        for finding in one.findings:
            if not one.name and finding.message not in said:
                said.add(finding.message)
                message = _("Made on trial: {message}").format(message=finding.message)
                yield Finding(Severity.ERROR, message, finding.hint, Place(), "trial")
        for problem in one.unsound:
            if problem not in said:
                said.add(problem)
                message = _("Word would have to repair what it makes: {problem}").format(problem=problem)
                yield Finding(Severity.ERROR, message, "", Place(), "trial-unsound")
