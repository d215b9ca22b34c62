"""What all formatted values have in common: to a template they are closed boxes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NoReturn

from docsmith._i18n import gettext as _

if TYPE_CHECKING:
    from docsmith.template.package.additions import OpenPart


class RichValue:
    """A value with a form of its own. A template can print it and ask whether it is there, nothing else.

    Its text is not for filters and operators, which would lose the form without a word. ``is_foreign`` says
    that it brings tables and ids along that nobody has looked at: a document with it is parsed and mended.
    """

    __slots__ = ()
    is_foreign: ClassVar[bool] = False

    def __str__(self) -> NoReturn:
        raise TypeError(_("this value has its own formatting; it can only be printed as it is."))


class RunValue(RichValue, ABC):
    """A value that stands within a paragraph."""

    __slots__ = ()

    @abstractmethod
    def runs(self, part: OpenPart, paragraph: str = "") -> str:
        r"""Return runs and hyperlinks as XML, to stand between the runs of a paragraph.

        ``paragraph`` is the ``w:pPr`` of that paragraph, empty if it has none: ``\a`` and ``\f`` in a text
        end the paragraph and begin another one of the same kind. The prefix ``w`` must be bound around it.
        """


class BlockValue(RichValue, ABC):
    """A value that stands between paragraphs."""

    __slots__ = ()

    @abstractmethod
    def blocks(self, part: OpenPart) -> str:
        """Return paragraphs and tables as XML. The prefix ``w`` must be bound around it."""


class TextValue(RichValue, ABC):
    """A text that stands within a run and may begin new paragraphs there."""

    __slots__ = ()

    @abstractmethod
    def inside(self, form: str, paragraph: str) -> str:
        """Return XML to stand in an open ``w:t``.

        ``form`` is the ``w:rPr`` of its run and ``paragraph`` the ``w:pPr`` of its paragraph, empty if there
        is none.
        """
