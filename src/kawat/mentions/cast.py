"""The actors of one report while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from kawat.mentions.mention import RoleFound
from kawat.mentions.offices import slug_of
from kawat.records import Actor, ActorKind, Role, Span


@dataclass(slots=True)
class Draft:
    """An actor while the report is being read."""

    id: str
    kind: ActorKind
    name: str
    country: str | None = None
    country_basis: str | None = None
    country_span: Span | None = None
    sector: str | None = None
    roles: list[Role] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)

    def record(self, text: str) -> Actor:
        """The actor, with titles as the report writes them: reading may have folded its characters."""
        found = Actor(
            id=self.id, kind=self.kind, name=self.name, country=self.country, country_basis=self.country_basis,  # type: ignore[arg-type]
            country_span=self.country_span, sector=self.sector, roles=tuple(self.roles),
            mentions=tuple(sorted(set(self.mentions))),
        )  # fmt: skip
        return retitled(found, text)


def retitled(actor: Actor, text: str) -> Actor:
    """The actor with the titles that this text has at their spans."""
    roles = tuple(dict.fromkeys(msgspec.structs.replace(r, title=text[slice(*r.span)]) for r in actor.roles))
    return msgspec.structs.replace(actor, roles=roles)


def role_record(r: RoleFound, text: str) -> Role:
    """The role as a record of the report with this text."""
    return Role(title=text[slice(*r.span)], office=slug_of(r), country=r.country, span=r.span)
