"""Engines run in processes of their own; one that cannot take part stops nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.entrants import OURS, PEERS, Peer
from benchmarks.install import prepare
from benchmarks.race import Entrant, Settings, race
from benchmarks.templates.dialects import CARBONE, DOCXTPL
from benchmarks.workloads import WORKLOADS

from benchmarks import entrants, install


def test_a_broken_engine_is_named_and_the_others_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = tmp_path / "workers"
    workers.mkdir()
    for name in ("worker.py", "docsmith_worker.py"):
        (workers / name).write_bytes((entrants.WORKERS / name).read_bytes())
    (workers / "broken_worker.py").write_text("raise RuntimeError('out of order')", encoding="utf-8")
    monkeypatch.setattr(entrants, "WORKERS", workers)
    broken = Peer("broken", DOCXTPL, "broken_worker.py")
    environments, _left_out = prepare([broken, PEERS[OURS]])
    workload = WORKLOADS["C"]
    (tmp_path / "run").mkdir()
    series, left_out = race(
        [Entrant(broken, workload), Entrant(PEERS[OURS], workload)],
        environments,
        Settings(rounds=2, seconds=0.01),
        tmp_path / "run",
    )
    assert left_out == {"broken": "broken-C: RuntimeError: out of order"}
    (ours,) = series
    assert len(ours.wall) == len(ours.cpu) == 2
    written = list((tmp_path / "run" / "docsmith-C").glob("*.docx"))
    assert len(written) > 2 * ours.batch


def test_an_engine_that_prints_something_else_is_left_out(tmp_path: Path) -> None:
    wrong = Peer("wrong", CARBONE, "docsmith_worker.py")
    environments, _left_out = prepare([PEERS[OURS], wrong])
    series, left_out = race(
        [Entrant(PEERS[OURS], WORKLOADS["C"]), Entrant(wrong, WORKLOADS["C"])],
        environments,
        Settings(rounds=1, seconds=0.01),
        tmp_path,
    )
    assert [one.entrant.peer.name for one in series] == [OURS]
    assert "prints something else" in left_out["wrong"]


def test_a_peer_that_cannot_be_installed_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    ready, left_out = prepare([PEERS["carbone"], PEERS[OURS]])
    assert ready.keys() == {OURS}
    assert left_out == {"carbone": "carbone: npm is not on this machine"}


def test_every_peer_is_pinned() -> None:
    for peer in PEERS.values():
        assert peer.script.is_file()
        assert all("==" in one or "@" in one for one in peer.requires)
        assert bool(peer.requires) == (peer.name != OURS)
