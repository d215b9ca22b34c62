"""Values with formatting of their own, for programs that fill templates in."""

from docsmith.template.formatted import BlockValue, RichValue, RunValue
from docsmith.template.rich.adopt import adopt
from docsmith.template.rich.image import InlineImage
from docsmith.template.rich.subdoc import Subdoc
from docsmith.template.rich.text import Listing, RichText, RichTextParagraph

__all__ = [
    "BlockValue",
    "InlineImage",
    "Listing",
    "RichText",
    "RichTextParagraph",
    "RichValue",
    "RunValue",
    "Subdoc",
    "adopt",
]
