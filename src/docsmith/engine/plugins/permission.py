"""What a person has allowed: a file in their own folder, which no workspace and no plugin can bring along.

It names plugins with the digest of their Python, so that a file which has changed is asked for anew, and the
workspaces whose own list (``trust`` in ``docsmith.toml``) is to be believed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from docsmith._files import reason_of, write_atomically
from docsmith._i18n import gettext as _
from docsmith.engine.workspace import Workspace
from docsmith.errors import UsageError
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.trust import Trust, code_of, digest_of_code

FILE_NAME = "trust.toml"
_HEAD = """\
# 允许在本机运行的文种程序（Python），由 docsmith plugin trust 写入；用 --revoke 收回。
# code 是程序文件的摘要：文件一改动，就要重新允许。
# workspaces 是可以相信的工作区：其 docsmith.toml 里 trust 列出的文种，可以运行。
"""


class Allowed(NamedTuple):
    """A plugin whose code was allowed: its id, the digest of its code, and where it was at that time."""

    id: str
    code: str
    folder: str


class Permission(NamedTuple):
    """A person's own list: what it allows, and the file that it is kept in."""

    file: Path
    plugins: tuple[Allowed, ...] = ()
    workspaces: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Permission:
        """Read the list from a person's folder; raises :class:`UsageError` for one that cannot be read."""
        file = folder / FILE_NAME
        try:
            table = tomllib.loads(file.read_text("utf-8-sig"))
            plugins = tuple(
                Allowed(**{name: str(one[name]) for name in Allowed._fields})
                for one in table.get("plugins", ())
            )
            return cls(file, plugins, tuple(map(str, table.get("workspaces", ()))))
        except FileNotFoundError:
            return cls(file)
        except OSError as error:
            raise _unreadable(file, reason_of(error)) from error
        except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
            raise _unreadable(file, _("it is not as docsmith has written it")) from None

    def trust(self, workspace: Workspace, named: Iterable[str] = ()) -> Trust:
        """Return whose Python may run in a workspace; ``named`` are the ids that the command names."""
        believed = workspace.file is not None and place_of(workspace.file.parent) in self.workspaces
        allowed = frozenset((one.id, one.code) for one in self.plugins)
        return Trust(frozenset(named), allowed, frozenset(workspace.trust), believed)

    def with_plugin(self, document_type: DocumentType) -> Permission:
        """Return the list with the code of a plugin as it is now, and no longer as it was before."""
        code = digest_of_code(code_of(document_type))
        mine = Allowed(document_type.id, code, place_of(document_type.folder))
        others = (
            one
            for one in self.plugins
            if (one.id, one.folder) != (mine.id, mine.folder) and one[:2] != mine[:2]
        )
        return self._replace(plugins=(*others, mine))

    def with_workspace(self, folder: Path) -> Permission:
        """Return the list with a workspace that is to be believed."""
        return self._replace(workspaces=tuple(dict.fromkeys((*self.workspaces, place_of(folder)))))

    def without(self, ids: Iterable[str]) -> Permission:
        """Return the list without any code of these plugins."""
        gone = set(ids)
        return self._replace(plugins=tuple(one for one in self.plugins if one.id not in gone))

    def without_workspace(self, folder: Path) -> Permission:
        """Return the list without a workspace."""
        return self._replace(workspaces=tuple(one for one in self.workspaces if one != place_of(folder)))

    def write(self) -> None:
        """Keep the list; raises :class:`docsmith.errors.OutputError`."""
        write_atomically(self.file, "\n".join([_HEAD, *self._lines(), ""]).encode(errors="replace"))

    def _lines(self) -> Iterator[str]:
        yield f"workspaces = [{', '.join(map(_quoted, self.workspaces))}]"
        for one in self.plugins:
            yield "\n[[plugins]]"
            yield from (f"{name} = {_quoted(value)}" for name, value in _named(one).items())


def place_of(folder: Path) -> str:
    """Return a folder's full path, without links: by it a folder is known again."""
    return str(folder.resolve())


def _named(one: Allowed) -> Mapping[str, Any]:
    return one._asdict()


def _quoted(text: str) -> str:
    """Return a text as TOML writes it: what JSON escapes, TOML reads, but for one character."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _unreadable(file: Path, reason: str) -> UsageError:
    return UsageError(
        _("The list of what you trust cannot be read: {file}: {reason}").format(file=file, reason=reason),
        hint=_("Delete the file, and allow anew what you need: docsmith plugin trust ID"),
    )
