"""What binds the tables of a source: one binder for each form, and one memory for all columns alike."""

from __future__ import annotations

from typing import Any

from docsmith.sources.binding import Binder
from docsmith.sources.forms import Form
from docsmith.sources.imports import ImportRules
from docsmith.sources.memo import Memos


class Binders:
    """The binders of a source, made when they are needed; pickled without them."""

    def __init__(self, imports: ImportRules) -> None:
        self._imports = imports
        self._memos = Memos()
        self._made: dict[int, tuple[Form, Binder]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Binders, (self._imports,)

    def of(self, form: Form) -> Binder:
        """Return the binder of a form; forms are told apart by identity (see :class:`Forms`)."""
        known = self._made.get(id(form))
        if known is None:
            known = self._made[id(form)] = (form, Binder(form, self._imports, self._memos))
        return known[1]
