"""Whatever a workbook holds, every rule gives a verdict and every figure a value."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docsmith.model.columns import Kind
from docsmith.model.dates import PartialDate
from docsmith.model.figures import compute
from docsmith.rules import catalogue, evaluate
from tests.rules.branches import RECORDS, branch, dossier, rows

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "党课",
            "换届选举",
            "赞成99999999999999999999票，通过",
            "集体学习" + "9" * 5000 + "次",
            "（" * 200,
            "张三、李四（出差",
            "全体党员",
            "10个方面的33个突出问题",
        ]
    ),
)
DATES = st.builds(
    PartialDate,
    st.one_of(st.integers(1, 9999), st.integers(2024, 2027)),
    st.integers(1, 12),
    st.one_of(st.none(), st.integers(1, 28)),
)
VALUES = {
    Kind.TEXT: TEXTS,
    Kind.NAME: st.one_of(TEXTS, st.sampled_from(["张三", "李四"])),
    Kind.NAMES: st.lists(TEXTS.filter(bool), max_size=3).map(tuple),
    Kind.CODE: TEXTS,
    Kind.COUNT: st.one_of(st.integers(0, 40), st.integers(0, 10**12)),
    Kind.DATE: DATES,
    Kind.TIME: st.sampled_from(["14:30", "上午"]),
}


def _said(record, *, without=()):
    required, optional = (
        {},
        {"extra": st.dictionaries(st.sampled_from(["学时", "党费", "月收入", "评议结果"]), TEXTS)},
    )
    for column in record.columns.values():
        if column.name in without:
            continue
        values = st.sampled_from(list(column.choices)) if column.kind is Kind.CHOICE else VALUES[column.kind]
        text = column.kind in (Kind.TEXT, Kind.NAME, Kind.CODE)
        if column.required:
            required[column.name] = values.map(lambda value: f"甲{value}") if text else values
        else:
            optional[column.name] = values
    return st.fixed_dictionaries(required, optional=optional)


SHEETS = st.fixed_dictionaries(
    {sheet: st.lists(_said(record, without=("branch",)), max_size=3) for sheet, record in RECORDS.items()}
)
BRANCHES = _said(type(branch()), without=("name",))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=SHEETS, about=BRANCHES)
def test_every_rule_gives_a_verdict(said, about):
    data = dossier(report_date="2026-12-08", about=about, **said)
    verdicts = evaluate(data)
    assert verdicts.keys() == {rule.id for rule in catalogue() if rule.scope == "branch"}
    assert compute(data).problems.total == (len(rows("problems", said["problems"])) or None)
