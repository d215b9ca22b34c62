"""The Chinese catalogue: complete, of the same fields as the source strings, and compiled."""

from __future__ import annotations

import gettext
import re

import pytest

catalogue = pytest.importorskip("tools.catalogue", reason="the tools of a checkout are not here")

_FIELDS = re.compile(r"\{(\w+)(?:![rs])?\}|%\((\w+)\)s")


def _fields(text: str) -> set[str]:
    return {first or second for first, second in _FIELDS.findall(text)}


def _forms(message: object) -> tuple[list[str], list[str]]:
    """Return the forms of a message: those of the source, and those of the translation."""
    if message.pluralizable:  # type: ignore[attr-defined]
        return list(message.id), list(message.string)  # type: ignore[attr-defined]
    return [message.id], [message.string]  # type: ignore[attr-defined]


def test_everything_that_is_said_can_be_said_in_chinese() -> None:
    missing = [message.id for message in catalogue.untranslated(catalogue.updated())]
    assert missing == [], "translate these in docsmith.po, then run python -m tools.catalogue"


def test_a_translation_has_the_fields_of_its_source() -> None:
    for message in catalogue.messages(catalogue.translated()):
        sources, translations = _forms(message)
        for translation in filter(None, translations):
            found = _fields(translation)
            if message.pluralizable:
                assert found <= set().union(*map(_fields, sources)), message.id
            else:
                assert found == _fields(sources[0]), message.id


@pytest.mark.parametrize("part", ["header {number}", "footer {number}"])
@pytest.mark.parametrize("inside", ["{place}, paragraph {number}", "{place}, table {number}"])
def test_two_numbers_of_a_place_are_told_apart(part: str, inside: str) -> None:
    chinese = {message.id: message.string for message in catalogue.messages(catalogue.translated())}
    place = chinese[inside].format(place=chinese[part].format(number=1), number=2)
    assert not re.search(r"\d第", place), place


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    said = {str(message.id) for message in catalogue.messages(catalogue.extracted())}
    for message in catalogue.messages(catalogue.translated()):
        own = any(not file.startswith("click/") for file, _line in message.locations)
        assert not own or str(message.id) in said, "run python -m tools.catalogue"


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with catalogue.MO.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in catalogue.messages(catalogue.translated()):
        sources, translations = _forms(message)
        if message.pluralizable:
            assert compiled.ngettext(*sources, 2) == translations[-1]
        else:
            assert compiled.gettext(sources[0]) == (translations[0] or sources[0])
    assert len(compiled._catalog) - 1 <= len(catalogue.translated())  # type: ignore[attr-defined]


def test_clicks_own_messages_are_part_of_it() -> None:
    locations = [file for message in catalogue.translated() for file, _line in message.locations]
    assert any(file.startswith("click/") for file in locations)


def test_a_gbk_console_has_every_character() -> None:
    for message in catalogue.messages(catalogue.translated()):
        for text in (form for forms in _forms(message) for form in forms):
            text.encode("gbk")


def test_no_message_hides_in_an_f_string() -> None:
    # There Babel does not find it under Python 3.11, and nobody translates it.
    hidden = [
        str(path)
        for path in (catalogue.ROOT / "src" / "docsmith").rglob("*.py")
        if re.search(r"\{_\(['\"]", path.read_text("utf-8"))
    ]
    assert hidden == []
