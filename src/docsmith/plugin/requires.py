"""``requires``: the versions of docsmith that a plugin works with.

The releases of docsmith are numbers with points, which a few lines compare; a library that knows all kinds of
versions would be one more thing to install, and to load at each start.
"""

from __future__ import annotations

import operator
import re
from typing import Any

from docsmith._i18n import gettext as _
from docsmith._version import VERSION
from docsmith.plugin.tables import Wrong, text, unfit

_BOUND = re.compile(r"\s*(>=|<|==)\s*(\d{1,9}(?:\.\d{1,9})*)\s*")
_IS = {">=": operator.ge, "<": operator.lt, "==": operator.eq}


def requirement(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read ``>=0.1, <2``: bounds with ``>=``, ``<`` or ``==``, of which all must hold."""
    if text(value, at, mistakes) is None:
        return None
    if not all(_BOUND.fullmatch(bound) for bound in value.split(",")):
        unfit(value, at, mistakes, _("bounds with >=, < or == are expected, such as >=0.1, <2"))
        return None
    return str(value)


def unmet(requires: object, version: str = VERSION) -> str:
    """Return why a plugin does not work with this docsmith; empty where it does, or nobody can tell."""
    bounds = [_BOUND.fullmatch(bound) for bound in str(requires).split(",")]
    if not all(_IS[bound[1]](_release(version), _release(bound[2])) for bound in bounds if bound):
        return _("it requires docsmith {required}, and this is docsmith {version}.").format(
            required=requires, version=version
        )
    return ""


def _release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version; 1.2 and 1.2.0 are the same, and 1.2rc1 counts as 1.2."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(number) for number in found[0].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
