"""What all shapes of pack files are made of."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Word = Annotated[str, Meta(min_length=1)]
Words = list[Word]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
StateId = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]
Day = Annotated[str, Meta(pattern=r"^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$")]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Place = Annotated[str, Meta(pattern=r"^(?:subject|object|of|by|joint|prep:.+|case:.+)$")]
Order = Literal["S C X", "X C S", "C S X", "X S C"]
Sense = Literal[
    "say", "stress", "add", "claim", "deny", "admit", "ask", "demand", "promise", "warn", "threaten",
    "praise", "criticise", "believe", "hope", "predict", "write", "quote", "announce", "agree",
]  # fmt: skip
Names = dict[str, Words]


class Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of all pack entries."""
