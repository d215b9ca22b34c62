"""The language that a person at the terminal reads, through gettext.

Source strings are English; ``locale/zh_CN`` holds the Chinese catalogue. Documents are always Chinese and
never pass through here.
"""

from __future__ import annotations

import gettext as _gettext
import locale
import os
from pathlib import Path

DOMAIN = "docsmith"
LOCALE_FOLDER = Path(__file__).parent / "locale"

# Kept, because looking a catalogue up anew costs 40 µs for each message, and a workbook can have 100,000.
_catalogue = _gettext.NullTranslations()
_language = "en"


def chosen_language() -> str:
    """Return ``zh_CN`` or ``en``: ``DOCSMITH_LANG`` decides, then the environment, then the system."""
    for name in ("DOCSMITH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    # Windows sets none of these variables, but knows the language of its user.
    system = locale.getlocale()[0] or ""
    return "zh_CN" if system.lower().startswith(("zh", "chinese")) else "en"


def language() -> str:
    """Return the language that messages appear in: ``zh_CN`` or ``en``."""
    return _language


def install(language: str = "") -> None:
    """Make docsmith's messages appear in this language, or else in the chosen one."""
    global _catalogue, _language  # one process speaks one language
    _language = language or chosen_language()
    _catalogue = _gettext.translation(DOMAIN, LOCALE_FOLDER, [_language], fallback=True)


def install_for_terminal() -> None:
    """Make docsmith's messages, and click's own, appear in the chosen language.

    click calls ``gettext.gettext`` at run time, so that binding the default domain translates it as well.
    """
    install()
    os.environ["LANGUAGE"] = _language
    _gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    _gettext.textdomain(DOMAIN)


def gettext(message: str) -> str:
    """Return ``message`` in the reader's language; formats use named ``{fields}`` filled afterwards."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a message that fits ``number``."""
    return _catalogue.ngettext(singular, plural, number)
