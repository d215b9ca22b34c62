"""``docsmith plugin install``: a plugin from anywhere into the workspace, or for oneself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, UsageError

if TYPE_CHECKING:
    from docsmith.cli.session import Session
    from docsmith.engine.plugins.examination import Examination
    from docsmith.engine.plugins.installing import Placed
    from docsmith.plugin.document_type import DocumentType
    from docsmith.plugin.trust import Trust

_DISTRIBUTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@click.command(
    "install",
    short_help=_("Install a plugin."),
    help=_(
        "Install a plugin, a folder or a zip, into the workspace's folder 文种, or with --user for all your"
        " workspaces. It is checked first. A package is installed with pip: for its name or its wheel"
        " docsmith says how."
    ),
    epilog=examples(
        "docsmith plugin install talk-record-1.0.zip", "docsmith plugin install talk-record --user"
    ),
)
@click.argument("name", metavar="PLUGIN")
@click.option("--user", is_flag=True, help=_("For all your workspaces."))
@click.option("--upgrade", is_flag=True, help=_("Move an installed one of the same id aside."))
@plugin_dir_option
@json_option
def command(name: str, user: bool, upgrade: bool, plugin_dirs: tuple[Path, ...], as_json: bool) -> int:
    """Install a plugin; nothing is installed that has errors in it."""
    from docsmith.cli.plugin.check import show
    from docsmith.cli.say import print_json
    from docsmith.cli.session import Session
    from docsmith.engine.plugins.examination import examine
    from docsmith.engine.plugins.opening import opened
    from docsmith.engine.plugins.packages import is_package
    from docsmith.engine.plugins.places import read_all

    path = Path(name)
    if not path.exists() or is_package(path):
        raise _for_pip(name)
    session = Session.start(plugin_dirs)
    trust = session.manager.trust
    with opened(path) as (candidate,):
        done = examine(candidate, read_all(session.candidates()), trust)
        if not done.is_sound or done.document_type is None:
            if as_json:
                print_json({"installed": None, **done.as_json()})
            else:
                show([done])
            return EXIT_SOME_FAILED
        placed = _install(session, done.document_type, user=user, upgrade=upgrade)
        if as_json:
            where = {"what": str(placed.what), "folder": str(placed.folder)}
            print_json(
                {"installed": {**where, "aside": placed.aside and str(placed.aside)}, **done.as_json()}
            )
        else:
            _report(done, placed, trust, user=user)
    return EXIT_DONE


def _install(session: Session, document_type: DocumentType, *, user: bool, upgrade: bool) -> Placed:
    from docsmith.cli.session import own_folder
    from docsmith.engine.plugins.installing import install
    from docsmith.engine.plugins.listing import OWN_FOLDER, list_folder
    from docsmith.engine.plugins.places import place_for

    place = own_folder() / "plugins" if user else place_for(session.workspace)
    _refuse_clash(session, document_type, place, user=user)
    if user:
        return install(document_type, place, upgrade=upgrade)
    _refuse_blind_trust(session, document_type)
    placed = install(document_type, place, upgrade=upgrade)
    file = session.workspace.file
    is_listed = any(one.resolve() == place.resolve() for one in session.workspace.plugins)
    if file and not is_listed and list_folder(file, OWN_FOLDER) is None:
        raise UsageError(
            _("It lies in {folder}, but {file} does not list that folder.").format(folder=place, file=file),
            hint=_("Add it to plugins there: {line}").format(line=f"plugins = ['{OWN_FOLDER}']"),
        )
    return placed


def _refuse_clash(session: Session, document_type: DocumentType, place: Path, *, user: bool) -> None:
    """Let nothing be installed that neither works nor lets the one of its id work that lies elsewhere."""
    from docsmith.engine.plugins.installing import lies_in_a_place
    from docsmith.engine.plugins.places import read_all
    from docsmith.plugin.origins import Origin

    for one in read_all(session.candidates()):
        other = one.document_type
        if other is None or other.id != document_type.id or lies_in_a_place(other.folder, place):
            continue
        later = other if user else document_type  # the workspace's plugins come after a person's own
        if other.kind in (Origin.USER, Origin.WORKSPACE) and not later.manifest.overrides:
            raise UsageError(
                _("One of the same id is there already: {origin}.").format(origin=other.origin),
                hint=_("With two of them neither works: remove that one first, or write overrides = true."),
            )


def _refuse_blind_trust(session: Session, document_type: DocumentType) -> None:
    """Let no new Python run at once because the workspace trusts whatever is called so."""
    trust = session.manager.trust
    is_listed = trust.believed and document_type.id in trust.listed
    if document_type.manifest.python and is_listed and document_type.id not in trust.named:
        raise UsageError(
            _("This workspace runs the Python of {id}, and this one brings Python of its own.").format(
                id=document_type.id
            ),
            hint=_("Read it first; then install it with --trust {id}.").format(id=document_type.id),
        )


def _report(done: Examination, placed: Placed, trust: Trust, *, user: bool) -> None:
    from docsmith.cli.findings import show_findings
    from docsmith.cli.report import short
    from docsmith.cli.say import say
    from docsmith.engine.plugins.installing import Installing

    show_findings(done.findings)
    said = {
        Installing.INSTALLED: _("Installed: {folder}"),
        Installing.UPGRADED: _("Upgraded: {folder}"),
        Installing.UNCHANGED: _("Installed already, the same: {folder}"),
    }
    say(said[placed.what].format(folder=short(placed.folder)))
    if placed.aside:
        say(_("The one before is in {folder}").format(folder=short(placed.aside)))
    if done.document_type is None:
        return
    if _may_run(done.document_type, trust, user=user):
        say(_("Next: docsmith render {id}").format(id=done.document_type.id))
    else:
        file = short(placed.folder / (done.document_type.manifest.python or ""))
        said_next = _("Next: read {file}, and if it may run: docsmith plugin trust {id}")
        say(said_next.format(file=file, id=done.document_type.id))


def _may_run(document_type: DocumentType, trust: Trust, *, user: bool) -> bool:
    """Say whether an installed plugin needs no permission, or has one that outlives this command."""
    from docsmith.plugin.origins import Origin

    kind = Origin.USER if user else Origin.WORKSPACE
    lasting = trust._replace(named=frozenset())
    return lasting.refusal(document_type._replace(kind=kind)) is None


def _for_pip(name: str) -> UsageError:
    """Return what to run for a package: it brings Python, and other packages, which are for pip to get."""
    from docsmith.engine.plugins.packages import how_to_install, is_package

    if not is_package(Path(name)) and not _DISTRIBUTION.fullmatch(name):
        return UsageError(
            _("There is no file or folder {name}.").format(name=name),
            hint=_("Name a plugin's folder, a zip of one, or a package."),
        )
    return UsageError(
        _("{name} is a package, and packages are installed with pip, not with docsmith.").format(name=name),
        hint=_("If you know who made it (its Python runs from then on): {command}").format(
            command=how_to_install(name)
        ),
    )
