"""Documents against outlines: what fits, what does not, and how the difference reads."""

from __future__ import annotations

import pytest

from docsmith.model.written import Cell, Paragraph, Table, WrittenDocument
from docsmith.testing import assert_document

DOCUMENT = WrittenDocument(
    (
        Paragraph("党员花名册", "FormTitle"),
        Paragraph(""),
        Table(
            (
                (Cell("党小组"), Cell("姓名"), Cell("备注", columns=2)),
                (Cell("第一\n党小组"), Cell("张三"), Cell(""), Cell("")),
                (Cell("", continues=True), Cell("李四"), Cell(""), Cell("")),
            )
        ),
        Paragraph("填表人：张三"),
    ),
    footers=("第 1 页",),
)
WHOLE = """
    党员花名册

    | 党小组 | 姓名 | 备注 | ← |
    | 第一<br>党小组 | 张三 |  |  |
    | ↑ | 李四 |  |  |
    填表人：张三
    [第 1 页]
"""


@pytest.mark.parametrize(
    "expected",
    [
        WHOLE,
        "…",
        "党员花名册\n…",
        "…\n[第 1 页]",
        "党员花名册\n…\n| ↑ | 李四 |  |  |\n…\n[第 1 页]",
        "…\n党员花名册\n…\n填表人：张三\n…",
    ],
)
def test_what_the_document_says_fits(expected: str) -> None:
    assert_document(DOCUMENT, expected)


@pytest.mark.parametrize(
    "expected",
    [
        "",
        "党员花名册",
        WHOLE.replace("李四", "王五"),
        WHOLE.replace("↑", "第一党小组"),
        WHOLE.replace("| ← |", "|"),
        "…\n填表人：张三\n…\n党员花名册\n…",
        "…\n[第 1 页]\n…\n[第 1 页]",
    ],
)
def test_what_the_document_does_not_say_fails(expected: str) -> None:
    with pytest.raises(AssertionError, match="The document is not as expected"):
        assert_document(DOCUMENT, expected)


def test_same_document_fits_and_another_does_not() -> None:
    assert_document(DOCUMENT, DOCUMENT)
    other = DOCUMENT._replace(footers=())
    with pytest.raises(AssertionError, match=r"- \[第 1 页\]"):
        assert_document(other, DOCUMENT)


def test_looks_are_not_compared() -> None:
    plain = [one._replace(style="") if isinstance(one, Paragraph) else one for one in DOCUMENT.body]
    assert_document(DOCUMENT._replace(body=tuple(plain)), DOCUMENT)


def test_styles_are_compared_where_that_is_asked_for() -> None:
    assert_document(DOCUMENT, "FormTitle> 党员花名册\n…", styles=True)
    with pytest.raises(AssertionError, match="- 标题> 党员花名册"):
        assert_document(DOCUMENT, "标题> 党员花名册\n…", styles=True)


def test_difference_names_missing_and_unexpected_lines_in_their_surroundings() -> None:
    expected = "党员花名册\n…\n| ↑ | 王五 |  |  |\n填表人：张三\n审核人：李四\n[第 1 页]"
    with pytest.raises(AssertionError) as failure:
        assert_document(DOCUMENT, expected)
    assert str(failure.value).split("\n") == [
        "The document is not as expected:",
        "  党员花名册",
        "  …",
        "- | ↑ | 王五 |  |  |",
        "+ | ↑ | 李四 |  |  |",
        "  填表人：张三",
        "- 审核人：李四",
        "  [第 1 页]",
    ]
