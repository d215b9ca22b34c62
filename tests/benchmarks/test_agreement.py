"""Nothing is timed that does not print the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.agreement import Agreement, difference, visible_text
from benchmarks.errors import DifferenceError
from benchmarks.templates.package import write_package
from benchmarks.workloads import Workload

_RUN = "<w:p><w:r>{content}</w:r></w:p>"


class TwoValues(Workload):
    """A workload whose contexts are two values."""

    def context(self, number: int) -> dict[str, object]:
        return {"branch": f"第{number + 1}党支部", "items": [{"no": number}]}


WORKLOAD = TwoValues("T", "two values", "notice", 1)


def document(path: Path, *contents: str) -> Path:
    body = "".join(_RUN.format(content=content) for content in contents)
    write_package(path, body, "<w:p/>", "<w:p/>")
    return path


@pytest.mark.parametrize(
    "content",
    [
        "<w:t>一</w:t><w:br/><w:t>二</w:t>",
        "<w:t>一</w:t><w:cr/><w:t>二</w:t>",
        "<w:t>一<w:br/>二</w:t>",
        "<w:t>一</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>二</w:t>",
    ],
)
def test_a_line_break_is_one_however_it_is_written(content: str, tmp_path: Path) -> None:
    assert visible_text(document(tmp_path / "x.docx", content)) == ["一\n二"]


def test_paragraphs_without_text_are_passed_over(tmp_path: Path) -> None:
    assert visible_text(document(tmp_path / "x.docx", "<w:t> </w:t>", "<w:t>一</w:t>")) == ["一"]


def test_a_first_engine_that_loses_a_value_is_refused(tmp_path: Path) -> None:
    lost = document(tmp_path / "x.docx", "<w:t>第1党支部</w:t>")
    with pytest.raises(DifferenceError, match="no of row 1"):
        Agreement().check(WORKLOAD, [lost])


def test_an_engine_that_prints_something_else_is_refused(tmp_path: Path) -> None:
    agreement = Agreement()
    agreement.check(WORKLOAD, [document(tmp_path / "1.docx", "<w:t>第1党支部</w:t>", "<w:t>0</w:t>")])
    agreement.check(
        WORKLOAD, [document(tmp_path / "2.docx", "<w:t>第1</w:t><w:t>党支部</w:t>", "<w:t>0</w:t>")]
    )
    with pytest.raises(DifferenceError, match="paragraph 1"):
        agreement.check(WORKLOAD, [document(tmp_path / "3.docx", "<w:t>第一党支部</w:t>", "<w:t>0</w:t>")])


def test_xml_is_compared_in_its_canonical_form(tmp_path: Path) -> None:
    agreement = Agreement()
    first = [
        document(tmp_path / "1.docx", "<w:t>第1党支部</w:t>", '<w:tab w:val="a" w:pos="1"/><w:t>0</w:t>')
    ]
    same = [
        document(tmp_path / "2.docx", "<w:t>第1党支部</w:t>", "<w:tab w:pos='1' w:val='a' /><w:t>0</w:t>")
    ]
    other = [
        document(tmp_path / "3.docx", "<w:t>第1党支部</w:t>", '<w:tab w:val="b" w:pos="1"/><w:t>0</w:t>')
    ]
    agreement.check(WORKLOAD, first)
    assert agreement.is_same_xml(WORKLOAD, same)
    assert not agreement.is_same_xml(WORKLOAD, other)


def test_a_missing_paragraph_is_a_difference() -> None:
    assert difference(["一", "二"], ["一"]) == "1 paragraphs instead of 2"
    assert difference(["一"], ["一"]) == ""
