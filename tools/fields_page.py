"""The reference page of what every template may name, read off the code and the sample unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from docsmith import rules
from docsmith.engine.fields import example_dossier, exemplified, fields_of, said
from docsmith.engine.fields.said import Group, Said
from docsmith.engine.loading import load_dataset
from docsmith.engine.pipeline import Pipeline
from docsmith.model.fields import ANY, Field, FieldKind
from docsmith.model.schema import Schema
from docsmith.model.survey import USUAL_SURVEY
from docsmith.plugin.manager import Manager
from tools.markdown import table

_SAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "示例单位" / "数据.xlsx"
# Whatever the sample says: the examples of sheets are those of the fill-in workbook.
_FROM_SAMPLE = ("type", "year", "as_of", "figures")
_TYPE = "year-end-summary"
_KINDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "文本",
    FieldKind.NUMBER: "数",
    FieldKind.DATE: "日期",
    FieldKind.CHOICE: "选项",
    FieldKind.FLAG: "是否",
    FieldKind.PICTURE: "图片",
    FieldKind.LIST: "列表",
    FieldKind.RECORD: "一条记录",
    FieldKind.ROWS: "多条记录",
    FieldKind.UNKNOWN: "不定",
}


def fields() -> Iterator[str]:
    """Yield a table for each record and each list of records."""
    for group in said(_shared()):
        yield f"### {_heading(group)}\n"
        if group.loop:
            yield f"`{group.loop}`\n"
        yield from table(("写法", "English", "类型", "示例", "说明"), map(_row, group.fields))
        yield ""


def _shared() -> tuple[Field, ...]:
    manager = Manager.discover()
    dataset = load_dataset([_SAMPLE], manager, {}, USUAL_SURVEY)
    document_type = manager.types[_TYPE]
    manager.use([document_type])
    pipeline = Pipeline(dataset, manager, rules.RuleSettings.from_table({}))
    context = pipeline.context(document_type, example_dossier(document_type, dataset))
    shared = fields_of(None, Schema.built_in())
    values = {name: context[name] for name in _FROM_SAMPLE}
    examples = {one.name: one for one in exemplified([one for one in shared if one.name in values], values)}
    return tuple(examples.get(one.name, one) for one in shared)


def _heading(group: Group) -> str:
    return f"{group.chinese} `{group.english}`" if group.chinese else "单个的值"


def _row(one: Said) -> tuple[str, ...]:
    field = one.field
    if field.name == ANY:
        return "…", "…", _KINDS[FieldKind.UNKNOWN], "", "名称由数据决定，如各等次"
    return f"`{one.chinese}`", f"`{one.english}`", _KINDS[FieldKind(field.kind)], field.example, field.note
