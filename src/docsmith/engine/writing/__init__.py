"""Putting documents in their places: never over a file that a person has edited, never by halves."""

from docsmith.engine.ledger import Status
from docsmith.engine.writing.claims import Claims
from docsmith.engine.writing.documents import Document, Placed
from docsmith.engine.writing.writer import Writer

__all__ = ["Claims", "Document", "Placed", "Status", "Writer"]
