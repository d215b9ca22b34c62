"""Which branch a row belongs to, however its name is spelt there."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from docsmith._i18n import gettext as _
from docsmith.model.values import CellError
from docsmith.sources.branch_keys import branch_key
from docsmith.sources.near_names import NearNames

# So many branches are named as examples of what is expected.
_SHOWN = 5


class BranchError(CellError):
    """A branch that cannot be told.

    ``candidates`` are the branches of which it is one for certain; names that are no more than spelt alike
    are none, and stand in the hint alone.
    """

    def __init__(self, code: str, message: str, hint: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(code, message, hint)
        self.candidates = candidates


class Directory:
    """The branches of a dataset: those of the sheet 支部, or, where there is none, those that rows name.

    ``find`` returns the name as the sheet 支部 spells it, or as the first row does. ``owners`` are the names
    of the unit that may stand before a branch's.
    """

    def __init__(
        self,
        branches: Iterable[tuple[str, str | None]] = (),
        *,
        owners: Sequence[str] = (),
        closed: bool = True,
    ) -> None:
        self._owners = owners
        self._closed = closed
        self._codes: dict[str, str] = {}
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._known: dict[str, str | None] = {}
        self._near = NearNames(self._known)
        self._found: dict[tuple[str, str | None], str] = {}
        self._lost: dict[tuple[str, str | None], BranchError] = {}
        for name, code in branches:
            self._add(name, code)

    def _add(self, name: str, code: str | None) -> None:
        if name not in self._known:
            self._known[name] = code
            self._keys[branch_key(name, self._owners)].append(name)
        if code:
            self._codes.setdefault(code, name)
            self._known[name] = self._known[name] or code

    @property
    def named(self) -> tuple[tuple[str, str | None], ...]:
        """The names and codes of all branches, in the order of the source."""
        return tuple(self._known.items())

    def find(self, name: str | None, code: str | None = None) -> str:
        """Return the branch of a row; raises :class:`BranchError` where that is not certain."""
        key = (name or "", code)
        if key in self._found:
            return self._found[key]
        if key in self._lost:
            raise self._lost[key].with_traceback(None)
        try:
            found = self._found[key] = self._find(name, code)
        except BranchError as error:
            if self._closed:  # later rows cannot make the branch known
                self._lost[key] = error
            raise
        return found

    def _find(self, name: str | None, code: str | None) -> str:
        if not name:
            if code in self._codes:
                return self._codes[code]
            raise BranchError(
                "required-empty",
                _("this must not be empty"),
                self._expected(tuple(islice(self._known, _SHOWN))),
            )
        if name in self._known:
            if not self._closed:
                self._add(name, code)
            return name
        candidates = self._keys.get(branch_key(name, self._owners), [])
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return self._decide(tuple(candidates), code)
        if not self._closed:
            self._add(name, code)
            return name
        return self._by_code(name, code)

    def _decide(self, candidates: tuple[str, ...], code: str | None) -> str:
        """Choose between branches of like names by the code beside the name, if there is one."""
        if code and self._codes.get(code) in candidates:
            return self._codes[code]
        raise BranchError(
            "branch-ambiguous", _("several branches have such a name"), self._expected(candidates), candidates
        )

    def _by_code(self, name: str, code: str | None) -> str:
        """Take a code that stands where the name should, or beside a name that nobody knows."""
        plain = unicodedata.normalize("NFKC", name).upper()
        if plain in self._codes:
            return self._codes[plain]
        near = (self._codes[code],) if code and code in self._codes else self._near.of(name)
        raise BranchError(
            "branch-unknown",
            _("the sheet 支部 has no such branch"),
            self._expected(tuple(dict.fromkeys((*near, *islice(self._known, _SHOWN))))[:_SHOWN]),
        )

    def _expected(self, names: tuple[str, ...]) -> str:
        return _("Expected a branch as the sheet 支部 spells it: {names}.").format(names="、".join(names))
