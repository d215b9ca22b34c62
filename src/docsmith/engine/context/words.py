"""What the values of a schema are called in a context, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from docsmith.engine.context.makers import BRANCHES, NAMING, figures_of, rows_of
from docsmith.engine.context.values import Maker
from docsmith.engine.plain import Converter
from docsmith.model.columns import Sheet
from docsmith.model.records import Unit
from docsmith.model.schema import Schema

TWINS = {
    "type": "文种",
    "unit": "单位",
    "branch": "支部",
    "year": "年度",
    "as_of": "截至日期",
    "figures": "数据",
    "record": "记录",
}
"""The Chinese names of what is no sheet; sheets have their titles."""
_OF_ONE_BRANCH = frozenset({"branch", "支部", "figures", "数据"})


class Words:
    """What the values of a schema are called, and how they are made plain; the same for all branches."""

    def __init__(self, schema: Schema) -> None:
        self.convert = Converter(schema)
        titles = {sheet.name: sheet.title for sheet in schema.sheets.values()}
        self.sheets = {name: title for name, title in titles.items() if name not in ("unit", "branches")}
        self.twins = twins_of(schema)
        self.choices = schema.choices()
        self.naming = named(TWINS, NAMING)
        rows: dict[str, Maker] = {name: partial(rows_of, name) for name in self.sheets}
        records = named({**TWINS, **self.sheets}, {**rows, "figures": figures_of})
        self.default = {**self.naming, **records}
        self.of_unit = _of_unit(self.default)
        self.naming_of_unit = _without_branch(self.naming)
        self._unit: tuple[Unit, dict[str, Any]] | None = None

    def unit(self, unit: Unit) -> dict[str, Any]:
        """Return the unit made plain; all branches of a run have the same."""
        last = self._unit
        if last is None or last[0] is not unit:
            last = self._unit = (unit, self.convert.record(unit))
        return last[1]


def words_of(schema: Schema) -> Words:
    """Return the words of a schema, the same for the same sheets."""
    return _words(tuple(schema.sheets.values()))


@lru_cache(maxsize=8)
def _words(sheets: tuple[Sheet, ...]) -> Words:
    return Words(Schema({sheet.name: sheet for sheet in sheets}))


def named(pairs: Mapping[str, str], makers: Mapping[str, Maker]) -> dict[str, Maker]:
    """Return makers under their names and, where nothing else has that, under their twins."""
    return {**{pairs[name]: make for name, make in makers.items() if name in pairs}, **makers}


def twins_of(schema: Schema) -> Mapping[str, str]:
    """Return each name at the top of a context by its twin; 支部 is the branch, not the sheet of them."""
    pairs = {**{sheet.name: sheet.title for sheet in schema.sheets.values()}, **TWINS}
    return pairs | {chinese: name for name, chinese in pairs.items()}


def _of_unit(makers: Mapping[str, Maker]) -> Mapping[str, Maker]:
    """Return those makers that a document of the whole unit has: all branches, in the place of one."""
    return {**_without_branch(makers), "branches": BRANCHES, "支部": BRANCHES}


def _without_branch(makers: Mapping[str, Maker]) -> Mapping[str, Maker]:
    return {name: make for name, make in makers.items() if name not in _OF_ONE_BRANCH}
