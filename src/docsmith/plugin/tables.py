"""TOML tables into objects: every key is checked, and all mistakes are told at once.

A class of tables says with :func:`key` how the value of each key is read. A reader takes the value, the path
of its key (``sheets[1].name``) and the list of mistakes so far; it adds a sentence where the value is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, dataclass_transform

from docsmith._i18n import gettext as _
from docsmith.model.frozen import Frozen
from docsmith.model.nearest import suggestion

Reader = Callable[[Any, str, list[str]], Any]
_NEEDED: Any = object()


class Key(NamedTuple):
    """A key of a table: how its value is read, and what it is where the key is not there.

    ``says`` and ``example`` are for the page that describes all keys; the example is TOML.
    """

    read: Reader
    says: str
    example: str
    default: Any

    @property
    def is_needed(self) -> bool:
        """Whether the key must be there."""
        return self.default is _NEEDED


def key(read: Reader, says: str, example: str, *, default: Any = _NEEDED) -> Any:
    """Declare a key of a table; without ``default`` it must be there."""
    return Key(read, says, example, default)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
class Table(Frozen):
    """A table that was read: an attribute for each of ``keys``."""

    keys: ClassVar[Mapping[str, Key]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        cls.keys = MappingProxyType({name: one for name, one in vars(cls).items() if isinstance(one, Key)})
        for name in cls.keys:
            delattr(cls, name)

    def __init__(self, **values: Any) -> None:
        vars(self).update({name: values.get(name, one.default) for name, one in self.keys.items()})


_Table = TypeVar("_Table", bound=Table)


def read_table(kind: type[_Table], content: Any, at: str, mistakes: list[str]) -> _Table | None:
    """Return a table as that class, or ``None`` where there are mistakes in it."""
    before = len(mistakes)
    draft = read_draft(kind, content, at, mistakes)
    return draft.table if len(mistakes) == before else None


class Draft(NamedTuple, Generic[_Table]):
    """A table as far as it could be read: a key that is wrong has its default, a part that is, ``None``."""

    table: _Table
    wrong: frozenset[str]


def read_draft(kind: type[_Table], content: Any, at: str, mistakes: list[str]) -> Draft[_Table]:
    """Return what can be read of a table, and the keys that have mistakes."""
    if not isinstance(content, Mapping):
        unfit(content, at, mistakes, _("a table is expected"))
        return Draft(kind(), frozenset(kind.keys))
    values: dict[str, Any] = {}
    wrong = set()
    for name, one in kind.keys.items():
        path, before = _inside(at, name), len(mistakes)
        if name in content:
            value = one.read(content[name], path, mistakes)
            if value is not None:
                values[name] = value
        elif one.is_needed:
            mistakes.append(_("The key {key} is missing.").format(key=path))
        if one.is_needed:
            values.setdefault(name, None)
        if len(mistakes) > before:
            wrong.add(name)
    for name in [one for one in content if one not in kind.keys]:
        hint = suggestion(name, kind.keys)
        mistakes.append(_("Unknown key {key}. {hint}").format(key=_inside(at, name), hint=hint).strip())
    return Draft(kind(**values), frozenset(wrong))


def unfit(value: Any, at: str, mistakes: list[str], expected: str) -> None:
    """Add the sentence for a value that is not what its key expects."""
    mistakes.append(
        _("{key} cannot be “{value}”: {expected}.").format(key=at, value=value, expected=expected)
    )


def text(value: Any, at: str, mistakes: list[str]) -> str | None:
    """Read a text."""
    if isinstance(value, str):
        return value
    unfit(value, at, mistakes, _("text in quotes is expected"))
    return None


def text_or_number(value: Any, at: str, mistakes: list[str]) -> str | int | None:
    """Read a text or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return text(value, at, mistakes)


def flag(value: Any, at: str, mistakes: list[str]) -> bool | None:
    """Read a truth value."""
    if isinstance(value, bool):
        return value
    unfit(value, at, mistakes, _("true or false is expected"))
    return None


def whole(least: int, most: int) -> Reader:
    """Return the reader of a whole number within bounds."""

    def read(value: Any, at: str, mistakes: list[str]) -> int | None:
        if type(value) is int and least <= value <= most:
            return value
        expected = _("a whole number from {least} to {most} is expected").format(least=least, most=most)
        unfit(value, at, mistakes, expected)
        return None

    return read


def choice(*known: object) -> Reader:
    """Return the reader of one of a few values that this version of docsmith knows."""

    def read(value: Any, at: str, mistakes: list[str]) -> object:
        if value in known and type(value) is type(known[0]):
            return value
        unfit(value, at, mistakes, _("this version of docsmith does not know it"))
        return None

    return read


def member(kind: type[Enum]) -> Reader:
    """Return the reader of a word that stands for the member of an enumeration."""
    words: dict[Any, Enum] = {one.value: one for one in kind}

    def read(value: Any, at: str, mistakes: list[str]) -> Enum | None:
        if isinstance(value, str) and value in words:
            return words[value]
        unfit(value, at, mistakes, _("one of {words} is expected").format(words=", ".join(words)))
        return None

    return read


def many(read_one: Reader) -> Reader:
    """Return the reader of a list, as a tuple; people count its items from 1."""

    def read(value: Any, at: str, mistakes: list[str]) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            unfit(value, at, mistakes, _("a list in square brackets is expected"))
            return None
        return tuple(read_one(one, f"{at}[{number}]", mistakes) for number, one in enumerate(value, 1))

    return read


def one_or_many(read_one: Reader) -> Reader:
    """Return the reader of one value or a list of them, as a tuple."""
    read_many = many(read_one)

    def read(value: Any, at: str, mistakes: list[str]) -> tuple[Any, ...] | None:
        if isinstance(value, list):
            several: tuple[Any, ...] | None = read_many(value, at, mistakes)
            return several
        return (read_one(value, at, mistakes),)

    return read


def by_name(read_one: Reader) -> Reader:
    """Return the reader of a table whose keys are free."""

    def read(value: Any, at: str, mistakes: list[str]) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            unfit(value, at, mistakes, _("a table is expected"))
            return None
        return {name: read_one(one, _inside(at, name), mistakes) for name, one in value.items()}

    return read


def table(kind: type[Table]) -> Reader:
    """Return the reader of a table of that class."""
    return lambda content, at, mistakes: read_table(kind, content, at, mistakes)


def anything(value: Any, _at: str, _mistakes: list[str]) -> Any:
    """Read whatever TOML can say."""
    return value


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
