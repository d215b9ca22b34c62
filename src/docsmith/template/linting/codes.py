"""The kinds of mistakes, by their codes: how much each matters. ``docs/linter.md`` explains every one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from docsmith.model.findings import Severity


class Code(NamedTuple):
    """A kind of mistake.

    An error means that a document cannot be made, or loses or garbles something; a warning, that it will not
    look or behave as somebody expects; a note is worth a look.
    """

    name: str
    severity: Severity


def _of(severity: Severity, names: Iterable[str]) -> dict[str, Code]:
    return {name: Code(name, severity) for name in names}


CODES: Mapping[str, Code] = MappingProxyType(
    {
        **_of(
            Severity.ERROR,
            (
                "file-unusable", "not-allowed", "template-too-large",
                # how tags are written
                "full-width", "blank-in-braces", "braces-too-many", "half-tag", "tag-over-paragraphs",
                "letters-and-blanks", "tag-unreadable", "wrong-character", "unknown-filter",
                "unknown-test", "unknown-tag", "not-available",
                # which blocks they make
                "block-unclosed", "block-end-alone", "block-middle-alone", "block-crossed", "block-levels",
                "block-breaks-document", "block-over-tables", "block-over-cells",
                # where they stand
                "outside-table", "outside-loop", "text-lost", "tag-divided", "tag-deleted",
                "tag-in-field-code", "tag-not-in-text", "merge-unclear", "picture-without-room",
                # what they name
                "unknown-name", "outside-its-loop", "value-unfit",
            ),
        ),
        **_of(
            Severity.WARNING,
            (
                "tag-inserted", "tag-hidden", "tag-not-filled",
                "single-braces", "plain-in-rich-tag", "merge-broken", "no-header-repeat", "table-too-wide",
                "picture-too-wide", "indent-off-page",
            ),
        ),
        **_of(Severity.INFO, ("smart-quotes", "block-over-paragraphs", "rich-tag", "unused-field")),
    }
)  # fmt: skip
