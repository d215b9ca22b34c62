"""What a manifest finds wrong without any Python."""

from __future__ import annotations

from collections.abc import Iterable

from docsmith.model.dossier import Dossier
from docsmith.model.findings import Finding
from docsmith.plugin.plan import Plan


def declared_findings(plan: Plan, dossier: Dossier) -> Iterable[Finding]:
    """Return what the rules object to, and which rows the tables leave out; most types have neither."""
    if not (plan.rules or plan.tables):
        return ()
    from docsmith.plugin.checks import findings_of  # 1 ms of each start

    return findings_of(plan, dossier)
