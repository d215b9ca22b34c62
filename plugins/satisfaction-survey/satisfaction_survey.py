"""群众满意率测评表: the anonymous ballot, and the tally sheet once the votes are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docsmith.errors import UsageError
from docsmith.model.figures.miscounts import miscounts
from docsmith.model.figures.satisfaction import ItemFigures, count_satisfaction
from docsmith.model.findings import NOWHERE, Finding, Severity
from docsmith.model.missing import Missing
from docsmith.model.records import Ballot
from docsmith.model.survey import COLUMNS, Formula, Survey
from docsmith.model.values import CellError, as_count
from docsmith.model.wording import percent, rounded
from docsmith.plugin import DocumentType, Dossier, hookimpl
from docsmith.plugin import gettext as _
from docsmith.plugin.kit.article import title_lines

# What all items of one survey have in common, by the name of its figure.
_SHARED = {"due": "应参加", "issued": "发出", "returned": "收回", "valid": "有效"}


@dataclass(frozen=True)
class Options:
    """The options of the document type, checked: what the ballot asks, and what the unit asks for.

    ``threshold`` is in percent, or in points; ``None`` where the unit asks for nothing.
    """

    items: tuple[str, ...]
    threshold: Decimal | None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Options:
        """Read the options; raises :class:`UsageError` for a ballot without items."""
        if not options["items"]:
            raise UsageError(
                _("The option {name} of {type} cannot be {value!r}.").format(
                    name="items", type="satisfaction-survey", value=options["items"]
                ),
                hint=_("Expected at least one item."),
            )
        threshold = rounded(Decimal(str(options["threshold"])))
        return cls(tuple(options["items"]), threshold or None)


@hookimpl
def docsmith_build_context(dossier: Dossier, document_type: DocumentType) -> dict[str, Any]:
    """Return the items and grades of the ballot and, where there are votes, what they add up to."""
    options = Options.of(document_type.options)
    return {
        "title": title_lines(dossier.branch.name, f"{dossier.year}年度群众满意率测评表"),
        "items": [{"number": number, "text": text} for number, text in enumerate(options.items, 1)],
        "grades": [_head(grade) for grade in dossier.survey.grades],
        "tally": _tally(dossier, options.threshold) if dossier.ballots else {},
    }


def _head(grade: str) -> str:
    """Return a grade as the head of a narrow column: 基本满意 breaks by sense."""
    return f"{grade[:2]}\n{grade[2:]}" if len(grade) > 3 else grade


def _tally(dossier: Dossier, threshold: Decimal | None) -> dict[str, Any]:
    survey, figures = dossier.survey, count_satisfaction(dossier)
    rows = [
        _row(str(number), item, ballot)
        for number, (item, ballot) in enumerate(zip(figures.items, dossier.ballots), 1)
    ]
    shown = list(figures.items)
    if figures.overall and figures.overall not in figures.items:
        rows.append(_row("", figures.overall))
        shown.append(figures.overall)
    counts = {**_SHARED, "invalid": "无效"}
    return {
        "title": title_lines(dossier.branch.name, f"{dossier.year}年度群众满意率测评汇总表"),
        **{name: _agreed(figures.items, name, title) for name, title in counts.items()},
        "rows": rows,
        "rate_head": f"{survey.measure}\n{'（分）' if survey.formula is Formula.C else '（％）'}",
        "result": _result(figures.overall, survey, threshold),
        "formula": figures.formula,
        "whole": all(item.shares for item in shown),
    }


def _agreed(rows: Iterable[ItemFigures], name: str, title: str) -> str:
    """Return a count that all items share; every one of them where they differ, so that it is seen."""
    numbers = dict.fromkeys(number for row in rows if (number := getattr(row, name)) is not None)
    return "、".join(map(str, numbers)) or Missing(f"测评.{title}")


def _row(number: str, figures: ItemFigures, ballot: Ballot | None = None) -> dict[str, Any]:
    """Return a row of the tally sheet; ``ballot`` is where it comes from, ``None`` for the sums."""

    def stated(value: object, field: str, title: str) -> object:
        place = ballot.where(field) if ballot else NOWHERE
        return Missing(f"测评.{title}", place) if value is None else value

    shares = figures.shares or {}
    return {
        "number": number,
        "item": figures.item,
        "valid": stated(figures.valid, "valid", "有效"),
        "cells": [
            {
                "votes": stated(votes, COLUMNS.get(grade, grade), grade),
                "share": percent(shares[grade]) if grade in shares else "",
            }
            for grade, votes in figures.votes.items()
        ],
        "rate": stated(figures.rate, "item", "满意率"),
    }


def _result(overall: ItemFigures | None, survey: Survey, threshold: Decimal | None) -> dict[str, Any]:
    """Return the overall rate and, if the unit asks for one, how it stands to that."""
    rate = overall.rate if overall else None
    asked = "" if threshold is None else survey.printed(threshold)
    outcome = ""
    if threshold is not None and rate is not None:
        outcome = f"{'达到' if rate >= threshold else '未达到'}{asked}的要求"
    return {
        "name": survey.measure,
        "rate": Missing(f"测评.总体{survey.measure}") if rate is None else survey.printed(rate),
        "asked": asked,
        "outcome": outcome,
    }


@hookimpl
def docsmith_check_dossier(dossier: Dossier, document_type: DocumentType) -> Iterator[Finding]:
    """Return votes that do not add up, and rows that do not fit the ballot."""
    options = Options.of(document_type.options)
    for ballot in dossier.ballots:
        for miscount in miscounts(ballot, dossier.survey):
            yield _finding(ballot, miscount.field, "votes-miscounted", miscount.message, miscount.hint)
        yield from _unreadable_votes(ballot, dossier.survey)
    yield from _items_off_the_ballot(dossier.ballots, options.items)
    yield from _counts_that_differ(dossier.ballots)


def _unreadable_votes(ballot: Ballot, survey: Survey) -> Iterator[Finding]:
    """Yield the votes of the unit's own grades that are no numbers: nobody has checked these columns yet."""
    for grade in survey.grades:
        if grade in COLUMNS:
            continue
        try:
            as_count(ballot.extra.get(grade))
        except CellError as error:
            message = _("{item}: {grade} {value!r} is no number of votes").format(
                item=ballot.item, grade=grade, value=ballot.extra[grade]
            )
            yield _finding(ballot, grade, "votes-unreadable", message, error.hint)


