"""The ledger of an output folder: what docsmith wrote there, from what, in which run, over what."""

from docsmith.engine.ledger.database import ledger_file
from docsmith.engine.ledger.ledger import Ledger
from docsmith.engine.ledger.rows import (
    Change,
    CopyEntry,
    CopySet,
    Entry,
    Origin,
    ResultRow,
    RunEntry,
    Status,
    Written,
)

__all__ = [
    "Change",
    "CopyEntry",
    "CopySet",
    "Entry",
    "Ledger",
    "Origin",
    "ResultRow",
    "RunEntry",
    "Status",
    "Written",
    "ledger_file",
]
