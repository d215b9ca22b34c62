"""Records made by hand are checked; a record knows where it comes from."""

import pytest

from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate
from docsmith.model.records import Branch, Member
from docsmith.model.rows import RecordError, RowPlace
from docsmith.model.schema import BUILT_IN, Schema


def test_record_made_by_hand_reads_its_fields():
    member = Member(branch="第一党支部", name="张　三", born_on="1985.3", status="正式", mobile=13800000000.0)
    assert (member.name, member.born_on, member.status) == ("张三", PartialDate(1985, 3), "正式党员")
    assert member.mobile == "13800000000"


def test_record_made_by_hand_reports_all_that_is_wrong():
    with pytest.raises(RecordError) as caught:
        Member(branch="第一党支部", born_on="不详", gender="南")
    assert set(caught.value.problems) == {"name", "born_on", "gender"}


def test_record_refuses_a_field_that_it_does_not_have():
    with pytest.raises(RecordError, match="secretry"):
        Branch(name="第一党支部", secretry="张三")


def test_record_cannot_be_changed():
    with pytest.raises(AttributeError):
        Branch(name="第一党支部").name = "第二党支部"


def test_records_of_the_same_values_from_the_same_place_are_equal():
    branch = Branch(name="第一党支部")
    assert branch == Branch(name="第一党支部") != Branch(name="第二党支部")
    assert branch != Branch(name="第一党支部").read_from(RowPlace("a.xlsx", "支部", 5))
    assert branch != Branch(name="第一党支部", extra={"备注栏": "x"})


def test_record_with_other_values_keeps_the_rest_and_its_place():
    place = RowPlace("a.xlsx", "支部", 5)
    branch = Branch(name="第一党支部", secretary="张三", extra={"备注栏": "x"}).read_from(place)
    other = branch.changed(name="第二党支部")
    assert (other.name, other.secretary, other.extra) == ("第二党支部", "张三", {"备注栏": "x"})
    assert (other.origin, branch.name) == (place, "第一党支部")


def test_record_of_values_is_empty_where_there_is_none():
    branch = Branch.of({"name": "第一党支部"})
    assert branch == Branch(name="第一党支部")
    assert (branch.term_years, branch.other_members, branch.note) == (3, (), None)


def test_required_cell_that_says_nothing_is_refused():
    with pytest.raises(RecordError) as caught:
        Branch(name="　")
    assert set(caught.value.problems) == {"name"}


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
    examples = {column.name: column.example for column in sheet.columns if column.example}
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
    assert "tutor" not in Schema.built_in().sheets["members"].record.columns
