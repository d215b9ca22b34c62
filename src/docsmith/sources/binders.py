"""One binder for all tables of one form, so that what it remembers of their cells is used for all."""

from __future__ import annotations

from typing import Any

from docsmith.sources.binding import Binder
from docsmith.sources.forms import Form
from docsmith.sources.imports import ImportRules


class Binders:
    """The binders of a source, made when they are needed; pickled without them."""

    def __init__(self, imports: ImportRules) -> None:
        self._imports = imports
        self._made: dict[int, tuple[Form, Binder]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Binders, (self._imports,)

    def of(self, form: Form) -> Binder:
        """Return the binder of a form; forms are told apart by identity (see :class:`Forms`)."""
        known = self._made.get(id(form))
        if known is None:
            known = self._made[id(form)] = (form, Binder(form, self._imports))
        return known[1]
