"""Figures that belong together, each with the Chinese name that templates may call it by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn, dataclass_transform


class _Figure:
    """What a group says of one of its figures, until the class is made."""

    def __init__(self, title: str) -> None:
        self.title = title


def figure(title: str) -> Any:
    """Declare a figure of a group, by its Chinese name."""
    return _Figure(title)


@dataclass_transform(frozen_default=True, field_specifiers=(figure,))
class FigureGroup:
    """Values that cannot be changed, in the order in which a class declares them; ``titles`` names them.

    They are used as those of a frozen dataclass are. A dataclass would be written and compiled anew in each
    start, which took 6 ms for the groups of :mod:`docsmith.model.figures`.
    """

    titles: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        declared = {name: value.title for name, value in vars(cls).items() if isinstance(value, _Figure)}
        for name in declared:
            delattr(cls, name)
        cls.titles = MappingProxyType(declared)

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**dict(zip(self.titles, values)), **named}
        if given.keys() != self.titles.keys() or len(values) + len(named) != len(self.titles):
            raise TypeError(f"{type(self).__name__} needs {', '.join(self.titles)}")
        vars(self).update((name, given[name]) for name in self.titles)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: figures do not change")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # some figures are mappings

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"
