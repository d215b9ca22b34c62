"""What every template can name, in English and in Chinese.

==============  ==============  =====================================================================
``unit``        单位            the sheet 单位
``branch``      支部            the branch's row of the sheet 支部
``year``        年度            the year of the run, a number
``as_of``       截至日期        the day that ages and overdue dates are counted at
``members``     党员            a list of rows, as all that follow
``activities``  组织生活        of the year, up to the report date, oldest first
``talks``       谈心谈话        of the year, up to the report date, oldest first
``plans``       工作计划
``problems``    问题清单
``self_checks`` 自查
``ballots``     测评
``summaries``   总结
``figures``     数据            everything computed (:mod:`docsmith.model.figures`)
``type``        文种            ``id`` and ``title`` (标题) of the document type
==============  ==============  =====================================================================

A document for a row of a sheet has that row as ``record`` (记录) beside all this. One for the whole unit has
the rows of all branches, and ``branches`` (支部) in the place of ``branch``; no ``figures``.

Sheets and tables that document types declare come under their own names. Rows have the English names and the
Chinese titles of their columns. What is empty prints as （待补充）, and the run lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from docsmith.engine.plain import Converter
from docsmith.model.columns import Sheet
from docsmith.model.dossier import Dossier
from docsmith.model.once import once_per_dossier
from docsmith.model.records import Unit
from docsmith.model.schema import Schema
from docsmith.model.shown import records_of
from docsmith.plugin import DocumentType
from docsmith.plugin.plan import RowsPlan

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

OF_TYPE = {"id": "id", "title": "标题"}
"""What can be named of the document type, in English and in Chinese."""


class Subject(NamedTuple):
    """What a document is about: makers make their values of it, and are the same for all documents."""

    dossier: Dossier
    document_type: DocumentType
    words: _Words


Maker = Callable[[Subject], Any]


class Context(Mapping[str, Any]):
    """Values by their names, each made when it is asked for.

    A document names few of a branch's records and figures; making all of them took a third of its time.
    """

    def __init__(self, makers: Mapping[str, Maker], subject: Subject) -> None:
        self._makers, self.subject = makers, subject

    def __getitem__(self, name: str) -> Any:
        return self._makers[name](self.subject)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    @property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """The choices of columns, by the names of these in both languages."""
        return self.subject.words.choices

    def with_more(self, makers: Mapping[str, Maker]) -> Context:
        """Return the context with further values, or others."""
        return Context({**self._makers, **makers}, self.subject)


class _Once:
    """Makes a value when it is first asked for, and has it from then on."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] | None = make
        self._value: Any = None

    def __call__(self, _subject: Subject) -> Any:
        if self._make is not None:
            self._value, self._make = self._make(), None
        return self._value


class _Words:
    """What the values of a schema are called, and how they are made plain; the same for all branches."""

    def __init__(self, schema: Schema) -> None:
        self.convert = Converter(schema)
        titles = {sheet.name: sheet.title for sheet in schema.sheets.values()}
        self.sheets = {name: title for name, title in titles.items() if name not in ("unit", "branches")}
        self.twins = twins_of(schema)
        self.choices = schema.choices()
        self.naming = _named(TWINS, _NAMING)
        rows: dict[str, Maker] = {name: partial(_rows_of, name) for name in self.sheets}
        records = _named({**TWINS, **self.sheets}, {**rows, "figures": _figures_of})
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


def _words_of(schema: Schema) -> _Words:
    return _words(tuple(schema.sheets.values()))


@lru_cache(maxsize=8)
def _words(sheets: tuple[Sheet, ...]) -> _Words:
    return _Words(Schema({sheet.name: sheet for sheet in sheets}))


def _named(pairs: Mapping[str, str], makers: Mapping[str, Maker]) -> dict[str, Maker]:
    """Return makers under their names and, where nothing else has that, under their twins."""
    return {**{pairs[name]: make for name, make in makers.items() if name in pairs}, **makers}


def twins_of(schema: Schema) -> Mapping[str, str]:
    """Return each name at the top of a context by its twin; 支部 is the branch, not the sheet of them."""
    pairs = {**{sheet.name: sheet.title for sheet in schema.sheets.values()}, **TWINS}
    return pairs | {chinese: name for name, chinese in pairs.items()}


