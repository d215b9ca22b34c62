"""The tables of plugin.toml, as a template has them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.engine.context import default_context
from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.dates import PartialDate
from docsmith.model.findings import Finding, Severity
from docsmith.model.missing import Missing
from docsmith.model.records import Activity, Branch
from docsmith.model.rows import Record, RowPlace
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of

UNIT = {"name": "示例研究所", "year": 2026}
COLUMNS = """
[columns]
members = [
  { name = "dues", title = "应缴党费", kind = "number" },
  { name = "hours", title = "学时", kind = "count" },
]
"""
ITEMS = """
[[sheets]]
name = "items"
title = "验收项目"
scope = "unit"
columns = [
  { name = "number", title = "编号", kind = "code", required = true },
  { name = "group", title = "类别" },
  { name = "points", title = "分值", kind = "count" },
]
[[sheets]]
name = "scores"
title = "验收得分"
columns = [
  { name = "item", title = "项目编号", kind = "code", required = true },
  { name = "score", title = "自评分", kind = "number" },
]
"""


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("types")


def _manager(place: Path, more: str) -> Manager:
    """Return a manager of one type with these tables; the same text is written once."""
    folder = place / f"{abs(hash(more)):x}"
    if not folder.exists():
        make_plugin(folder, more=more)
    return manager_of(folder / "notice")


def _tables(manager: Manager, **tables: Sequence[Record]) -> Any:
    """Return the context of a document of 甲支部 with these records."""
    return _context(
        manager, {"branches": (Branch(name="甲支部"),), **{k: tuple(v) for k, v in tables.items()}}
    )


def _context(manager: Manager, tables: dict[str, Any], **changes: Any) -> Any:
    unit = manager.schema.sheets["unit"].record.read(UNIT)
    data = Dataset(manager.schema, unit, tables, **changes)  # type: ignore[arg-type]
    return default_context(data.dossier(data.branches[0]), manager.types["notice"], manager.schema)


def _member(manager: Manager, name: str, **cells: Any) -> Record:
    origin = RowPlace("数据.xlsx", "党员", 2, {"name": "B", "dues": "H"})
    record = manager.schema.sheets["members"].record
    return record.read({"branch": "甲支部", "name": name, **cells}).read_from(origin)


def _item(manager: Manager, number: str, group: str, points: int) -> Record:
    return manager.schema.sheets["items"].record.read({"number": number, "group": group, "points": points})


def _score(manager: Manager, item: str, score: str | None) -> Record:
    record = manager.schema.sheets["scores"].record
    return record.read({"branch": "甲支部", "item": item, "score": score})


def test_a_table_has_its_rows_chosen_sorted_and_numbered_under_both_names(place: Path) -> None:
    manager = _manager(
        place,
        '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "党员"\n'
        'where = ["党籍状态=正式党员|预备党员"]\nsort = ["党小组", "-姓名"]\n',
    )
    members = [
        _member(manager, "张三", group="第十党小组"),
        _member(manager, "李四", group="第二党小组"),
        _member(manager, "王五", status="入党积极分子"),
        _member(manager, "赵六"),
        _member(manager, "丁七", group="第二党小组"),
    ]
    context = _tables(manager, members=members)
    table = context["名册"]
    assert table is context["roster"]
    assert table["行"] is table["rows"]
    assert [(row["序号"], row["number"], row["姓名"]) for row in table["行"]] == [
        (1, 1, "李四"),
        (2, 2, "丁七"),
        (3, 3, "张三"),
        (4, 4, "赵六"),
    ]
    assert table["条数"] == table["count"] == 4
    assert "序号" not in context["党员"][0], "the sheet itself stays as it is"


def test_the_running_number_is_docsmiths_own_where_people_have_numbered_rows_themselves(place: Path) -> None:
    """Many workbooks have a column 序号 that no sheet of the contract knows: it may have gaps."""
    manager = _manager(place, '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "members"\n')
    record = manager.schema.sheets["members"].record
    members = [record(branch="甲支部", name=name, extra={"序号": "7"}) for name in ("张三", "李四")]
    context = _tables(manager, members=members)
    assert [row["序号"] for row in context["名册"]["行"]] == [1, 2]
    assert context["党员"][0]["序号"] == "7"


def test_what_nobody_asks_for_is_not_made(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = _manager(place, '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "members"\n')
    monkeypatch.setattr("docsmith.engine.tables.make_table", lambda *_args: pytest.fail("made"))
    assert _tables(manager)["支部"]["支部名称"] == "甲支部"


TOTALS = (
    COLUMNS
    + """
