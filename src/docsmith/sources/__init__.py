"""Data files into a dataset: workbooks, csv, YAML, JSON, and folders of them."""

from docsmith.sources.imports import ImportRules
from docsmith.sources.load import load

__all__ = ["ImportRules", "load"]
