"""The one place where exceptions become messages and exit codes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from docsmith._i18n import gettext as _
from docsmith.cli.group import docsmith
from docsmith.cli.say import complain, print_json
from docsmith.errors import (
    EXIT_BUG,
    EXIT_DONE,
    EXIT_INTERRUPTED,
    EXIT_SOME_FAILED,
    DocsmithError,
    OutputError,
    UsageError,
)


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit code; every kind of failure is told in a sentence or two.

    With ``--json``, standard output gets an object whose ``findings`` hold the failure.
    """
    _set_up_streams()
    as_json = "--json" in args
    try:
        result = docsmith.main(args=list(args), prog_name="docsmith", standalone_mode=False)
        return result if isinstance(result, int) else EXIT_DONE
    except click.ClickException as error:
        error.show()
        return _failed(UsageError(error.format_message()), as_json)
    except DocsmithError as error:
        complain(error.message, error.hint)
        return _failed(error, as_json)
    except click.Abort:
        return _interrupted()
    except BrokenPipeError:
        _forget_stdout()
        return EXIT_SOME_FAILED
    except Exception as error:
        return _interrupted() if _follows_interruption(error) else _mistake(error, as_json)


def _interrupted() -> int:
    complain(_("Interrupted. Nothing is half written: the same command can be run again."))
    return EXIT_INTERRUPTED


def _follows_interruption(error: BaseException) -> bool:
    """Tell whether an exception came up while somebody's code tidied up after Ctrl-C."""
    before = error.__context__
    return before is not None and (isinstance(before, KeyboardInterrupt) or _follows_interruption(before))


def _set_up_streams() -> None:
    """Let no character stop a message: a console that lacks it, such as a GBK one, shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _failed(error: DocsmithError, as_json: bool) -> int:
    if as_json:
        from docsmith.model.findings import what_stopped

        finding = what_stopped(error)
        with contextlib.suppress(OutputError, BrokenPipeError):  # the error is told, and has its exit code
            print_json({"documents": [], "findings": [finding.as_json()]})
    return error.exit_code


def _mistake(error: Exception, as_json: bool) -> int:
    """Tell of a bug by its kind and place alone: a message may carry personal data."""
    import traceback

    if os.environ.get("DOCSMITH_DEBUG"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    message = _("A mistake in docsmith itself: {kind} in {place}.").format(
        kind=type(error).__name__, place=f"{Path(frame.filename).name}:{frame.lineno}"
    )
    hint = _("Please report it, with the command. DOCSMITH_DEBUG=1 shows more.")
    complain(message, hint)
    _failed(DocsmithError(message, hint=hint), as_json)
    return EXIT_BUG


def _forget_stdout() -> None:
    """Keep Python from complaining at its end about a reader (``| head``) that has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
