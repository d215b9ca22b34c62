"""The table ``[survey]`` of ``docsmith.toml``, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.nearest import suggestion
from docsmith.model.survey import USUAL_SURVEY, Formula, Survey

_KEYS = ("grades", "satisfied", "points", "formula")
_MOST_POINTS = 100


def read_survey(table: Mapping[str, Any]) -> Survey:
    """Return what the table decides; raises :class:`UsageError` for what is unknown or does not fit together.

    The usual ``satisfied`` and ``points`` are those of the usual grades: with grades of its own, a unit
    states what its formula needs.
    """
    for name in table:
        if name not in _KEYS:
            raise UsageError(
                _("[survey] has no setting {name}.").format(name=name), hint=suggestion(name, _KEYS)
            )
    grades, formula = _grades(table), _formula(table)
    usual = USUAL_SURVEY if grades == USUAL_SURVEY.grades else Survey(grades, satisfied=(), points=())
    satisfied = tuple(_listed(table, "satisfied", usual.satisfied))
    if satisfied != grades[: len(satisfied)] or (formula is Formula.B and not satisfied):
        hint = _("Expected the best of the grades {grades}.").format(grades="、".join(grades))
        raise _wrong("satisfied", list(satisfied), hint)
    return Survey(grades, satisfied, _points(table, usual, formula), formula)


def _grades(table: Mapping[str, Any]) -> tuple[str, ...]:
    grades = _listed(table, "grades", USUAL_SURVEY.grades)
    texts = tuple(grade for grade in grades if isinstance(grade, str) and grade.strip())
    if not 3 <= len(set(texts)) == len(grades) <= 6:
        hint = _("Expected three to six different grades, the best one first.")
        raise _wrong("grades", grades, hint)
    return texts


def _formula(table: Mapping[str, Any]) -> Formula:
    name = table.get("formula", USUAL_SURVEY.formula.value)
    if name not in list(Formula):
        raise _wrong("formula", name, _("Expected A, B or C."))
    return Formula(name)


def _points(table: Mapping[str, Any], usual: Survey, formula: Formula) -> tuple[int, ...]:
    points = _listed(table, "points", usual.points)
    numbers = all(type(one) is int and 0 <= one <= _MOST_POINTS for one in points)
    if not numbers or len(points) > len(usual.grades) or (formula is Formula.C and not points):
        hint = _("Expected a number from 0 to {most} for each of {grades}; the last may have none.")
        raise _wrong("points", points, hint.format(most=_MOST_POINTS, grades="、".join(usual.grades)))
    return tuple(points)


def _listed(table: Mapping[str, Any], name: str, usual: tuple[Any, ...]) -> list[Any]:
    value = table.get(name, list(usual))
    if not isinstance(value, list):
        example = list(getattr(USUAL_SURVEY, name))
        raise _wrong(name, value, _("Expected a list, such as {example}.").format(example=example))
    return value


def _wrong(name: str, value: object, hint: str) -> UsageError:
    return UsageError(_("[survey] {name} cannot be {value}.").format(name=name, value=value), hint=hint)
