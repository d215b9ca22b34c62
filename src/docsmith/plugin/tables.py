"""TOML tables into objects: every key is checked, and all mistakes are told at once.

A class of tables says with :func:`key` how the value of each key is read. A reader takes the value, the path
of its key (``sheets[1].name``) and the list of mistakes so far; it adds a sentence where the value is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, TypeVar, dataclass_transform

from docsmith._i18n import gettext as _
from docsmith.model.frozen import Frozen
from docsmith.model.nearest import nearest, suggestion


class Wrong(NamedTuple):
    """A mistake: the path of the key that it is in (empty for the whole), and the sentence that tells it."""

    at: str
    sentence: str


Reader = Callable[[Any, str, list[Wrong]], Any]
_NEEDED: Any = object()
_LONGEST_SHOWN = 80  # characters of a value that is wrong


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
    """A table that was read: an attribute for each of ``keys``.

    One with mistakes is a draft: what could not be read is as though it were not there, or ``None`` where it
    has to be; ``wrong`` are the keys of which nobody knows what is meant.
    """

    keys: ClassVar[Mapping[str, Key]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        cls.keys = MappingProxyType({name: one for name, one in vars(cls).items() if isinstance(one, Key)})
        for name in cls.keys:
            delattr(cls, name)

    wrong: frozenset[str]

    def __init__(self, **values: Any) -> None:
        given = {name: values.get(name, one.default) for name, one in self.keys.items()}
        vars(self).update(given, wrong=values.get("wrong", frozenset()))


_Table = TypeVar("_Table", bound=Table)


def read_table(kind: type[_Table], content: Any, at: str, mistakes: list[Wrong]) -> _Table:
    """Return a table as that class; a draft where there are mistakes in it."""
    if not isinstance(content, Mapping):
        unfit(content, at, mistakes, _("a table is expected"))
        return _draft(kind, {}, set(kind.keys))
    strange = [name for name in content if name not in kind.keys]
    wrong = {meant for name in strange if (meant := nearest(name, kind.keys)) and meant not in content}
    values: dict[str, Any] = {}
    for name, one in kind.keys.items():
        path, before = _inside(at, name), len(mistakes)
        if name in content:
            value = one.read(content[name], path, mistakes)
            if value is not None:
                values[name] = value
        elif one.is_needed and name not in wrong:
            mistakes.append(Wrong(at, _("The key {key} is missing.").format(key=path)))
        if len(mistakes) > before:
            wrong.add(name)
    for name in strange:
        path, hint = _inside(at, name), suggestion(name, kind.keys)
        mistakes.append(Wrong(path, _("Unknown key {key}. {hint}").format(key=path, hint=hint).strip()))
    return _draft(kind, values, wrong)


def _draft(kind: type[_Table], values: Mapping[str, Any], wrong: Collection[str]) -> _Table:
    needed = dict.fromkeys(name for name, one in kind.keys.items() if one.is_needed)
    return kind(**{**needed, **values}, wrong=frozenset(wrong))


def unfit(value: Any, at: str, mistakes: list[Wrong], expected: str) -> None:
    """Add the sentence for a value that is not what its key expects."""
    shown = str(value)
    shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
    sentence = _("{key} cannot be “{value}”: {expected}.").format(key=at, value=shown, expected=expected)
    mistakes.append(Wrong(at, sentence))


def text(value: Any, at: str, mistakes: list[Wrong]) -> str | None:
    """Read a text."""
    if isinstance(value, str):
        return value
    unfit(value, at, mistakes, _("text in quotes is expected"))
    return None


def text_or_number(value: Any, at: str, mistakes: list[Wrong]) -> str | int | None:
    """Read a text or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return text(value, at, mistakes)


def flag(value: Any, at: str, mistakes: list[Wrong]) -> bool | None:
    """Read a truth value."""
    if isinstance(value, bool):
        return value
    unfit(value, at, mistakes, _("true or false is expected"))
    return None


def whole(least: int, most: int) -> Reader:
    """Return the reader of a whole number within bounds."""

    def read(value: Any, at: str, mistakes: list[Wrong]) -> int | None:
        if type(value) is int and least <= value <= most:
            return value
        expected = _("a whole number from {least} to {most} is expected").format(least=least, most=most)
        unfit(value, at, mistakes, expected)
        return None

    return read


def choice(*known: object) -> Reader:
    """Return the reader of one of a few values that this version of docsmith knows."""

    def read(value: Any, at: str, mistakes: list[Wrong]) -> object:
        if value in known and type(value) is type(known[0]):
            return value
        unfit(value, at, mistakes, _("this version of docsmith does not know it"))
        return None

    return read


def member(kind: type[Enum]) -> Reader:
    """Return the reader of a word that stands for the member of an enumeration."""
    words: dict[Any, Enum] = {one.value: one for one in kind}

    def read(value: Any, at: str, mistakes: list[Wrong]) -> Enum | None:
        if isinstance(value, str) and value in words:
            return words[value]
        unfit(value, at, mistakes, _("one of {words} is expected").format(words=", ".join(words)))
        return None

    return read


def many(read_one: Reader) -> Reader:
    """Return the reader of a list, as a tuple; people count its items from 1."""

    def read(value: Any, at: str, mistakes: list[Wrong]) -> tuple[Any, ...] | None:
        if not isinstance(value, list):
            unfit(value, at, mistakes, _("a list in square brackets is expected"))
            return None
        return tuple(read_one(one, f"{at}[{number}]", mistakes) for number, one in enumerate(value, 1))

    return read


def one_or_many(read_one: Reader) -> Reader:
    """Return the reader of one value or a list of them, as a tuple."""
    read_many = many(read_one)

    def read(value: Any, at: str, mistakes: list[Wrong]) -> tuple[Any, ...] | None:
        if isinstance(value, list):
            several: tuple[Any, ...] | None = read_many(value, at, mistakes)
            return several
        return (read_one(value, at, mistakes),)

    return read


def by_name(read_one: Reader) -> Reader:
    """Return the reader of a table whose keys are free."""

    def read(value: Any, at: str, mistakes: list[Wrong]) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            unfit(value, at, mistakes, _("a table is expected"))
            return None
        return {name: read_one(one, _inside(at, name), mistakes) for name, one in value.items()}

    return read


def table(kind: type[Table]) -> Reader:
    """Return the reader of a table of that class, which gives a draft of one with mistakes."""
    return lambda content, at, mistakes: read_table(kind, content, at, mistakes)


def anything(value: Any, _at: str, _mistakes: list[Wrong]) -> Any:
    """Read whatever TOML can say."""
    return value


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
