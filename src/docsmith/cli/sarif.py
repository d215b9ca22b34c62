"""Mistakes in templates as SARIF 2.1.0, the format that code hosts and editors read (OASIS)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docsmith._version import VERSION
from docsmith.model.findings import Severity

if TYPE_CHECKING:
    from docsmith.template.linting import Mistake

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_of(results: Sequence[tuple[str, Mistake]]) -> dict[str, Any]:
    """Return the log for some mistakes, each with the path of its file."""
    codes = sorted({mistake.code for _file, mistake in results})
    driver = {"name": "docsmith", "version": VERSION, "rules": [_rule(code, results) for code in codes]}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(file, one, codes.index(one.code)) for file, one in results],
            }
        ],
    }


def _rule(code: str, results: Iterable[tuple[str, Mistake]]) -> dict[str, Any]:
    level = next(_LEVELS[one.severity] for _file, one in results if one.code == code)
    return {
        "id": code,
        "name": "".join(map(str.capitalize, code.split("-"))),
        "defaultConfiguration": {"level": level},
    }


def _result(file: str, mistake: Mistake, rule: int) -> dict[str, Any]:
    place = mistake.place
    text = " ".join(filter(None, (mistake.message, mistake.hint)))
    where = str(place)
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}}
    if place.line:
        where = ""
        location["physicalLocation"]["region"] = {"startLine": place.line}
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": place.words, "kind": "element"}]
        location["message"] = {"text": where}
    return {
        "ruleId": mistake.code,
        "ruleIndex": rule,
        "level": _LEVELS[mistake.severity],
        "message": {"text": f"{where}: {text}" if where else text},
        "locations": [location],
    }


def _uri(file: str) -> str:
    return quote(file.replace("\\", "/"), safe="/-._~")
