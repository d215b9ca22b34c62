"""Templates looked at with what is known of their types."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsmith._resources import bundled_folder
from docsmith.engine.template_check import check_template
from docsmith.engine.templates import open_template
from docsmith.errors import TemplateError
from docsmith.model.findings import Severity
from docsmith.plugin.discovery import bundled
from docsmith.plugin.manager import Manager
from tests.plugins_for_tests import make_plugin, manager_of
from tests.template.builders import docx

BUNDLED = sorted(
    folder.name for folder in bundled_folder("plugins").iterdir() if (folder / "plugin.toml").is_file()
)


@pytest.mark.parametrize("name", BUNDLED)
def test_nothing_is_wrong_with_a_bundled_type_and_all_that_it_declares_is_used(name: str) -> None:
    manager = Manager(bundled())
    document_type = manager.types[name]
    assert check_template(document_type.template, document_type, manager.schema) == ()


def test_a_finding_names_the_file_and_the_place_in_words(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, text="{{ 支部.书纪 }}")
    manager = manager_of(folder)
    (finding,) = check_template(folder / "template.docx", manager.types["notice"], manager.schema)
    assert (finding.code, finding.severity) == ("unknown-name", Severity.ERROR)
    assert str(finding.place) == "template.docx body, paragraph 1 “{{ 支部.书纪 }}”"
    assert finding.hint == "Did you mean 书记?"


def test_names_that_the_python_of_a_plugin_may_add_are_no_mistake(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path, text="{{ 随便什么.名字 }} {{ 支部.书纪 }}", python="x = 1\n")
    manager = manager_of(folder)
    found = check_template(folder / "template.docx", manager.types["notice"], manager.schema)
    assert [one.message for one in found] == ["支部 has no field called 书纪."]


def test_a_template_that_cannot_be_opened_is_told_with_its_names(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    (folder / "template.docx").write_bytes(docx("{{ 支部.书纪 }}", "{{ 1 + }}"))
    manager = manager_of(folder)
    with pytest.raises(TemplateError, match=r"(?s)2 mistakes.*called 书纪.*cannot be read"):
        open_template(manager.types["notice"], manager.schema)


def test_a_template_that_is_gone_is_told_as_it_is(tmp_path: Path) -> None:
    folder = make_plugin(tmp_path)
    manager = manager_of(folder)
    (folder / "template.docx").unlink()
    with pytest.raises(TemplateError, match="cannot be read"):
        open_template(manager.types["notice"], manager.schema)
