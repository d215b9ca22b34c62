"""A small dataset, and documents read back."""

from __future__ import annotations

import io
from typing import Any

import docx

from docsmith.model.dataset import Dataset
from docsmith.model.records import Branch, Problem, Unit
from docsmith.model.rows import RowPlace
from docsmith.model.schema import Schema

UNIT = Unit(name="示例研究所", year=2026)


def branch(name: str, **cells: Any) -> Branch:
    origin = RowPlace("数据.xlsx", "支部", 2, {"name": "A", "secretary": "B"})
    return Branch(name=name, **cells).read_from(origin)


def dataset(*branches: Branch, schema: Schema | None = None, **changes: Any) -> Dataset:
    """Return a dataset of these branches (第一党支部 by default), each with one problem."""
    of = branches or (branch("第一党支部"),)
    problems = tuple(Problem(branch=one.name, problem="问题", extra={"附加": "更多"}) for one in of)
    tables = {"branches": of, "problems": problems}
    return Dataset(**{"schema": schema or Schema.built_in(), "unit": UNIT, "tables": tables} | changes)


def text_of(content: bytes) -> str:
    """Return what a document says, its paragraphs as lines."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
