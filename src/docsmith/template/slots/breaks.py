"""Line breaks and tabs of a text, as WordprocessingML has them between the texts of a run."""

from __future__ import annotations

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'

NEW_PARAGRAPH = "paragraph"
"""The type of a break that becomes a paragraph where the document is parsed, and that one is seen."""


def with_breaks(text: str, formatting: str) -> str:
    """Return an escaped text that stands in a ``w:t``, its line breaks as ``w:br``, its tabs as runs.

    ``formatting`` is the ``w:rPr`` of the run, for the runs that begin after a tab.
    """
    tab = f'</w:t></w:r><w:r>{formatting}<w:tab/></w:r><w:r>{formatting}<w:t xml:space="preserve">'
    return text.replace("\n", BREAK).replace("\t", tab)
