"""What is found out of a branch's data once, however often documents and rules ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from docsmith.model.dossier import Dossier

P = ParamSpec("P")
T = TypeVar("T")


class _Nothing:
    """Nothing was kept yet; ``None`` is a finding, too."""


_NOTHING = _Nothing()


def once_per_dossier(
    function: Callable[Concatenate[Dossier, P], T],
) -> Callable[Concatenate[Dossier, P], T]:
    """Keep what a pure function of a dossier returns with the dossier, for as long as this lives.

    Rules and documents of several types ask for the same members, figures and verdicts. What is returned
    must not be changed by others, nor lead back to the dossier: it would live until garbage is looked for.
    Further arguments are hashable.
    """

    @wraps(function)
    def kept(dossier: Dossier, /, *args: P.args, **named: P.kwargs) -> T:
        key: Hashable = (function, args, *named.items()) if args or named else function
        found: T | _Nothing = dossier.kept.get(key, _NOTHING)
        if isinstance(found, _Nothing):
            found = dossier.kept[key] = function(dossier, *args, **named)
        return found

    return kept
