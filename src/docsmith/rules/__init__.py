"""Regulations as data, and the small functions that check them.

A rule informs and never blocks. Where the data cannot tell, the outcome is ``unknown`` and nothing is said.
What no workbook can show, and what is therefore never decided here:

* whether the committee prepared what went to the members (支部工作条例 第十二条), who of those present had
  a vote, and whether it was taken by show of hands or on paper (R-09);
* who talked with whom in 谈心谈话: whether each pair of committee and members did (R-16);
* who leads a Party group, and so who should chair its meeting (R-17); whether a group is needed (R-11);
* that a term was extended or cut short with approval (R-07, E-04: 选举工作条例 第三条), who was approved
  or reported (R-06), whether 500 members hold a congress (E-04: 第四条);
* the order of candidates by strokes, unnumbered ballots, ballots issued and returned at an election (E-02,
  and the second half of E-01);
* the steps of admission between application and approval, contacts, sponsors, training (R-19), beyond the
  dates that further columns give;
* whether 季度有交流、半年有展示 took place (R-24): no kind of activity says so;
* lunar holidays and the working weekends around them (X-08).

The rules of 机关基层组织工作条例 第七条 for a single branch are R-01, R-03 and R-04.
"""

from docsmith.rules.catalogue import Force, RuleDescription, catalogue
from docsmith.rules.census import Census
from docsmith.rules.evaluate import check_branch, check_unit, evaluate
from docsmith.rules.settings import RuleSettings

__all__ = [
    "Census",
    "Force",
    "RuleDescription",
    "RuleSettings",
    "catalogue",
    "check_branch",
    "check_unit",
    "evaluate",
]
