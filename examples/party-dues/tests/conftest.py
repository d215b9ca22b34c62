"""The kit of docsmith: its fixtures, and no plugin but the one under test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docsmith_party_dues
import pytest

pytest_plugins = ["docsmith.testing"]


@pytest.fixture
def docsmith_plugins() -> list[Path]:
    return [Path(docsmith_party_dues.__file__).parent]


@pytest.fixture
def docsmith_data(docsmith_data: dict[str, Any]) -> dict[str, Any]:
    """The small unit of the kit, whose three members pay dues."""
    return docsmith_data | {
        "党费": [
            {"支部": "第一党支部", "姓名": "张三", "月交纳基数": "12000", "一季度实交": "720"},
            {"支部": "第一党支部", "姓名": "李四", "月交纳基数": "8000", "一季度实交": "360"},
            {
                "支部": "第一党支部",
                "姓名": "王五",
                "计费方式": "定额",
                "月交纳基数": "0.2",
                "一季度实交": "0.6",
                "备注": "在读",
            },
        ]
    }
