"""The workers of a dask scheduler: alike to those of this machine, whatever happens to them."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="dask.distributed is not installed: pip install distributed")

from docsmith import _i18n
from docsmith.engine.crew import Fallen, cluster, open_crew
from docsmith.errors import OutputError, SourceError, UsageError
from tests.engine.crew.jobs import Counted, Done, Names, Speaking, Unready, Upper, tickets
from tests.engine.crew.offices import Office
from tests.kills import number_of_kills

KILLS = number_of_kills(4)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups are those of POSIX")


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for whom a test needs as long as it takes on a busy machine."""
    monkeypatch.setattr(cluster, "CONNECTING", 60)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Two workers that are started again when they die."""
    with Office(tmp_path_factory.mktemp("office"), patience=0) as office:
        office.employ(2, nanny=True)
        yield office


def run(job: Any, given: Iterable[Names], engine: str) -> list[tuple[Names, Any]]:
    with open_crew(job, jobs=1, engine=engine) as crew:
        return list(crew.results(given))


def documents(results: Iterable[tuple[Names, Any]]) -> Counter[str]:
    return Counter(name for _ticket, done in results if isinstance(done, Done) for name in done.documents)


def all_names(given: Iterable[Names]) -> Counter[str]:
    return Counter(name.upper() for ticket in given for name in ticket.names)


def test_a_cluster_gives_what_this_machine_gives(tmp_path: Path, office: Office) -> None:
    given = list(tickets(60))
    with open_crew(Upper(tmp_path, size=1000), jobs=1) as crew:
        local = {ticket: (done.documents, done.content) for ticket, done in crew.results(given)}
    results = run(Upper(tmp_path, size=1000, seconds=0.01), given, office.engine)
    assert {ticket: (done.documents, done.content) for ticket, done in results} == local
    assert len(results) == len(given)


def test_all_workers_work_and_each_prepares_once(tmp_path: Path, office: Office) -> None:
    results = run(Upper(tmp_path, seconds=0.02), [Names(("meet:here",))] * 2, office.engine)
    pids = Counter(done.pid for _ticket, done in results)
    prepared = (tmp_path / "prepared").read_text(encoding="utf-8").split()
    assert len(pids) == 2
    assert sorted(map(int, prepared)) == sorted(pids)


def test_equal_tickets_are_all_done(tmp_path: Path, office: Office) -> None:
    results = run(Upper(tmp_path), [Names(("same",))] * 20, office.engine)
    assert documents(results) == Counter({"SAME": 20})


def test_tickets_are_pulled_only_as_results_are_taken(tmp_path: Path, office: Office) -> None:
    given = Counted(tickets(60))
    with open_crew(Upper(tmp_path), jobs=1, engine=office.engine) as crew:
        for taken, _result in enumerate(crew.results(given), start=1):
            assert given.pulled - taken <= 2 * cluster._AT_ONCE + 2
    assert given.pulled == 60


def test_an_error_of_a_worker_comes_through_as_it_is(tmp_path: Path, office: Office) -> None:
    with pytest.raises(SourceError) as caught:
        run(Upper(tmp_path), [Names(("a",)), Names(("refuse",))], office.engine)
    assert (caught.value.message, caught.value.hint) == ("No rows.", "Add one.")
    with pytest.raises(SourceError, match="No rows"):
        run(Unready("refuse"), tickets(2), office.engine)


def test_the_logs_of_workers_hold_nothing_of_the_data(tmp_path: Path, office: Office) -> None:
    with pytest.raises(SourceError):
        run(Upper(tmp_path), [Names(("张三", "refuse"))], office.engine)
    assert "张三" not in office.logs()
    assert "No rows" not in office.logs()


def test_an_error_of_the_tickets_comes_after_the_results_before_it(tmp_path: Path, office: Office) -> None:
    def broken() -> Iterator[Names]:
        yield from tickets(5)
        raise SourceError("The file ends here.")

    taken = []
    with (
        open_crew(Upper(tmp_path), jobs=1, engine=office.engine) as crew,
        pytest.raises(SourceError, match="ends here"),
    ):
        taken.extend(crew.results(broken()))
    assert documents(taken) == all_names(tickets(5))


def test_workers_speak_the_language_of_the_run(office: Office) -> None:
    for language in ("zh_CN", "en"):
        _i18n.install(language)
        [(_ticket, said)] = run(Speaking(), tickets(1), office.engine)
        assert said == _i18n.gettext("Wait until it is done, and try again.")
        assert said.isascii() == (language == "en")


@pytest.mark.parametrize(("order", "reason"), [("kill", "died of it"), ("hunger", "out of memory")])
def test_a_name_that_kills_workers_is_found(tmp_path: Path, office: Office, order: str, reason: str) -> None:
    given = [*tickets(4), Names(("before", order, "after")), *tickets(4)]
    results = run(Upper(tmp_path), given, office.engine)
    fallen = [done for _ticket, done in results if isinstance(done, Fallen)]
    assert [one.ticket for one in fallen] == [Names((order,))]
    assert reason in fallen[0].reason
    assert documents(results) == all_names(given) - Counter([order.upper()])


def test_leaving_early_leaves_the_cluster_to_the_next_run(tmp_path: Path, office: Office) -> None:
    with open_crew(Upper(tmp_path, seconds=0.01), jobs=1, engine=office.engine) as crew:
        next(iter(crew.results(tickets(100))))
    assert documents(run(Upper(tmp_path), tickets(5), office.engine)) == all_names(tickets(5))


def test_a_worker_killed_midway_costs_nothing(tmp_path: Path) -> None:
    given = list(tickets(120, each=2))
    with Office(tmp_path) as office:
        office.employ(2)
        results, killed = [], 0
        with open_crew(Upper(tmp_path, seconds=0.01, size=10_000), jobs=1, engine=office.engine) as crew:
            for ticket, done in crew.results(given):
                results.append((ticket, done))
                if not killed and len({done.pid for _ticket, done in results}) == 2:
                    killed = done.pid
                    os.kill(killed, signal.SIGKILL)
    assert killed
    assert documents(results) == all_names(given)
    assert {len(done.content) for _ticket, done in results} == {10_000}


def test_workers_killed_again_and_again_lose_and_double_nothing(tmp_path: Path) -> None:
    given = list(tickets(40 * KILLS, each=2))
    kills = 0
    with Office(tmp_path) as office:
        office.employ(2, nanny=True)
        results = []
        with open_crew(Upper(tmp_path, seconds=0.02), jobs=1, engine=office.engine) as crew:
            for number, (ticket, done) in enumerate(crew.results(given), start=1):
                results.append((ticket, done))
                if kills < min(number // 20, KILLS) and isinstance(done, Done):
                    with contextlib.suppress(ProcessLookupError):  # killed before
                        os.kill(done.pid, signal.SIGKILL)
                        kills += 1
    assert kills == KILLS
    fallen = [ticket for ticket, done in results if isinstance(done, Fallen)]
    assert documents(results) + all_names(fallen) == all_names(given)
    assert len((tmp_path / "prepared").read_text(encoding="utf-8").split()) > 2


def test_a_worker_that_comes_later_works_as_well(tmp_path: Path) -> None:
    def until_two() -> Iterator[Names]:
        while len(pids) < 2:
            yield Names((f"name {len(pids)}",))

    pids: set[int] = set()
    with Office(tmp_path) as office:
        office.employ(1)
        with open_crew(Upper(tmp_path, seconds=0.1), jobs=1, engine=office.engine) as crew:
            for number, (_ticket, done) in enumerate(crew.results(until_two())):
                pids.add(done.pid)
                assert number < 2000, "the second worker was never asked"
                if number == 0:
                    office.employ(1)


def test_a_scheduler_that_dies_midway_ends_the_run_after_what_is_done(tmp_path: Path) -> None:
    taken = []
    with Office(tmp_path) as office:
        office.employ(1)
        with open_crew(Upper(tmp_path, seconds=0.01), jobs=1, engine=office.engine) as crew:
            results = crew.results(tickets(2000))
            taken += [next(results) for _number in range(5)]
            office.scheduler.kill()
            with pytest.raises(OutputError, match="scheduler is lost"):
                taken.extend(results)
    assert 5 <= len(taken) < 2000


def test_workers_that_are_gone_for_good_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_DESERTED", 0.5)
    with Office(tmp_path) as office:
        office.employ(1)
        with (
            open_crew(Upper(tmp_path), jobs=1, engine=office.engine) as crew,
            pytest.raises(OutputError, match="no worker any more"),
        ):
            list(crew.results([*tickets(3), Names(("kill",))]))


def test_a_scheduler_without_workers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 1)
    with Office(tmp_path) as office, pytest.raises(UsageError, match="no workers"):
        run(Upper(tmp_path), tickets(1), office.engine)


OLDER = "import docsmith._version\ndocsmith._version.VERSION = '0.0.9'\n"


def test_a_worker_of_another_version_is_named(tmp_path: Path) -> None:
    (tmp_path / "older.py").write_text(OLDER, encoding="utf-8")
    with Office(tmp_path) as office:
        office.employ(1, "--preload", str(tmp_path / "older.py"))
        with pytest.raises(UsageError, match=r"tcp://127.*docsmith 0\.0\.9"):
            run(Upper(tmp_path), tickets(1), office.engine)


def test_a_worker_of_another_version_that_comes_later_ends_the_run(tmp_path: Path) -> None:
    def endless() -> Iterator[Names]:
        while True:
            yield Names(("name",))

    (tmp_path / "older.py").write_text(OLDER, encoding="utf-8")
    with Office(tmp_path) as office:
        office.employ(1)
        with open_crew(Upper(tmp_path, seconds=0.05), jobs=1, engine=office.engine) as crew:
            results = crew.results(endless())
            next(results)
            office.employ(1, "--preload", str(tmp_path / "older.py"))
            with pytest.raises(UsageError, match=r"docsmith 0\.0\.9"):
                deque(itertools.islice(results, 2000), maxlen=0)


WITHOUT = """
import sys

sys.modules["docsmith"] = None
"""


def test_a_worker_without_docsmith_is_named(tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text(WITHOUT, encoding="utf-8")
    with Office(tmp_path) as office:
        office.employ(1, "--preload", str(tmp_path / "without.py"))
        with pytest.raises(UsageError, match=r"tcp://127.*cannot run docsmith"):
            run(Upper(tmp_path), tickets(1), office.engine)


def test_without_the_extra_the_command_that_installs_it_is_named() -> None:
    program = (
        "import sys; sys.modules['distributed'] = None\n"
        "from docsmith.engine.crew import open_crew\n"
        "try:\n"
        "    open_crew(None, jobs=1, engine='dask://x:1').__enter__()\n"
        "except Exception as error:\n"
        "    print(type(error).__name__, error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == 'UsageError Install it with: pip install "docsmith-forms[cluster]"\n'
