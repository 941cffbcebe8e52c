"""The shape of the world pack's files.

docs/packs.md tells authors the same in words.
"""

from __future__ import annotations

from typing import Literal

from kawat.lexicon.raw import Day, EventType, Names, Raw, Slug, StateId, Word


class WorldState(Raw, frozen=True):
    id: StateId
    name: Word
    adjective: str = ""
    language: list[str] = []
    domain: str = ""
    historic: bool = False
    capital: str = ""
    actor: str = ""


class WorldStatesFile(Raw, frozen=True):
    state: list[WorldState]


class WorldOffice(Raw, frozen=True):
    """`held_as`: the posts in which a looser office is held, by rank. `many`: held by several at once, so it names nobody alone."""

    id: Slug
    held_as: list[Slug] = []
    first: dict[Slug, list[str]] = {}  # the post that comes before those of `held_as` in these states
    many: bool = False


class WorldOfficesFile(Raw, frozen=True):
    office: list[WorldOffice]


class Post(Raw, frozen=True):
    office: Slug
    state: str = ""
    body: str = ""
    since: Day = ""
    until: Day = ""
    acting: bool = False
    to: str = ""


class Person(Raw, frozen=True):
    id: Slug
    names: Names
    country: str = ""
    posts: list[Post] = []


class PeopleFile(Raw, frozen=True):
    person: list[Person]


class Body(Raw, frozen=True):
    id: Slug
    name: Word
    kind: str
    sector: str = ""
    country: str = ""
    state: str = ""
    names: Names = {}
    abbreviations: Names = {}
    members: list[str] = []


class BodiesFile(Raw, frozen=True):
    body: list[Body]


class Outlet(Raw, frozen=True):
    id: Slug
    name: Word
    domains: list[str] = []
    country: str = ""
    language: list[str] = []
    kind: str = ""
    state: str = ""
    public_service: bool = False
    names: Names = {}


class OutletsFile(Raw, frozen=True):
    outlet: list[Outlet]


class WorldPlace(Raw, frozen=True):
    id: Slug
    name: Word
    state: str = ""
    kind: str = ""
    names: Names = {}
    adjectives: Names = {}


class PlacesFile(Raw, frozen=True):
    place: list[WorldPlace]


class Round(Raw, frozen=True):
    n: int = 0
    date: Day = ""
    place: str = ""


class Mechanism(Raw, frozen=True):
    id: Slug
    kind: Literal["partnership", "consultation", "treaty", "policy", "initiative", "dispute", "alliance", "diplomatic_relations"]
    names: Names
    parties: list[str] = []
    since: Day = ""
    until: Day = ""
    note: str = ""
    rounds: list[Round] = []


class MechanismsFile(Raw, frozen=True):
    mechanism: list[Mechanism]


class PloverType(Raw, frozen=True):
    name: EventType
    quad: str
    score: float
    modes: list[str] = []
    scores: dict[str, float] = {}


class PloverFile(Raw, frozen=True):
    type: list[PloverType]
    contexts: list[str] = []
    cameo: dict[str, str] = {}


class NamesFile(Raw, frozen=True):
    """How Chinese names sound. `chinese`: states whose people have such names."""

    chinese: list[StateId]
    pinyin: dict[str, str]
    palladius: dict[str, str]
    sino_vietnamese: dict[str, str]


WORLD_FILES: dict[str, type[Raw]] = {
    "states": WorldStatesFile, "offices": WorldOfficesFile, "people": PeopleFile, "bodies": BodiesFile, "outlets": OutletsFile,
    "places": PlacesFile,
    "mechanisms": MechanismsFile, "plover": PloverFile, "names": NamesFile,
}  # fmt: skip
