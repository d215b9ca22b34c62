"""Every plugin that a run would find, and what becomes of each: ``docsmith plugin list``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from docsmith.engine.plugins.places import Installed
from docsmith.errors import PluginError
from docsmith.plugin.manager import Manager
from docsmith.plugin.trust import Trust


class State(StrEnum):
    """What becomes of a plugin in a run."""

    ACTIVE = "active"
    OVERRIDDEN = "overridden"  # another one has taken its place
    BROKEN = "broken"


class Python(StrEnum):
    """Whether a plugin has Python, and whether that may run."""

    NONE = "none"
    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"


class Entry(NamedTuple):
    """A plugin in the list. ``order`` counts from 1: a later one may take the place of an earlier one.

    ``overrides`` and ``overridden_by`` name the origins of those with the same id. ``problem`` says what is
    wrong, or why its Python does not run, and ``hint`` what to do.
    """

    order: int
    installed: Installed
    state: State
    python: Python
    overrides: tuple[str, ...] = ()
    overridden_by: str = ""
    problem: str = ""
    hint: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the shape that ``--json`` prints."""
        candidate, document_type = self.installed.candidate, self.installed.document_type
        manifest = document_type.manifest if document_type else None
        return {
            "order": self.order,
            "id": self.installed.id,
            "title": manifest.title if manifest else None,
            "version": manifest.version if manifest else None,
            "shape": str(manifest.shape) if manifest else None,
            "origin": candidate.origin,
            "kind": str(candidate.kind),
            "folder": str(candidate.folder),
            "state": str(self.state),
            "overrides": list(self.overrides),
            "overridden_by": self.overridden_by or None,
            "python": str(self.python),
            "problem": self.problem or None,
            "hint": self.hint or None,
        }


def inventory(found: Iterable[Installed], manager: Manager) -> list[Entry]:
    """Return what a manager has made of the plugins that were found, in their order."""
    everything = list(found)
    return [
        _entry(number, one, everything[: number - 1], manager) for number, one in enumerate(everything, 1)
    ]


def _entry(number: int, one: Installed, earlier: Iterable[Installed], manager: Manager) -> Entry:
    document_type, folder = one.document_type, one.candidate.folder
    active = manager.types.get(one.id)
    if document_type and active and active.folder != folder:
        return Entry(
            number, one, State.OVERRIDDEN, _python(one, manager.trust)[0], overridden_by=active.origin
        )
    if document_type is None or active is None:
        error = _problem_of(one, manager)
        return Entry(
            number, one, State.BROKEN, _python(one, manager.trust)[0], (), "", error.message, error.hint
        )
    python, refusal = _python(one, manager.trust)
    overrides = tuple(other.candidate.origin for other in earlier if other.id == one.id)
    problem, hint = (refusal.message, refusal.hint) if refusal else ("", "")
    return Entry(number, one, State.ACTIVE, python, overrides, "", problem, hint)


def _problem_of(one: Installed, manager: Manager) -> PluginError:
    folder = one.candidate.folder
    for name in (str(folder), folder.name, one.id):
        if name in manager.broken:
            return manager.broken[name]
    return one.error or PluginError(one.id)


def _python(one: Installed, trust: Trust) -> tuple[Python, PluginError | None]:
    if one.document_type is None or one.document_type.manifest.python is None:
        return Python.NONE, None
    refusal = trust.refusal(one.document_type)
    return Python.UNTRUSTED if refusal else Python.TRUSTED, refusal
