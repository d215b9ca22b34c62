"""Which failed rows stop the documents of a branch, and which only leave a doubt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docsmith.model.dataset import Dataset, FailedRow
from docsmith.model.findings import Finding, Severity
from docsmith.model.records import Branch, Unit
from docsmith.model.schema import Schema

FINDING = Finding(Severity.ERROR, "it cannot be read")
OF_UNIT = FailedRow("unit", (), FINDING)
OF_NOBODY = FailedRow("members", (), FINDING)
OF_FIRST = FailedRow("talks", ("第一党支部",), FINDING)
OF_EITHER = FailedRow("plans", ("第一党支部", "第二党支部"), FINDING)


class Counted(tuple[FailedRow, ...]):
    """Rows that count how often somebody looked through them."""

    __slots__ = ()

    looks = 0

    def __iter__(self) -> Iterator[FailedRow]:
        Counted.looks += 1
        return super().__iter__()


def dataset(*names: str, failed: tuple[FailedRow, ...]) -> Dataset:
    unit = Unit(name="云屏县科技馆", year=2026)
    branches = tuple(Branch(name=name) for name in names)
    return Dataset(Schema.built_in(), unit, {"branches": branches}, failed)


@pytest.mark.parametrize(
    ("branch", "stopping"),
    [
        ("第一党支部", [OF_UNIT, OF_FIRST, OF_EITHER]),
        ("第二党支部", [OF_UNIT, OF_EITHER]),
        ("第三党支部", [OF_UNIT]),
    ],
)
def test_branch_is_stopped_by_its_own_rows_and_by_everybodys(branch: str, stopping: list[FailedRow]) -> None:
    data = dataset(branch, failed=(OF_UNIT, OF_NOBODY, OF_FIRST, OF_EITHER))
    assert list(data.stopping(branch)) == stopping


def test_row_of_no_known_branch_leaves_a_doubt_on_each() -> None:
    data = dataset("第一党支部", "第二党支部", failed=(OF_NOBODY, OF_FIRST))
    first, second = (data.dossier(branch).unread for branch in data.branches)
    assert (first, second) == ({"members", "talks"}, {"members"})


def test_failed_rows_are_not_looked_through_again_for_each_branch() -> None:
    names = [f"第{number}党支部" for number in range(50)]
    data = dataset(*names, failed=Counted((OF_UNIT, OF_NOBODY, OF_FIRST)))
    for branch in data.branches:
        list(data.stopping(branch.name))
        data.dossier(branch)
    assert Counted.looks <= 3
