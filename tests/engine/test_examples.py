from __future__ import annotations

from docsmith.engine.fields import exemplified
from docsmith.model.dates import PartialDate
from docsmith.model.fields import ANY, Field, FieldKind, find_field
from docsmith.model.missing import Missing

NAME = Field("name", "姓名", FieldKind.TEXT, "张三")
BORN = Field("born_on", "出生日期", FieldKind.DATE, "1985-03-05")
MEMBERS = Field("members", "党员", FieldKind.ROWS, fields=(NAME, BORN))


def test_the_example_is_the_first_value_that_there_is() -> None:
    rows = [
        {"name": "李四", "born_on": Missing("党员.出生日期")},
        {"name": "王五", "born_on": PartialDate(1990, 1)},
    ]
    (members,) = exemplified([MEMBERS], {"members": rows})
    assert [one.example for one in members.fields] == ["李四", "1990年1月"]


def test_what_the_data_lacks_keeps_the_example_of_its_column() -> None:
    assert exemplified([MEMBERS], {"members": []}) == (MEMBERS,)
    assert exemplified([NAME], {"name": Missing("姓名")}) == (NAME,)


def test_a_column_that_docsmith_does_not_know_is_told() -> None:
    (members,) = exemplified([MEMBERS], {"members": [{"name": "李四", "血型（必填）": "A"}]})
    assert members.fields[-1] == Field("血型（必填）", "", FieldKind.TEXT, "A")


def test_what_python_computes_is_told_before_what_else_there_may_be() -> None:
    others = Field(ANY, "", FieldKind.UNKNOWN)
    record = {"topic": "学习", "主题": "学习"}
    record["主题"] = record["topic"]
    fields = exemplified([others], {"count": 3, "last": record, "names": ["甲", "乙"], "none": Missing("x")})
    assert fields[-1] == others
    assert [(one.name, one.kind, one.example) for one in fields[:-1]] == [
        ("count", "number", "3"),
        ("last", "record", ""),
        ("names", "list", "甲、乙"),
        ("none", "text", ""),
    ]
    last = find_field(fields, "last")
    assert last
    assert find_field(last.fields, "主题") == find_field(last.fields, "topic")
