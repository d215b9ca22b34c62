from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from docsmith import rules
from docsmith.engine.context import default_context, extended
from docsmith.engine.plain import Converter
from docsmith.model.columns import Column, Kind
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Place
from docsmith.model.missing import Missing
from docsmith.model.records import Activity
from docsmith.model.schema import Schema
from docsmith.plugin import DocumentType
from tests.engine.data import branch, dataset
from tests.plugins_for_tests import make_plugin, manager_of

SCHEMA = Schema.built_in()


@pytest.fixture
def document_type(tmp_path: Path) -> DocumentType:
    return manager_of(make_plugin(tmp_path)).types["notice"]


@pytest.fixture
def context(document_type: DocumentType) -> dict[str, object]:
    data = dataset(branch("第一党支部", secretary="张三"))
    return default_context(data.dossier(data.branches[0]), document_type, SCHEMA)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("unit", "单位"),
        ("branch", "支部"),
        ("year", "年度"),
        ("as_of", "截至日期"),
        ("members", "党员"),
        ("activities", "组织生活"),
        ("talks", "谈心谈话"),
        ("plans", "工作计划"),
        ("problems", "问题清单"),
        ("self_checks", "自查"),
        ("ballots", "测评"),
        ("summaries", "总结"),
        ("figures", "数据"),
        ("type", "文种"),
    ],
)
def test_every_name_works_in_english_and_in_chinese(
    context: dict[str, object], english: str, chinese: str
) -> None:
    assert context[english] == context[chinese]


def test_a_record_is_known_by_both_names_of_its_columns(context: dict[str, object]) -> None:
    found = context["branch"]
    assert isinstance(found, dict)
    assert found["secretary"] == found["书记"] == "张三"


def test_what_is_empty_knows_its_name_and_its_cell(context: dict[str, object]) -> None:
    found = context["支部"]
    assert isinstance(found, dict)
    mark = found["副书记"]
    assert isinstance(mark, Missing)
    assert (mark.label, mark.place) == ("支部.副书记", Place("数据.xlsx", "支部", "A2"))


def test_an_unknown_column_is_there_under_its_header(context: dict[str, object]) -> None:
    rows = context["problems"]
    assert isinstance(rows, list)
    assert rows[0]["附加"] == "更多"


def test_an_unknown_column_never_hides_a_known_one() -> None:
    record = branch("第一党支部", extra={"name": "别的", "备注栏": "x"})
    assert Converter(SCHEMA).record(record)["name"] == "第一党支部"


def test_activities_are_those_of_the_year(document_type: DocumentType) -> None:
    rows = tuple(
        Activity(branch="第一党支部", kind="党课", date=PartialDate(year, 3, 1)) for year in (2025, 2026)
    )
    one = branch("第一党支部")
    data = dataset(one, tables={"branches": (one,), "activities": rows})
    context = default_context(data.dossier(one), document_type, SCHEMA)
    assert [row["日期"].year for row in context["组织生活"]] == [2026]


def test_a_declared_column_is_named_like_the_contracts_own(document_type: DocumentType) -> None:
    schema = SCHEMA.with_columns("branches", [Column("motto", "口号", Kind.TEXT)])
    record = schema.sheets["branches"].record.read({"name": "第一党支部"})
    mark = Converter(schema).record(record)["口号"]
    assert isinstance(mark, Missing)
    assert mark.label == "支部.口号"


def test_the_choices_of_a_column_are_known_by_both_its_names_and_never_mixed_up(
    document_type: DocumentType,
) -> None:
    one = branch("第一党支部")
    choices = default_context(dataset(one).dossier(one), document_type, SCHEMA).choices
    assert choices["gender"] == choices["性别"] == ("男", "女")
    assert choices["status"] == ()  # of a member, or of a problem


def test_figures_are_plain_and_known_by_both_names(context: dict[str, object]) -> None:
    figures = context["figures"]
    assert isinstance(figures, dict)
    assert figures["members"] == figures["党员"]
    assert isinstance(figures["党员"]["党员总数"], Missing)
    assert figures["党员"]["党员总数"].label == "数据.党员.党员总数"


def test_what_a_plugin_adds_is_made_plain_all_the_way_down(context: dict[str, object]) -> None:
    added = {"rows": [{"problem": branch("第二党支部"), "empty": None}]}
    (row,) = extended(context, added, SCHEMA)["rows"]
    assert row["problem"]["支部名称"] == "第二党支部"
    assert row["empty"].label == "rows.empty"


def test_a_name_that_a_plugin_replaces_takes_its_twin_along(context: dict[str, object]) -> None:
    new = extended(context, {"problems": ["甲"], "年度": 2025, "支部": {"a": "b"}}, SCHEMA)
    assert new["problems"] == new["问题清单"] == ["甲"]
    assert new["year"] == new["年度"] == 2025
    assert new["branch"] == new["支部"] == {"a": "b"}


def test_endless_nesting_ends(context: dict[str, object]) -> None:
    endless: list[object] = []
    endless.append(endless)
    assert extended(context, {"endless": endless}, SCHEMA)["endless"]


def test_what_is_kept_for_other_documents_does_not_keep_its_dossier(document_type: DocumentType) -> None:
    data = dataset(branch("第一党支部"))
    dossier = data.dossier(data.branches[0])
    context = default_context(dossier, document_type, SCHEMA)
    assert context["figures"] is default_context(dossier, document_type, SCHEMA)["figures"]
    assert rules.evaluate(dossier)["R-08"]
    gone = weakref.ref(dossier)
    gc.disable()
    try:
        del dossier, context
        assert gone() is None
    finally:
        gc.enable()
