"""``docsmith undo``: the output folder as it was before a run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import FromOne, examples, json_option, out_option
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docsmith.engine.undo import Undone


@click.command(
    "undo",
    short_help=_("Bring back the state before a run."),
    help=_(
        "Bring back the output folder as it was before the last run that changed it, or before run RUN and"
        " all later ones: documents that were made go, those that were replaced or moved aside come back."
        " What a person has edited since stays, and is named."
    ),
    epilog=examples("docsmith undo", "docsmith undo 1 --out 输出"),
)
@click.argument("run", metavar="[RUN]", type=FromOne(), required=False)
@out_option
@json_option
def command(run: int | None, out: Path | None, as_json: bool) -> int:
    """Undo; the exit code is 1 where an earlier file was not where docsmith had kept it."""
    from docsmith.cli.say import print_json
    from docsmith.engine.undo import Undoing, undo
    from docsmith.engine.workspace import Workspace

    folder = out or Workspace.find(Path.cwd()).out
    undone = list(undo(folder, run))
    if as_json:
        print_json({"undone": [one.as_json() for one in undone], "findings": []})
    else:
        _show(undone, folder)
    return EXIT_SOME_FAILED if any(one.what is Undoing.LOST for one in undone) else EXIT_DONE


def _show(undone: Iterable[Undone], folder: Path) -> None:
    """Print what a person has to look after, file by file, and the rest as numbers."""
    from docsmith.cli.say import say
    from docsmith.engine.undo import Undoing

    counts: Counter[Undoing] = Counter()
    runs: set[int] = set()
    for one in undone:
        counts[one.what] += 1
        runs.add(one.run)
        if one.what is Undoing.STAYS:
            say(_("{path} stays: it was edited after the run.").format(path=one.path))
        elif one.what is Undoing.LOST:
            say(
                _("{path} stays: the earlier file is no longer in {folder}.").format(
                    path=one.path, folder=folder / ".docsmith"
                )
            )
    say(
        _(
            "Undone in {folder}, run {runs}: {removed} removed, {restored} brought back, "
            "{stay} left as they are."
        ).format(
            folder=folder,
            runs="、".join(map(str, sorted(runs))) or "–",
            removed=counts[Undoing.REMOVED],
            restored=counts[Undoing.RESTORED],
            stay=counts[Undoing.STAYS] + counts[Undoing.LOST],
        )
    )
