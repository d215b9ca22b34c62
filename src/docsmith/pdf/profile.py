"""The settings that LibreOffice runs with: nothing is fetched, nothing is run, nothing is asked."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    # A picture that a document links to, on the web or on this machine, would be fetched and shown.
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    # Dates that fields of a document compute are written as in China, whatever the machine speaks.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        "false",
    ),
)


def make_profile(folder: Path) -> None:
    """Make a profile of LibreOffice in a folder that is not there yet."""
    items = "".join(
        f"<item oor:path={quoteattr(path)}>"
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
