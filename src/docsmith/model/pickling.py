"""What of the model no pickle can hold by itself, so that schemas and records can be sent to other processes.

A class that a plugin's columns were added to has no module from which another process could import it; it is
sent as the class that it was derived from, and the columns. Read-only mappings are sent as what they show.
"""

from __future__ import annotations

import copyreg
from types import MappingProxyType
from typing import Any


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


def _mapping(mapping: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _read_only, (dict(mapping),)


copyreg.pickle(MappingProxyType, _mapping)


class Derivable(type):
    """The type of classes of which some are made while the program runs.

    Such a class says in ``made_by`` what makes it again, a function and its arguments; the others are
    imported by their names.
    """

    made_by: tuple[Any, ...] | None


def _class(made: Derivable) -> str | tuple[Any, ...]:
    return vars(made).get("made_by") or made.__qualname__


copyreg.pickle(Derivable, _class)
