"""All rows of a source gathered, to be written in another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docsmith.engine.portions import portions
from docsmith.model.findings import Finding
from docsmith.sources.across import AcrossBranches
from docsmith.sources.export_rows import Gathered
from docsmith.sources.shares import Source


def gather(source: Source, gathered: Gathered, advance: Callable[[int], None]) -> Iterator[Finding]:
    """Add all rows of a source to ``gathered``, and yield what was found on the way.

    Up to :data:`docsmith.engine.portions.BRANCHES_AT_ONCE` branches they are in the order of the source; of
    more, in that of so many branches after the other. ``advance`` is told how many branches are done with.
    """
    head = source.head.dataset
    gathered.add_shared(head)
    yield from head.findings
    with AcrossBranches() as across:
        for dataset in portions(source, advance):
            across.add(dataset)
            gathered.add_branches(dataset)
            yield from dataset.findings[len(head.findings) :]
        yield from across.findings()
