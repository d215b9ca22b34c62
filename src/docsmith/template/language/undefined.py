"""A name that the data does not have: noted with its place, so that one rendering finds all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar, NoReturn

from docsmith._i18n import gettext as _
from docsmith.template.language.journal import current

# A name is compared with the others letter by letter, which takes its time.
_LONGEST_NAME = 50
_NAMES_COMPARED = 500


NOTHING: Any = object()
"""Stands for a value that is not there, where ``None`` is a value."""


class UnknownName:
    """Behaves like nothing at all wherever it is used, and reports each use to the journal.

    Only ``is defined`` and the filter ``default`` look at it without a report.
    """

    __slots__ = ()
    _no_owner: ClassVar[Any] = NOTHING
    _undefined_obj: Any
    _undefined_name: str | int | None

    def _note(self) -> None:
        if self._undefined_obj is self._no_owner:
            message = _("there is no field called {name}.").format(name=self._name())
        elif isinstance(self._undefined_obj, list) and isinstance(self._undefined_name, int):
            message = _("there are {count} rows, and none has the number {name}, counted from 0.").format(
                count=len(self._undefined_obj), name=self._name()
            )
        else:
            message = _("this value has no field called {name}.").format(name=self._name())
        if current().is_new(message):
            current().report(message, self._suggestion())

    def _name(self) -> str:
        return str(self._undefined_name)[:_LONGEST_NAME]

    def _suggestion(self) -> str:
        from difflib import get_close_matches  # most templates misspell nothing

        owner = self._undefined_obj
        if isinstance(owner, list):
            return _("Loop over the rows: {% for … %}.")
        known = current().names if owner is self._no_owner else owner if isinstance(owner, Mapping) else ()
        names = [str(key)[:_LONGEST_NAME] for key in islice(known, _NAMES_COMPARED)]
        similar = get_close_matches(self._name(), names, 3, 0.5)
        return _("Did you mean {names}?").format(names="、".join(similar)) if similar else ""

    def _fail_with_undefined_error(self, *_arguments: Any, **_options: Any) -> NoReturn:
        self._note()
        raise LookupError(self._name())

    def _same(self, *_arguments: Any, **_options: Any) -> UnknownName:
        self._note()
        return self

    def _false(self, *_arguments: Any) -> bool:
        self._note()
        return False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._same()

    def __str__(self) -> str:
        self._note()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __hash__(self) -> int:
        self._note()
        return 0

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _same
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _same
    __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = _same
    __getitem__ = __call__ = _same
    __int__ = __float__ = __complex__ = _fail_with_undefined_error
    __bool__ = __contains__ = __eq__ = __ne__ = _false
    __lt__ = __le__ = __gt__ = __ge__ = _false
