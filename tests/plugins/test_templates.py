"""Every bundled template: what is committed is what its description makes, and it holds together."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from tools.make_templates import ROOT, build, template_ids

from docsmith.model.records import Branch
from tests.plugins.making import make, manager

BUNDLED = sorted(folder.name for folder in (ROOT / "templates").iterdir())
HOSTILE = "甲&乙<丙>“丁”{{ 戊 }}{% if %}" + "长" * 2000


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_template_has_a_description_and_a_plugin() -> None:
    assert template_ids() == BUNDLED == sorted(manager().types)


@pytest.mark.parametrize("template_id", BUNDLED)
def test_committed_template_is_what_its_description_makes(template_id: str) -> None:
    committed = Path(ROOT / "templates" / template_id / "template.docx").read_bytes()
    assert members(committed) == members(build(template_id)), "run ./dev templates"


@pytest.mark.parametrize("template_id", BUNDLED)
def test_form_of_a_branch_with_nothing_but_a_name_has_no_leftover_tag(template_id: str) -> None:
    document = make(template_id, branch=Branch(name="新建党支部")).content
    text = "".join(part(document, "word/document.xml").itertext())
    assert "新建党支部" in text
    assert not any(mark in text for mark in ("{{", "}}", "{%", "%}", "None", "[]"))


@pytest.mark.parametrize("template_id", BUNDLED)
def test_names_that_look_like_markup_stand_in_the_document_as_they_are(template_id: str) -> None:
    text = "".join(
        part(make(template_id, branch=Branch(name=HOSTILE)).content, "word/document.xml").itertext()
    )
    assert HOSTILE in text


@pytest.mark.parametrize("template_id", BUNDLED)
def test_same_data_gives_the_same_bytes(template_id: str) -> None:
    assert make(template_id).content == make(template_id).content
