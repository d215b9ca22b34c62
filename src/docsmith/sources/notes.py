"""What is found while a source is read, in the order of reading."""

from __future__ import annotations

from docsmith.model.findings import Finding, Place, Severity

_LONGEST = 40


class Notes:
    """Collects findings; each method returns the finding that it added."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def error(self, code: str, place: Place, message: str, hint: str = "", branch: str = "") -> Finding:
        """Add what stops the documents that need the row."""
        return self._add(Severity.ERROR, code, place, message, hint, branch)

    def warning(self, code: str, place: Place, message: str, hint: str = "", branch: str = "") -> Finding:
        """Add what is probably wrong, and stops nothing."""
        return self._add(Severity.WARNING, code, place, message, hint, branch)

    def info(self, code: str, place: Place, message: str, hint: str = "", branch: str = "") -> Finding:
        """Add what a reader should know was done."""
        return self._add(Severity.INFO, code, place, message, hint, branch)

    def _add(
        self, severity: Severity, code: str, place: Place, message: str, hint: str, branch: str
    ) -> Finding:
        finding = Finding(severity, message, hint, place, code, branch)
        self.findings.append(finding)
        return finding


def shortened(value: object) -> str:
    """Return a value on one line, cut where it is long, for a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