def naming_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the name of a file may be made from: unit, branch, year, type and row."""
    words = _words_of(schema)
    makers = words.naming_of_unit if document_type.manifest.per == "unit" else words.naming
    return _with_record(Context(makers, Subject(dossier, document_type, words)))


def default_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the template of any document type can name."""
    words = _words_of(schema)
    makers = words.of_unit if document_type.manifest.per == "unit" else words.default
    context = _with_record(Context(makers, Subject(dossier, document_type, words)))
    return _with_tables(context) if document_type.plan.tables else context


def _with_tables(context: Context) -> Context:
    """Return the context with the tables that the manifest declares."""
    makers: dict[str, Maker] = {}
    for plan in context.subject.document_type.plan.tables:
        makers[plan.name] = makers[plan.title] = _Once(partial(_table, plan, context.subject))
    return context.with_more(makers)


def _with_record(context: Context) -> Context:
    """Return the context with the row that the document is for, where there is one."""
    return context.with_more(_RECORD) if context.subject.dossier.record is not None else context


def _of_unit(makers: Mapping[str, Maker]) -> Mapping[str, Maker]:
    """Return those makers that a document of the whole unit has: all branches, in the place of one."""
    return {**_without_branch(makers), "branches": _BRANCHES, "支部": _BRANCHES}


def _without_branch(makers: Mapping[str, Maker]) -> Mapping[str, Maker]:
    return {name: make for name, make in makers.items() if name not in _OF_ONE_BRANCH}


# What follows is the same in all documents of a branch. It is values only: a context that was kept with its
# dossier would keep the dossier, too, until somebody looks for garbage.


@once_per_dossier
def _unit(dossier: Dossier, words: _Words) -> dict[str, Any]:
    return words.unit(dossier.unit)


@once_per_dossier
def _branch(dossier: Dossier, words: _Words) -> dict[str, Any]:
    return words.convert.record(dossier.branch)


@once_per_dossier
def _rows(dossier: Dossier, words: _Words, name: str) -> list[dict[str, Any]]:
    return [words.convert.record(record) for record in records_of(dossier, name)]


@once_per_dossier
def _figures(dossier: Dossier, words: _Words) -> Any:
    from docsmith.model.figures import compute

    return words.convert.value(compute(dossier), "数据")


def _type_of(subject: Subject) -> dict[str, str]:
    values = {name: getattr(subject.document_type, name) for name in OF_TYPE}
    return values | {chinese: values[name] for name, chinese in OF_TYPE.items()}


def _rows_of(name: str, subject: Subject) -> list[dict[str, Any]]:
    return _rows(subject.dossier, subject.words, name)


def _figures_of(subject: Subject) -> Any:
    return _figures(subject.dossier, subject.words)


def _table(plan: RowsPlan, subject: Subject) -> dict[str, Any]:
    from docsmith.engine.tables import make_table

    return make_table(plan, subject.dossier, partial(_rows, subject.dossier, subject.words))


def _record_of(subject: Subject) -> dict[str, Any] | None:
    record = subject.dossier.record
    return subject.words.convert.record(record) if record is not None else None


_OF_ONE_BRANCH = frozenset({"branch", "支部", "figures", "数据"})
_BRANCHES: Maker = partial(_rows_of, "branches")
_RECORD: Mapping[str, Maker] = {"record": _record_of, "记录": _record_of}


_NAMING: Mapping[str, Maker] = {
    "type": _type_of,
    "unit": lambda subject: _unit(subject.dossier, subject.words),
    "branch": lambda subject: _branch(subject.dossier, subject.words),
    "year": lambda subject: subject.dossier.year,
    "as_of": lambda subject: subject.dossier.as_of,
}


def extended(context: Context, added: Mapping[str, Any], schema: Schema) -> Context:
    """Return the context with what a plugin adds, made plain first; a name takes its twin (支部) along."""
    words = _words_of(schema)
    makers = {name: _Once(partial(words.convert.value, value, name)) for name, value in added.items()}
    return context.with_more(_named(words.twins, makers))
