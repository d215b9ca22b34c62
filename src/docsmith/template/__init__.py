"""A Word template and a context into the bytes of a document."""

from docsmith.template.package.properties import Properties
from docsmith.template.render import Rendered, Template, render_text

__all__ = ["Properties", "Rendered", "Template", "render_text"]
