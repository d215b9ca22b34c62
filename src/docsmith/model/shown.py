"""The records that documents show: of events those of the year, of everything else all."""

from __future__ import annotations

from typing import Any

from docsmith.model.dossier import Dossier

EVENTS = ("activities", "talks")


def records_of(dossier: Dossier, sheet: str) -> tuple[Any, ...]:
    """Return the records of a sheet, by its English name, as templates have them under the sheet's name."""
    records: tuple[Any, ...] = getattr(dossier, sheet) if sheet in EVENTS else dossier.rows(sheet)
    return records
