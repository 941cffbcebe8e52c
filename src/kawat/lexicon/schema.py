"""The shape of pack files: one Struct a kind of entry, unknown keys refused. docs/packs.md tells authors the same in words."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from kawat.lexicon.glue import GlueFile
from kawat.lexicon.raw import Day, EventType, Order, Place, Raw, Sense, Slug, StateId, Word, Words


class PackHead(Raw, frozen=True):
    language: str
    name: str
    script: str
    names_from: Words
    inherits: str = ""


class Apart(Raw, frozen=True):
    """Words in lower case that tell a short text of this language (`own`) from one of the language it inherits from (`parent`)."""

    own: Words = []
    parent: Words = []


class Shapes(Raw, frozen=True):
    verb: str = ""
    past: str = ""
    third: str = ""
    progressive: str = ""
    adverb: str = ""
    adjective: str = ""
    epithet: str = ""
    verbs: Words = []
    not_verbs: Words = []
    homographs: Words = []
    unchanged: Words = []
    name_particles: Words = []
    name_links: Words = []
    name_characters: str = ""
    name_joints: str = ""
    name_characters_joined: str = ""
    surnames: Words = []
    inserted: str = ""
    words: Words = []


class Folding(Raw, frozen=True):
    """Characters read as others, one for one: both strings have the same length."""

    old: str
    new: str


class Grammar(Raw, frozen=True):
    """What differs between languages in the grammar of clauses; the defaults are those of Indonesian."""

    possessor: Literal["behind", "before", "marked"] = "behind"
    definite: Literal["behind", "before"] = "behind"
    adjuncts: Literal["behind", "before"] = "behind"
    word_class: Literal["form", "position", "listed", "none"] = "form"
    passive: Literal["form", "auxiliary", "enclosing", "marker"] = "form"
    names: Literal["words", "syllables"] = "words"
    report_pause: bool = False
    gap: int = 14
    arguments: Literal["order", "case"] = "order"
    prepositions: dict[str, str] = {}
    bare_definite: bool = False
    houses: Words = []
    dash_quotes: bool = False
    family_first: Words = []
    parties_suffice: bool = False


class Inflection(Raw, frozen=True):
    pos: str
    pattern: str
    replace: str
    voice: Literal["", "passive"] = ""


class Clitic(Raw, frozen=True):
    kinds: Words
    forms: Words


class PackFile(Raw, frozen=True):
    pack: PackHead
    apart: Apart = Apart()
    shapes: Shapes = Shapes()
    grammar: Grammar = Grammar()
    folding: list[Folding] = []
    inflection: list[Inflection] = []
    clitic: list[Clitic] = []


class StateForms(Raw, frozen=True):
    id: StateId
    names: Words
    adjectives: Words = []
    capital: Words = []
    seats: Words = []
    abbreviations: Words = []
    ambiguous: Words = []
    short: Words = []


class StatesFile(Raw, frozen=True):
    state: list[StateForms]


class Office(Raw, frozen=True):
    id: Slug
    names: Words
    abbreviations: Words = []
    sector: str = ""
    ordinary: bool = False


class OfficesFile(Raw, frozen=True):
    orders: Words
    parts: dict[str, Words]
    modifiers: dict[str, Words]
    office: list[Office]


class Institution(Raw, frozen=True):
    id: Slug
    names: Words
    sector: str = "GOV"
    thing: bool = False


class Group(Raw, frozen=True):
    id: Slug
    names: Words
    sector: str = ""
    bare: bool = False
    one: bool = False
    held: bool = False


class People(Raw, frozen=True):
    id: Slug
    names: Words
    state: str = ""
    adjective: str = ""


class OrganisationNoun(Raw, frozen=True):
    kind: str
    names: Words


class MediaNoun(Raw, frozen=True):
    id: Slug
    names: Words


class Introducer(Raw, frozen=True):
    """Nouns that tell what the capitalised name behind them is."""

    kind: Literal["media", "organisation", "group", "place"]
    names: Words


class InstitutionsFile(Raw, frozen=True):
    institution: list[Institution]
    group: list[Group]
    people: list[People] = []
    organisation: list[OrganisationNoun] = []
    media: list[MediaNoun] = []
    introducer: list[Introducer] = []
    heads: Words = []
    endings: dict[str, Words] = {}


class Cue(Raw, frozen=True):
    lemma: Word
    forms: Words = []
    kind: Literal["verb", "noun", "adposition", "participle"] = "verb"
    sense: Sense = "say"
    order: tuple[Order, ...] = ("S C X",)
    needs_clause: bool = False
    passive: bool = False
    back: bool = False
    yes: Annotated[Words, Meta(min_length=1)] = []
    no: Words = []


class CuesFile(Raw, frozen=True):
    cue: list[Cue]


class Trigger(Raw, frozen=True):
    lemma: Word
    type: EventType
    forms: Words = []
    pos: Literal["verb", "noun", "phrase"] = "verb"
    mode: str = ""
    actor: list[Place] = []
    recipient: list[Place] = []
    symmetric: bool = False
    passive: bool = False
    towards: bool = False
    status: str = ""
    needs: Words = []
    yes: Annotated[Words, Meta(min_length=1)] = []
    no: Words = []


class TriggersFile(Raw, frozen=True):
    trigger: list[Trigger]


class Relative(Raw, frozen=True):
    words: Words
    unit: Literal["day", "week", "month", "year"]
    offset: int
    anchor: Literal["published", "story"] = "published"
    earlier: bool = False


class Period(Raw, frozen=True):
    names: Words
    start: Day
    end: Day


class TimesFile(Raw, frozen=True):
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, str]
    shifts: dict[str, int]
    parts: dict[str, str]
    day_parts: Words
    orders: Words
    relative: list[Relative]
    bounds: dict[str, Literal["until", "since", "after"]]
    anniversaries: Words
    week_begins: Literal[0, 1, 6, 7] = 0
    period: list[Period] = []
    never_before: Words = []
    never_behind: Words = []
    stretches: dict[Literal["shifts", "firsts", "counted", "from"], Words] = {}
    ordinals: Words = []
    bound_links: Words = []


class Furniture(Raw, frozen=True):
    kind: str
    keep: bool = False
    starts: Words = []
    whole: Words = []
    regex: Words = []


class FurnitureFile(Raw, frozen=True):
    furniture: list[Furniture]
    dateline: Words = []
    credit: Words = []
    foreign_shapes: Words = []
    foreign_words: Words = []
    translated: Words = []


class ForceFile(Raw, frozen=True):
    accuse: Words
    support: Words
    threaten: Words
    warn: Words
    agree: Words
    reject: Words
    request: Words


class RelationNoun(Raw, frozen=True):
    kind: Literal["partnership", "diplomatic_relations", "treaty", "alliance", "mechanism", "policy", "dispute"]
    names: Words
    quoted: bool = False
    parties: bool = False


class RelationsFile(Raw, frozen=True):
    relation: list[RelationNoun]


class Paradigms(Raw, frozen=True):
    """Written by tools/paradigms.py: classes of endings with their tags, and for each word its stems and classes."""

    classes: Words = []
    words: dict[str, Words] = {}


OPTIONAL_FILES: dict[str, type[Raw]] = {"paradigms": Paradigms}
LANGUAGE_FILES: dict[str, type[Raw]] = {
    "pack": PackFile, "states": StatesFile, "offices": OfficesFile, "institutions": InstitutionsFile, "cues": CuesFile, "glue": GlueFile,
    "triggers": TriggersFile, "times": TimesFile, "furniture": FurnitureFile, "force": ForceFile, "relations": RelationsFile,
}  # fmt: skip
