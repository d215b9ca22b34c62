"""``docsmith schema``: the JSON Schema of the data, for editors of JSON and YAML."""

from __future__ import annotations

from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.options import examples, plugin_dir_option


@click.command(
    "schema",
    short_help=_("Write the JSON Schema of the data."),
    help=_(
        "Print the JSON Schema (draft 2020-12) of the data that the named TYPEs need, or of all data: an"
        " editor checks JSON and YAML files by it."
    ),
    epilog=examples("docsmith schema self-check", "docsmith schema -o 数据.schema.json"),
)
@click.argument("names", metavar="[TYPE]...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write it to this file."),
)
@click.option("--force", is_flag=True, help=_("Write over a file that is already there."))
@plugin_dir_option
def command(names: tuple[str, ...], output: Path | None, force: bool, plugin_dirs: tuple[Path, ...]) -> None:
    """Print or write a JSON Schema; a file that is already there is left alone."""
    import json

    from docsmith._files import write_atomically
    from docsmith.cli.say import print_json, say
    from docsmith.cli.session import Session
    from docsmith.errors import UsageError
    from docsmith.sources.data_schema import data_schema

    session = Session.start(plugin_dirs)
    schema = session.manager.schema
    types = session.types(names) if names else []
    used = {name for one in types for name in (*one.uses, *(sheet.name for sheet in one.manifest.sheets))}
    title = "、".join(one.title for one in types) or _("The data of docsmith")
    content = data_schema(schema, used if types else schema.sheets, title)
    if output is None:
        print_json(content)
        return
    if output.exists() and not force:
        raise UsageError(
            _("{path} is already there, and stays as it is.").format(path=output),
            hint=_("Choose another name, or use --force."),
        )
    write_atomically(output, f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode())
    say(_("Written: {path}").format(path=output))
