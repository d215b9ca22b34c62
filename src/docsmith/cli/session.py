"""What every command starts from: the workspace, the document types, and, on demand, the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import trusted_plugins
from docsmith.engine.loading import load_dataset, open_data
from docsmith.engine.plugins.permission import Permission
from docsmith.engine.workspace import FILE_NAME, Workspace, blaming, parse_period
from docsmith.errors import UsageError
from docsmith.model.schema import Schema
from docsmith.plugin.discovery import Candidate, candidates
from docsmith.plugin.manager import Manager
from docsmith.plugin.sheets import assemble
from docsmith.rules import RuleSettings

if TYPE_CHECKING:
    from docsmith.model.dataset import Dataset
    from docsmith.plugin.document_type import DocumentType
    from docsmith.sources.shares import Source


class Session:
    """The workspace around the current folder, and every document type that can be found from it."""

    def __init__(self, workspace: Workspace, manager: Manager, plugins: Mapping[str, Any]) -> None:
        self.workspace = workspace
        self.manager = manager
        self.plugins = plugins
        """Where the manager has looked for plugins, and whose Python runs: what it was given."""

    @classmethod
    def start(cls, plugin_dirs: Sequence[Path] = ()) -> Session:
        """Find workspace and plugins; raises :class:`UsageError` and ``PluginError`` for what is wrong."""
        workspace = Workspace.find(Path.cwd())
        plugins: dict[str, Any] = {
            "user_folder": own_folder() / "plugins",
            "workspace_folders": workspace.plugins,
            "folders": tuple(folder.absolute() for folder in plugin_dirs),
            "trust": Permission.read(own_folder()).trust(workspace, trusted_plugins()),
        }
        manager = Manager.discover(**plugins)
        with blaming(workspace.file):
            manager.configure(workspace.types)
        return cls(workspace, manager, plugins)

    def candidates(self) -> list[Candidate]:
        """Return every plugin that was found, whatever has become of it, in the order of discovery."""
        return candidates(**{name: place for name, place in self.plugins.items() if name != "trust"})

    @cached_property
    def rules(self) -> RuleSettings:
        """What the workspace decides about the rules."""
        with blaming(self.workspace.file):
            return RuleSettings.from_table(self.workspace.rules)

    def types(self, names: Sequence[str]) -> list[DocumentType]:
        """Return the document types of these names, each once; without any, those of the evaluation pack.

        Raises :class:`UsageError` for a name that no type has.
        """
        if names:
            found = map(self.manager.find, names)
            return list({one.id: one for one in found}.values())
        with blaming(self.workspace.file):
            pack = [self.manager.find(name) for name in self.workspace.pack]
        usual = (one for one in self.manager.types.values() if one.manifest.pack)
        return list({one.id: one for one in pack or usual}.values())

    def workbook(self, names: Sequence[str]) -> Schema:
        """Return the sheets to fill in: those that types of these names need, with the columns that they add.

        Without names they are docsmith's own, and those of the evaluation pack. Where a type leans on what
        another one adds, all columns are there. Raises :class:`UsageError`.
        """
        types = self.types(names)
        needed = {sheet.name for one in types for sheet in one.manifest.sheets}
        needed.update(() if names else Schema.built_in().sheets, *(one.uses for one in types))
        alone = assemble(types)
        sheets = (self.manager.schema if alone.misfits else alone.schema).sheets
        return Schema({name: sheet for name, sheet in sheets.items() if name in needed})

    def paths(self, data: Sequence[str | Path]) -> tuple[str | Path, ...]:
        """Return where the data is, paths or a URL: what the command names, else what the workspace does."""
        found = tuple(data) or self.workspace.data
        if found:
            return found
        if self.workspace.file:
            raise UsageError(
                _("{file} does not say where the data is.").format(file=self.workspace.file),
                hint=_("Write data = '数据.xlsx' in it, or name the data with --data."),
            )
        raise UsageError(
            _("There is no {name} here or in a folder above, and no --data.").format(name=FILE_NAME),
            hint=_("Make a workspace with: docsmith init DIR"),
        )

    def load(
        self, data: Sequence[str | Path], *, year: int | None = None, clean_pinyin: bool = False
    ) -> Dataset:
        """Read the data; raises :class:`docsmith.errors.SourceError`."""
        paths, workspace = self.paths(data), self.workspace
        with blaming(workspace.file):
            return load_dataset(
                paths,
                self.manager,
                workspace.imports,
                workspace.survey,
                year=year,
                clean_pinyin=clean_pinyin,
            )

    def open(
        self, data: Sequence[str | Path], *, year: int | None = None, clean_pinyin: bool = False
    ) -> Source:
        """Open the data to be read in shares; raises :class:`docsmith.errors.SourceError`."""
        paths, workspace = self.paths(data), self.workspace
        with blaming(workspace.file):
            return open_data(paths, self.manager, workspace.imports, year=year, clean_pinyin=clean_pinyin)

    def year(self, period: str | None) -> int | None:
        """Return the year that is asked for: the command's, else the workspace's, else ``None``.

        Raises :class:`UsageError` for a period that is no year.
        """
        return parse_period(period) if period else self.workspace.period


def own_folder() -> Path:
    """Return the person's own folder, where their plugins are, and what they have allowed."""
    return Path(click.get_app_dir("docsmith"))
