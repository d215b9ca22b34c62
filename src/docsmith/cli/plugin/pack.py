"""``docsmith plugin pack``: one zip to hand on."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, json_option, plugin_dir_option
from docsmith.errors import EXIT_DONE, EXIT_SOME_FAILED, UsageError


@click.command(
    "pack",
    short_help=_("Make a zip of a plugin to hand on."),
    help=_(
        "Make a zip of the plugin in FOLDER: its own files only, without what Word and editors leave behind,"
        " and always the same bytes for the same files. It is checked first."
    ),
    epilog=examples(
        "docsmith plugin pack 文种/talk-record", "docsmith plugin pack talk-record -o 谈话记录.zip"
    ),
)
@click.argument("name", metavar="FOLDER")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("The zip to write."),
)
@click.option("--force", is_flag=True, help=_("Replace another file that is there."))
@plugin_dir_option
@json_option
def command(name: str, output: Path | None, force: bool, plugin_dirs: tuple[Path, ...], as_json: bool) -> int:
    """Pack a plugin that has no errors in it."""
    from docsmith.cli.plugin.check import show
    from docsmith.cli.plugin.subject import subject
    from docsmith.cli.report import short
    from docsmith.cli.say import print_json, say
    from docsmith.cli.session import Session
    from docsmith.engine.plugins.examination import examine
    from docsmith.engine.plugins.packages import how_to_build, is_package
    from docsmith.engine.plugins.packing import name_of, pack
    from docsmith.engine.plugins.places import read_all

    if is_package(Path(name)):
        raise UsageError(
            _("{name} is a package, and is handed on as a wheel.").format(name=name),
            hint=_("This makes one of a project: {command}").format(command=how_to_build(name)),
        )
    session = Session.start(plugin_dirs)
    found = session.candidates()
    with subject(name, found) as candidates:
        done = examine(candidates[0], read_all(found), session.manager.trust)
        if not done.is_sound or done.document_type is None:
            if as_json:
                print_json({"packed": None, **done.as_json()})
            else:
                show([done])
            return EXIT_SOME_FAILED
        file = output or Path(name_of(done.document_type))
        _write(file, pack(done.document_type), force=force)
    if as_json:
        print_json({"packed": str(file), **done.as_json()})
    else:
        from docsmith.cli.findings import show_findings

        show_findings(done.findings)
        say(_("Written: {path}").format(path=short(file)))
        say(_("To install it: docsmith plugin install {file}").format(file=file.name))
    return EXIT_DONE


def _write(file: Path, content: bytes, *, force: bool) -> None:
    from docsmith._files import digest_of, digest_of_file, write_atomically

    if file.exists() and not force and digest_of_file(file) != digest_of(content):
        raise UsageError(
            _("{path} is there already, and is another file.").format(path=file),
            hint=_(
                "Raise the version in plugin.toml, name another file with -o, or replace it with --force."
            ),
        )
    write_atomically(file, content)