def _items_off_the_ballot(ballots: Iterable[Ballot], items: Sequence[str]) -> Iterator[Finding]:
    listed = "、".join(items)
    counted = Counter(ballot.item for ballot in ballots)
    for ballot in ballots:
        if ballot.item not in items:
            yield _finding(
                ballot,
                "item",
                "survey-item-unknown",
                _("the item {item} is not on the ballot").format(item=ballot.item),
                _("Expected an item of the ballot: {items}.").format(items=listed),
            )
        if counted[ballot.item] > 1:
            yield _finding(
                ballot,
                "item",
                "survey-item-twice",
                _("the item {item} is counted twice").format(item=ballot.item),
                _("Keep one row for each item."),
            )


def _counts_that_differ(ballots: tuple[Ballot, ...]) -> Iterator[Finding]:
    """Yield the counts of a row that are others than the first row's: all items are on one sheet of paper."""
    for name, title in _SHARED.items():
        stated = [ballot for ballot in ballots if getattr(ballot, name) is not None]
        for ballot in stated[1:]:
            first, number = getattr(stated[0], name), getattr(ballot, name)
            if number != first:
                yield _finding(
                    ballot,
                    name,
                    "survey-counts-differ",
                    _("{item}: {title} is {number}, and {first} for the item {other}").format(
                        item=ballot.item, title=title, number=number, first=first, other=stated[0].item
                    ),
                    _("All items stand on the same ballot; give each the same number."),
                )


def _finding(ballot: Ballot, field: str, code: str, message: str, hint: str) -> Finding:
    return Finding(Severity.WARNING, message, hint, ballot.where(field), code, ballot.branch)
