"""Which branches a batch is for: by name, by what the sheet 支部 says of them, or the first few."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError, UsageError
from docsmith.model.columns import Column
from docsmith.model.dates import PartialDate
from docsmith.model.nearest import suggestion
from docsmith.model.records import Branch
from docsmith.model.schema import Schema
from docsmith.sources.branch_keys import branch_key
from docsmith.sources.shares import Source

_NARROW = str.maketrans("＝！｜", "=!|")  # as Chinese keyboards type them
_CONDITION = re.compile(r"\s*([^=!|]+?)\s*(!?=)\s*(.*?)\s*")


class Condition(NamedTuple):
    """One ``--where``: a column of 支部 is, or is not, one of some values; ``""`` is an empty cell."""

    column: str
    is_wanted: bool
    values: frozenset[str]

    @classmethod
    def parse(cls, text: str, schema: Schema) -> Condition:
        """Read ``kind=普通支部|联合支部`` or ``书记!=``; raises :class:`UsageError`.

        A column goes by its English name or its title; any other name means one that the unit has added.
        """
        match = _CONDITION.fullmatch(text.translate(_NARROW))
        if not match:
            raise UsageError(
                _("--where {condition} is no condition.").format(condition=text),
                hint=_("For example: --where {example}").format(example="kind=普通支部"),
            )
        columns = _columns(schema)
        column = columns.get(match[1])
        values = frozenset(value.strip() for value in match[3].split("|"))
        if column and column.choices and (unknown := sorted(values - {*column.choices, ""})):
            raise UsageError(
                _("--where {condition}: {column} is never {value}.").format(
                    condition=text, column=column.title, value=unknown[0]
                ),
                hint=_("Expected one of: {choices}.").format(choices="、".join(column.choices)),
            )
        return cls(column.name if column else match[1], match[2] == "=", values)

    def fits(self, branch: Branch) -> bool:
        """Say whether a branch is wanted."""
        cell = (
            getattr(branch, self.column) if self.column in branch.columns else branch.extra.get(self.column)
        )
        return (_as_typed(cell) in self.values) is self.is_wanted


def _as_typed(cell: object) -> str:
    """Return a value as a person types it after ``--where``."""
    if isinstance(cell, PartialDate):
        return cell.iso()
    return "、".join(cell) if isinstance(cell, tuple) else "" if cell is None else str(cell)


def _columns(schema: Schema) -> Mapping[str, Column]:
    columns = schema.sheets["branches"].columns
    return {name: column for column in columns for name in (column.name, column.title)}


def select(
    source: Source, names: Sequence[str] = (), where: Sequence[str] = (), limit: int | None = None
) -> list[str]:
    """Return the branches that are asked for, in the order of the source.

    A branch whose own row cannot be read fits no condition and breaks none: it stays, and is reported. Raises
    :class:`UsageError` for a name that no branch has and for a condition that cannot be, and
    :class:`SourceError` where there is no branch at all.
    """
    all_names = list(source.names())
    if not all_names:
        raise SourceError(
            _("There is no branch in the data, and so nothing to make."),
            hint=_("Fill in the sheet 支部, a row for each branch; docsmith check lists what else is wrong."),
        )
    wanted = {_named(name, all_names) for name in names} if names else set(all_names)
    if where:
        wanted -= set(_excluded(source, where))
    chosen = list(itertools.islice((name for name in all_names if name in wanted), limit))
    if not chosen:
        raise UsageError(
            _("No branch is left: {conditions}.").format(conditions="; ".join(where)),
            hint=_("Look at the columns of the sheet 支部, and write the value as it stands there."),
        )
    return chosen


def _named(name: str, known: Sequence[str]) -> str:
    """Return the branch that a person means, spelt as rows of data may spell it."""
    if name in known:
        return name
    key = branch_key(name.strip(), ())
    alike = [one for one in known if branch_key(one, ()) == key]
    if len(alike) == 1:
        return alike[0]
    raise UsageError(
        _("There is no branch called {name}.").format(name=name), hint=suggestion(name, alike or known)
    )


def _excluded(source: Source, where: Sequence[str]) -> Iterator[str]:
    schema = source.head.dataset.schema
    conditions = [Condition.parse(text, schema) for text in where]
    added = {one.column for one in conditions} - {column.name for column in _columns(schema).values()}
    for branch in source.branches():
        added -= branch.extra.keys()
        if not all(condition.fits(branch) for condition in conditions):
            yield branch.name
    if added:
        name = min(added)
        raise UsageError(
            _("The sheet 支部 has no column {name}.").format(name=name),
            hint=suggestion(name, _columns(schema)),
        )
