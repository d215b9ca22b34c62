"""Worker processes: alike to one process, whatever happens to them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from docsmith import _i18n
from docsmith.engine.crew import Fallen, open_crew
from docsmith.errors import OutputError, SourceError
from tests.engine.crew.jobs import Counted, Done, Names, Speaking, Unready, Upper, tickets
from tests.kills import number_of_kills
from tests.waiting import LONG, gone, wait_until, written

KILLS = number_of_kills(20)
posix = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


def run(job: Any, given: Iterable[Names], *, jobs: int = 2) -> list[tuple[Names, Any]]:
    with open_crew(job, jobs=jobs) as crew:
        return list(crew.results(given))


def names_done(results: Iterable[tuple[Names, Any]]) -> Counter[str]:
    return Counter(name for _ticket, done in results if isinstance(done, Done) for name in done.documents)


def all_names(given: Iterable[Names]) -> Counter[str]:
    return Counter(name.upper() for ticket in given for name in ticket.names)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_ticket_comes_back_once_with_its_result(tmp_path: Path, jobs: int) -> None:
    results = run(Upper(tmp_path), tickets(40), jobs=jobs)
    assert names_done(results) == all_names(tickets(40))
    assert all(done.documents == tuple(name.upper() for name in ticket.names) for ticket, done in results)


def test_one_job_is_done_in_this_process(tmp_path: Path) -> None:
    results = run(Upper(tmp_path), tickets(3), jobs=1)
    assert {done.pid for _ticket, done in results} == {os.getpid()}


def test_more_jobs_are_done_by_that_many_processes_each_prepared_once(tmp_path: Path) -> None:
    results = run(Upper(tmp_path), [Names(("meet:here",))] * 2)
    pids = {done.pid for _ticket, done in results}
    assert len(pids) == 2
    assert os.getpid() not in pids
    prepared = (tmp_path / "prepared").read_text(encoding="utf-8").split()
    assert sorted(map(int, prepared)) == sorted(pids)


def test_no_more_processes_start_than_there_are_tickets(tmp_path: Path) -> None:
    run(Upper(tmp_path), tickets(1), jobs=4)
    assert len((tmp_path / "prepared").read_text(encoding="utf-8").split()) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_tickets_are_no_results(tmp_path: Path, jobs: int) -> None:
    assert run(Upper(tmp_path), [], jobs=jobs) == []
    assert not (tmp_path / "prepared").exists() or jobs == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crew_takes_tickets_more_than_once(tmp_path: Path, jobs: int) -> None:
    with open_crew(Upper(tmp_path), jobs=jobs) as crew:
        assert names_done(crew.results(tickets(5))) == all_names(tickets(5))
        assert names_done(crew.results(tickets(7))) == all_names(tickets(7))


@pytest.mark.parametrize(("jobs", "most"), [(1, 1), (2, 4 + 2)])
def test_tickets_are_pulled_only_as_results_are_taken(tmp_path: Path, jobs: int, most: int) -> None:
    given = Counted(tickets(60))
    with open_crew(Upper(tmp_path), jobs=jobs) as crew:
        for taken, _result in enumerate(crew.results(given), start=1):
            assert given.pulled - taken <= most
    assert given.pulled == 60


def test_large_tickets_and_large_results_do_not_wait_for_each_other(tmp_path: Path) -> None:
    size = 3_000_000  # more than any pipe holds
    large = [Names((f"name {number}",), bytes(size)) for number in range(12)]
    results = run(Upper(tmp_path, size=size), large)
    assert len(results) == 12
    assert all(len(done.content) == size for _ticket, done in results)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_perform_comes_through_as_it_is(tmp_path: Path, jobs: int) -> None:
    with pytest.raises(SourceError) as caught:
        run(Upper(tmp_path), [Names(("a",)), Names(("refuse",))], jobs=jobs)
    assert (caught.value.message, caught.value.hint) == ("No rows.", "Add one.")


def test_an_error_of_a_worker_says_where_it_was_raised(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        run(Upper(tmp_path), [Names(("refuse",))])
    assert "_refuse" in "".join(caught.value.__notes__)


def test_an_error_that_cannot_be_sent_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)_fail.*broken"):
        run(Upper(tmp_path), [Names(("fail",))])


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_tickets_comes_after_the_results_before_it(tmp_path: Path, jobs: int) -> None:
    def broken() -> Iterator[Names]:
        yield from tickets(5)
        raise SourceError("The file ends here.")

    taken = []
    with open_crew(Upper(tmp_path), jobs=jobs) as crew, pytest.raises(SourceError, match="ends here"):
        taken.extend(crew.results(broken()))
    assert names_done(taken) == all_names(tickets(5))


def test_an_error_of_prepare_comes_through_at_once() -> None:
    with pytest.raises(SourceError, match="No rows"):
        run(Unready("refuse"), tickets(5))


@pytest.mark.parametrize(("order", "reason"), [("exit", "exit code 7"), ("kill", "SIGKILL")])
def test_workers_that_cannot_start_end_the_run(order: str, reason: str) -> None:
    with pytest.raises(OutputError, match=reason):
        run(Unready(order), tickets(5))


def test_workers_speak_the_language_of_their_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOCSMITH_LANG")
    monkeypatch.setenv("LC_ALL", "C")
    _i18n.install("zh_CN")
    try:
        [(_ticket, said)] = run(Speaking(), tickets(1))
        assert said == _i18n.gettext("Wait until it is done, and try again.")
        assert not said.isascii()
    finally:
        _i18n.install("en")


@posix
@pytest.mark.parametrize(
    ("order", "reason"),
    [("kill", "SIGKILL"), ("exit", "exit code 7"), ("crash", "SIGSEGV"), ("hunger", "ran out of memory")],
)
def test_a_name_that_kills_workers_is_found_among_the_others(tmp_path: Path, order: str, reason: str) -> None:
    given = [*tickets(6), Names(("before", order, "after")), *tickets(3)]
    results = run(Upper(tmp_path), given)
    fallen = [done for _ticket, done in results if isinstance(done, Fallen)]
    assert [one.ticket for one in fallen] == [Names((order,))]
    assert reason in fallen[0].reason
    assert names_done(results) == all_names(given) - Counter([order.upper()])


@posix
def test_a_worker_that_dies_once_costs_no_ticket(tmp_path: Path) -> None:
    given = [*tickets(6), Names(("before", "once:here", "after")), *tickets(6)]
    results = run(Upper(tmp_path), given)
    assert names_done(results) == all_names(given)
    assert Names(("before", "once:here", "after")) in [ticket for ticket, _done in results]


@posix
def test_the_death_of_a_worker_is_seen_though_its_child_lives_on(tmp_path: Path) -> None:
    results = run(Upper(tmp_path), [Names(("bear:child",))])
    assert isinstance(results[0][1], Fallen)
    for child in (tmp_path / "child").read_text(encoding="utf-8").split():
        os.kill(int(child), signal.SIGKILL)


@posix
def test_workers_killed_dozens_of_times_lose_and_double_nothing(tmp_path: Path) -> None:
    chance = random.Random(4)
    kills = 0
    given = list(tickets(12 * KILLS, each=2))
    results = []
    with open_crew(Upper(tmp_path, seconds=0.001, size=300_000), jobs=3) as crew:
        for ticket, done in crew.results(given):
            results.append((ticket, done))
            if kills < KILLS and chance.random() < 0.25:
                time.sleep(chance.random() * 0.01)
                kills += _kill_one_of(tmp_path / "prepared", chance)
    assert kills == KILLS
    # A kill may have struck the same ticket each time.
    fallen = [ticket for ticket, done in results if isinstance(done, Fallen)]
    assert names_done(results) + all_names(fallen) == all_names(given)


def _kill_one_of(prepared: Path, chance: random.Random) -> int:
    """Kill a worker that has not just been started; return how many were killed."""
    pids = [pid for pid in map(int, prepared.read_text(encoding="utf-8").split()) if not gone(pid)]
    for pid in chance.sample(pids, min(1, len(pids))):
        os.kill(pid, signal.SIGKILL)
    return min(1, len(pids))


@posix
@pytest.mark.parametrize("order", ["wait", "spin"])
def test_leaving_early_ends_workers_in_the_middle_of_their_work(tmp_path: Path, order: str) -> None:
    file = tmp_path / "pid"
    with open_crew(Upper(tmp_path), jobs=2) as crew:
        next(iter(crew.results([Names((f"{order}:pid",)), Names(("until:pid",))])))
    assert gone(int(file.read_text(encoding="utf-8")))
    assert order == "spin" or file.with_suffix(".cleared").exists(), "it may clear up"


def test_workers_that_are_about_to_answer_end_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for _time in range(3):
        with open_crew(Upper(tmp_path, size=3_000_000), jobs=2) as crew:
            results = crew.results(tickets(20))
            next(results)
            time.sleep(0.05)  # both are now sending what no pipe holds
    assert capfd.readouterr() == ("", "")


def test_workers_whose_job_raises_end_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for _time in range(3):
        with pytest.raises(SourceError):
            run(Upper(tmp_path), [Names(("refuse",)), Names(("refuse",)), *tickets(5)])
    assert capfd.readouterr() == ("", "")


# A shell that starts pytest in the background, or under nohup, has it ignore these; children inherit that.
PARENT = """
import signal, sys
from pathlib import Path
from docsmith.engine.crew import open_crew
from tests.engine.crew.jobs import Names, Upper

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    folder = Path(sys.argv[1])
    try:
        with open_crew(Upper(folder), jobs=2) as crew:
            for result in crew.results([Names((f"{sys.argv[2]}:one",)), Names((f"{sys.argv[2]}:two",))]):
                raise AssertionError(result)
    except KeyboardInterrupt:
        print("stopped")
