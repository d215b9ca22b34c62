"""What one document is made for: a branch, the whole unit, or a row of a sheet, as ``per`` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from docsmith._i18n import gettext as _
from docsmith.model.conditions import Condition
from docsmith.model.ordering import SortKey, ordered
from docsmith.model.records import BranchRecord
from docsmith.model.shown import records_of
from docsmith.plugin.lookup import Columns, Lookup

if TYPE_CHECKING:
    from docsmith.model.dossier import Dossier
    from docsmith.model.rows import Record
    from docsmith.plugin.manifest import Manifest

BRANCH, UNIT = "branch", "unit"


class PerRow(NamedTuple):
    """The rows of a sheet (its English name) that have a document each, and the order of the documents."""

    sheet: str
    where: tuple[Condition, ...] = ()
    sort: tuple[SortKey, ...] = ()

    def rows(self, dossier: Dossier) -> list[Record]:
        """Return the rows of a branch that have documents: activities and talks are those of the year."""
        rows: Iterable[Record] = records_of(dossier, self.sheet)
        if self.where:
            rows = [row for row in rows if all(one.fits(row) for one in self.where)]
        return ordered(rows, self.sort)


def per_row(manifest: Manifest, lookup: Lookup) -> PerRow | None:
    """Return which rows have documents, ``None`` where there is one for a branch or the unit.

    What ``per``, ``where`` and ``sort`` cannot mean is added to the mistakes of ``lookup``.
    """
    if manifest.per in (BRANCH, UNIT):
        if "per" not in manifest.wrong:
            _check_alone(manifest, lookup)
        return None
    sheet = lookup.sheet(manifest.per, "per")
    if sheet is None:
        return None
    if not issubclass(sheet.record, BranchRecord):
        mistake = _("the rows of the sheet {sheet} belong to no branch.").format(sheet=sheet.title)
        lookup.say("per", mistake, _("Expected branch, unit, or a sheet with a column 支部."))
        return None
    columns = Columns(sheet.title, sheet.columns)
    return PerRow(
        sheet.name,
        lookup.conditions(manifest.where, columns, "where"),
        lookup.sort_keys(manifest.sort, columns, "sort"),
    )


def _check_alone(manifest: Manifest, lookup: Lookup) -> None:
    for key in ("where", "sort"):
        if getattr(manifest, key):
            lookup.say(key, _("it goes with per = a sheet alone."), _("In tables, each has its own."))
    if manifest.per == UNIT and manifest.python:
        lookup.say("python", _("it does not go with per = “unit”: hooks are called for a branch each."))
