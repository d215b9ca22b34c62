"""Everything wrong or worth a look, before a single document is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import NamedTuple

from docsmith import rules
from docsmith._i18n import gettext as _
from docsmith.engine.loading import examples_for
from docsmith.engine.portions import portions
from docsmith.engine.year import OtherYears, other_year
from docsmith.errors import DocsmithError, UntrustedError
from docsmith.model.dataset import Dataset
from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding, Place, Severity
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.sources.across import AcrossBranches
from docsmith.sources.shares import Source


class Stage(IntEnum):
    """Who found something, in the order in which a person reads it; the types follow one by one."""

    PLUGINS = 0
    DATA = 1
    YEAR = 2
    RULES = 3
    TYPES = 4


class Found(NamedTuple):
    """A finding, and its rank: the branches come portion by portion, each with what all stages find.

    Of two sheets, the one with the finding of lower rank was read first. A rank is a stage, and the number
    of a table's sheet in the schema.
    """

    rank: tuple[int, ...]
    finding: Finding


def check(
    source: Source,
    manager: Manager,
    document_types: Sequence[DocumentType],
    settings: rules.RuleSettings,
    survey: Survey,
    year: int | None,
    advance: Callable[[int], None] = lambda _branches: None,
) -> Iterator[Found]:
    """Yield the findings of the readers, of the rules, and of these document types for each branch.

    What two of them say of the same cell in the same words is there once, with the rule's article if there
    is one. A plugin that fails is a finding too. ``year`` is that of the data by default; ``advance`` is
    told how many branches are done with. Memory does not grow with their number, if the source is streamed.
    """
    checker = _Checker(source.head.dataset, manager, document_types, settings, survey, year)
    once = _Once()
    if next(source.names(), None) is None:
        yield Found((Stage.PLUGINS,), _no_branch())
    yield from once.new(checker.begin())
    with AcrossBranches() as across:
        for dataset in portions(source, advance):
            across.add(dataset)
            yield from once.new(checker.look_at(dataset))
            once.forget_branches()
        yield from checker.of_tables(across.findings())
    yield from once.new(checker.end())


class _Checker:
    """Looks at the head of a source, at its branches portion by portion, and at what all of them show."""

    def __init__(
        self,
        head: Dataset,
        manager: Manager,
        document_types: Sequence[DocumentType],
        settings: rules.RuleSettings,
        survey: Survey,
        year: int | None,
    ) -> None:
        self._head, self._manager, self._settings, self._survey = head, manager, settings, survey
        self._types = document_types
        self._year = year or head.unit.year
        self._examples = examples_for(head, manager.types.values(), manager.give_up)
        self._other_years = OtherYears(self._year)
        self._census = rules.Census(head.unit)
        self._broken: set[str] = set()
        self._sheets = {name: number for number, name in enumerate(head.schema.sheets, start=1)}
        self._tables: dict[tuple[str, str], int] = {}

    @property
    def _is_in_doubt(self) -> bool:
        """With the year or the report date in doubt, anything might look late to the rules."""
        return any(row.sheet == "unit" for row in self._head.failed)

    def begin(self) -> Iterator[Found]:
        """Yield what is said once, whatever the branches are."""
        yield from (Found((Stage.PLUGINS,), finding) for finding in self._manager.findings)
        of_rows = {row.finding: self._sheets[row.sheet] for row in self._head.failed}
        for finding in self._head.findings:
            yield Found((Stage.DATA, of_rows.get(finding, 0)), finding)
        yield from (Found((Stage.YEAR,), finding) for finding in other_year(self._head, self._year))

    def look_at(self, dataset: Dataset) -> Iterator[Found]:
        """Yield what is to say of some branches."""
        self._learn_tables(dataset)
        yield from self.of_tables(dataset.findings[len(self._head.findings) :])
        self._other_years.add(dataset)
        self._census.add(dataset)
        complete = replace(
            dataset,
            tables={**dataset.tables, **self._examples},
            examples=dataset.examples | self._examples.keys(),
            survey=self._survey,
        )
        for branch in complete.branches:
            yield from self._of_branch(complete.dossier(branch, self._year))

    def _of_branch(self, dossier: Dossier) -> Iterator[Found]:
        if not self._is_in_doubt:
            found = rules.check_branch(dossier, self._settings)
            yield from (Found((Stage.RULES,), finding) for finding in found)
        for stage, document_type in enumerate(self._types, start=Stage.TYPES):
            yield from (Found((stage,), finding) for finding in self._of_type(document_type, dossier))
        # What it keeps leads back to it: without this it would wait for the collector, with many others.
        dossier.kept.clear()

    def _learn_tables(self, dataset: Dataset) -> None:
        """Keep which sheet of the schema each table is: its rows say so."""
        for row in dataset.failed:
            place = row.finding.place
            self._tables.setdefault((place.file, place.sheet), self._sheets[row.sheet])
        for name, records in dataset.tables.items():
            for record in records:
                self._tables.setdefault((record.origin.file, record.origin.sheet), self._sheets[name])

    def of_tables(self, findings: Iterable[Finding]) -> Iterator[Found]:
        """Yield what the readers say of rows."""
        for finding in findings:
            table = finding.place.file, finding.place.sheet
            yield Found((Stage.DATA, self._tables.get(table, 0)), finding)

    def _of_type(self, document_type: DocumentType, dossier: Dossier) -> Iterator[Finding]:
        if document_type.id in self._broken:
            return
        try:
            self._manager.use([document_type])
            yield from self._manager.check_dossier(dossier, document_type)
        except DocsmithError as error:
            self._broken.add(document_type.id)
            code = "plugin-untrusted" if isinstance(error, UntrustedError) else "plugin-broken"
            yield Finding(Severity.WARNING, error.message, error.hint, code=code)

    def end(self) -> Iterator[Found]:
        """Yield what only all branches together show."""
        yield from (Found((Stage.YEAR,), finding) for finding in self._other_years.findings())
        if not self._is_in_doubt:
            found = rules.check_unit(self._census, self._year, self._settings)
            yield from (Found((Stage.RULES,), finding) for finding in found)


class _Once:
    """Lets each thing be said once, by whoever says it first."""

    def __init__(self) -> None:
        self._general: set[tuple[object, ...]] = set()
        self._of_branches: set[tuple[object, ...]] = set()

    def new(self, found: Iterable[Found]) -> Iterator[Found]:
        """Yield what was not said before."""
        for one in found:
            finding = one.finding
            said = self._of_branches if finding.branch else self._general
            key = (finding.place, finding.branch, finding.message)
            if key not in said:
                said.add(key)
                yield one

    def forget_branches(self) -> None:
        """Forget what was said of some branches: nobody speaks of them again."""
        self._of_branches.clear()


def _no_branch() -> Finding:
    """Return what to begin with, where there is no branch: every other sheet refers to them."""
    return Finding(
        Severity.ERROR,
        _("there is no branch in the data"),
        _("Begin with the sheet 支部, a row for each branch: the rows of other sheets name one of them."),
        Place(sheet="支部"),
        "no-branch",
    )
