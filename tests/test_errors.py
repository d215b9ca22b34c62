"""Errors keep what they say on their way from another process."""

from __future__ import annotations

import pickle

from docsmith.errors import SourceError


def test_error_survives_pickling_with_its_hint_and_file() -> None:
    error = SourceError("damaged", hint="Open it in Excel.")
    error.file = "数据.xlsx"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.message, again.hint, again.file) == (
        SourceError,
        "damaged",
        "Open it in Excel.",
        "数据.xlsx",
    )
