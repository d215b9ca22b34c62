"""What is settled before the first document: the types, their templates, the folders, the stamps."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from docsmith.engine.batch.job import Assignment
from docsmith.engine.batch.plan import Plan
from docsmith.engine.folders import allot
from docsmith.engine.ledger import Ledger
from docsmith.engine.loading import examples_for
from docsmith.engine.outcomes import stopped
from docsmith.engine.path_pattern import PathPattern
from docsmith.engine.stamps import stamp_of_run, stamp_of_type
from docsmith.engine.templates import open_template
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding
from docsmith.model.survey import Survey
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.manager import Manager
from docsmith.rules import RuleSettings
from docsmith.sources.shares import Head, Source

_FOR_ONE_PROCESS = 400
"""Documents that one process makes while others would still be starting."""


class Decisions(NamedTuple):
    """What a workspace and a command decide for all documents of a run.

    ``plugins`` are the places to look for document types in, ``options`` what the workspace says of each.
    """

    manager: Manager
    plugins: Mapping[str, Any]
    options: Mapping[str, Mapping[str, Any]]
    settings: RuleSettings
    survey: Survey
    pattern: str
    year: int

    @property
    def of_the_unit(self) -> tuple[Any, ...]:
        """Those that change documents, beside the options of types."""
        return (self.year, self.settings.changed, self.survey, self.pattern)


class Preparation(NamedTuple):
    """The document types that can be made, digested; what they share; what is wrong with the others."""

    types: Mapping[str, bytes]
    shared: bytes
    templates: Mapping[str, str]
    broken: Mapping[str, Finding]


def prepared(document_types: Sequence[DocumentType], decisions: Decisions, head: Head) -> Preparation:
    """Load and compile each type once, here, so that workers find the templates compiled.

    Where none of them can be made, the first error is raised.
    """
    manager, dataset = decisions.manager, head.dataset
    examples = examples_for(dataset, manager.types.values(), manager.give_up)
    types = manager.types.values()
    shared = stamp_of_run(head.digest, examples, dataset.schema, types, decisions.of_the_unit)
    stamps, templates, errors = {}, {}, {}
    for document_type in document_types:
        try:
            manager.use([document_type])
            open_template(document_type, dataset.schema)
            stamps[document_type.id] = stamp_of_type(document_type)
        except DocsmithError as error:
            errors[document_type.id] = error
            continue
        templates[document_type.id] = hashlib.sha256(document_type.template.read_bytes()).hexdigest()
    if not stamps:
        raise next(iter(errors.values()))
    return Preparation(
        stamps, shared, templates, {name: stopped(error, "") for name, error in errors.items()}
    )


def assignment_of(source: Source, decisions: Decisions, preparation: Preparation) -> Assignment:
    """Return what workers need to know."""
    return Assignment(
        head=source.head,
        reader=source.reader(),
        plugins=decisions.plugins,
        options=decisions.options,
        types=preparation.types,
        shared=preparation.shared,
        settings=decisions.settings,
        survey=decisions.survey,
        pattern=decisions.pattern,
        year=decisions.year,
    )


def folders_for(
    source: Source, chosen: Sequence[str], decisions: Decisions, ledger: Ledger
) -> dict[str, str]:
    """Return the folders of the chosen branches, and let the ledger keep them."""
    pattern = PathPattern.parse(decisions.pattern)
    most = pattern.most_branches_in_folder(len(decisions.manager.types))
    folders = allot(list(source.names()), ledger.folders(decisions.year), most)
    mine = {name: folders[name] for name in chosen}
    ledger.give_folders(decisions.year, mine)
    return mine


def plan_of(
    types: Sequence[DocumentType],
    chosen: Sequence[str],
    folders: Mapping[str, str],
    preparation: Preparation,
    *,
    jobs: int | None = None,
    engine: str = "",
    fresh: bool = False,
) -> Plan:
    """Return the plan; without ``jobs``, with a process for each processor, if that is worth it."""
    few = len(types) * len(chosen) < _FOR_ONE_PROCESS
    of_unit = [one for one in types if one.manifest.per == "unit"]
    return Plan(
        types=tuple(one.id for one in types if one not in of_unit),
        branches=chosen,
        folders=folders,
        templates=preparation.templates,
        broken=preparation.broken,
        jobs=jobs or (1 if few else processors()),
        engine=engine,
        fresh=fresh,
        several=frozenset(one.id for one in types if one.plan.per),
        of_unit=tuple(one.id for one in of_unit),
    )


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1
