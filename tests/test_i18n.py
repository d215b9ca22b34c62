"""The language that a person reads: chosen by the environment, or by the system."""

from __future__ import annotations

import locale

import pytest

from docsmith._i18n import chosen_language

_VARIABLES = ("DOCSMITH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "zh_CN"}, "zh_CN"),
        ({"LANG": "zh_CN", "DOCSMITH_LANG": "en"}, "en"),
        ({"LANG": "en_US", "DOCSMITH_LANG": "zh"}, "zh_CN"),
    ],
)
def test_the_first_variable_that_says_something_decides(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert chosen_language() == language


@pytest.mark.parametrize(
    ("system", "language"), [("Chinese (Simplified)_China", "zh_CN"), ("zh_CN", "zh_CN"), (None, "en")]
)
def test_without_variables_the_system_decides_as_on_windows(
    monkeypatch: pytest.MonkeyPatch, system: str | None, language: str
) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: (system, None))
    assert chosen_language() == language
