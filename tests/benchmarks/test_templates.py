"""What is measured is a real document, the same for every engine."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.agreement import missing_values, visible_text
from benchmarks.entrants import PEERS, Peer
from benchmarks.templates.dialects import DOCXTPL
from benchmarks.templates.forms import write_template
from benchmarks.workloads import WORKLOADS, Workload

from docsmith import Template


@pytest.mark.parametrize("workload", [WORKLOADS[key] for key in ("A", "C", "AN")], ids=lambda one: one.key)
def test_every_value_is_printed(workload: Workload, tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    write_template(workload.form, DOCXTPL, template)
    context = workload.context(3)
    document = tmp_path / "document.docx"
    document.write_bytes(Template.open(template).render(context))
    assert missing_values(context, visible_text(document)) == []
    assert missing_values(context | {"branch": "另一党支部"}, visible_text(document)) == ["branch"]


@pytest.mark.parametrize("peer", PEERS.values(), ids=lambda one: one.name)
@pytest.mark.parametrize("form", ["self-check", "notice"])
def test_each_dialect_has_a_package_as_word_writes_it(peer: Peer, form: str, tmp_path: Path) -> None:
    template = tmp_path / "template.docx"
    write_template(form, peer.dialect, template)
    with zipfile.ZipFile(template) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
        for name in sizes:
            ET.fromstring(archive.read(name))
    assert 30_000 < sizes["word/styles.xml"] < 50_000
    assert {"word/theme/theme1.xml", "word/settings.xml", "word/numbering.xml"} <= sizes.keys()


def test_the_data_are_the_same_on_every_machine_and_other_for_every_document() -> None:
    workload = WORKLOADS["A"]
    assert workload.context(7) == workload.context(7)
    assert workload.context(7) != workload.context(8)
    passed = [context["passed"] for context in workload.contexts()]
    assert True in passed
    assert False in passed


def test_every_third_row_has_a_line_break_in_an_and_none_in_a() -> None:
    broken = ["\n" in row["evidence"] for row in WORKLOADS["AN"].context(0)["items"]]
    assert broken == [row % 3 == 0 for row in range(17)]
    assert not any("\n" in row["evidence"] for row in WORKLOADS["A"].context(0)["items"])
