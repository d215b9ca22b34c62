"""The slot of a cell that merges down by what it shows (:mod:`docsmith.template.language.merging`)."""

from __future__ import annotations

from docsmith.template.language.merging import Region
from docsmith.template.slots.columns import Hole
from docsmith.template.slots.values import Writer, Written

_BEGINS, _GOES_ON = b'<w:vMerge w:val="restart"/>', b'<w:vMerge w:val="continue"/>'
MAY_BEGIN = "begin"
"""Stands for ``restart`` until the document is parsed, where it is: most cells merge with none."""


def merge(is_tall: bool) -> Writer:
    """Write the ``w:vMerge`` of a cell; ``is_tall`` where the template itself merges it with cells below."""

    def write(region: Region) -> Written:
        if region.rows > 1:
            if region.hole is not None:
                region.hole.written = _BEGINS
            return _GOES_ON
        if is_tall:
            return _BEGINS
        hole = region.hole = Hole(b"")
        return hole

    return write


def merge_when_parsed(is_tall: bool) -> Writer:
    """Write the ``w:vMerge`` of a cell of which :mod:`docsmith.template.mending` sees whether it merges."""
    begins = _BEGINS if is_tall else f'<w:vMerge w:val="{MAY_BEGIN}"/>'.encode()
    return lambda region: _GOES_ON if region.rows > 1 else begins
