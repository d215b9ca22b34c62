"""The records: one validated row of each sheet of the data workbook.

The English names, the Chinese titles and the choices are the public contract of the workbook; they stay
stable from year to year. A column that a document type adds in its ``plugin.toml`` becomes a field of a
derived record (:func:`docsmith.model.schema.Schema.with_columns`).
"""

from docsmith.model.records.life import Activity, Talk
from docsmith.model.records.members import Member
from docsmith.model.records.unit import Branch, BranchRecord, Unit
from docsmith.model.records.work import Ballot, Plan, Problem, SelfCheck, Summary

__all__ = [
    "Activity",
    "Ballot",
    "Branch",
    "BranchRecord",
    "Member",
    "Plan",
    "Problem",
    "SelfCheck",
    "Summary",
    "Talk",
    "Unit",
]
