"""The sheets of the data workbook, and how a document type adds to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from docsmith.model import records
from docsmith.model.columns import Column, Sheet
from docsmith.model.pickling import Derivable
from docsmith.model.rows import Record

# Sheets of the fill-in workbook that hold no data, and the mark at the start of a row that is none:
# ``示例：第一党支部``, in the row's first filled cell. Readers pass over all of them.
INSTRUCTIONS_SHEET = "填写说明"
CHOICES_SHEET = "选项"
EXAMPLE_MARK = "示例："

# The columns of a sheet that holds one record.
PAIR_TITLES = ("项目", "内容")

BUILT_IN = (
    Sheet("unit", "单位", records.Unit, paired=True, synonyms=("单位信息", "单位基本情况", "单位基本信息")),
    Sheet(
        "branches",
        "支部",
        records.Branch,
        synonyms=("党支部", "支部信息", "党支部信息", "支部基本情况", "党支部基本情况"),
    ),
    Sheet(
        "members",
        "党员",
        records.Member,
        synonyms=("党员信息", "党员名册", "党员花名册", "党员名单", "花名册"),
    ),
    Sheet("activities", "组织生活", records.Activity, synonyms=("三会一课", "会议记录", "活动记录")),
    Sheet("talks", "谈心谈话", records.Talk, synonyms=("谈话记录", "谈心谈话记录", "谈心谈话台账")),
    Sheet("plans", "工作计划", records.Plan, synonyms=("计划",)),
    Sheet(
        "problems",
        "问题清单",
        records.Problem,
        synonyms=("问题台账", "整改台账", "问题整改清单", "问题整改台账", "整改清单"),
    ),
    Sheet("self_checks", "自查", records.SelfCheck, synonyms=("自检自查", "自查结果")),
    Sheet("ballots", "测评", records.Ballot, synonyms=("测评结果", "满意率测评")),
    Sheet("summaries", "总结", records.Summary, synonyms=("年终总结",)),
)


class Schema(NamedTuple):
    """The sheets that a run knows, by English name, in the order of the workbook."""

    sheets: Mapping[str, Sheet]

    @classmethod
    def built_in(cls) -> Schema:
        """Return the ten sheets of the public contract."""
        return cls(MappingProxyType({sheet.name: sheet for sheet in BUILT_IN}))

    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """Return the choices of columns by the names of these; none for a name with several meanings."""
        found: dict[str, tuple[str, ...]] = {}
        for column in (column for sheet in self.sheets.values() for column in sheet.columns):
            for name in (column.name, column.title):
                if column.choices:
                    choices = tuple(column.choices)
                    found[name] = choices if found.get(name, choices) == choices else ()
        return found

    def with_columns(self, sheet_name: str, columns: Iterable[Column]) -> Schema:
        """Return a schema whose sheet has more columns; raises ``KeyError`` for a sheet that is not there."""
        sheet = self.sheets[sheet_name]
        changed = sheet._replace(record=derive_record(sheet.record, columns))
        return Schema(MappingProxyType({**self.sheets, sheet_name: changed}))

    def with_sheet(self, sheet: Sheet) -> Schema:
        """Return a schema that has one more sheet."""
        return Schema(MappingProxyType({**self.sheets, sheet.name: sheet}))


def derive_record(base: type[Record], columns: Iterable[Column]) -> type[Record]:
    """Return a record like ``base`` that has further columns."""
    added = tuple(columns)
    names = {column.name: column for column in added}
    derived: Any = Derivable(base.__name__, (base,), {**names, "made_by": (derive_record, (base, added))})
    record: type[Record] = derived
    return record
