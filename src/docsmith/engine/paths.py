"""Where each document goes: ``<out>/<year>/<branch>/<name>.docx``, the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from docsmith.engine.context import naming_context
from docsmith.engine.names import MOST_BYTES, collision_key, distinct_names, safe_name
from docsmith.errors import DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.model.records import Branch
from docsmith.plugin.document_type import DocumentType
from docsmith.template import render_text

SUFFIX = ".docx"
# The ending, and （新99）: what may still come behind a document's name.
_MOST_BYTES_OF_STEM = MOST_BYTES - len(f"（新99）{SUFFIX}".encode())


class Paths:
    """The paths of all documents of a dataset.

    They depend on all branches and all document types, never on those that one run asks for: a document has
    the same name whether it is made alone or with others.
    """

    def __init__(
        self, out: Path, dataset: Dataset, document_types: Iterable[DocumentType], year: int
    ) -> None:
        self.out = out
        self._dataset = dataset
        self._types = list(document_types)
        self._year = year
        self._names: dict[str, Mapping[str, str]] = {}

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        names = self._dataset.branch_names
        return dict(zip(names, distinct_names(names), strict=True))

    def folder_of(self, branch: str) -> Path:
        """Return the folder of a branch's documents, by the name of the branch."""
        return self.out / str(self._year) / self._folders[branch]

    def path_of(self, document_type: DocumentType, branch: Branch) -> Path:
        """Return the path of a document.

        Raises :class:`docsmith.errors.TemplateError` for a pattern that names what it cannot have.
        """
        own = self._name(document_type, branch)
        if branch.name not in self._names:
            self._names[branch.name] = self._names_of(branch)
        key = collision_key(own)
        alike = [one for one, name in self._names[branch.name].items() if collision_key(name) == key]
        if len(alike) > 1:
            own = safe_name(own, _MOST_BYTES_OF_STEM - len(document_type.id) - 1) + f"-{document_type.id}"
        return self.folder_of(branch.name) / f"{own}{SUFFIX}"

    def _names_of(self, branch: Branch) -> Mapping[str, str]:
        """Return the names of a branch's documents by type; a type whose pattern is wrong has none."""
        names = {}
        for document_type in self._types:
            try:
                names[document_type.id] = self._name(document_type, branch)
            except DocsmithError:  # told when a document of that type is asked for
                continue
        return names

    def _name(self, document_type: DocumentType, branch: Branch) -> str:
        dossier = self._dataset.dossier(branch, self._year)
        context = naming_context(dossier, document_type, self._dataset.schema)
        text = render_text(document_type.manifest.output, context, f"{document_type.id} output")
        return safe_name(text, _MOST_BYTES_OF_STEM)
