"""What follows from a branch's data is found out once."""

from __future__ import annotations

from dataclasses import replace

from docsmith.model.dossier import Dossier
from docsmith.model.figures import compute
from docsmith.model.once import once_per_dossier
from tests.rules.branches import dossier

CALLS: list[tuple[int, int]] = []


@once_per_dossier
def _sum(subject: Dossier, more: int = 0) -> int:
    CALLS.append((subject.year, more))
    return subject.year + more


def test_a_figure_is_computed_once_for_a_dossier_and_again_for_another() -> None:
    CALLS.clear()
    one, other = dossier(), dossier()
    assert [_sum(one), _sum(one), _sum(one, 1), _sum(one, 1), _sum(other)] == [2026, 2026, 2027, 2027, 2026]
    assert CALLS == [(2026, 0), (2026, 1), (2026, 0)]


def test_a_changed_dossier_keeps_nothing_of_the_one_it_comes_from() -> None:
    one = dossier()
    assert _sum(one) == 2026
    assert _sum(replace(one, year=2025)) == 2025


def test_documents_of_several_types_share_the_figures() -> None:
    one = dossier()
    assert compute(one) is compute(one)
