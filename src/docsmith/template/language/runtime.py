"""What compiled programs run with: the part of Jinja's runtime that nearly all of them need.

Jinja itself takes 14 ms to load, as long as it takes to read a workbook. A program that was compiled in an
earlier run therefore does without: with a context, a loop and an environment of our own, which know values
that are plain and lists that are finished. Filters of Jinja's are fetched when a program asks for one. What
needs the whole of Jinja (macros, recursive loops, stored blocks) runs in
:class:`docsmith.template.language.environment.TemplateEnvironment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from docsmith.template.language.counting import FILTERS
from docsmith.template.language.filters import own_filters
from docsmith.template.language.guards import limited_range
from docsmith.template.language.merging import FILTERS as MERGING
from docsmith.template.language.operations import Operations, own_tests
from docsmith.template.language.photos import FILTERS as PHOTOS
from docsmith.template.language.undefined import NOTHING, UnknownName

HEADER = (
    "from docsmith.template.language.runtime import "
    "Loop as LoopContext, Markup, NoElse as Undefined, NOTHING as missing, identity, markup_join, str_join"
)
"""The first line of a program: what stands in it for Jinja's names."""
NO_ELSE = "; from docsmith.template.language.runtime import NoElse as Undefined"
"""What the first line of a program with Jinja ends in."""


class Unknown(UnknownName):
    """A name that the data does not have."""

    __slots__ = ("_undefined_name", "_undefined_obj")

    def __init__(self, _hint: str = "", obj: Any = NOTHING, name: str | None = None) -> None:
        self._undefined_obj = obj
        self._undefined_name = name


class NoElse(Unknown):
    """What ``{{ a if b }}`` is where b is false: nothing, and no mistake."""

    __slots__ = ()

    def _note(self) -> None:
        pass


class Loop:
    """The variable ``loop`` of a loop over a list; yields each item with itself."""

    depth, depth0 = 1, 0

    def __init__(self, items: Iterable[Any], undefined: Callable[[str], Any]) -> None:
        self._items = list(items)
        self._undefined = undefined
        self._changed: tuple[Any, ...] | None = None
        self.length = len(self._items)
        self.index0 = -1

    def __iter__(self) -> Loop:
        return self

    def __len__(self) -> int:
        return self.length

    def __next__(self) -> tuple[Any, Loop]:
        if self.index0 + 1 >= self.length:
            raise StopIteration
        self.index0 += 1
        return self._items[self.index0], self

    @property
    def index(self) -> int:
        """The number of the pass, from 1."""
        return self.index0 + 1

    @property
    def revindex(self) -> int:
        """The number of passes that are left, this one included."""
        return self.length - self.index0

    @property
    def revindex0(self) -> int:
        """The number of passes after this one."""
        return self.length - self.index

    @property
    def first(self) -> bool:
        """Whether this is the first pass."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Whether this is the last pass."""
        return self.index == self.length

    @property
    def previtem(self) -> Any:
        """The item of the pass before."""
        return self._undefined("there is no previous item") if self.first else self._items[self.index0 - 1]

    @property
    def nextitem(self) -> Any:
        """The item of the pass after."""
        return self._undefined("there is no next item") if self.last else self._items[self.index]

    def cycle(self, *values: Any) -> Any:
        """Return one of the values after the other, from pass to pass."""
        if not values:
            raise TypeError("no items for cycling given")
        return values[self.index0 % len(values)]

    def changed(self, *values: Any) -> bool:
        """Return whether the values are others than when this was asked before."""
        is_other = self._changed != values
        self._changed = values
        return is_other


class EvalContext:
    """What filters of Jinja's ask about escaping."""

    volatile = False

    def __init__(self, *, autoescape: bool) -> None:
        self.autoescape = autoescape

    @property
    def environment(self) -> Any:
        """Jinja's own environment."""
        return _jinja()


class Context:
    """The names that a program knows, and the functions of its slots."""

    def __init__(self, values: Mapping[str, Any], slots: tuple[Any, ...], *, autoescape: bool) -> None:
        self.slots = slots
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.eval_ctx = EvalContext(autoescape=autoescape)
        self._values = values

    def resolve_or_missing(self, name: str) -> Any:
        """Return a value by its name, or ``NOTHING``."""
        return self.vars[name] if name in self.vars else self._values.get(name, NOTHING)

    @property
    def environment(self) -> Any:
        """Jinja's own environment, for its filters that call other filters."""
        return _jinja()


class _Fetched(dict[str, Callable[..., Any]]):
    """Functions by name; those that are not there are fetched from Jinja's environment."""

    def __init__(self, own: Mapping[str, Callable[..., Any]], kind: str) -> None:
        super().__init__(own)
        self._kind = kind

    def __missing__(self, name: str) -> Callable[..., Any]:
        function = self[name] = _with_jinja(getattr(_jinja(), self._kind)[name])
        return function


class Runtime(Operations):
    """The environment of a program that does without Jinja."""

    loops = (Loop,)
    undefined = Unknown
    concat = staticmethod("".join)

    def __init__(self, *, autoescape: bool) -> None:
        self.autoescape = autoescape
        self._globals: dict[str, Any] = {"range": limited_range}
        self.filters = _Fetched({**own_filters(), **FILTERS, **MERGING, **PHOTOS}, "filters")
        self.tests = _Fetched(own_tests(), "tests")

    def context(self, values: Mapping[str, Any], slots: tuple[Any, ...]) -> Context:
        """Return the names that a program knows, and the functions of its slots."""
        return Context({**self._globals, **values}, slots, autoescape=self.autoescape)


def _jinja() -> Any:
    from docsmith.template.language.environment import DOCUMENT

    return DOCUMENT


def _with_jinja(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter the environment that it expects, which the program does not have."""
    wanted = getattr(function, "jinja_pass_arg", None)
    if wanted is None or wanted.name != "environment":
        return function
    return lambda _environment, *arguments, **options: function(_jinja(), *arguments, **options)


def identity(value: Any) -> Any:
    """Return the value."""
    return value


def markup_join(parts: Iterable[Any]) -> str:
    """Join texts; if one of them is escaped already, the others are escaped too."""
    texts = list(parts)
    joiner = Markup("") if any(hasattr(text, "__html__") for text in texts) else ""
    return joiner.join(texts)


def str_join(parts: Iterable[Any]) -> str:
    """Join texts."""
    return "".join(map(str, parts))
