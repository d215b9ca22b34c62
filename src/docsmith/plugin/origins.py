"""Who put a plugin where it is."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """The four kinds of places, and what comes with docsmith; a later one may override an earlier one."""

    BUNDLED = "bundled"
    PACKAGE = "package"
    USER = "user"
    WORKSPACE = "workspace"
    COMMAND = "command"


INSTALLED = (Origin.BUNDLED, Origin.PACKAGE)
"""Who installed these, installed them as programs."""
