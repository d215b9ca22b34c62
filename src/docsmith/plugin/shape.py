"""The shapes of document types: every form of a branch is one of eight."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """What a document looks like."""

    ARTICLE = "article"
    FORM = "form"
    LEDGER = "ledger"
    CHECKLIST = "checklist"
    BALLOT = "ballot"
    CALENDAR = "calendar"
    PLEDGE = "pledge"
    QUIZ = "quiz"
