"""Everything that a template may name: told by what makes the values, with examples from a unit's data."""

from docsmith.engine.fields.everything import fields_of, naming_fields_of
from docsmith.engine.fields.examples import example_dossier, exemplified
from docsmith.engine.fields.extras import with_extras
from docsmith.engine.fields.said import said

__all__ = ["example_dossier", "exemplified", "fields_of", "naming_fields_of", "said", "with_extras"]