"""


class Parent(NamedTuple):
    """A process whose two workers are at work, and who they are."""

    process: subprocess.Popen[str]
    workers: list[int]


@pytest.fixture
def parent(tmp_path: Path, order: str) -> Iterator[Parent]:
    """A parent whose workers obey an order; at the end none of them is left."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, script, tmp_path, order],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH")])),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Parent(process, [int(wait_until(written, tmp_path / name)) for name in ("one", "two")])
    finally:
        with suppress(ProcessLookupError):  # all of them have ended
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@posix
@pytest.mark.parametrize("order", ["wait", "spin"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_end_with_their_parent(parent: Parent, number: signal.Signals) -> None:
    parent.process.send_signal(number)
    _out, errors = parent.process.communicate(timeout=LONG)
    for worker in parent.workers:
        wait_until(gone, worker)
    assert errors == ""


@posix
@pytest.mark.parametrize("order", ["wait"])
def test_ctrl_c_is_the_parents_to_decide(parent: Parent) -> None:
    os.killpg(parent.process.pid, signal.SIGINT)  # as a terminal does
    out, errors = parent.process.communicate(timeout=LONG)
    assert (out, errors, parent.process.returncode) == ("stopped\n", "", 0)
    assert all(gone(worker) for worker in parent.workers)
