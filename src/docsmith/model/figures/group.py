"""Figures that belong together, each with the Chinese name that templates may call it by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform

from docsmith.model.frozen import Frozen


class _Figure:
    """What a group says of one of its figures, until the class is made."""

    def __init__(self, title: str) -> None:
        self.title = title


def figure(title: str) -> Any:
    """Declare a figure of a group, by its Chinese name."""
    return _Figure(title)


@dataclass_transform(frozen_default=True, field_specifiers=(figure,))
class FigureGroup(Frozen):
    """Values that cannot be changed, in the order in which a class declares them; ``titles`` names them."""

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
        vars(self).update(given)
