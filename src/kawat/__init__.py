"""Kawat reads diplomatic news in the languages it is written in and keeps the relations that the reports describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kawat.errors import KawatError, PackError, SourceError
from kawat.records import (
    Act,
    Actor,
    Event,
    Pair,
    Piece,
    Provenance,
    Reading,
    Relation,
    Report,
    Role,
    Span,
    Statement,
    When,
)  # fmt: skip

if TYPE_CHECKING:
    from kawat.pipeline import read, relate

__version__ = "0.1.0"
__all__ = [
    "Act", "Actor", "Event", "KawatError", "PackError", "Pair", "Piece", "Provenance", "Reading", "Relation", "Report", "Role",
    "SourceError", "Span", "Statement", "When", "read", "relate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`kawat.read` and `kawat.relate` come with the reading engine, which only a reader needs."""
    if name in ("read", "relate"):
        from kawat import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'kawat' has no attribute {name!r}")
