"""Kawat reads diplomatic news in the languages it is written in and keeps the relations that the reports describe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kawat.errors import KawatError, MissingPartError, PackError, SourceError, StoreError
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
    from kawat.sources.report import reports
    from kawat.store.store import Store
    from kawat.store.store import Store as open  # noqa: N813

__version__ = "0.1.0"
__all__ = [
    "Act", "Actor", "Event", "KawatError", "MissingPartError", "PackError", "Pair", "Piece", "Provenance", "Reading", "Relation", "Report",
    "Role", "SourceError", "Span", "Statement", "Store", "StoreError", "When", "open", "read", "relate", "reports",
]  # fmt: skip

_LATER = {
    "read": ("pipeline", "read"),
    "relate": ("pipeline", "relate"),
    "reports": ("sources.report", "reports"),
    "Store": ("store.store", "Store"),
    "open": ("store.store", "Store"),
}


def __getattr__(name: str) -> Any:
    """What needs the reading engine or the store comes when it is first asked for."""
    if name in _LATER:
        from importlib import import_module

        module, attribute = _LATER[name]
        return getattr(import_module(f"kawat.{module}"), attribute)
    raise AttributeError(f"module 'kawat' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *_LATER]
