"""The kit for those who write document types: a pytest plugin.

Write ``pytest_plugins = ["docsmith.testing"]`` in the ``conftest.py`` of your tests. Every test then runs
without the plugins, the settings and the cache of the machine, and may ask for the fixtures of
:mod:`docsmith.testing.fixtures`.
"""

from docsmith.model.written import Cell, Paragraph, Table, WrittenDocument
from docsmith.testing.comparing import assert_document
from docsmith.testing.fixtures import docsmith_alone as docsmith_alone
from docsmith.testing.fixtures import docsmith_data as docsmith_data
from docsmith.testing.fixtures import docsmith_plugins as docsmith_plugins
from docsmith.testing.fixtures import docsmith_settings as docsmith_settings
from docsmith.testing.fixtures import docsmith_workspace as docsmith_workspace
from docsmith.testing.sample import small_unit
from docsmith.testing.workspace import Answer, Made, Workspace, read_document

# The fixtures are for pytest alone: imported into a test, they would take the place of those of its conftest.
__all__ = [
    "Answer",
    "Cell",
    "Made",
    "Paragraph",
    "Table",
    "Workspace",
    "WrittenDocument",
    "assert_document",
    "read_document",
    "small_unit",
]
