"""A document type: what a plugin adds to docsmith."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from docsmith.plugin.manifest import Manifest
from docsmith.plugin.origins import Origin
from docsmith.plugin.plan import Plan


class DocumentType(NamedTuple):
    """A document type as a run sees it.

    ``origin`` says in words where it comes from, ``kind`` what kind of place that is; ``folder`` is the
    plugin's own folder, ``template`` the .docx. ``options`` are the manifest's, changed by the workspace.
    ``plan`` is what the manifest means with the sheets of the run.
    """

    manifest: Manifest
    folder: Path
    template: Path
    origin: str
    options: Mapping[str, Any] = MappingProxyType({})
    kind: Origin = Origin.COMMAND
    plan: Plan = Plan()

    @property
    def id(self) -> str:
        """The id in kebab-case English: ``self-check``."""
        return self.manifest.id

    @property
    def title(self) -> str:
        """The Chinese title: 自检自查表."""
        return self.manifest.title

    @property
    def uses(self) -> tuple[str, ...]:
        """The sheets that the document needs, by their English names: the unit, the branches, and others."""
        return self.plan.uses
