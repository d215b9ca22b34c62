"""Every exception that docsmith raises on purpose, and the exit code that each leads to.

::

    DocsmithError
    ├── UsageError            2   a wrong command: an unknown type, branch, option or workspace setting
    ├── SourceError           3   a data file that cannot be read at all, or data without a single branch
    │   └── ValueUnreadError  3   a value in a database that its driver cannot hand over
    ├── PluginError           4   a plugin that is broken, or that two origins define
    │   └── UntrustedError    4   a plugin whose Python nobody has allowed to run
    ├── TemplateError         4   a template that is unsafe, broken, or names what the data cannot have
    │   └── BudgetError       4   a template that does more than any form needs
    └── OutputError           5   a document that could not be written

The command line ends with

* ``0``: everything asked for is done;
* ``1``: the run went on to its end, but a document failed, or ``check`` found errors in the data;
* ``2`` to ``5``: nothing could be done, for the reason above;
* ``70``: a mistake in docsmith itself;
* ``130``: the run was interrupted; what is done is done.

Anything else that is raised is a bug. Errors about single rows of data are no exceptions: they are
:class:`docsmith.model.findings.Finding` objects, collected and reported together.
"""

from __future__ import annotations

from typing import ClassVar

EXIT_DONE = 0
EXIT_SOME_FAILED = 1
EXIT_BUG = 70
EXIT_INTERRUPTED = 130  # what shells say of a program that Ctrl-C ended


class DocsmithError(Exception):
    """Something that the person at the terminal can mend.

    ``message`` says what is wrong and where; ``hint``, if there is one, what to do about it.
    Both are whole sentences in the reader's language. ``file`` names the file that is at fault, as findings
    name it, where it is a single one.
    """

    exit_code: ClassVar[int] = EXIT_SOME_FAILED
    file: str = ""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.message, self.hint), vars(self))


def _rebuild(kind: type[DocsmithError], message: str, hint: str) -> DocsmithError:
    """Unpickle an error: the keyword-only hint does not survive the default protocol."""
    return kind(message, hint=hint)


class UsageError(DocsmithError):
    """The command asks for something that does not exist or does not fit together."""

    exit_code = 2


class SourceError(DocsmithError):
    """The data cannot be used: a file is not what its name says, encrypted, damaged or too large.

    Data in which there is no branch at all is among it: no document can be made of it.
    """

    exit_code = 3


class ValueUnreadError(SourceError):
    """The source can be reached, but a value in it cannot be read; other rows can.

    The message names the table, and never quotes the value.
    """


class PluginError(DocsmithError):
    """A plugin cannot be used; the message names the plugin and its folder.

    ``mistakes`` are the sentences of the message one by one, each with its line of ``plugin.toml``, or 0.
    """

    exit_code = 4
    mistakes: tuple[tuple[str, int], ...] = ()


class UntrustedError(PluginError):
    """A plugin contains Python that nobody has allowed to run; the hint says how to allow it."""


class TemplateError(DocsmithError):
    """A template cannot be used, or failed for this data; the message names part, table, row and cell."""

    exit_code = 4


class BudgetError(TemplateError):
    """A template did more work, or wrote more, than any form needs; with other data it may not."""


class OutputError(DocsmithError):
    """A document could not be written; the file that was there before is untouched."""

    exit_code = 5
