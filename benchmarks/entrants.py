"""Who is measured: each engine with its tags, its worker, and what has to be installed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.templates import dialects
from benchmarks.templates.dialects import Dialect

WORKERS = Path(__file__).parent / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine.

    ``requires`` are packages with their versions: of npm for a worker in JavaScript, else of PyPI. Nothing
    is installed for docsmith: it is measured as it is installed here. ``note`` says how an engine is used.
    """

    name: str
    dialect: Dialect
    worker: str
    requires: Sequence[str] = field(default=())
    note: str = ""

    @property
    def is_node(self) -> bool:
        """Whether it runs in Node."""
        return self.worker.endswith(".js")

    @property
    def script(self) -> Path:
        """The file of its worker."""
        return WORKERS / self.worker


# What all the Python engines stand on has one version, so that it makes no difference.
_BELOW = ("lxml==6.1.3", "Jinja2==3.1.6", "MarkupSafe==3.0.4")
OURS, REFERENCE = "docsmith", "docxtpl"
PEERS = {
    peer.name: peer
    for peer in (
        Peer(OURS, dialects.DOCXTPL, "docsmith_worker.py"),
        Peer(
            REFERENCE,
            dialects.DOCXTPL,
            "docxtpl_worker.py",
            ("docxtpl==0.20.2", "python-docx==1.2.0", *_BELOW),
            "autoescape on",
        ),
        Peer(
            "rust-docxtpl",
            dialects.DOCXTPL,
            "docxtpl_worker.py",
            ("rust-docxtpl==0.1.2", "python-docx==1.2.0", *_BELOW),
            "autoescape on",
        ),
        Peer(
            "docxtpl-ng",
            dialects.DOCXTPL,
            "docxtpl_ng_worker.py",
            ("docxtpl-ng==0.2.0", *_BELOW),
            "one object, reloaded",
        ),
        Peer(
            "docx-mailmerge2",
            dialects.MERGE_FIELDS,
            "mailmerge_worker.py",
            ("docx-mailmerge2==1.0.3", "lxml==6.1.3"),
            "mark and conclusion are in the data",
        ),
        Peer(
            "docxtemplater",
            dialects.DOCXTEMPLATER,
            "docxtemplater_worker.js",
            ("docxtemplater@3.71.0", "pizzip@3.3.0"),
        ),
        Peer(
            "easy-template-x",
            dialects.EASY_TEMPLATE_X,
            "easy_template_x_worker.js",
            ("easy-template-x@7.2.8",),
            "mark is in the data",
        ),
        Peer(
            "docx-templates",
            dialects.DOCX_TEMPLATES,
            "docx_templates_worker.js",
            ("docx-templates@4.15.0",),
            "noSandbox",
        ),
        Peer(
            "carbone",
            dialects.CARBONE,
            "carbone_worker.js",
            ("carbone@3.8.2",),
            "community edition; mark is in the data",
        ),
    )
}
