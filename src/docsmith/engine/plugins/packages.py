"""How a package of plugins gets into the environment that runs docsmith."""

from __future__ import annotations

import importlib.util
import itertools
import shlex
import sys
from pathlib import Path

_DISTRIBUTION = "docsmith-forms"


def how_to_install(name: str) -> str:
    """Return the command that installs a package beside this docsmith, by whatever has installed docsmith.

    Tools that keep programs apart (pipx, uv) have to know of the package, or the next upgrade drops it.
    """
    quoted = shlex.quote(name) if sys.platform != "win32" else f'"{name}"' if " " in name else name
    places = Path(sys.prefix).parts
    if _adjoin(places, "pipx", "venvs"):
        return f"pipx inject {_DISTRIBUTION} {quoted}"
    if _adjoin(places, "uv", "tools"):
        return f"uv tool install {_DISTRIBUTION} --with {quoted}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if importlib.util.find_spec("pip") is None:
        return f"uv pip install --python {python} {quoted}"
    return f"{python} -m pip install {quoted}"


def _adjoin(places: tuple[str, ...], first: str, second: str) -> bool:
    return (first, second) in itertools.pairwise(places)
