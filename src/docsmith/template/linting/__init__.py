"""Everything wrong with a template at once, before a document is made of it."""

from docsmith.template.linting.codes import CODES, Code
from docsmith.template.linting.fixing import mended
from docsmith.template.linting.linter import Examined, examined, lint
from docsmith.template.linting.mistakes import Change, Mistake, Whereabouts

__all__ = ["CODES", "Change", "Code", "Examined", "Mistake", "Whereabouts", "examined", "lint", "mended"]
