"""Which branches a run is for: by name, by what the sheet 支部 says of them, or the first few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsmith._i18n import gettext as _
from docsmith.errors import SourceError, UsageError
from docsmith.model.columns import Column
from docsmith.model.conditions import Condition, ConditionError
from docsmith.model.nearest import suggestion
from docsmith.sources.branch_keys import branch_key
from docsmith.sources.shares import Source


def named_branches(known: Sequence[str], names: Sequence[str] = ()) -> list[str]:
    """Return those of these names that branches have, in the order of the data; all of them for no name.

    Raises :class:`UsageError` for a name that no branch has, with the nearest that one has, and
    :class:`SourceError` where there is no branch at all.
    """
    if not known:
        raise SourceError(
            _("There is no branch in the data, and so nothing to make."),
            hint=_("Fill in the sheet 支部, a row for each branch; docsmith check lists what else is wrong."),
        )
    wanted = {_named(name, known) for name in names}
    return [name for name in known if not names or name in wanted]


def select(
    source: Source, names: Sequence[str] = (), where: Sequence[str] = (), limit: int | None = None
) -> list[str]:
    """Return the branches that are asked for, in the order of the source.

    A branch whose own row cannot be read fits no condition and breaks none: it stays, and is reported. Raises
    :class:`UsageError` for a name that no branch has and for a condition that cannot be, and
    :class:`SourceError` where there is no branch at all.
    """
    chosen = named_branches(list(source.names()), names)
    if where:
        excluded = set(_excluded(source, where))
        chosen = [name for name in chosen if name not in excluded]
    if not chosen:
        raise UsageError(
            _("No branch is left: {conditions}.").format(conditions="; ".join(where)),
            hint=_("Look at the columns of the sheet 支部, and write the value as it stands there."),
        )
    return chosen[:limit]


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


def _condition(text: str, columns: Sequence[Column]) -> Condition:
    try:
        return Condition.parse(text, columns)
    except ConditionError as error:
        raise UsageError(f"--where {text}: {error.message}", hint=error.hint) from error


def _excluded(source: Source, where: Sequence[str]) -> Iterator[str]:
    columns = source.head.dataset.schema.sheets["branches"].columns
    conditions = [_condition(text, columns) for text in where]
    added = {one.column for one in conditions} - {column.name for column in columns}
    for branch in source.branches():
        added -= branch.extra.keys()
        if not all(condition.fits(branch) for condition in conditions):
            yield branch.name
    if added:
        name = min(added)
        raise UsageError(
            _("The sheet 支部 has no column {name}.").format(name=name),
            hint=suggestion(name, [word for column in columns for word in (column.name, column.title)]),
        )
