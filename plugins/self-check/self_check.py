"""自检自查表: the self-check, its answers from the data or proposed by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from docsmith.errors import UsageError
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import SelfCheck
from docsmith.model.verdicts import Outcome, Verdict
from docsmith.plugin import DocumentType, Dossier, hookimpl
from docsmith.plugin import gettext as _
from docsmith.plugin.kit.grouping import stretches
from docsmith.plugin.kit.layout import TablePages, TextColumn, row_height, table_lines

ITEMS = "self_check_items"
TICK, NOT_APPLICABLE, PROPOSED = "√", "／", "*"
# The columns of templates/self-check that hold sentences, and the room that its pages leave for rows.
_COLUMNS = {
    "text": TextColumn(17),
    "evidence": TextColumn(15.1),
    "problem": TextColumn(9.4),
    "measure": TextColumn(11.6),
}
_SENTENCES = itemgetter(*_COLUMNS)
_GROUP = TextColumn(2)
# The last rows stay on the page of the result, the sign-off boxes, the signatures and the notes.
_KEPT = 2
_PAGES = TablePages(first=115, later=148, kept=_KEPT, below=63)


class Answer(NamedTuple):
    """What the form says of one item: 是, 否, 不适用, or nothing yet."""

    result: str = ""
    evidence: str = ""
    problem: str = ""
    measure: str = ""
    proposed: bool = False


@hookimpl
def docsmith_build_context(
    dossier: Dossier, document_type: DocumentType, verdicts: Mapping[str, Verdict]
) -> dict[str, Any]:
    """Return the items with their answers, by group, and what they add up to."""
    given = {record.item: record for record in dossier.self_checks}
    answers = [(item, _answer(item, given.get(item.number), verdicts)) for item in dossier.rows(ITEMS)]
    rows = [_row(item, answer) for item, answer in answers]
    for row in rows[-_KEPT:]:
        row["kept"] = True
    heights = [_height(row) for row in rows]
    passed, basic = _rates(document_type.options)
    return {
        "groups": list(_groups(rows, heights, [item.group for item, _answer in answers])),
        "result": _result(answers, passed, basic),
        "any_proposed": any(answer.proposed for _item, answer in answers),
        "example_items": ITEMS in dossier.examples,
        "pass_percent": f"{passed * 100:g}%",
        "basic_percent": f"{basic * 100:g}%",
    }


def _rates(options: Mapping[str, Any]) -> tuple[float, float]:
    """Return pass_rate and basic_rate, parts of 1; raises :class:`UsageError` where they cannot be that."""
    passed, basic = float(options["pass_rate"]), float(options["basic_rate"])
    if not 0 < basic <= passed <= 1:
        raise UsageError(
            _("pass_rate = {passed} and basic_rate = {basic} do not fit together").format(
                passed=passed, basic=basic
            ),
            hint=_("Both are parts of 1, basic_rate the smaller: pass_rate = 0.9, basic_rate = 0.7."),
        )
    return passed, basic


def _answer(item: Any, record: SelfCheck | None, verdicts: Mapping[str, Verdict]) -> Answer:
    """Return what the branch says of an item; where it leaves 自查结果 empty, the rules propose it.

    What the branch has written stands in any case, and proposed evidence only where it has written none.
    """
    if record is None:
        return _proposed(item, verdicts)
    own = _given(record)
    if own.result:
        return own
    proposal = _proposed(item, verdicts)
    return own._replace(
        result=proposal.result,
        evidence=own.evidence or proposal.evidence,
        proposed=proposal.proposed,
    )


def _given(record: SelfCheck) -> Answer:
    measure = record.measure or ""
    if record.due_on:
        measure = f"{measure}（{record.due_on}前完成）" if measure else f"{record.due_on}前完成"
    return Answer(record.answer or "", record.evidence or "", record.problem or "", measure)


def _proposed(item: Any, verdicts: Mapping[str, Verdict]) -> Answer:
    """Return the answer that the rules of an item agree on, with their evidence, or an empty one.

    是 needs every rule of the item to be met; one that is breached makes it 否. A rule that the data cannot
    decide, or that the workspace switched off, leaves the item to the branch.
    """
    found = [verdicts.get(rule) for rule in item.rules]
    decided = [verdict for verdict in found if verdict and verdict.outcome is not Outcome.UNKNOWN]
    evidence = _joined(verdict.evidence for verdict in decided)
    outcomes = {verdict.outcome for verdict in decided}
    if Outcome.BREACHED in outcomes:
        return Answer("否", evidence=evidence, proposed=True)
    if not found or len(decided) < len(found) or Outcome.MET not in outcomes:
        return Answer()
    return Answer("是", evidence=evidence, proposed=True)


def _joined(texts: Iterable[str]) -> str:
    """Return evidence as one text, without what another piece of it says already."""
    pieces = list(dict.fromkeys(filter(None, texts)))
    if len(pieces) < 2:
        return "".join(pieces)
    return "；".join(one for one in pieces if not any(one in other for other in pieces if other != one))


def _groups(
    rows: Sequence[dict[str, Any]], heights: Sequence[float], names: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield each group with its rows; one that goes on overleaf is named again there."""
    for stretch in stretches(names, heights, _PAGES, _GROUP):
        members = rows[stretch.first : stretch.last + 1]
        yield {"name": stretch.name, "continued": stretch.continued, "rows": members}


