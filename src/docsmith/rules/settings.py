"""What a workspace says of the rules: the table ``[rules]`` of ``docsmith.toml``.

::

    [rules]
    R-20 = "off"                                   # switched off
    R-08 = "info"                                  # another severity: warning or info
    R-13 = { per_year = 2, severity = "warning" }  # other parameters, and a severity

A rule that the table does not name keeps its defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from docsmith._i18n import gettext as _
from docsmith.errors import UsageError
from docsmith.model.findings import Severity
from docsmith.model.nearest import suggestion
from docsmith.rules.catalogue import Parameters, RuleDescription, rules_by_id

OFF = "off"
_SEVERITIES = (Severity.WARNING.value, Severity.INFO.value)
# Parameters that have only a few good values.
_ALLOWED: Mapping[str, tuple[Any, ...]] = {"per_year": (1, 2, 3, 4, 6, 12)}


class RuleSetting(NamedTuple):
    """One rule as it is to be applied: its parameters, and the severity of what it finds."""

    parameters: Parameters
    severity: Severity
    enabled: bool = True


class RuleSettings:
    """The rules as a workspace wants them; ``changed`` holds those that differ from the catalogue."""

    def __init__(self, changed: Mapping[str, RuleSetting] = MappingProxyType({})) -> None:
        self.changed = changed
        self._settings: dict[str, RuleSetting] = {}

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read the table; raises :class:`UsageError` for an unknown rule or parameter, or a wrong value."""
        rules = rules_by_id()
        changed = {}
        for rule_id, said in table.items():
            if rule_id not in rules:
                raise UsageError(
                    _("[rules] names a rule that does not exist: {rule}").format(rule=rule_id),
                    hint=suggestion(rule_id, rules),
                )
            changed[rule_id] = _setting_of(rules[rule_id], said)
        return cls(changed)

    def of(self, rule: RuleDescription) -> RuleSetting:
        """Return the setting of a rule, its defaults where nothing was changed.

        Its parameters include those that it shares, as they are set at the rule that has them.
        """
        if rule.id not in self._settings:
            self._settings[rule.id] = self._with_shared(rule)
        return self._settings[rule.id]

    def _with_shared(self, rule: RuleDescription) -> RuleSetting:
        own = self._own(rule)
        owners = rules_by_id()
        shared = {name: self._own(owners[owner]).parameters[name] for name, owner in rule.shared.items()}
        return own._replace(parameters={**own.parameters, **shared})

    def _own(self, rule: RuleDescription) -> RuleSetting:
        return self.changed.get(rule.id) or RuleSetting(rule.parameters, rule.force.severity)


def _setting_of(rule: RuleDescription, said: Any) -> RuleSetting:
    if isinstance(said, str):
        said = {"severity": said}
    if not isinstance(said, Mapping):
        raise UsageError(
            _("[rules] {rule} is neither a severity nor a table of parameters").format(rule=rule.id),
            hint=_('For example: {rule} = "off"').format(rule=rule.id),
        )
    parameters = dict(said)
    severity = parameters.pop("severity", rule.force.severity.value)
    if severity not in (*_SEVERITIES, OFF):
        raise UsageError(
            _("[rules] {rule} has an unknown severity: {value}").format(rule=rule.id, value=severity),
            hint=_("Expected one of: {choices}").format(choices=", ".join((*_SEVERITIES, OFF))),
        )
    for name, value in parameters.items():
        _check_parameter(rule, name, value)
    enabled = severity != OFF
    kept = Severity(severity) if enabled else rule.force.severity
    return RuleSetting({**rule.parameters, **parameters}, kept, enabled)


def _check_parameter(rule: RuleDescription, name: str, value: Any) -> None:
    if name in rule.shared:
        raise UsageError(
            _("[rules] {rule} takes {name} from {owner}").format(
                rule=rule.id, name=name, owner=rule.shared[name]
            ),
            hint=_("Set it at {owner}.").format(owner=rule.shared[name]),
        )
    if name not in rule.parameters:
        raise UsageError(
            _("[rules] {rule} has no parameter {name}").format(rule=rule.id, name=name),
            hint=suggestion(name, (*rule.parameters, "severity")),
        )
    default = rule.parameters[name]
    allowed = _ALLOWED.get(name)
    if type(value) is not type(default) or (allowed and value not in allowed):
        expected = ", ".join(map(str, allowed)) if allowed else repr(default)
        raise UsageError(
            _("[rules] {rule}: {value} is not possible for {name}").format(
                rule=rule.id, value=repr(value), name=name
            ),
            hint=_("Expected, for example: {expected}").format(expected=expected),
        )
