"""Values that cannot be changed, without code that is written for each class."""

from __future__ import annotations

from typing import NoReturn


class Frozen:
    """Compared and shown by its attributes; those that begin with ``_`` are not shown.

    A frozen dataclass does the same, by six functions that are written and compiled for each class in each
    start: 0.25 to 1 ms a class, 20 ms for all that a document needs. Hence small values are named tuples, and
    what needs more is derived from this class.
    """

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: it never changes")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # some attributes are lists and mappings

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_"))
        return f"{type(self).__name__}({', '.join(shown)})"
