"""Where the bundled plugins and templates are: in an installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def bundled_folder(kind: str) -> Path:
    """Return the folder of bundled ``plugins`` or ``templates``.

    A wheel carries them inside the package. In a checkout (and an editable install) they stand at the
    repository's root, which is believed only when it looks like ours.
    """
    installed = _PACKAGE / "_bundled" / kind
    if installed.is_dir():
        return installed
    root = _PACKAGE.parent.parent
    if _PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file():
        return root / kind
    return installed
