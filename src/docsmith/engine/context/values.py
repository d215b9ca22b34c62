"""Values by their names, each made when a document asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from docsmith.model.dossier import Dossier
from docsmith.plugin import DocumentType

if TYPE_CHECKING:
    from docsmith.engine.context.words import Words


class Subject(NamedTuple):
    """What a document is about: makers make their values of it, and are the same for all documents."""

    dossier: Dossier
    document_type: DocumentType
    words: Words


Maker = Callable[[Subject], Any]
"""Makes one value of what a document is about."""


class Context(Mapping[str, Any]):
    """Values by their names, each made when it is asked for.

    A document names few of a branch's records and figures; making all of them took a third of its time.
    """

    def __init__(self, makers: Mapping[str, Maker], subject: Subject) -> None:
        self._makers, self.subject = makers, subject

    def __getitem__(self, name: str) -> Any:
        return self._makers[name](self.subject)

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    @property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """The choices of columns, by the names of these in both languages."""
        return self.subject.words.choices

    def with_more(self, makers: Mapping[str, Maker]) -> Context:
        """Return the context with further values, or others."""
        return Context({**self._makers, **makers}, self.subject)


class Once:
    """Makes a value when it is first asked for, and has it from then on."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] | None = make
        self._value: Any = None

    def __call__(self, _subject: Subject) -> Any:
        """Return the value, whatever the document is about: it is that of one."""
        if self._make is not None:
            self._value, self._make = self._make(), None
        return self._value
