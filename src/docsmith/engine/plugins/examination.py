"""Everything that can be said of a plugin before anybody uses it: ``docsmith plugin check``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.plugins.output_check import findings_of_output
from docsmith.engine.plugins.places import Installed
from docsmith.engine.plugins.programs import programs_in
from docsmith.engine.plugins.python_check import mistakes_in
from docsmith.engine.plugins.trial import Tried, trials
from docsmith.engine.shipped import read_shipped
from docsmith.engine.template_check import template_mistakes
from docsmith.errors import DocsmithError, PluginError, UntrustedError
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.schema import Schema
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.files import content_of, is_inside, own_files
from docsmith.plugin.manager import Manager
from docsmith.plugin.origins import INSTALLED, Origin
from docsmith.plugin.reading import read
from docsmith.plugin.sheets import drafted
from docsmith.plugin.trust import Trust, code_of
from docsmith.template import Template
from docsmith.template.linting import lint

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
        reading = read(candidate)
    except PluginError as error:
        return Examination(name, None, tuple(_of_manifest(error)))
    draft = reading.document_type
    beside = [one for one in others if one.document_type and one.candidate.folder != candidate.folder]
    manager = Manager([*(one.candidate for one in beside if one.id != draft.id), candidate], trust)
    document_type = manager.types.get(draft.id)
    if document_type is None or document_type.folder != candidate.folder:
        misfit = manager.broken.get(str(candidate.folder)) or manager.broken[name]
        schema = None
        if reading.is_draft:
            draft, schema, _mistakes = drafted(draft, manager.types.values())
        of_manifest = sorted([*_of_manifest(misfit), *findings_of_output(draft, schema)], key=_line)
        return Examination(name, None, (*of_manifest, *_of_code(draft), *_of_template(draft, schema)))
    findings = (
        *_of_id(document_type, beside),
        *findings_of_output(document_type, manager.schema),
        *_of_files(document_type),
        *_of_rows(document_type, manager),
    )
    found, may_run = _of_python(document_type, manager)
    of_template = _of_template(document_type, manager.schema)
    findings = (*findings, *found, *of_template)
    if not may_run or any(one.severity is Severity.ERROR for one in findings):
        return Examination(name, document_type, findings)
    tried = list(_tried(manager, document_type))
    made = tuple(one.name for one in tried if one.name)
    return Examination(name, document_type, (*findings, *_of_trials(tried)), made)


def _line(finding: Finding) -> int:
    return int(finding.place.cell.removeprefix("L") or 0)


def _error(message: str, hint: str, file: str, code: str) -> Finding:
    return Finding(Severity.ERROR, message, hint, Place(file), code)


def _of_manifest(error: PluginError) -> Iterator[Finding]:
    if not error.mistakes:
        yield _error(error.message, error.hint, MANIFEST_NAME, "plugin-broken")
    for mistake, line in error.mistakes:
        place = Place(MANIFEST_NAME, cell=f"L{line}" if line else "")
        yield Finding(Severity.ERROR, mistake, "", place, "plugin-broken")


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
            continue
        if document_type.manifest.overrides and one.document_type:
            said = _("It takes the place of {title} ({id}, {origin}): plugin.toml says overrides.")
            title = one.document_type.title
        else:
            said, title = _("One of the same id is there already: {origin}."), ""
        message = said.format(title=title, id=one.id, origin=one.candidate.origin)
        yield Finding(Severity.INFO, message, "", Place(MANIFEST_NAME), "plugin-id-there")


def _of_files(document_type: DocumentType) -> Iterable[Finding]:
    """Return what is odd about the files; those of an installed plugin are what pip has put there."""
    if document_type.kind in INSTALLED:
        return ()
    try:
        names = own_files(document_type.folder)
    except PluginError as error:
        return (_error(error.message, error.hint, "", "plugin-files"),)
    return programs_in(names, document_type.manifest.python)


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
    file = document_type.manifest.python or ""
    found = list(_of_code(document_type))
    if found:
        return found, False
    try:
        manager.use([document_type])
    except UntrustedError as error:
        hint = _(
            "Nothing of it was run, and no document made on trial. It could do whatever you can do:"
            " read {file} first, or ask whoever sent it. Then --trust {id} tries it."
        ).format(file=file, id=document_type.id)
        return [Finding(Severity.WARNING, error.message, hint, Place(file), "plugin-untrusted")], False
    except DocsmithError as error:
        return [_error(error.message, error.hint, file, "plugin-python")], False
    return found, True


def _of_code(document_type: DocumentType) -> Iterator[Finding]:
    """Yield what can be said of Python without running it; that of a package is the author's own affair."""
    if document_type.manifest.python is None or document_type.kind in INSTALLED:
        return
    try:
        code = code_of(document_type)
    except PluginError as error:
        yield _error(error.message, error.hint, document_type.manifest.python, "plugin-python")
        return
    for place, mistake in mistakes_in(code):
        yield _error(mistake, "", place, "plugin-python")


def _of_template(document_type: DocumentType, schema: Schema | None) -> tuple[Finding, ...]:
    """Return what the linter says of a template, and what the compiler does where the linter is content.

    One that cannot be read was told with the manifest.
    """
    file, path = document_type.manifest.template, document_type.template
    root = path.parent if document_type.kind is Origin.BUNDLED else document_type.folder
    if not is_inside(root, path):
        return ()
    try:
        content = content_of(document_type.folder, path)
    except PluginError as error:
        return (_error(error.message, error.hint, file, "template"),)
    mistakes = template_mistakes(content, document_type, schema) if schema else lint(content)
    found = tuple(one.finding(file) for one in mistakes)
    if any(one.severity is Severity.ERROR for one in found):
        return found
    try:
        Template.open(content, file)
    except DocsmithError as error:
        return (*found, _error(error.message, error.hint, file, "template"))
    return found


def _tried(manager: Manager, document_type: DocumentType) -> Iterator[Tried]:
    try:
        yield from trials(manager, document_type)
    except DocsmithError as error:
        yield Tried("", (_error(error.message, error.hint, "", "trial"),))


def _of_trials(tried: Sequence[Tried]) -> Iterator[Finding]:
    """Yield each thing that went wrong with documents once; what is empty in rows made up is no news."""
    said = set()
    if not tried:
        message = _("No document was made on trial: no row that was made up is one that it wants.")
        yield Finding(Severity.WARNING, message, "", Place(), "trial-empty")
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
