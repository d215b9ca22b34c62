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

from collections.abc import Mapping
from functools import partial
from typing import Any

from docsmith.engine.context.makers import OF_TYPE, RECORD, table_of
from docsmith.engine.context.values import Context, Maker, Once, Subject
from docsmith.engine.context.words import TWINS, named, twins_of, words_of
from docsmith.model.dossier import Dossier
from docsmith.model.schema import Schema
from docsmith.plugin import DocumentType

__all__ = ["OF_TYPE", "TWINS", "Context", "default_context", "extended", "naming_context", "twins_of"]


def naming_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the name of a file may be made from: unit, branch, year, type and row."""
    words = words_of(schema)
    makers = words.naming_of_unit if document_type.manifest.per == "unit" else words.naming
    return _with_record(Context(makers, Subject(dossier, document_type, words)))


def default_context(dossier: Dossier, document_type: DocumentType, schema: Schema) -> Context:
    """Return what the template of any document type can name."""
    words = words_of(schema)
    makers = words.of_unit if document_type.manifest.per == "unit" else words.default
    context = _with_record(Context(makers, Subject(dossier, document_type, words)))
    return _with_tables(context) if document_type.plan.tables else context


def _with_tables(context: Context) -> Context:
    """Return the context with the tables that the manifest declares."""
    makers: dict[str, Maker] = {}
    for plan in context.subject.document_type.plan.tables:
        makers[plan.name] = makers[plan.title] = Once(partial(table_of, plan, context.subject))
    return context.with_more(makers)


def _with_record(context: Context) -> Context:
    """Return the context with the row that the document is for, where there is one."""
    return context.with_more(RECORD) if context.subject.dossier.record is not None else context


def extended(context: Context, added: Mapping[str, Any], schema: Schema) -> Context:
    """Return the context with what a plugin adds, made plain first; a name takes its twin (支部) along."""
    words = words_of(schema)
    makers = {name: Once(partial(words.convert.value, value, name)) for name, value in added.items()}
    return context.with_more(named(words.twins, makers))
