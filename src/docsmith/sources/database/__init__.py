"""A database as a source: the tables of the data workbook, read by URL through SQLAlchemy, and never written.

Nothing here is imported before somebody names a URL; SQLAlchemy comes with the extra ``docsmith-forms[db]``.
"""

from docsmith.sources.database.source import DatabaseSource

__all__ = ["DatabaseSource"]