[[tables]]
name = "dues"
title = "党费"
of = "members"
group = "党小组"
totals = ["应缴党费", "hours"]
"""
)


def test_totals_are_exact_and_of_each_group(place: Path) -> None:
    manager = _manager(place, TOTALS)
    members = [
        _member(manager, "张三", group="一组", dues="0.10", hours=3),
        _member(manager, "李四", group="二组", dues="12.50", hours=4),
        _member(manager, "王五", group="一组", dues="0.20", hours=5),
    ]
    table = _tables(manager, members=members)["党费"]
    assert table["合计"]["应缴党费"] == table["totals"]["dues"] == Decimal("12.80")
    assert [(one["名称"], one["条数"], one["合计"]["dues"]) for one in table["组"]] == [
        ("一组", 2, Decimal("0.30")),
        ("二组", 1, Decimal("12.50")),
    ]
    assert [row["序号"] for one in table["组"] for row in one["行"]] == [1, 2, 3]
    assert [row["姓名"] for row in table["行"]] == ["张三", "王五", "李四"], "rows come as their groups do"


def test_a_total_that_lacks_a_number_is_missing_and_knows_the_cell(place: Path) -> None:
    manager = _manager(place, TOTALS)
    members = [_member(manager, "张三", group="一组", dues="5"), _member(manager, "李四", group="二组")]
    table = _tables(manager, members=members)["党费"]
    mark = table["合计"]["应缴党费"]
    assert isinstance(mark, Missing)
    assert (mark.label, str(mark.place)) == ("党费.合计.应缴党费", "数据.xlsx 党员!H2")
    assert table["组"][0]["合计"]["应缴党费"] == 5


def test_no_total_is_told_of_a_sheet_with_rows_that_could_not_be_read(place: Path) -> None:
    manager = _manager(place, TOTALS)
    tables = {"branches": (Branch(name="甲支部"),), "members": (_member(manager, "张三", dues="5", hours=1),)}
    failed = FailedRow("members", (), Finding(Severity.ERROR, "x"))
    table = _context(manager, tables, failed=(failed,))["党费"]
    assert isinstance(table["合计"]["应缴党费"], Missing)
    assert isinstance(table["组"][0]["合计"]["学时"], Missing)


def test_the_total_of_no_rows_is_a_blank(place: Path) -> None:
    table = _tables(_manager(place, TOTALS))["党费"]
    assert (table["合计"]["应缴党费"], table["条数"], table["组"]) == ("", 0, [])


def test_who_is_in_no_group_is_in_one_whose_name_is_missing(place: Path) -> None:
    manager = _manager(place, TOTALS)
    (group,) = _tables(manager, members=[_member(manager, "张三")])["党费"]["组"]
    assert isinstance(group["名称"], Missing)


def test_blank_rows_fill_a_form_up_and_count_for_nothing(place: Path) -> None:
    manager = _manager(place, TOTALS + "minimum = 3\n")
    table = _tables(manager, members=[_member(manager, "张三", dues="5", hours=1)])["党费"]
    assert [row["姓名"] for row in table["行"]] == ["张三", "", ""]
    first, second = table["空行"]
    assert set(first.values()) == {""}
    assert first == second == table["行"][1]
    assert first.keys() == table["行"][0].keys()
    assert (table["条数"], table["合计"]["应缴党费"]) == (1, 5)
    assert [len(group["行"]) for group in table["组"]] == [1]


def test_no_blank_row_is_added_to_enough_rows(place: Path) -> None:
    manager = _manager(place, TOTALS + "minimum = 3\n")
    members = [_member(manager, f"张{number}") for number in range(4)]
    assert _tables(manager, members=members)["党费"]["空行"] == []


def test_a_table_that_is_not_grouped_has_no_groups_to_loop_over_in_vain(place: Path) -> None:
    manager = _manager(place, '[[tables]]\nname = "roster"\ntitle = "名册"\nof = "members"\n')
    assert "组" not in _tables(manager)["名册"]


def test_halves_add_up_to_a_whole_and_money_keeps_its_cents(place: Path) -> None:
    manager = _manager(place, TOTALS)
    for dues, total in (("4.5", "9"), ("4.25", "8.50"), ("10.00", "20.00")):
        members = [_member(manager, name, dues=dues) for name in ("张三", "李四")]
        assert str(_tables(manager, members=members)["党费"]["合计"]["应缴党费"]) == total


def test_groups_lie_in_groups(place: Path) -> None:
    manager = _manager(
        place, '[[tables]]\nname = "x"\ntitle = "表"\nof = "党员"\ngroup = ["党小组", "性别"]\n'
    )
    kinds = [("一组", "女"), ("二组", "男"), ("一组", "男"), ("一组", "女")]
    members = [_member(manager, f"张{n}", group=g, gender=s) for n, (g, s) in enumerate(kinds)]
    groups = _tables(manager, members=members)["表"]["组"]
    found = [(a["名称"], b["名称"], [r["姓名"] for r in b["行"]]) for a in groups for b in a["组"]]
    assert found == [("一组", "女", ["张0", "张3"]), ("一组", "男", ["张2"]), ("二组", "男", ["张1"])]


SCORES = (
    ITEMS
    + """
