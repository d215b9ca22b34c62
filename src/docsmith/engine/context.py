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

Sheets that document types declare come under their own names. Rows have the English names and the Chinese
titles of their columns. What is empty prints as （待补充）, and the run lists it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from docsmith.engine.plain import Converter
from docsmith.model.dataset import Dossier
from docsmith.model.schema import Schema
from docsmith.plugin import DocumentType

_EVENTS = ("activities", "talks")
_TWINS = {
    "type": "文种",
    "unit": "单位",
    "branch": "支部",
    "year": "年度",
    "as_of": "截至日期",
    "figures": "数据",
}


class Context(Mapping[str, Any]):
    """Values by their names, each made when it is asked for, once.

    A document names few of a branch's records and figures; making all of them took a third of its time.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Any]]) -> None:
        self._makers = makers

    def __getitem__(self, name: str) -> Any:
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __or__(self, other: Context) -> Context:
        return Context({**self._makers, **other._makers})


def _named(pairs: Mapping[str, str], makers: Mapping[str, Callable[[], Any]]) -> Context:
    """Return a context in which each value has its name and, where nothing else has that, its twin."""
    once = {name: cache(make) for name, make in makers.items()}
    return Context({**{pairs[name]: make for name, make in once.items() if name in pairs}, **once})


def naming_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the name of a file may be made from: the unit, the branch, the year and the type."""
    convert = Converter(schema)
    title = document_type.title
    return _named(
        _TWINS,
        {
            "type": lambda: {"id": document_type.id, "title": title, "标题": title},
            "unit": lambda: convert.record(dossier.unit),
            "branch": lambda: convert.record(dossier.branch),
            "year": lambda: dossier.year,
            "as_of": lambda: dossier.as_of,
        },
    )


def default_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the template of any document type can name."""
    convert = Converter(schema)

    def rows(name: str) -> list[dict[str, Any]]:
        records = getattr(dossier, name) if name in _EVENTS else dossier.rows(name)
        return [convert.record(record) for record in records]

    def figures() -> Any:
        from docsmith.model.figures import compute

        return convert.value(compute(dossier), "数据")

    sheets = {one.name: one.title for one in schema.sheets.values() if one.name not in ("unit", "branches")}
    makers = {name: partial(rows, name) for name in sheets}
    context = naming_context(dossier, document_type, schema)
    return context | _named({**_TWINS, **sheets}, {**makers, "figures": figures})


def extended(context: Context, added: Mapping[str, Any], schema: Schema) -> Context:
    """Return the context with what a plugin adds, made plain first; a name takes its twin (支部) along."""
    convert = Converter(schema)
    pairs = {**_TWINS, **{sheet.name: sheet.title for sheet in schema.sheets.values()}}
    twins = pairs | {chinese: name for name, chinese in pairs.items()}
    return context | _named(
        twins, {name: partial(convert.value, value, name) for name, value in added.items()}
    )
