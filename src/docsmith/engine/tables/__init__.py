"""The tables of ``[[tables]]``: rows chosen, joined, sorted, numbered, grouped, added up for a template."""

from docsmith.engine.tables.making import make_table

__all__ = ["make_table"]
