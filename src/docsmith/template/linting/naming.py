"""Names that the data of a document type cannot have, found without any data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import NamedTuple

from jinja2 import nodes

from docsmith._i18n import gettext as _
from docsmith.model.fields import Field, FieldKind, find_field
from docsmith.template.compiling.methods import called
from docsmith.template.compiling.origins import Value, member
from docsmith.template.compiling.tracking import Tracker
from docsmith.template.dialect.syntax import is_list, list_hint
from docsmith.template.language.journal import LineTable
from docsmith.template.linting.known import Known, all_are
from docsmith.template.linting.meant import hint_for_name, hint_for_part, hint_for_row
from docsmith.template.problems import Problem, Spot

_AS_IT_IS = (nodes.Name, nodes.Getattr, nodes.Getitem)  # no filter has made anything else of it
_PAIRS = frozenset(("items", "values", "dictsort"))
_ASKS = frozenset(("defined", "undefined"))
_REPLACES = frozenset(("default", "d", "默认"))


class Names(NamedTuple):
    """What a part names: all that is wrong with it, and the fields that it uses (``members.name``)."""

    problems: list[Problem]
    used: set[str]


def names_of(
    tree: nodes.Template, lines: LineTable, fields: Sequence[Field] | None, rich: Iterable[Spot] = ()
) -> Names:
    """Return what the tags name, with a problem for each use of a name that is not there.

    Without ``fields`` any may be there. ``rich`` are the spots of tags with the letter ``r`` or ``p``, which
    are for formatted values.
    """
    walk = _Walk(tree, lines, fields, rich)
    walk.visit(tree)
    return Names(list(dict.fromkeys(walk.problems)), walk.used)


class _Walk(Tracker):
    """Follows every value, as :class:`Tracker` does, and reports names that are not there."""

    def __init__(
        self,
        tree: nodes.Template,
        lines: LineTable,
        fields: Sequence[Field] | None,
        rich: Iterable[Spot],
    ) -> None:
        super().__init__(tree.environment.globals if tree.environment else {})
        self.problems: list[Problem] = []
        self.used: set[str] = set()
        self._lines, self._fields = lines, fields
        self._rich = set(map(id, rich))
        self._line = 1
        self._quiet = 0
        self._careful: set[int] = set()
        self._asked = {
            test.node.name
            for test in tree.find_all(nodes.Test)
            if test.name in _ASKS and isinstance(test.node, nodes.Name)
        }
        self._of_loops = {
            name.name
            for loop in tree.find_all(nodes.For)
            for name in (loop.target, *loop.target.find_all(nodes.Name))
            if isinstance(name, nodes.Name)
        }

    def known(self, found: Field, path: str, owner: str = "") -> Value:
        """Return the value of a field, called ``path`` in the template; its owner is so in English."""
        key = f"{owner}{found.name}"
        self.used.add(key)
        return () if found.kind == FieldKind.UNKNOWN else (Known(found, self, path, key),)

    def visit(self, node: nodes.Node) -> Value:
        """Follow a node, and remember its line."""
        before, self._line = self._line, node.lineno or self._line
        try:
            return super().visit(node)
        finally:
            self._line = before

    def visit_Name(self, node: nodes.Name) -> Value:  # noqa: N802
        if self._scope.get(node.name) is not None:
            return super().visit_Name(node)
        found = find_field(self._fields or (), node.name)
        if found is not None:
            return self.known(found, node.name)
        if id(node) not in self._careful and node.name not in self._asked:
            self._report_name(node.name)
        return ()

    def visit_Getattr(self, node: nodes.Getattr) -> Value:  # noqa: N802
        value = self.visit(node.node)
        with self._careful_at(node):
            return member(value, node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> Value:  # noqa: N802
        with self._careful_at(node):
            return super().visit_Getitem(node)

    def visit_Filter(self, node: nodes.Filter) -> Value:  # noqa: N802
        if node.name in _PAIRS:
            self.generic_visit(node)
            return ()
        if node.name in _REPLACES and node.node is not None:
            self._careful.add(id(node.node))
        return super().visit_Filter(node)

    def visit_Test(self, node: nodes.Test) -> Value:  # noqa: N802
        if node.name in _ASKS:
            self._careful.add(id(node.node))
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> Value:  # noqa: N802
        if isinstance(node.node, nodes.Getattr) and node.node.attr in _PAIRS:
            self.visit(node.node.node)
            return ()
        if isinstance(node.node, nodes.Getattr) and node.node.attr == "get":
            value, arguments = self.visit(node.node.node), self._all(node.args)
            with self._unheard():
                return called(node, value, arguments)
        return super().visit_Call(node)

    def visit_Output(self, node: nodes.Output) -> Value:  # noqa: N802
        for child in node.nodes:
            value = self.visit(child)
            spot = self._lines.spot(child.lineno)
            if id(spot) in self._rich:
                self._judge_rich(value, spot)
            if isinstance(child, _AS_IT_IS) and all_are(value, Known.holds_others):
                message = _("this is a whole list or table of values; print one of them, or loop over it.")
                self._report(message, "", "value-unfit", spot)
            elif is_list(child):
                self._report(_("several values stand in one tag."), list_hint(), "value-unfit", spot)
        return ()

    def visit_For(self, node: nodes.For) -> Value:  # noqa: N802
        with self._unheard():
            value = self.visit(node.iter)
        if isinstance(node.iter, _AS_IT_IS) and all_are(value, Known.is_single):
            self._line = node.lineno
            self._report(_("there is nothing to loop over here."), "", "value-unfit")
        return super().visit_For(node)

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def _careful_at(self, node: nodes.Node) -> AbstractContextManager[None]:
        return self._unheard() if id(node) in self._careful else nullcontext()

    def _judge_rich(self, value: Value, spot: Spot) -> None:
        if self._fields is None:
            message = _("the letter r or p is for formatted values; docxtpl prints nothing for plain ones.")
            self._report(message, _("For a plain value write {{ … }}."), "rich-tag", spot)
        elif all_are(value, Known.is_plain):
            message = _("the value is plain: it needs no r or p, with which docxtpl would print nothing.")
            self._report(message, _("Write {{ … }}."), "plain-in-rich-tag", spot)

    def _report_name(self, name: str) -> None:
        if name in self._of_loops:
            message = _("{name} is only known inside its loop.").format(name=name)
            self._report(message, _("Use it before the loop ends."), "outside-its-loop")
        elif self._fields is not None:
            message = _("there is no field called {name}.").format(name=name)
            self._report(message, hint_for_name(name, self._fields, self._rows()), "unknown-name")

    def _rows(self) -> dict[str, Sequence[Field]]:
        """Return what the rows of the loops around have, by what these loops call them, the inmost first."""
        return {
            name: one.parts()
            for name, value in reversed(dict(self._scope).items())
            for one in value or ()
            if isinstance(one, Known) and one.item
        }

    def report_part(self, owner: Known, name: str) -> None:
        """Report that a value has no part of that name."""
        if owner.field.kind == FieldKind.ROWS and not owner.item and find_field(owner.field.fields, name):
            message = _("{owner} is a list: {name} is what each row of it has.").format(
                owner=owner.path, name=name
            )
            hint = hint_for_row(name, owner.path)
        else:
            message = _("{owner} has no field called {name}.").format(owner=owner.path, name=name)
            hint = hint_for_part(name, owner.parts(), in_loop=owner.item)
        self._report(message, hint, "unknown-name")

    def _report(self, message: str, hint: str, code: str, spot: Spot | None = None) -> None:
        if not self._quiet:
            self.problems.append(Problem(spot or self._lines.spot(self._line), message, hint, code))
