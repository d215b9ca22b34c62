"""What is plain already is passed on, and looked at once; what is not is copied, or refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from docsmith.errors import TemplateError
from docsmith.template.values import plain_context


@pytest.mark.parametrize(
    "value",
    [
        [{"name": "张三", 1: 2}],
        {"rate": Decimal("98.5"), "months": [1, 2]},
        [[], {}, [{"a": [Decimal(1)]}]],
    ],
)
def test_plain_values_are_passed_on_as_they_are(value: object) -> None:
    assert plain_context({"x": value})["x"] is value


def test_value_that_is_not_plain_throughout_is_copied() -> None:
    value: dict[str, Any] = {"rows": [{"a": ("1", "2")}, {"a": 1.5}]}
    found = plain_context({"x": value})["x"]
    assert found == {"rows": [{"a": ["1", "2"]}, {"a": 1.5}]}


def test_value_that_stands_in_many_places_is_passed_on_as_well() -> None:
    shared: Any = {"text": "值", "number": Decimal("0.5")}
    for _level in range(17):
        shared = {"english": shared, "中文": shared}
    assert plain_context({"x": shared})["x"] is shared


@pytest.mark.parametrize("number", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+2000")])
def test_number_that_cannot_be_printed_is_refused_wherever_it_stands(number: Decimal) -> None:
    with pytest.raises(TemplateError, match="x"):
        plain_context({"x": {"a": [{"b": number}]}})


def test_value_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(TemplateError, match="nested"):
        plain_context({"x": endless})
