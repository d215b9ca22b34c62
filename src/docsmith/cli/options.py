"""The options that several commands take, each defined once.

Metavars are Latin: click counts characters, and Chinese ones would put the columns of --help askew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from docsmith._i18n import gettext as _
from docsmith._urls import is_url


class DataType(click.ParamType[str | Path]):
    """Where data is: the URL of a database stays a text, everything else is a path."""

    name = "path"

    def convert(
        self, value: str | Path, _param: click.Parameter | None, _ctx: click.Context | None
    ) -> str | Path:
        """Return a path for whatever is no URL."""
        return value if is_url(value) else Path(value)


class FromOne(click.IntRange):
    """A whole number from 1."""

    name = _("number")  # in click's own message, which would call it an integer range

    def __init__(self) -> None:
        super().__init__(min=1)


_TRUSTED = f"{__name__}.trusted"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _remember_trust(ctx: click.Context, _param: click.Parameter, names: tuple[str, ...]) -> None:
    ctx.meta[_TRUSTED] = names


def trusted_plugins() -> tuple[str, ...]:
    """Return the ids of the plugins whose Python the command allows to run (``--trust``)."""
    ctx = click.get_current_context(silent=True)
    names: tuple[str, ...] = ctx.meta.get(_TRUSTED, ()) if ctx else ()
    return names


trust_option = click.option(
    "--trust",
    metavar="ID",
    multiple=True,
    expose_value=False,
    callback=_remember_trust,
    help=_("Let the Python of this plugin run, this once. May be repeated."),
)


def plugin_dir_option(command: _Command) -> _Command:
    """Let a command find plugins in further folders, and run their Python where the person says so."""
    option = click.option(
        "--plugin-dir",
        "plugin_dirs",
        metavar="DIR",
        multiple=True,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help=_("A plugin's folder, or a folder of such folders. May be repeated."),
    )
    return option(trust_option(command))


data_option = click.option(
    "--data",
    metavar="PATH|URL",
    multiple=True,
    type=DataType(),
    help=_(
        "A workbook, another table, or a folder of them (may be repeated: several are merged), or the URL of"
        " a database; that of the workspace by default."
    ),
)
out_option = click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("The folder for the documents; that of the workspace by default, else 输出."),
)
branch_option = click.option(
    "--branch", "branches", metavar="NAME", multiple=True, help=_("Only this branch. May be repeated.")
)
period_option = click.option(
    "--period", metavar="YEAR", help=_("The year, such as 2026; that of the sheet 单位 by default.")
)
clean_pinyin_option = click.option(
    "--clean-pinyin",
    is_flag=True,
    help=_("Take out pinyin pasted from web pages, 機(jī)關 → 機關, and list what was taken out."),
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help=_("Print one JSON object, and nothing else, on standard output.")
)


def examples(*commands: str) -> str:
    """Return the end of a help text: commands to copy."""
    return "\n".join(["\b", _("Example:"), *(f"  {command}" for command in commands)])
