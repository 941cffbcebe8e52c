"""Kawat reads diplomatic news and keeps the relations that the reports describe, with evidence."""

from kawat.errors import KawatError, PackError, SourceError
from kawat.pipeline import read
from kawat.records import (
    Actor,
    Event,
    Piece,
    Provenance,
    Reading,
    Relation,
    Report,
    Role,
    Span,
    Statement,
    When,
)

__version__ = "0.1.0"
__all__ = [
    "Actor", "Event", "KawatError", "PackError", "Piece", "Provenance", "Reading", "Relation", "Report", "Role",
    "SourceError", "Span", "Statement", "When", "read",
]  # fmt: skip
