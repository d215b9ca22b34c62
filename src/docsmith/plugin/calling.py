"""A plugin's code is called: whatever it does, it is named, and gives back what its contract says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docsmith._i18n import gettext as _
from docsmith.errors import DocsmithError
from docsmith.model.findings import Finding, Place, Severity
from docsmith.plugin.document_type import DocumentType
from docsmith.plugin.python import failed, misbehaved
from docsmith.plugin.tidiness import put_back

_FIELDS = {"severity": Severity, "message": str, "hint": str, "place": Place, "code": str, "branch": str}


def call(document_type: DocumentType, what: str, hook: Callable[[], Any]) -> Any:
    """Call a plugin's code; whatever it raises becomes an error that names the plugin."""
    try:
        with put_back():
            return hook()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may not end the program either
        raise failed(document_type, what, error) from error


def findings_of(
    document_type: DocumentType, what: str, hook: Callable[[], Iterable[Iterable[Finding] | None]]
) -> tuple[Finding, ...]:
    """Return the findings of a hook that many may have, and that may give back none."""
    answers = [one for one in call(document_type, what, hook) if one is not None]
    for answer in answers:
        if not isinstance(answer, Iterable):
            raise unexpected(document_type, what, answer, "Iterable[Finding]")
    found = call(document_type, what, lambda: tuple(finding for answer in answers for finding in answer))
    for one in found:
        if not isinstance(one, Finding):
            raise unexpected(document_type, what, one, "Finding")
        for name, kind in _FIELDS.items():
            if not isinstance(value := getattr(one, name), kind):
                raise unexpected(document_type, f"{what}: Finding.{name}", value, kind.__name__)
    return tuple(found)


def unexpected(document_type: DocumentType, what: str, value: object, expected: str) -> DocsmithError:
    """Return the error for a hook that gives back something else than its contract says."""
    message = _("{expected} is expected, not {kind}").format(expected=expected, kind=type(value).__name__)
    return misbehaved(document_type, what, message)