def _height(row: Mapping[str, Any]) -> float:
    return row_height(table_lines(zip(_COLUMNS.values(), _SENTENCES(row))))


def _row(item: Any, answer: Answer) -> dict[str, Any]:
    mark = TICK + (PROPOSED if answer.proposed else "")
    ticks = {"是": (mark, ""), "否": ("", mark), "不适用": (NOT_APPLICABLE, NOT_APPLICABLE)}
    yes, no = ticks.get(answer.result, ("", ""))
    return {
        "number": item.number,
        "text": item.text,
        "yes": yes,
        "no": no,
        "evidence": answer.evidence,
        "problem": answer.problem,
        "measure": answer.measure,
        "kept": False,
    }


def _result(answers: list[tuple[Any, Answer]], passed: float, basic: float) -> dict[str, Any]:
    def numbers(result: str) -> list[str]:
        return [item.number for item, answer in answers if answer.result == result]

    met, unmet, unanswered, excluded = numbers("是"), numbers("否"), numbers(""), numbers("不适用")
    due = len(answers) - len(excluded)
    return {
        "begun": len(unanswered) < len(answers),
        "total": due,
        "met": len(met),
        "unmet": "、".join(unmet) or ("" if unanswered else "无"),
        "unanswered": "、".join(unanswered),
        "not_applicable": "、".join(excluded),
        "conclusion": _conclusion(len(met) / due, passed, basic) if due and not unanswered else "",
    }


def _conclusion(rate: float, passed: float, basic: float) -> str:
    if rate >= passed:
        return "达标"
    return "基本达标" if rate >= basic else "不达标"


@hookimpl
def docsmith_check_dossier(dossier: Dossier) -> Iterable[Finding]:
    """Return answers that fit no item, stand there twice, or say 否 without a word about mending."""
    known = {item.number for item in dossier.rows(ITEMS)}
    seen: set[str] = set()
    for record in dossier.self_checks:
        if record.item not in known:
            yield _finding(
                record,
                "item",
                "self-check-item-unknown",
                _("there is no self-check item {item}").format(item=record.item),
                _("Expected the number of an item: {numbers}.").format(
                    numbers="、".join(sorted(known, key=_natural))
                ),
            )
        elif record.item in seen:
            yield _finding(
                record,
                "item",
                "self-check-item-twice",
                _("item {item} is answered twice; the last answer is used").format(item=record.item),
                _("Keep one row for each item."),
            )
        elif record.answer == "否" and not (record.problem and record.measure):
            yield _finding(
                record,
                "answer",
                "self-check-unmet-unexplained",
                _("item {item} is answered 否 without a problem and a measure").format(item=record.item),
                _("Fill in 存在问题 and 整改措施 on this row."),
            )
        seen.add(record.item)


def _natural(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdigit() else (10**9, number)


def _finding(record: SelfCheck, field: str, code: str, message: str, hint: str) -> Finding:
    return Finding(Severity.WARNING, message, hint, record.where(field), code, record.branch)
