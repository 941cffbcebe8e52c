"""Kawat reads diplomatic news in the languages it is written in and keeps the relations that the reports describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kawat.errors import KawatError, PackError, SourceError
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
)  # fmt: skip

if TYPE_CHECKING:
    from kawat.pipeline import read

__version__ = "0.1.0"
__all__ = [
    "Actor", "Event", "KawatError", "PackError", "Piece", "Provenance", "Reading", "Relation", "Report", "Role", "SourceError", "Span",
    "Statement", "When", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`kawat.read` comes with the reading engine, which only a reader needs."""
    if name == "read":
        from kawat.pipeline import read

        return read
    raise AttributeError(f"module 'kawat' has no attribute {name!r}")
