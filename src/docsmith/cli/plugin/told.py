"""What ``docsmith plugin new`` has found in a form and made of it, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsmith._i18n import gettext as _
from docsmith.cli.report import short
from docsmith.cli.say import aligned, say
from docsmith.engine.new_type.room import Why
from docsmith.engine.plugins.listing import OWN_FOLDER
from docsmith.model.schema import Schema

if TYPE_CHECKING:
    from docsmith.engine.new_type.adoption import Adoption
    from docsmith.engine.new_type.making import NewType
    from docsmith.official.adopting.form import Blank


def tell(made: NewType, folder: Path, plugin_id: str, settings: Path | None, *, listed: bool | None) -> None:
    """Print what was made, what is left to a person, and what to do next."""
    for name in made.files:
        say(_("Written: {path}").format(path=short(folder / name)))
    if settings is not None and listed:
        say(_("{file} lists the folder {folder} now.").format(file=short(settings), folder=OWN_FOLDER))
    if settings is not None and listed is None:
        say(_("Write plugins = ['{folder}'] into {file}.").format(folder=OWN_FOLDER, file=short(settings)))
    if made.adoption is not None:
        say()
        _tell_adoption(made.adoption)
    say()
    where = "" if settings else f" --plugin-dir {short(folder)}"
    say(_("Next: read {file}, then run: docsmith render {id}").format(
        file=short(folder / "README.md"), id=f"{plugin_id}{where}"
    ))  # fmt: skip


def _tell_adoption(adoption: Adoption) -> None:
    say(_subject(adoption))
    if not (adoption.placed or adoption.doubtful or adoption.left or adoption.tables or adoption.items):
        say(_("No blank was found: write tags into template.docx where the form is to be filled in."))
    new = [one for one in adoption.placed if one.new]
    known = [one for one in adoption.placed if not one.new]
    _listed(_("Filled in ({number}):"), [(*_where(one.blank), one.tag) for one in known])
    rows = [(*_where(one.blank), one.tag, one.new.kind.value) for one in new if one.new]
    _listed(_("Filled in as new columns, see plugin.toml ({number}):"), rows)
    tables = [(str(one.rows.place), "、".join(one.rows.heads), one.of_title) for one in adoption.tables]
    _listed(_("Rows that repeat, each from a row of a sheet ({number}):"), tables)
    if items := adoption.items:
        said = [(str(items.items.rows.place), "、".join(items.items.rows.heads), items.asked.title)]
        _listed(_("Items of the form, now in items.csv ({number}):"), said)
    either = _(" or ")
    doubts = [(*_where(one.blank), either.join(one.tags)) for one in adoption.doubtful]
    _listed(_("Doubtful, not filled in: choose a tag ({number}):"), doubts)
    why = _reasons()
    _listed(_("Left as they are ({number}):"), [(*_where(one.blank), why[one.why]) for one in adoption.left])
    untouched = [(str(one.place), "、".join(one.labels)) for one in adoption.untouched]
    _listed(_("Rows left as they are, see README.md ({number}):"), untouched)


def _subject(adoption: Adoption) -> str:
    """Return what a document is made for, and what in the form says so."""
    if not adoption.per_title:
        sheets = Schema.built_in().sheets
        rivals = "、".join(sheets[name].title for name in adoption.subject.rivals)
        doubt = rivals and _("It may be about one of {sheets}: then change per.").format(sheets=rivals)
        each = _("One document for each branch.")
        return f"{each} {doubt}".strip()
    said = _("One document for each row of the sheet {sheet}.").format(sheet=adoption.per_title)
    labels = "、".join(adoption.subject.labels)
    asked = _("The form asks for {labels}.").format(labels=labels)
    return f"{said} {asked}" if labels else said


def _where(blank: Blank) -> tuple[str, str]:
    return str(blank.place), blank.label or blank.text[:20] or "—"


def _reasons() -> Mapping[Why, str]:
    return {
        Why.PEN: _("for a pen"),
        Why.NAMELESS: _("nothing says what belongs there"),
        Why.UNKNOWN: _("it is not clear what belongs there"),
        Why.SQUARES: _("a square for each letter"),
        Why.MEMBER: _("each member has one; see README.md"),
    }


def _listed(head: str, rows: Sequence[Sequence[str]]) -> None:
    if once := list(dict.fromkeys(map(tuple, rows))):
        say()
        say(head.format(number=len(once)))
        for line in aligned(once):
            say(f"  {line}")


def as_plain(made: NewType, folder: Path) -> dict[str, Any]:
    """Return what was made as JSON can say it."""
    answer: dict[str, Any] = {"folder": str(folder), "files": list(made.files)}
    if (adoption := made.adoption) is None:
        return answer
    return answer | {
        "per": adoption.per,
        "shape": adoption.shape.value,
        "filled_in": _plain((one.blank, {"tag": one.tag}) for one in adoption.placed if not one.new),
        "new_columns": _plain(
            (one.blank, {"tag": one.tag, "kind": one.new.kind.value}) for one in adoption.placed if one.new
        ),
        "doubtful": _plain((one.blank, {"tags": list(one.tags)}) for one in adoption.doubtful),
        "left": _plain((one.blank, {"why": one.why.value}) for one in adoption.left),
        "lists": [
            {"place": one.rows.place._asdict(), "labels": list(one.rows.heads), "sheet": one.of}
            for one in adoption.tables
        ],
        "items": adoption.items
        and {"sheet": adoption.items.asked.name, "answers": adoption.items.answered.name},
        "rows_left": [
            {"place": one.place._asdict(), "labels": list(one.labels)} for one in adoption.untouched
        ],
    }


def _plain(found: Iterable[tuple[Blank, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    return [{"place": blank.place._asdict(), "label": blank.label, **more} for blank, more in found]
