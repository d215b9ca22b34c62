"""A plugin's Python, loaded only when its document type is used."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from docsmith._i18n import gettext as _
from docsmith.errors import DocsmithError, PluginError
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.reading import broken
from docsmith.plugin.tables import Wrong


def load_module(document_type: DocumentType, code: Mapping[str, bytes] | None = None) -> ModuleType | None:
    """Run the Python file that a manifest names, and return it as a module; ``None`` if it names none.

    Files beside it can be imported relatively (``from .items import ITEMS``). It runs with all rights of the
    person who installed the plugin. ``code`` is what was allowed, by the paths of the files: these bytes run,
    and nothing else of the folder is imported, neither what has changed since nor compiled code that says
    something else than its source. Raises :class:`PluginError` for whatever goes wrong in it.
    """
    entry = document_type.manifest.python
    if entry is None:
        return None
    name = f"docsmith_plugin_{document_type.id.replace('-', '_')}"
    _forget(name)
    spec = _spec(name, document_type.folder, entry, code)
    if spec is None or spec.loader is None:
        raise broken(
            document_type.folder, [Wrong("python", _("{name} is not a Python file.").format(name=entry))]
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may not end the program either
        _forget(name)
        raise failed(document_type, entry, error) from error
    return module


def _spec(name: str, folder: Path, entry: str, code: Mapping[str, bytes] | None) -> ModuleSpec | None:
    path = folder / entry
    if code is None:
        return importlib.util.spec_from_file_location(
            name, path, submodule_search_locations=[str(path.parent)]
        )
    if not entry.endswith(".py"):
        return None
    allowed = _Allowed(name, path.parent, {folder / inner: content for inner, content in code.items()})
    sys.meta_path.insert(0, allowed)
    return allowed.spec_of(name, path, is_package=True)


class _Allowed:
    """Imports the modules of one plugin from the bytes that were allowed.

    It is a finder and a loader by what it can do: to import their base classes takes 10 ms.
    """

    def __init__(self, name: str, folder: Path, code: Mapping[Path, bytes]) -> None:
        self.name, self._folder, self._code = name, folder, code
        self._files: dict[str, Path] = {}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Find a module of the plugin; one that is not there is not looked for elsewhere."""
        if not fullname.startswith(f"{self.name}."):
            return None
        inner = Path(self._folder, *fullname.split(".")[1:])
        for file, is_package in ((inner.with_suffix(".py"), False), (inner / "__init__.py", True)):
            if file in self._code:
                return self.spec_of(fullname, file, is_package=is_package)
        if any(file.is_relative_to(inner) for file in self._code):
            return ModuleSpec(fullname, None, is_package=True)  # a folder of modules
        raise ModuleNotFoundError(fullname, name=fullname)

    def spec_of(self, fullname: str, file: Path, *, is_package: bool) -> ModuleSpec:
        """Return how one file becomes a module."""
        self._files[fullname] = file
        spec = ModuleSpec(fullname, self, origin=str(file), is_package=is_package)  # type: ignore[arg-type]
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(str(file.parent))
        return spec

    def create_module(self, _spec: ModuleSpec) -> None:
        """Leave it to Python to make the module."""

    def exec_module(self, module: ModuleType) -> None:
        """Compile a file and run it as a module; messages name the file."""
        file = self._files[module.__name__]
        code = compile(self._code[file], str(file), "exec", dont_inherit=True)
        exec(code, vars(module))  # noqa: S102 - it was allowed


def _forget(name: str) -> None:
    """Drop a module and the files beside it: another plugin of the same id may have been loaded before."""
    for loaded in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[loaded]
    sys.meta_path[:] = [one for one in sys.meta_path if not (isinstance(one, _Allowed) and one.name == name)]


def failed(document_type: DocumentType, what: str, error: BaseException) -> DocsmithError:
    """Return the error for a plugin's code that raised; what docsmith raises on purpose stays as it is.

    It tells the kind and the place alone: what a plugin says of a failure may hold personal data. Whoever
    works on the plugin sees all of it with ``DOCSMITH_DEBUG=1``.
    """
    if isinstance(error, DocsmithError):
        return error
    import traceback

    if os.environ.get("DOCSMITH_DEBUG"):
        traceback.print_exception(error)
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
