"""What tests of the linter share: names that a document type could have, and what was found where."""

from __future__ import annotations

from docsmith.model.fields import Field, FieldKind
from docsmith.template.linting import Mistake, lint

_TEXT, _DATE = FieldKind.TEXT, FieldKind.DATE
FIELDS = (
    Field("unit", "单位", FieldKind.RECORD, fields=(Field("name", "单位名称", _TEXT),)),
    Field(
        "branch",
        "支部",
        FieldKind.RECORD,
        fields=(
            Field("name", "支部名称", _TEXT),
            Field("secretary", "书记", _TEXT),
            Field("founded", "成立日期", _DATE),
        ),
    ),
    Field(
        "members",
        "党员",
        FieldKind.ROWS,
        fields=(Field("name", "姓名", _TEXT), Field("joined", "入党日期", _DATE)),
    ),
    Field("groups", "党小组", FieldKind.LIST),
    Field("year", "年度", FieldKind.NUMBER),
    Field("extra", "附加", FieldKind.UNKNOWN),
)


def found(data: bytes, *, named: bool = True) -> list[tuple[str, str]]:
    """Return the code and the place of every mistake."""
    return [(one.code, one.place.words) for one in mistakes(data, named=named)]


def mistakes(data: bytes, *, named: bool = True) -> tuple[Mistake, ...]:
    return lint(data, FIELDS if named else None)
