"""Words of a model text that nobody replaced: ×月×日, XX同志, 20xx年, （待补充）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.model.columns import Kind
from docsmith.model.dossier import Dossier
from docsmith.model.records import BranchRecord
from docsmith.model.rows import Record
from docsmith.rules.catalogue import Parameters
from docsmith.rules.judgement import Judgement, Objection, judged, unknown
from docsmith.rules.registry import branch_check

_WRITTEN = (Kind.TEXT, Kind.NAME, Kind.NAMES)
_X = "XxＸｘ×╳"
_COUNTED = "年月日号个名位人次项条篇份期场件元%％"
_PLACEHOLDER = re.compile(
    rf"""
    # 20xx年, 202X年
      (?<![0-9A-Za-z]) 20 (?: [{_X}]{{2}} | [0-9][{_X}](?=\s*年) ) (?![0-9A-Za-z])
    # ××局; in 138××××0000 they hide a number
    | (?<![0-9×╳]) [×╳]{{2,}}
    # XX同志; not XXL, XX型, XX染色体, Class XX
    | (?<![0-9A-Za-zＸｘ]) (?<![A-Za-z]\s) [XxＸｘ]{{2,}} (?![0-9A-Za-z]|型|染色体)
    # ×月×日, X%; not 3×4, X射线
    | (?<![0-9A-Za-z]) (?<![0-9A-Za-z]\s) [{_X}] \s* [{_COUNTED}]
    | [_＿]{{3,}}
    | [（(] 待 (?: 补充 | 填写? ) [）)]
    | \{{\{{ | \{{%
    """,
    re.VERBOSE,
)


@branch_check("X-19")
def no_placeholder_left(dossier: Dossier, _parameters: Parameters) -> Judgement:
    """Object to what looks like a placeholder, in any text or name that the branch has written."""
    records = [row for rows in dossier.tables.values() for row in rows if isinstance(row, BranchRecord)]
    found = [objection for record in (dossier.branch, *records) for objection in _left_in(record)]
    return judged(found) if found or records else unknown()


def _left_in(record: Record) -> Iterator[Objection]:
    for name, text in _texts(record):
        if found := _PLACEHOLDER.search(text):
            yield Objection(
                _("{text} looks like a placeholder that was left in the text").format(text=found[0]),
                _("Write the number or the name in its place."),
                record.where(name),
            )


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the written fields of a record, by name; codes may well hide their digits behind an X."""
    for column in record.columns.values():
        value = getattr(record, column.name)
        if column.kind in _WRITTEN and value:
            yield column.name, value if isinstance(value, str) else "、".join(value)
