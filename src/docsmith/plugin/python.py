"""A plugin's Python, loaded only when its document type is used."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from docsmith._i18n import gettext as _
from docsmith.errors import DocsmithError, PluginError
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.reading import broken


def load_module(document_type: DocumentType) -> ModuleType | None:
    """Run the Python file that a manifest names, and return it as a module; ``None`` if it names none.

    Files beside it can be imported relatively (``from .items import ITEMS``). It runs with all rights of the
    person who installed the plugin. Raises :class:`PluginError` for whatever goes wrong in it.
    """
    if document_type.manifest.python is None:
        return None
    path = document_type.folder / document_type.manifest.python
    name = f"docsmith_plugin_{document_type.id.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
    if spec is None or spec.loader is None:
        raise broken(document_type.folder, [_("{name} is not a Python file.").format(name=path.name)])
    module = importlib.util.module_from_spec(spec)
    _forget(name)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # a plugin may not end the program either
        _forget(name)
        raise failed(document_type, path.name, error) from error
    return module


def _forget(name: str) -> None:
    """Drop a module and the files beside it: another plugin of the same id may have been loaded before."""
    for loaded in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[loaded]


def failed(document_type: DocumentType, what: str, error: BaseException) -> DocsmithError:
    """Return the error for a plugin's code that raised; what docsmith raises on purpose stays as it is.

    It tells the kind and the place alone: what a plugin says of a failure may hold personal data.
    """
    if isinstance(error, DocsmithError):
        return error
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__} ({Path(last.filename).name}:{last.lineno})"
    return misbehaved(document_type, what, reason)


def misbehaved(document_type: DocumentType, what: str, reason: str) -> PluginError:
    """Return the error for a plugin that does not keep the contract of a hook."""
    return PluginError(
        _("{what} of the plugin {name} failed: {reason}").format(
            what=what, name=document_type.id, reason=reason
        ),
        hint=_("Tell whoever made the plugin in {folder}.").format(folder=document_type.folder),
    )
