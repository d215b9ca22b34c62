"""Who does the work of a batch: this process, several on this machine, or those of a cluster.

All three do a :class:`Job` for tickets, and answer alike.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from docsmith.engine.crew.contract import Crew, Fallen, Job, R, Splittable, T

__all__ = ["Crew", "Fallen", "Job", "Splittable", "open_crew"]


@contextlib.contextmanager
def open_crew(job: Job[Any, T, R], *, jobs: int, engine: str = "") -> Iterator[Crew[T, R]]:
    """Open a crew; it ends at once with the block, also in the middle of its work.

    ``jobs`` is the number of worker processes; one means this process, and no other. ``engine`` names a
    cluster (``dask://HOST:PORT``, ``dask+tls://HOST:PORT``), which has its own number of workers.

    Raises :class:`docsmith.errors.UsageError` for an engine that does not answer, or whose workers differ
    from us. Later, results raise :class:`docsmith.errors.OutputError` where workers cannot be started, or are
    lost for good.
    """
    if engine:
        from docsmith.engine.crew.cluster import open_cluster  # 0.5 s, and an extra

        with open_cluster(job, engine) as cluster:
            yield cluster
    elif jobs == 1:
        from docsmith.engine.crew.alone import Alone

        yield Alone(job)
    else:
        from docsmith.engine.crew.processes import Processes

        processes = Processes(job, jobs)
        try:
            yield processes
        finally:
            processes.close()
