"""A Word template and a context into the bytes of a document."""

from docsmith.template.language.journal import Beside
from docsmith.template.package.properties import Properties
from docsmith.template.render import Rendered, Template, render_text

__all__ = ["Beside", "Properties", "Rendered", "Template", "render_text"]