[[tables]]
name = "sheet"
title = "评分"
of = "验收项目"
group = "类别"
totals = ["分值", "自评分"]
join = { sheet = "scores", on = "编号=item" }
"""
)


def test_answers_stand_beside_their_items(place: Path) -> None:
    manager = _manager(place, SCORES)
    items = [_item(manager, str(n), "组织" if n < 3 else "职责", 5) for n in range(1, 4)]
    scores = [_score(manager, "3", "4.5"), _score(manager, "1", "5"), _score(manager, "２", "3")]
    table = _tables(manager, items=items, scores=scores)["评分"]
    assert [str(row["自评分"]) for row in table["行"]] == ["5", "3", "4.5"]
    assert table["合计"] == {"points": 15, "分值": 15, "score": Decimal("12.5"), "自评分": Decimal("12.5")}
    assert [group["合计"]["score"] for group in table["组"]] == [8, Decimal("4.5")]
    assert table["行"][0]["number"] == "1", "the sheet's own column is not hidden by the running number"
    assert table["行"][0]["序号"] == 1


def test_an_item_without_an_answer_is_a_blank_and_the_total_is_missing(place: Path) -> None:
    manager = _manager(place, SCORES)
    items = [_item(manager, "1", "组织", 5), _item(manager, "2", "组织", 5)]
    table = _tables(manager, items=items, scores=[_score(manager, "1", "5")])["评分"]
    assert table["行"][1]["自评分"] == ""
    assert isinstance(table["合计"]["自评分"], Missing)
    assert table["合计"]["分值"] == 10


def test_a_form_without_answers_is_one_for_a_pen(place: Path) -> None:
    manager = _manager(place, SCORES)
    table = _tables(manager, items=[_item(manager, "1", "组织", 5)])["评分"]
    assert (table["行"][0]["自评分"], table["合计"]["自评分"]) == ("", "")


def test_a_calendar_has_twelve_months(place: Path) -> None:
    manager = _manager(
        place,
        '[[tables]]\nname = "calendar"\ntitle = "年历"\nof = "组织生活"\nevery = "month"\nby = "日期"\n',
    )
    days = [PartialDate(2026, 3, 5), PartialDate(2026, 3, 1), PartialDate(2026, 12)]
    activities = [Activity(branch="甲支部", kind="党课", date=day) for day in days]
    table = _tables(manager, activities=activities)["年历"]
    assert [month["月份"] for month in table["行"]] == list(range(1, 13))
    assert [month["条数"] for month in table["行"]] == [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert [row["日期"].day for row in table["行"][2]["行"]] == [1, 5]
    assert table["条数"] == 3


@pytest.mark.parametrize("text", ["3", "3月", "三月", "３月份", " 3 月 "])
def test_a_month_may_be_written_in_words(place: Path, text: str) -> None:
    manager = _manager(
        place,
        '[[sheets]]\nname = "duty"\ntitle = "轮值"\ncolumns = [{ name = "month", title = "月份" }]\n'
        '[[tables]]\nname = "rota"\ntitle = "轮值表"\nof = "轮值"\nevery = "month"\nby = "月份"\n',
    )
    duty = manager.schema.sheets["duty"].record.read({"branch": "甲支部", "month": text})
    assert _tables(manager, duty=[duty])["轮值表"]["行"][2]["条数"] == 1


MEMBERS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text("张王李赵", min_size=1, max_size=3),
            "group": st.sampled_from(["一组", "二组", None]),
            "gender": st.sampled_from(["男", "女", None]),
            "dues": st.none() | st.decimals(0, 1000, places=2).map(str),
        }
    ),
    max_size=12,
)


@given(
    cells=MEMBERS,
    sort=st.lists(st.sampled_from(["姓名", "-姓名", "党小组", "-应缴党费", "性别"]), max_size=3),
    group=st.lists(st.sampled_from(["党小组", "性别"]), max_size=2, unique=True),
    minimum=st.integers(0, 15),
)
def test_no_row_is_lost_or_told_twice_and_totals_add_up(
    place: Path, cells: list[dict[str, Any]], sort: list[str], group: list[str], minimum: int
) -> None:
    manager = _manager(
        place,
        f'{COLUMNS}\n[[tables]]\nname = "t"\ntitle = "表"\nof = "members"\nsort = {sort}\ngroup = {group}\n'
        f'totals = ["dues"]\nminimum = {minimum}\n',
    )
    members = [_member(manager, **one) for one in cells]
    table = _tables(manager, members=members)["表"]
    rows = table["行"][: table["条数"]]
    assert len(table["行"]) == max(minimum, len(cells))
    assert sorted(row["姓名"] for row in rows) == sorted(one["name"] for one in cells)
    assert [row["序号"] for row in rows] == list(range(1, len(cells) + 1))
    innermost = _innermost(table)
    assert [row for some in innermost for row in some["行"][: some["条数"]]] == rows
    total = table["合计"]["dues"]
    if not cells:
        assert total == ""
    elif any(one["dues"] is None for one in cells):
        assert isinstance(total, Missing)
    else:
        assert total == sum(some["合计"]["dues"] for some in innermost) == sum(map(Decimal, _dues(cells)))


def _dues(cells: list[dict[str, Any]]) -> list[str]:
    return [one["dues"] for one in cells]


def _innermost(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [inner for one in part["组"] for inner in _innermost(one)] if part.get("组") else [part]
