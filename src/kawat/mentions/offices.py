"""Who held an office on a day, and what an office with its modifiers is called."""

from __future__ import annotations

import functools
from datetime import date

from kawat.lexicon.world import Person, Post, WorldOffice
from kawat.mentions.mention import RoleFound
from kawat.packs import Pack, World


def slug_of(role: RoleFound) -> str:
    """The office with its modifiers: `former-foreign-minister`, `president-elect`."""
    office = role.office
    for m in role.modifiers:
        if m == "elect" and not office.endswith("-elect"):
            office = f"{office}-elect"
        elif m in ("former", "acting", "deputy"):
            office = f"{m}-{office}"
    return office


@functools.lru_cache(maxsize=16)
def _holders(world: World) -> dict[tuple[str, str], list[tuple[Post, Person]]]:
    out: dict[tuple[str, str], list[tuple[Post, Person]]] = {}
    for person in world.people:
        for post in person.posts:
            out.setdefault((post.office, post.state or post.body), []).append((post, person))
    return out


def holder(role: RoleFound, country: str | None, day: date | None, pack: Pack) -> Person | None:
    """The person who held the office of `country` on `day`; None where nobody or more than one fits."""
    seat = country or role.body
    if seat is None or role.place or day is None or "former" in role.modifiers or "elect" in role.modifiers or "deputy" in role.modifiers:
        return None
    row = pack.world.office.get(role.office)
    if row and row.many and not role.to:
        return None
    for office in _ranks(row, seat) if row and row.held_as else (role.office,):
        rows = _holders(pack.world).get((office, seat), [])
        fit = [(post, p) for post, p in rows if _holds(post, day) and (not role.to or post.to in ("", role.to))]
        if role.to:
            fit = [(post, p) for post, p in fit if post.to == role.to]
        if fit:
            latest = max(post.since for post, _ in fit)
            best = [p for post, p in fit if post.since == latest]
            return best[0] if len({p.id for p in best}) == 1 else None
    return None


def _ranks(row: WorldOffice, state: str) -> tuple[str, ...]:
    """The posts in which the office is held there, the likeliest first."""
    return (*(post for post, states in row.first.items() if state in states), *row.held_as)


def _holds(post: Post, day: date) -> bool:
    """Dates may be given to the year or month; an empty start is not known, so it does not hold."""
    iso = day.isoformat()
    return bool(post.since) and post.since <= iso[: len(post.since)] and (not post.until or iso[: len(post.until)] <= post.until)
