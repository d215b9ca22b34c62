"""A row finds its branch however the name is spelt, and only where that is certain."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsmith.sources.branch_keys import branch_key
from docsmith.sources.branches import BranchError, Directory
from tests.sources.making import BRANCHES, by_code, found, read, read_sheets

HEADER = ("支部", "姓名")


@pytest.mark.parametrize(
    "spelling",
    [
        "第一党支部",
        "第一支部",
        "中共第一党支部",
        "第 一　党支部",
        "中共第一支部",
        "0201",
        "０２０１",
        "第一党支部 ",
    ],
)
def test_spellings_of_one_branch_point_to_it(tmp_path: Path, spelling: str) -> None:
    dataset = read_sheets(tmp_path, {"党员": [HEADER, (spelling, "方可")]})
    assert [m.branch for m in dataset.tables["members"]] == ["第一党支部"]
    assert found(dataset) == []


@pytest.mark.parametrize(
    ("known", "spelling"),
    [
        ("中共云屏县科技馆委员会第一党支部", "第一党支部"),
        ("第一党支部", "中共云屏县科技馆委员会第一支部"),
        ("第一党支部", "云屏县科技馆机关党委第一党支部"),
        ("第一党支部", "云屏县科技馆第一党支部"),
        ("第２党支部", "第二支部"),
    ],
)
def test_name_of_the_unit_before_a_branch_and_its_number_may_be_written_otherwise(
    tmp_path: Path, known: str, spelling: str
) -> None:
    branches = [("支部名称",), (known,), ("离退休党支部",)]
    dataset = read_sheets(tmp_path, {"支部": branches, "党员": [HEADER, (spelling, "方可")]})
    assert [m.branch for m in dataset.tables["members"]] == [known]


def test_branch_of_another_committee_is_not_ones_own(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"党员": [HEADER, ("中共雪原县图书馆委员会第一党支部", "方可")]})
    assert found(dataset) == [("branch-unknown", "A2")]


def test_full_width_digits_point_to_the_same_branch(tmp_path: Path) -> None:
    branches = [("支部名称",), ("第12党支部",)]
    dataset = read_sheets(tmp_path, {"支部": branches, "党员": [HEADER, ("第１２支部", "方可")]})
    assert [m.branch for m in dataset.tables["members"]] == ["第12党支部"]


def test_spelling_of_two_branches_is_an_error_with_both_candidates(tmp_path: Path) -> None:
    branches = [("支部名称",), ("展教支部",), ("展教党支部",), ("后勤党支部",)]
    dataset = read_sheets(
        tmp_path, {"支部": branches, "党员": [HEADER, ("中共展教支部", "甲"), ("展教支部", "乙")]}
    )
    assert [m.branch for m in dataset.tables["members"]] == ["展教支部"]
    (failed,) = dataset.failed
    assert failed.branches == ("展教支部", "展教党支部")
    assert failed.finding.code == "branch-ambiguous"
    assert "展教支部、展教党支部" in failed.finding.hint


def test_code_beside_an_ambiguous_name_decides(tmp_path: Path) -> None:
    branches = [("支部编码", "支部名称"), ("01", "展教支部"), ("02", "展教党支部")]
    rows = [("所在党支部编码", "所在党支部", "姓名"), ("02", "中共展教支部", "甲")]
    dataset = read_sheets(tmp_path, {"支部": branches, "党员": rows})
    assert [m.branch for m in dataset.tables["members"]] == ["展教党支部"]
    assert dataset.tables["members"][0].extra == {"所在党支部编码": "02"}


def test_unknown_branch_names_the_nearest(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"党员": [HEADER, ("第一党支布", "甲")]})
    (finding,) = by_code(dataset.findings, "branch-unknown")
    assert finding.place.cell == "A2"
    assert "第一党支部" in finding.hint


def test_row_of_an_unknown_branch_is_not_that_of_a_branch_of_a_like_name(tmp_path: Path) -> None:
    rows = [("所在党支部编码", *HEADER), (None, "第三党支部", "甲"), ("0201", "火星党支部", "乙")]
    dataset = read_sheets(tmp_path, {"党员": rows})
    assert found(dataset) == [("branch-unknown", "B2"), ("branch-unknown", "B3")]
    assert [failed.branches for failed in dataset.failed] == [(), ()]
    assert {branch.name: dataset.dossier(branch).unread for branch in dataset.branches} == {
        "第一党支部": {"members"},
        "第二党支部": {"members"},
    }


def test_row_without_a_branch_is_an_error_at_its_cell(tmp_path: Path) -> None:
    dataset = read_sheets(tmp_path, {"党员": [HEADER, (None, "甲"), ("第一党支部", "乙")]})
    assert found(dataset) == [("required-empty", "A2")]


def test_row_of_a_branch_whose_own_row_failed_is_not_at_fault(tmp_path: Path) -> None:
    branches = [*BRANCHES, ("0203", "第三党支部")]
    branches = [
        (*row, "成立时间" if i == 0 else "不详" if i == 3 else None) for i, row in enumerate(branches)
    ]
    dataset = read_sheets(tmp_path, {"支部": branches, "党员": [HEADER, ("第三支部", "甲")]})
    assert found(dataset) == [("date-unreadable", "C4")]
    assert [failed.branches for failed in dataset.failed] == [("第三党支部",)]


def test_branch_twice_and_code_twice_are_errors(tmp_path: Path) -> None:
    branches = [*BRANCHES, ("0203", "第一党支部"), ("0202", "第四党支部")]
    dataset = read_sheets(tmp_path, {"支部": branches})
    assert found(dataset) == [("branch-duplicate", "B4"), ("code-duplicate", "A5")]
    assert [failed.branches for failed in dataset.failed] == [("第一党支部",), ("第四党支部", "第二党支部")]


def test_same_branch_row_in_two_files_is_only_a_warning(tmp_path: Path) -> None:
    from tests.sources.making import UNIT, workbook

    for name in ("甲.xlsx", "乙.xlsx"):
        workbook(tmp_path / name, {"单位": UNIT, "支部": BRANCHES[:2]})
    dataset = read(tmp_path)
    assert found(dataset) == [("branch-repeated", "B2")]
    assert len(dataset.branches) == 1
    assert dataset.failed == ()


def test_without_the_sheet_the_branches_that_rows_name_are_used(tmp_path: Path) -> None:
    path = tmp_path / "党员.csv"
    path.write_text("党支部编码,党支部,姓名\n01,一支部,甲\n01,一党支部,乙\n02,二支部,丙\n", encoding="utf-8")
    dataset = read(path, year=2026)
    assert [(b.code, b.name) for b in dataset.branches] == [("01", "一支部"), ("02", "二支部")]
    assert [m.branch for m in dataset.tables["members"]] == ["一支部", "一支部", "二支部"]
    assert [f.severity for f in by_code(dataset.findings, "branches-missing")] == ["error"]


names = st.text(st.sampled_from("一二三中共党支部甲 "), min_size=1, max_size=8).filter(
    lambda text: text.strip()
)


@given(st.lists(names, min_size=1, max_size=5, unique=True), names)
def test_branch_is_found_only_if_it_is_named_or_alone_in_its_key(known: list[str], asked: str) -> None:
    directory = Directory((name, None) for name in known)
    alike = [name for name in known if branch_key(name) == branch_key(asked)]
    try:
        branch = directory.find(asked)
    except BranchError:
        assert asked not in known
        assert len(alike) != 1
    else:
        assert branch == asked or alike == [branch]
