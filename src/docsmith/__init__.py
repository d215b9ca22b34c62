"""docsmith: official Word documents from one set of branch data.

For programs: ``Template.open(path).render(context)``; the other names are for values that a context may hold
besides text, numbers and dates.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from docsmith import _i18n

if TYPE_CHECKING:
    from docsmith.template import Properties, Template
    from docsmith.template.rich import InlineImage, Listing, RichText, RichTextParagraph, Subdoc

__all__ = [
    "InlineImage",
    "Listing",
    "Properties",
    "RichText",
    "RichTextParagraph",
    "Subdoc",
    "Template",
]
_TEMPLATE = ("Properties", "Template")


def __getattr__(name: str) -> Any:
    """Load what is asked for: the command line needs none of it until a document is made."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    _i18n.install()
    module = import_module("docsmith.template" if name in _TEMPLATE else "docsmith.template.rich")
    value = globals()[name] = getattr(module, name)  # the next time it is simply there
    return value
