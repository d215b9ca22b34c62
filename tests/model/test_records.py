"""Records made by hand are checked; a record knows where it comes from."""

import pytest
from pydantic import ValidationError

from docsmith.model.columns import Column, Kind, columns_of
from docsmith.model.dates import PartialDate
from docsmith.model.records import Branch, Member, RowPlace
from docsmith.model.schema import BUILT_IN, Schema


def test_record_made_by_hand_reads_its_fields():
    member = Member(branch="第一党支部", name="张　三", born_on="1985.3", status="正式", mobile=13800000000.0)
    assert (member.name, member.born_on, member.status) == ("张三", PartialDate(1985, 3), "正式党员")
    assert member.mobile == "13800000000"


def test_record_made_by_hand_reports_all_that_is_wrong():
    with pytest.raises(ValidationError) as caught:
        Member(branch="第一党支部", born_on="不详", gender="南")
    assert {error["loc"][0] for error in caught.value.errors()} == {"name", "born_on", "gender"}


def test_record_refuses_a_field_that_it_does_not_have():
    with pytest.raises(ValidationError):
        Branch(name="第一党支部", secretry="张三")


def test_record_cannot_be_changed():
    with pytest.raises(ValidationError):
        Branch(name="第一党支部").name = "第二党支部"


def test_record_knows_the_cell_of_each_field():
    branch = Branch(name="第一党支部").read_from(RowPlace("a.xlsx", "支部", 5, {"name": "C", "code": "B"}))
    assert str(branch.where("code")) == "a.xlsx 支部!B5"
    assert branch.where("note").cell == "C5"
    assert Branch(name="第一党支部").where("name").cell == ""


def test_place_in_a_list_of_objects_names_the_key():
    branch = Branch(name="一").read_from(
        RowPlace("a.json", "branches", 3, {"name": "name"}, "{row}.{letter}")
    )
    assert branch.where("name").cell == "3.name"


@pytest.mark.parametrize("sheet", BUILT_IN, ids=lambda sheet: sheet.name)
def test_every_example_can_be_read_as_its_own_column(sheet):
    examples = {column.name: column.example for column in columns_of(sheet.record) if column.example}
    sheet.record(**{column.name: "文字" for column in sheet.columns if column.required} | examples)


@pytest.mark.parametrize("sheet", BUILT_IN, ids=lambda sheet: sheet.name)
def test_titles_and_names_of_a_sheet_are_unique(sheet):
    titles = [column.title for column in sheet.columns]
    assert len(set(titles)) == len(titles)


def test_column_that_a_type_adds_is_read_like_the_others():
    schema = Schema.built_in().with_columns("members", [Column("tutor", "入党介绍人", Kind.NAMES)])
    record = schema.sheets["members"].record
    assert record(branch="一", name="甲", tutor="张三、李四").tutor == ("张三", "李四")
    assert [column.name for column in schema.sheets["members"].columns][-1] == "tutor"
    assert "tutor" not in Schema.built_in().sheets["members"].record.model_fields
