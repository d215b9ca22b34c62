"""The plugin that a command speaks of: a path, or the id of one that is found here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docsmith._i18n import gettext as _
from docsmith.engine.plugins.opening import opened
from docsmith.engine.plugins.packages import is_package
from docsmith.engine.plugins.places import read_all
from docsmith.errors import UsageError
from docsmith.model.nearest import suggestion
from docsmith.plugin.discovery import Candidate
from docsmith.plugin.origins import Origin


@contextmanager
def subject(name: str, found: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Open what a person calls a plugin; one that is found here anyway is the one that is found.

    Raises :class:`UsageError` for what is neither there nor known.
    """
    path = Path(name)
    if path.exists():
        same = [one for one in found if path.is_dir() and one.folder.resolve() == path.resolve()]
        if same:
            yield same
            return
        with opened(path) as candidates:
            yield candidates
        return
    everything = list(read_all(list(found)))
    fitting = [one for one in everything if one.id == name] or [
        one for one in everything if one.is_called(name)
    ]
    if not fitting:
        raise UsageError(
            _("There is no file or folder {name}, and no plugin called so.").format(name=name),
            hint=suggestion(name, [known for one in everything for known in one.names]),
        )
    yield [fitting[-1].candidate]


def beside(name: str, opened: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """Return the plugins beside those of a package, without the same package: pip takes the place of that."""
    own = {one.folder.name for one in opened} if is_package(Path(name)) else set()
    return [one for one in found if one.kind is not Origin.PACKAGE or one.folder.name not in own]
