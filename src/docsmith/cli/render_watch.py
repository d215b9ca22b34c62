"""``docsmith render --watch``: the documents again, whenever what they are made from is saved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.cli.rendering import Wishes
from docsmith.cli.report import short
from docsmith.cli.say import complain, say
from docsmith.cli.session import Session
from docsmith.engine.watching import Watcher
from docsmith.errors import EXIT_DONE, DocsmithError
from docsmith.model.dataset import Dataset
from docsmith.plugin.document_type import DocumentType

_MOST_NAMED = 3


def watch(wishes: Wishes) -> int:
    """Make documents until a person ends it with Ctrl-C, which is no failure while nothing is being made.

    What is wrong with the command itself ends it; whatever goes wrong later is told, and may be mended.
    """
    session = Session.start(wishes.plugin_dirs)
    types = session.types(wishes.names)
    session.paths(wishes.data)
    watched = _Watched(wishes, session, types)
    watched.make(types)
    while (waiting := watched.wait()) is not None:
        watched.make(waiting)
    say(_("Ended."))
    return EXIT_DONE


class _Watched:
    """What the passes have in common, until a file that it was made from is saved."""

    def __init__(self, wishes: Wishes, session: Session, types: Sequence[DocumentType]) -> None:
        self._wishes, self._session, self._types = wishes, session, types
        self._dataset: Dataset | None = None
        self._fresh = True
        self._watcher = Watcher(self._paths(), [wishes.folder(session)])

    def _paths(self) -> Iterator[Path]:
        """Yield everything that documents are made from now."""
        yield from (*_of_session(self._session), *_data(self._session, self._wishes))
        for one in self._types:
            yield from (one.template, one.folder)

    def make(self, types: Collection[DocumentType]) -> None:
        """Make the documents of these types, and tell what became of them, or what is wrong."""
        try:
            if not self._fresh:
                types = self._start()
            if self._dataset is None:
                self._dataset = self._wishes.load(self._session)
            done = self._wishes.make(self._session, self._dataset, list(types))
            self._wishes.report(self._session, self._dataset, done)
        except DocsmithError as error:
            complain(error.message, error.hint)

    def _start(self) -> Sequence[DocumentType]:
        """Read the workspace and the plugins again."""
        self._dataset = None
        self._session = Session.start(self._wishes.plugin_dirs)
        self._types = self._session.types(self._wishes.names)
        self._watcher.follow(self._paths(), [self._wishes.folder(self._session)])
        self._fresh = True
        return self._types

    def wait(self) -> Collection[DocumentType] | None:
        """Wait until something is saved, and return the types that depend on it; ``None`` after Ctrl-C."""
        say()
        say(_("Waiting for changes in {number} files. Ctrl-C ends it.").format(number=self._watcher.count))
        try:
            changed = self._watcher.wait()
        except KeyboardInterrupt:
            return None
        say(_("Saved: {names}").format(names=_listed(changed)))
        templates = {one.template.absolute(): one for one in self._types}
        if self._fresh and self._dataset is not None and templates.keys() >= set(changed):
            return [templates[path] for path in changed]
        if not self._is_data(changed):
            self._fresh = False
        self._dataset = None
        return self._types

    def _is_data(self, changed: Iterable[Path]) -> bool:
        """Tell whether nothing but data has changed."""
        own = [path.absolute() for path in _data(self._session, self._wishes)]
        plugins = [path.absolute() for path in _of_session(self._session)]
        return all(_is_in(path, own) and not _is_in(path, plugins) for path in changed)


def _of_session(session: Session) -> Iterator[Path]:
    """Yield the settings of the workspace, and the folders that plugins are looked for in."""
    if session.workspace.file:
        yield session.workspace.file
    yield session.plugins["user_folder"]
    yield from session.plugins["workspace_folders"]
    yield from session.plugins["folders"]


def _data(session: Session, wishes: Wishes) -> list[Path]:
    """Return the files and folders of the data; a database is not watched."""
    return [path for path in session.paths(wishes.data) if isinstance(path, Path)]


def _is_in(path: Path, places: Iterable[Path]) -> bool:
    return any(path.is_relative_to(place) for place in places)


def _listed(paths: Sequence[Path]) -> str:
    rest = len(paths) - _MOST_NAMED
    names = "、".join(short(path) for path in paths[:_MOST_NAMED])
    return _("{names} and {number} more").format(names=names, number=rest) if rest > 0 else names
