"""Names that are spelt alike are found among few and among very many."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from docsmith.sources.branches import BranchError, Directory
from docsmith.sources.near_names import NearNames

MANY = [
    f"云屏县{kind}{number}号院党支部" for kind in ("科技馆", "图书馆", "博物馆") for number in range(1000)
]


@pytest.mark.parametrize(
    "names", [["展教中心党支部", "退休党支部"], [*MANY, "展教中心党支部"]], ids=["few", "many"]
)
def test_name_with_a_slip_finds_the_one_that_is_meant(names: list[str]) -> None:
    assert NearNames(names).of("展教中新党支部")[:1] == ("展教中心党支部",)


def test_name_that_shares_only_what_all_names_have_finds_nothing_among_many() -> None:
    assert NearNames(MANY).of("党支部") == ()


def test_name_is_compared_with_a_few_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counting(_name: str, others: Collection[str], **_limits: object) -> list[str]:
        compared.append(len(others))
        return []

    monkeypatch.setattr("difflib.get_close_matches", counting)
    NearNames(MANY).of("云屏县科技馆123号院党支部")
    assert 0 < compared[0] <= 30


def test_text_of_any_length_in_place_of_a_name_is_looked_at_no_further_than_a_name() -> None:
    names = NearNames([*MANY, "展教中心党支部", "长" * 70_000])
    assert names.of("短" * 70_000) == ()


def test_unknown_branch_is_refused_each_time_with_the_same_words() -> None:
    directory = Directory([("第一党支部", "01")])
    said = []
    for _time in range(2):
        with pytest.raises(BranchError) as raised:
            directory.find("火星", None)
        said.append((raised.value.message, raised.value.hint))
    assert said[0] == said[1]
