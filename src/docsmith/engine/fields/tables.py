"""Fields for the tables that a manifest declares (``[[tables]]``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsmith._i18n import gettext as _
from docsmith.engine.fields.columns import column_field, columns_of
from docsmith.engine.tables.making import TITLES
from docsmith.engine.tables.rows import NUMBER, numbers_of
from docsmith.model.columns import Column
from docsmith.model.fields import Field, FieldKind
from docsmith.plugin.plan import RowsPlan


def table_field(plan: RowsPlan) -> Field:
    """Return a table with its parts, as :func:`docsmith.engine.tables.make_table` makes them."""
    if plan.month is None:
        parts = (*_part(plan, _row(plan), plan.groups), *_blanks(plan))
    else:
        months = (*_numbers(plan), _named("month", FieldKind.NUMBER), *_part(plan, _row(plan), ()))
        parts = _part(plan, months, ())
    example = _named("example", FieldKind.FLAG, (), _("whether the rows came with the type, as examples"))
    return Field(plan.name, plan.title, FieldKind.RECORD, fields=(*parts, example))


def _part(plan: RowsPlan, row: tuple[Field, ...], groups: Sequence[str]) -> tuple[Field, ...]:
    """Return what the table and each of its groups have."""
    totals = tuple(column_field(column)._replace(example="") for column in plan.totals)
    inner = (_named("groups", FieldKind.ROWS, _group(plan, groups)),) if groups else ()
    return (
        _named("count", FieldKind.NUMBER),
        _named("totals", FieldKind.RECORD, totals),
        _named("rows", FieldKind.ROWS, row),
        *inner,
    )


def _group(plan: RowsPlan, groups: Sequence[str]) -> tuple[Field, ...]:
    column = next(one for one in plan.all_columns if one.name == groups[0])
    key = column_field(column)._replace(name="key", title=TITLES["key"])
    return (key, *_part(plan, _row(plan), groups[1:]))


def _row(plan: RowsPlan) -> tuple[Field, ...]:
    """Return the columns of a row, an item's before its answer's, with the running number."""
    return (*_numbers(plan), *columns_of(_once(plan.all_columns)))


def _once(columns: Sequence[Column]) -> Iterator[Column]:
    taken: set[str] = set()
    for column in columns:
        if column.name not in taken:
            yield column
        taken.add(column.name)


def _numbers(plan: RowsPlan) -> tuple[Field, ...]:
    """Return the running number under the names that no column has."""
    names = numbers_of(plan)
    if not names:
        return ()
    english, chinese = (names[0], "") if len(names) == 1 else NUMBER
    return (Field(english, chinese, FieldKind.NUMBER),)


def _blanks(plan: RowsPlan) -> Iterator[Field]:
    if plan.minimum:
        blank = tuple(field._replace(example="") for field in _row(plan))
        yield _named("blanks", FieldKind.ROWS, blank, _("blank rows for a pen"))


def _named(name: str, kind: FieldKind, fields: tuple[Field, ...] = (), note: str = "") -> Field:
    return Field(name, TITLES[name], kind, note=note, fields=fields)
