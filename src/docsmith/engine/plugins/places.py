"""Where plugins are installed: the workspace's folder and the person's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.engine.plugins.listing import OWN_FOLDER
from docsmith.engine.workspace import FILE_NAME, Workspace
from docsmith.errors import PluginError, UsageError
from docsmith.model.nearest import spelling_key, suggestion
from docsmith.plugin.discovery import Candidate, candidates
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import names_of
from docsmith.plugin.origins import Origin
from docsmith.plugin.reading import read_plugin

_WRITABLE = (Origin.WORKSPACE, Origin.USER)


class Installed(NamedTuple):
    """A plugin that was found: its type, or what is wrong with it."""

    candidate: Candidate
    document_type: DocumentType | None
    error: PluginError | None = None

    @property
    def id(self) -> str:
        """Its id; the name of its folder where that cannot be read."""
        return self.document_type.id if self.document_type else self.candidate.folder.name

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that a person may call it: id, title, synonyms; its folder where it cannot be read."""
        return names_of(self.document_type) if self.document_type else (self.id,)

    def is_called(self, name: str) -> bool:
        """Say whether a person means this one; spelling twins are the same."""
        return spelling_key(name) in map(spelling_key, self.names)


def installed(user_folder: Path, workspace: Workspace) -> Iterator[Installed]:
    """Yield every plugin that a run in this workspace finds, in the order of discovery."""
    return read_all(candidates(user_folder=user_folder, workspace_folders=workspace.plugins))


def read_all(found: list[Candidate]) -> Iterator[Installed]:
    """Yield plugins with their manifests, or with what is wrong with them."""
    for candidate in found:
        try:
            yield Installed(candidate, read_plugin(candidate))
        except PluginError as error:
            yield Installed(candidate, None, error)


def place_for(workspace: Workspace) -> Path:
    """Return the folder of a workspace's own plugins; raises :class:`UsageError` outside of any workspace."""
    if workspace.file is None:
        raise UsageError(
            _("There is no {name} here or in a folder above.").format(name=FILE_NAME),
            hint=_("Make a workspace with docsmith init DIR, or install it for yourself with --user."),
        )
    return workspace.file.parent / OWN_FOLDER


def own_plugin(name: str, found: Iterable[Installed], *, user_only: bool = False) -> Installed:
    """Return the plugin that is called so, and that a person has installed.

    Raises :class:`UsageError` where there is none, or where it is not for docsmith to take away.
    """
    everything = list(found)
    fitting = [one for one in everything if one.id == name]
    fitting = fitting or [one for one in everything if one.is_called(name)]
    kinds = (Origin.USER,) if user_only else _WRITABLE
    own = [one for one in fitting if one.candidate.kind in kinds]
    if own:
        return own[-1]
    if not fitting:
        mine = [known for one in everything if one.candidate.kind in kinds for known in one.names]
        fixed = _("What comes with docsmith, or with a package, cannot be removed.")
        raise UsageError(
            _("There is no plugin called {name}.").format(name=name),
            hint=f"{suggestion(name, mine)} {fixed}".strip(),
        )
    other = fitting[-1].candidate
    if other.kind is Origin.PACKAGE:
        hint = _("Remove the package with pip: python -m pip uninstall NAME")
    elif other.kind is Origin.BUNDLED:
        hint = _("It comes with docsmith. A batch makes the types that pack in docsmith.toml lists.")
    else:
        hint = _("It lies in {folder}.").format(folder=other.folder)
    raise UsageError(
        _("{name} was not installed here: {origin}.").format(name=name, origin=other.origin), hint=hint
    )
