"""What can be said of a plugin's Python without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from docsmith._i18n import gettext as _
from docsmith.model.nearest import suggestion
from docsmith.plugin import hookspecs

_MARKER = "hookimpl"
_PREFIX = f"{hookspecs.PROJECT}_"


def mistakes_in(code: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with Python files: the file and line, and a sentence. Nothing is run."""
    for file, content in code.items():
        try:
            tree = ast.parse(content, file)
        except SyntaxError as error:
            yield f"{file}:{error.lineno or 1}", _("This is no Python: {reason}.").format(reason=error.msg)
            continue
        except (ValueError, RecursionError, MemoryError):
            yield file, _("This is no Python file.")
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from ((f"{file}:{node.lineno}", mistake) for mistake in _of_hook(node))


def _of_hook(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    known = {name: spec for name, spec in vars(hookspecs).items() if name.startswith(_PREFIX)}
    if not any(map(_is_marker, node.decorator_list)):
        if node.name in known:
            yield _("{hook} is never called: write @hookimpl above it.").format(hook=node.name)
        return
    if node.name not in known:
        yield (
            _("There is no hook {hook}. {hint}")
            .format(hook=node.name, hint=suggestion(node.name, known))
            .strip()
        )
        return
    code = known[node.name].__code__
    arguments = code.co_varnames[: code.co_argcount]
    for argument in node.args.posonlyargs + node.args.args:
        if argument.arg not in arguments:
            yield _("{hook} has no argument {name}; known are {known}.").format(
                hook=node.name, name=argument.arg, known=", ".join(arguments)
            )


def _is_marker(decorator: ast.expr) -> bool:
    """Say whether a decorator is ``@hookimpl`` or ``@plugin.hookimpl()``, however deep it is."""
    names = (getattr(node, "id", "") or getattr(node, "attr", "") for node in ast.walk(decorator))
    return _MARKER in names
