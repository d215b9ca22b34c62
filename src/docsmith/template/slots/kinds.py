"""The kinds of slots.

A slot is described by plain data (a kind and its constants, chosen in
:mod:`docsmith.template.compiling.weaving`), and made into a function once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from docsmith.template.slots import cells, merging, structure, values
from docsmith.template.slots.values import Writer

__all__ = ["HOLES", "Writer", "writers"]

HOLES = frozenset({"grid", "width", "last paragraph", "merge"})
"""The kinds of slots that write something which is filled in later."""


def writers(slots: Iterable[Sequence[object]], *, parsed: bool, is_text: bool = False) -> tuple[Any, ...]:
    """Return the functions of a part's slots; ``parsed`` where the part is parsed and mended afterwards.

    ``is_text`` where they write text and not bytes.
    """
    kinds = _KINDS_WHEN_PARSED if parsed else _KINDS
    made = (kinds[cast(str, kind)](*constants) for kind, *constants in slots)
    return tuple(map(_as_text, made) if is_text else made)


def _as_text(writer: Writer) -> Callable[[Any], str]:
    return lambda value: cast(bytes, writer(value)).decode()


_KINDS: Mapping[str, Callable[..., Writer]] = {
    "text": values.text,
    "other text": values.other_text,
    "attribute": values.attribute,
    "colour": cells.colour,
    "blocks": values.blocks_of_ours,
    "drawing id": structure.drawing_id,
    "control id": structure.control_id,
    "bookmark start": structure.bookmark_start,
    "bookmark end": structure.bookmark_end,
    "last paragraph": structure.last_paragraph,
    "table": structure.table,
    "grid": structure.grid,
    "width": structure.width,
    "span": structure.span,
    "span value": structure.span_value,
    "cell end": structure.cell_end,
    "row end": structure.row_end,
    "table end": structure.table_end,
    "merge": merging.merge,
}
# The parsed document is mended as a whole: there, these only have to write what stands in the template.
_KINDS_WHEN_PARSED: Mapping[str, Callable[..., Writer]] = {
    "text": values.text_when_parsed,
    "anywhere": values.anywhere,
    "line": values.line,
    "other text": values.other_text,
    "attribute": values.attribute,
    "span value": lambda _is_tracked: cells.span_number(),
    "colour": cells.colour,
    "blocks": values.blocks,
    "merge": merging.merge_when_parsed,
    **dict.fromkeys(
        ("drawing id", "control id", "bookmark start", "bookmark end", "grid", "width"), structure.constant
    ),
    **dict.fromkeys(
        ("last paragraph", "table", "span", "cell end", "row end", "table end"), structure.nothing
    ),
}
