"""From a manifest and the sheets of a run to a plan: names of sheets and columns are looked up once, here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from docsmith._i18n import gettext as _
from docsmith.model.columns import Column, Kind, Sheet
from docsmith.model.records import Branch, BranchRecord
from docsmith.plugin.lookup import RESERVED, Columns, Lookup
from docsmith.plugin.manifest import Manifest
from docsmith.plugin.manifest_tables import JoinTable, RowsTable, RuleTable
from docsmith.plugin.per import per_row
from docsmith.plugin.plan import JoinPlan, Plan, RowsPlan, RulePlan

ADDABLE = frozenset({Kind.COUNT, Kind.NUMBER})
_MOST_GROUPS = 5  # groups in each other; forms have two
_MONTHS = frozenset({Kind.DATE, Kind.COUNT, Kind.TEXT, Kind.NAME, Kind.CODE, Kind.CHOICE})


def planned(manifest: Manifest, lookup: Lookup) -> Plan:
    """Return what a manifest means with the sheets of a run, as far as it means anything.

    Its mistakes are added to those of ``lookup``. ``manifest`` may be a draft: what could not be read of it
    is left out.
    """
    return _Planner(manifest, lookup).plan()


class _Planner:
    def __init__(self, manifest: Manifest, lookup: Lookup) -> None:
        self._manifest, self._lookup = manifest, lookup
        self._taken = RESERVED | {
            name for sheet in lookup.schema.sheets.values() for name in (sheet.name, sheet.title)
        }

    def plan(self) -> Plan:
        tables = tuple(self._tables())
        rules = tuple(self._rules())
        asked = [
            sheet.name
            for number, word in enumerate(self._manifest.uses, 1)
            if word and (sheet := self._lookup.sheet(word, f"uses[{number}]"))
        ]
        per = per_row(self._manifest, self._lookup)
        of_tables = [table.sheet for table in tables]
        of_rules = [rule.sheet for rule in rules]
        of_row = [per.sheet] if per else []
        joined = [table.join.sheet for table in tables if table.join]
        uses = chain(("unit", "branches"), asked, of_tables, of_rules, of_row, joined)
        return Plan(tuple(dict.fromkeys(uses)), tables, rules, per)

    def _tables(self) -> Iterator[RowsPlan]:
        for number, table in enumerate(self._manifest.tables, 1):
            plan = self._table(table, f"tables[{number}]")
            if plan is not None:
                yield plan

    def _table(self, table: RowsTable, at: str) -> RowsPlan | None:
        for key, name in (("name", table.name), ("title", table.title)):
            if name in self._taken:
                mistake = _("templates know something else by the name {name}.").format(name=name)
                self._lookup.say(f"{at}.{key}", mistake, _("Choose another."))
        self._taken |= {name for name in (table.name, table.title) if name is not None}
        sheet = self._sheet(table.of, f"{at}.of") if table.of is not None else None
        if sheet is None:
            return None
        join = self._join(table.join, sheet, f"{at}.join") if table.join else None
        columns = Columns(sheet.title, sheet.columns + (join.columns if join else ()))
        look = self._lookup
        return RowsPlan(
            table.name,
            table.title,
            sheet.name,
            sheet.columns,
            look.conditions(table.where, columns, f"{at}.where"),
            look.sort_keys(table.sort, columns, f"{at}.sort"),
            self._groups(table, columns, f"{at}.group"),
            self._totals(table, columns, f"{at}.totals"),
            table.minimum,
            self._month(table, columns, at),
            join,
        )

    def _sheet(self, word: str, at: str) -> Sheet | None:
        """Return a sheet of which a document has rows."""
        sheet = self._lookup.sheet(word, at)
        if sheet is None or sheet.name not in ("unit", "branches"):
            return sheet
        if sheet.name == "branches" and self._manifest.per == "unit":
            return sheet
        mistake = _("a document has one row of the sheet {sheet}: it is no table.").format(sheet=sheet.title)
        self._lookup.say(at, mistake, _("A template has it as {name}.").format(name=sheet.title))
        return None

    def _groups(self, table: RowsTable, columns: Columns, at: str) -> tuple[str, ...]:
        names = tuple(column.name for column in self._lookup.columns(table.group, columns, at))
        if len(names) > _MOST_GROUPS or len(set(names)) < len(names):
            mistake = _("at most {number} different columns are expected.").format(number=_MOST_GROUPS)
            self._lookup.say(at, mistake)
        return names

    def _totals(self, table: RowsTable, columns: Columns, at: str) -> tuple[Column, ...]:
        found = self._lookup.columns(table.totals, columns, at)
        for column in found:
            if column.kind not in ADDABLE and self._is_read(column, columns):
                mistake = _("the column {name} has no numbers to add up.").format(name=column.title)
                self._lookup.say(at, mistake, _("Its kind would have to be number or count."))
        return found

    def _is_read(self, column: Column, columns: Columns) -> bool:
        """Return whether nothing that is said of a column is wrong, such as its kind."""
        return f"{columns.title}.{column.title}" not in self._lookup.unread

    def _month(self, table: RowsTable, columns: Columns, at: str) -> Column | None:
        if table.every is None:
            if table.by:
                self._lookup.say(f"{at}.by", _("it goes with every alone."))
            return None
        for key in ("group", "minimum", "join"):
            if getattr(table, key):
                self._lookup.say(f"{at}.{key}", _("it does not go with every."))
        if table.by is None:
            self._lookup.say(f"{at}.by", _("it is missing: which column says the month?"))
            return None
        column = self._lookup.column(table.by, columns, f"{at}.by")
        if column and column.kind not in _MONTHS and self._is_read(column, columns):
            mistake = _("the column {name} says no month.").format(name=column.title)
            self._lookup.say(f"{at}.by", mistake)
        return column

    def _join(self, table: JoinTable, items: Sheet, at: str) -> JoinPlan | None:
        answers = self._sheet(table.sheet, f"{at}.sheet") if table.sheet is not None else None
        if answers is None or table.on is None:
            return None
        own, _sign, other = table.on.replace("＝", "=").partition("=")
        item = self._lookup.column(own.strip(), Columns(items.title, items.columns), f"{at}.on")
        answer = self._lookup.column(
            (other or own).strip(), Columns(answers.title, answers.columns), f"{at}.on"
        )
        if item is None or answer is None:
            return None
        if self._manifest.per == "unit" and not issubclass(items.record, BranchRecord):
            mistake = _("a document of the whole unit would have many answers to each item.")
            self._lookup.say(at, mistake)
        shared = {answer.name, "branch"}
        columns = tuple(column for column in answers.columns if column.name not in shared)
        taken = {name for column in items.columns for name in (column.name, column.title)}
        for column in columns:
            if taken & {column.name, column.title}:
                mistake = _("both {first} and {second} have the column {name}.").format(
                    first=items.title, second=answers.title, name=column.title
                )
                self._lookup.say(at, mistake, _("Rename it in one of them."))
        return JoinPlan(answers.name, answers.title, item, answer, columns)

    def _rules(self) -> Iterator[RulePlan]:
        seen: set[str] = set()
        for number, rule in enumerate(self._manifest.rules, 1):
            at = f"rules[{number}]"
            if rule.id in seen and rule.id is not None:
                self._lookup.say(f"{at}.id", _("there is another rule {name}.").format(name=rule.id))
            seen.add(rule.id)
            plan = self._rule(rule, at)
            if plan is not None:
                yield plan

    def _rule(self, rule: RuleTable, at: str) -> RulePlan | None:
        if rule.at_least is not None and rule.at_most is not None and rule.at_least > rule.at_most:
            self._lookup.say(f"{at}.at_least", _("it is more than at_most."))
        sheet = self._lookup.sheet(rule.of, f"{at}.of") if rule.of is not None else None
        if sheet is None:
            return None
        is_bare = rule.at_least is None and rule.at_most is None
        return RulePlan(
            rule.id,
            sheet.name,
            sheet.title,
            issubclass(sheet.record, BranchRecord | Branch),
            self._lookup.conditions(rule.where, Columns(sheet.title, sheet.columns), f"{at}.where"),
            rule.message,
            rule.severity,
            rule.source,
            rule.at_least,
            0 if is_bare else rule.at_most,
        )
