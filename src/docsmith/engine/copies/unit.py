"""Documents of the whole unit: made from the rows of all branches, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from docsmith._i18n import gettext as _
from docsmith.engine.pipeline import Made, Pipeline
from docsmith.errors import UsageError
from docsmith.model.dataset import Dataset
from docsmith.model.findings import Finding, Severity
from docsmith.model.schema import Schema
from docsmith.plugin.document_type import DocumentType
from docsmith.template import Template

_MOST_TOLD = 20


def sheets_of(document_type: DocumentType, template: Template, schema: Schema) -> frozenset[str]:
    """Return the sheets that a document of this type is made from: those it uses, and those it names."""
    named = (sheet.name for sheet in schema.sheets.values() if {sheet.name, sheet.title} & {*template.fields})
    return frozenset(named).union(document_type.uses, ("unit", "branches"))


def made_of_unit(pipeline: Pipeline, document_type: DocumentType, template: Template, year: int) -> Made:
    """Make the document of the whole unit; any row of its sheets that could not be read stops it.

    Raises :class:`docsmith.errors.DocsmithError` for what its template does wrong.
    """
    dataset = pipeline.dataset
    sheets = sheets_of(document_type, template, dataset.schema)
    if stopped := _stopping(dataset, sheets):
        return Made(None, stopped)
    made = pipeline.made(document_type, template, dataset.dossier_of_unit(year))
    return made._replace(findings=(*made.findings, *_checked(pipeline, document_type, year)))


def _stopping(dataset: Dataset, sheets: frozenset[str]) -> tuple[Finding, ...]:
    found = [row.finding for row in dataset.failed if row.sheet in sheets]
    rest = _("{number} more cells that it needs cannot be read.").format(number=len(found) - _MOST_TOLD)
    return _first(
        found, Finding(Severity.ERROR, rest, _("docsmith check lists all of them."), code="unit-stopped")
    )


def _checked(pipeline: Pipeline, document_type: DocumentType, year: int) -> tuple[Finding, ...]:
    """Return what the type itself finds wrong: its rules speak of one branch after another."""
    plan = document_type.plan
    if not (plan.rules or plan.tables):
        return ()
    dataset, check = pipeline.dataset, pipeline.manager.check_dossier
    dossiers = (dataset.dossier(branch, year) for branch in dataset.branches)
    found = list(dict.fromkeys(one for dossier in dossiers for one in check(dossier, document_type)))
    rest = _("{number} more things are wrong with its data.").format(number=len(found) - _MOST_TOLD)
    return _first(
        found, Finding(Severity.WARNING, rest, _("docsmith check lists all of them."), code="unit-more")
    )


def _first(found: Sequence[Finding], rest: Finding) -> tuple[Finding, ...]:
    """Return findings, but of many the first only, and then how many there are."""
    return tuple(found) if len(found) <= _MOST_TOLD else (*found[:_MOST_TOLD], rest)


def makeable(
    document_types: Sequence[DocumentType], *, is_partial: bool
) -> tuple[list[DocumentType], tuple[Finding, ...]]:
    """Return the types that a run can make, and what to say of those that it cannot.

    A run for some branches only makes no document of the whole unit: it would pass for one of all branches.
    Raises :class:`UsageError` where nothing is left to make.
    """
    left_out = [one for one in document_types if is_partial and one.manifest.per == "unit"]
    kept = [one for one in document_types if one not in left_out]
    if left_out and not kept:
        titles = "、".join(one.title for one in left_out)
        raise UsageError(
            _("{types}: such a document is of the whole unit, not of some branches.").format(types=titles),
            hint=_("Leave --branch, --where and --limit out."),
        )
    return kept, tuple(_not_made(one) for one in left_out)


def without_rows(
    document_types: Sequence[DocumentType], dataset: Dataset, made: Collection[str]
) -> Iterator[Finding]:
    """Yield a note for each type that is made for rows and has no document among those ``made``."""
    for one in document_types:
        if one.plan.per and one.id not in made:
            sheet = dataset.schema.sheets[one.plan.per.sheet].title
            message = _("{title} was not made: no row of the sheet {sheet} is meant.")
            yield Finding(
                Severity.WARNING,
                message.format(title=one.title, sheet=sheet),
                _("Its plugin.toml says which rows are; talks and activities are those of the year."),
                code="no-rows-for-documents",
            )


def _not_made(document_type: DocumentType) -> Finding:
    return Finding(
        Severity.WARNING,
        _("{title} was not made: it is of the whole unit, and this run was for some branches.").format(
            title=document_type.title
        ),
        _("Give the command without --branch, --where and --limit."),
        code="unit-not-made",
    )
