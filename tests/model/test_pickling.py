"""Schemas and records survive the way to another process, those that plugins have added to as well."""

from __future__ import annotations

import pickle

from docsmith.model.columns import Column, Kind
from docsmith.model.dataset import Dataset
from docsmith.model.missing import Missing
from docsmith.model.records import Branch, Unit
from docsmith.model.rows import RowPlace
from docsmith.model.schema import Schema


def test_built_in_record_is_sent_by_its_name() -> None:
    branch = Branch(name="第一党支部", extra={"邮编": "010"}).read_from(RowPlace("a.xlsx", "支部", 2))
    sent = pickle.loads(pickle.dumps(branch))
    assert sent == branch
    assert type(sent) is Branch


def test_record_with_columns_of_a_plugin_is_of_the_class_in_the_schema_that_came_with_it() -> None:
    schema = Schema.built_in().with_columns("unit", [Column("motto", "口号", Kind.TEXT, example="实")])
    schema = schema.with_columns("unit", [Column("floors", "楼层", Kind.COUNT)])
    unit = schema.sheets["unit"].record.of({"name": Missing("单位.单位名称"), "motto": "求实", "floors": 3})
    dataset = Dataset(schema, unit)  # type: ignore[arg-type]
    sent = pickle.loads(pickle.dumps(dataset))
    assert sent.unit.values() == unit.values()
    assert sent.unit.name.label == "单位.单位名称"
    assert type(sent.unit) is sent.schema.sheets["unit"].record
    assert issubclass(type(sent.unit), Unit)
    assert sent.schema.sheets["unit"].columns == schema.sheets["unit"].columns
