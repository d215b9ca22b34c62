"""The document types of a run: found, configured, looked up by name, and called through their hooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from docsmith._i18n import gettext as _
from docsmith.errors import PluginError, UsageError
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.nearest import nearest, spelling_key, suggestion
from docsmith.model.schema import Schema
from docsmith.model.verdicts import Verdict
from docsmith.plugin import hookspecs
from docsmith.plugin.calling import call, findings_of, unexpected
from docsmith.plugin.clash import clash
from docsmith.plugin.declared import declared_findings
from docsmith.plugin.discovery import MANIFEST_NAME, Candidate, candidates
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.options import configured
from docsmith.plugin.python import load_module, misbehaved
from docsmith.plugin.reading import Reading, broken, read
from docsmith.plugin.sheets import assemble, drafted
from docsmith.plugin.tidiness import put_back
from docsmith.plugin.trust import NOBODY, Trust

if TYPE_CHECKING:
    from docsmith.model.written import WrittenDocument


class Manager:
    """Every document type that could be found, by id, in the order of discovery.

    ``schema`` has the sheets of the contract and of all these types. A broken plugin is in ``broken``
    instead, by the name of its folder, with what is wrong with it: it stops only the runs that ask for it.
    Where two plugins have the same id, and the later one does not say that it overrides, that id is broken.
    ``overridden`` has the types that others have taken the place of, by id, the first one first. ``trust``
    says whose Python may run.
    """

    def __init__(self, found: Iterable[Candidate], trust: Trust = NOBODY) -> None:
        self.types: dict[str, DocumentType] = {}
        self.broken: dict[str, PluginError] = {}
        self.overridden: dict[str, tuple[DocumentType, ...]] = {}
        self.trust = trust
        self._given_up: dict[str, PluginError] = {}
        self._hooks = pluggy.PluginManager(hookspecs.PROJECT)
        self._hooks.add_hookspecs(hookspecs)
        self._callers: dict[tuple[str, str], pluggy.HookCaller] = {}
        drafts: list[Reading] = []
        for candidate in found:
            try:
                reading = read(candidate)
            except PluginError as error:
                self._give_up(candidate.folder, error)
                continue
            if reading.mistakes:
                drafts.append(reading)
            else:
                self._add(reading.document_type)
        self.schema = self._fit_together()
        for draft in drafts:
            self._give_up_draft(draft)

    @classmethod
    def discover(
        cls,
        *,
        user_folder: Path | None = None,
        workspace_folders: Iterable[Path] = (),
        folders: Iterable[Path] = (),
        trust: Trust = NOBODY,
    ) -> Manager:
        """Look in all places where plugins are (:func:`docsmith.plugin.discovery.candidates`)."""
        found = candidates(user_folder=user_folder, workspace_folders=workspace_folders, folders=folders)
        return cls(found, trust)

    def give_up(self, document_type: DocumentType, error: PluginError) -> None:
        """Let a type fail with this wherever it is used; the others can be used."""
        self._given_up[document_type.id] = error

    def _give_up(self, folder: Path, error: PluginError) -> None:
        """Keep what is wrong with a plugin, under the whole path where another folder has its name."""
        self.broken[str(folder) if folder.name in self.broken else folder.name] = error

    def _add(self, later: DocumentType) -> None:
        earlier = (*self.overridden.get(later.id, ()), *filter(None, [self.types.get(later.id)]))
        if earlier:
            self.overridden[later.id] = earlier
        if not earlier or later.manifest.overrides:
            self.types[later.id] = later
            return
        self.types.pop(later.id, None)
        self.overridden[later.id] = (*earlier, later)
        self.broken[later.id] = clash(earlier[-1], later)

    def _fit_together(self) -> Schema:
        """Return the sheets of the contract and of all document types; one that does not fit is broken."""
        schema, plans, misfits = assemble(self.types.values())
        for name, mistakes in misfits.items():
            folder = self.types.pop(name).folder
            self._give_up(folder, broken(folder, mistakes))
        for name, plan in plans.items():
            self.types[name] = self.types[name]._replace(plan=plan)
        return schema

    def _give_up_draft(self, reading: Reading) -> None:
        """Say all that is wrong with a plugin that could be read in part only."""
        draft = reading.document_type
        more = drafted(draft, self.types.values()).mistakes if reading.is_draft else ()
        self._give_up(draft.folder, broken(draft.folder, (*reading.mistakes, *more)))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the broken plugins."""
        return tuple(
            Finding(
                Severity.WARNING, error.message, error.hint, Place(f"{name}/{MANIFEST_NAME}"), "plugin-broken"
            )
            for name, error in self.broken.items()
        )

    def configure(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        """Apply the options of a workspace, by document type; raises :class:`UsageError`.

        Those of a broken plugin wait until it is mended.
        """
        for name, options in settings.items():
            if name in self.broken and name not in self.types:
                continue
            document_type = self.find(name)
            self.types[document_type.id] = configured(document_type, options)

    def find(self, name: str) -> DocumentType:
        """Return the type of that id, else title, else synonym; raises :class:`UsageError`.

        Spelling twins are the same: 台帐 and 台账, 满意度 and 满意率, 自检自查 and 自查自检.
        """
        if name in self.types:
            return self.types[name]
        if name in self.broken:
            raise self.broken[name]
        key = spelling_key(name)
        titled = [one for one in self.types.values() if key == spelling_key(one.title)]
        fitting = titled or [one for one in self.types.values() if key in map(spelling_key, names_of(one))]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            ids = "、".join(one.id for one in fitting)
            raise UsageError(
                _("{name} may mean several document types.").format(name=name),
                hint=_("Use one of their ids: {names}.").format(names=ids),
            )
        raise UsageError(
            _("There is no document type called {name}.").format(name=name), hint=self._hint(name)
        )

    def _hint(self, name: str) -> str:
        known = {spelling: one for one in self.types.values() for spelling in names_of(one)}
        close = nearest(name, known)
        if close is None:
            hints = [suggestion(name, self.types)]
        else:
            meant = f"{known[close].id}（{known[close].title}）"
            hints = [_("Did you mean {name}?").format(name=meant)]
        if self.broken:
            names = "、".join(self.broken)
            hints.append(_("Plugins that cannot be used: {names}; see docsmith types.").format(names=names))
        return " ".join(filter(None, hints))

    def use(self, document_types: Iterable[DocumentType]) -> None:
        """Load the Python of these types, one after the other, and check that every hook exists."""
        for document_type in document_types:
            if document_type.id in self._given_up:
                raise self._given_up[document_type.id]
            if self._hooks.has_plugin(document_type.id):
                continue
            module = self._load(document_type)
            self._callers.clear()  # they know the plugins that there were
            if module is not None:
                self._register(module, document_type)

    def _load(self, document_type: DocumentType) -> ModuleType | None:
        if document_type.manifest.python is None:
            return None
        code = self.trust.code_of(document_type)
        with put_back():
            return load_module(document_type, code)

    def _register(self, module: ModuleType, document_type: DocumentType) -> None:
        try:
            self._hooks.register(module, name=document_type.id)
            self._hooks.check_pending()
        except pluggy.PluginValidationError as error:
            self._hooks.unregister(name=document_type.id)
            raise misbehaved(document_type, document_type.manifest.python or "", str(error)) from error

    def build_context(
        self, dossier: Dossier, document_type: DocumentType, verdicts: Mapping[str, Verdict]
    ) -> Mapping[str, Any]:
        """Return what the owner of a document type adds to the context; empty without a hook."""
        hook = self._of_owner("docsmith_build_context", document_type)
        added = call(
            document_type,
            "docsmith_build_context",
            lambda: hook(dossier=dossier, document_type=document_type, verdicts=verdicts),
        )
        if added is not None and not isinstance(added, Mapping):
            raise unexpected(document_type, "docsmith_build_context", added, "Mapping")
        return added or {}

    def check_dossier(self, dossier: Dossier, document_type: DocumentType) -> tuple[Finding, ...]:
        """Return what a document type finds wrong with a branch's data, by its manifest and by its hook."""
        name = "docsmith_check_dossier"
        hook = self._of_owner(name, document_type)
        own = findings_of(document_type, name, lambda: hook(dossier=dossier, document_type=document_type))
        return (*declared_findings(document_type.plan, dossier), *own)

    def check_document(
        self, read: Callable[[], WrittenDocument], dossier: Dossier, document_type: DocumentType
    ) -> tuple[Finding, ...]:
        """Return what a document type finds wrong with a document, which is read if it has the hook."""
        name = "docsmith_check_document"
        hook = self._of_owner(name, document_type)
        if not hook.get_hookimpls():
            return ()
        own = {"document": read(), "dossier": dossier, "document_type": document_type}
        return findings_of(document_type, name, lambda: hook(**own))

    def _of_owner(self, hook: str, document_type: DocumentType) -> pluggy.HookCaller:
        """Return a hook as only the type's own plugin hears it: no plugin can speak for another's type."""
        key = (hook, document_type.id)
        if key not in self._callers:
            others = [plugin for name, plugin in self._hooks.list_name_plugin() if name != document_type.id]
            self._callers[key] = self._hooks.subset_hook_caller(hook, others)
        return self._callers[key]


def names_of(document_type: DocumentType) -> tuple[str, ...]:
    """Return everything that a person may call a document type."""
    return (document_type.id, document_type.title, *document_type.manifest.synonyms)
