"""One document: from all that is known about a branch to the bytes of a .docx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from docsmith import rules
from docsmith._i18n import gettext as _
from docsmith.engine.context import Context, default_context, extended
from docsmith.engine.year import other_year
from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Severity
from docsmith.model.missing import Missing
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.template import Beside, Properties, Template

if TYPE_CHECKING:
    from docsmith.model.pictures import Pictures, Stamp
    from docsmith.model.written import WrittenDocument


class Made(NamedTuple):
    """A finished document and what is worth saying of it; ``content`` is ``None`` where it was stopped.

    ``pictures`` are those beside the data that it asked for, as they were before they were read.
    """

    content: bytes | None
    findings: tuple[Finding, ...]
    pictures: tuple[Stamp, ...] = ()


class Pipeline(NamedTuple):
    """Makes documents of any type from one dataset. Every one is a pure function of data and template."""

    dataset: Dataset
    manager: Manager
    settings: rules.RuleSettings

    def make(self, document_type: DocumentType, template: Template, dossier: Dossier) -> Made:
        """Make one document; a row that it needs and that could not be read stops it.

        Raises :class:`docsmith.errors.DocsmithError` for what its plugin or its template does wrong.
        """
        if stopped := self.stopped_by(document_type, dossier.branch.name):
            return Made(None, stopped)
        return self.made(document_type, template, dossier)

    def made(
        self,
        document_type: DocumentType,
        template: Template,
        dossier: Dossier,
        title: str = "",
        apart: str = "",
    ) -> Made:
        """Make one document that nothing stops; ``title`` is what its properties call it.

        ``apart`` is a sheet of which no row but its own is in the document. Raises as :meth:`make` does.
        """
        is_of_unit = document_type.manifest.per == "unit"
        branch = "" if is_of_unit else dossier.branch.name
        context = self.context(document_type, dossier)
        properties = Properties(
            title=title or f"{dossier.branch.name}{document_type.title}",
            creator=dossier.unit.name,
            document_type=document_type.id,
            version=document_type.manifest.version,
        )
        shown: dict[str, Stamp] = {}
        rendered = template.make(context, properties, self._beside(context, shown))
        checked = (
            ()
            if is_of_unit
            else (
                *self.manager.check_dossier(dossier, document_type),
                *self.manager.check_document(partial(_read, rendered.data), dossier, document_type),
            )
        )
        missing = _missing(rendered.missing, branch)
        absent = _absent(rendered.absent, branch)
        doubts = (*_partial(document_type, dossier, branch, apart), *other_year(self.dataset, dossier.year))
        return Made(rendered.data, (*doubts, *checked, *absent, *missing), tuple(shown.values()))

    def context(self, document_type: DocumentType, dossier: Dossier) -> Context:
        """Return everything that a document may name; raises what the plugin's Python raises."""
        schema = self.dataset.schema
        if document_type.manifest.per == "unit":
            return default_context(dossier, document_type, schema)
        verdicts = rules.evaluate(dossier, self.settings)
        added = self.manager.build_context(dossier, document_type, verdicts)
        return extended(default_context(dossier, document_type, schema), added, schema)

    def _beside(self, context: Context, shown: dict[str, Stamp]) -> Beside:
        pictures = self.dataset.pictures
        return Beside(context.choices, partial(_picture, pictures, shown) if pictures else None)

    def stopped_by(self, document_type: DocumentType, branch: str) -> tuple[Finding, ...]:
        """Return what is wrong with the rows that a document needs and that could not be read."""
        return tuple(row.finding for row in self.dataset.stopping(branch) if row.sheet in document_type.uses)


def _picture(pictures: Pictures, shown: dict[str, Stamp], name: str) -> bytes:
    """Read a picture, and note it as it was before: one that is saved meanwhile is changed the next time."""
    shown.setdefault(name, pictures.stamp(name))
    return pictures.read(name)


def _read(document: bytes) -> WrittenDocument:
    """Read a finished document again: with lxml, which takes 12 ms to import, where a plugin wants it."""
    from docsmith.template.reading import read_document

    return read_document(document)


def _partial(document_type: DocumentType, dossier: Dossier, branch: str, apart: str) -> Iterator[Finding]:
    """Yield a warning where rows may be missing that the document counts: its own would have stopped it."""
    if dossier.unread.intersection(document_type.uses) - {apart}:
        yield Finding(
            Severity.WARNING,
            _("part of the data could not be read: what this document counts may be incomplete"),
            _("docsmith check says what it is; mend it, and make the document again."),
            code="data-partial",
            branch=branch,
        )


def _missing(marks: Iterable[Missing], branch: str) -> tuple[Finding, ...]:
    """Return one finding for each field that was printed as missing, in the order of the document."""
    once = {(mark.label, mark.place): mark for mark in marks}
    return tuple(
        Finding(
            Severity.INFO,
            _("{name} is empty, and printed as （待补充）.").format(name=mark.label),
            _("Fill in the cell and make the document again, or write it in by hand."),
            mark.place,
            "field-missing",
            branch,
        )
        for mark in once.values()
    )


def _absent(pictures: Iterable[tuple[str, str]], branch: str) -> tuple[Finding, ...]:
    """Return one finding for each picture that could not be used."""
    return tuple(
        Finding(
            Severity.WARNING,
            _("The picture {path} is not in the document: {reason}").format(path=path, reason=reason),
            _("Put the file there, or glue the picture in where （照片） stands."),
            code="picture-absent",
            branch=branch,
        )
        for path, reason in pictures
    )
