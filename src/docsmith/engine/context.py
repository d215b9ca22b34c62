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

from collections.abc import Mapping
from typing import Any

from docsmith.engine.plain import Converter
from docsmith.model.dataset import Dossier
from docsmith.model.figures import compute
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


def naming_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> dict[str, Any]:
    """Return what the name of a file may be made from: the unit, the branch, the year and the type."""
    convert = Converter(schema)
    context: dict[str, Any] = {
        "type": {"id": document_type.id, "title": document_type.title, "标题": document_type.title},
        "unit": convert.record(dossier.unit),
        "branch": convert.record(dossier.branch),
        "year": dossier.year,
        "as_of": dossier.as_of,
    }
    return context | {_TWINS[name]: value for name, value in context.items()}


def default_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> dict[str, Any]:
    """Return what the template of any document type can name."""
    convert = Converter(schema)
    context = naming_context(dossier, document_type, schema)
    for sheet in schema.sheets.values():
        if sheet.name not in ("unit", "branches"):
            rows = getattr(dossier, sheet.name) if sheet.name in _EVENTS else dossier.rows(sheet.name)
            context[sheet.name] = context[sheet.title] = [convert.record(row) for row in rows]
    context["figures"] = context["数据"] = convert.value(compute(dossier), "数据")
    return context


def extended(context: Mapping[str, Any], added: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    """Return the context with what a plugin adds, made plain first; a name takes its twin (支部) along."""
    convert = Converter(schema)
    plain = {name: convert.value(value, name) for name, value in added.items()}
    pairs = {**_TWINS, **{sheet.name: sheet.title for sheet in schema.sheets.values()}}
    twins = pairs | {chinese: name for name, chinese in pairs.items()}
    return {**context, **{twins[name]: plain[name] for name in plain if name in twins}, **plain}
