"""The shape of glue.toml: function words and the small words that grammar goes by."""

from __future__ import annotations

from typing import Literal

from kawat.lexicon.raw import Raw, Words


class Stand(Raw, frozen=True):
    """What a pronoun or description stands for: `number` actors of `kind`."""

    number: int
    kind: Literal["person", "state", "organisation", "side", "any", "speaker", "hearer"]
    of: str = ""


class Via(Raw, frozen=True):
    before: Words
    after: Words = []
    published: Words = []


class GlueFile(Raw, frozen=True):
    """The lists with a default are for languages that have such words."""

    prepositions: Words
    locative: Words
    place_of_event: Words
    coordinators: Words
    adversatives: Words
    relative: Words
    complementizers: Words
    passive_agent: Words
    addressee: Words
    negation: Words
    between: Words
    adverbs: Words
    reciprocal: Words
    attribute_prefixes: Words
    definite: Words
    possessive_clitic: str
    plural_markers: Words
    indefinite: Words
    including: Words
    causatives: Words
    tails: Words
    surveys: Words
    topics: Words
    light: Words
    instrument: Words
    takes_place: Words
    whether: Words
    manner: Words
    background: Words
    resolves: Words
    copulas: Words
    quotes: list[tuple[str, str]]
    abbreviations: Words
    subordinators: dict[str, Words]
    modality: dict[str, Words]
    pronouns: dict[str, Stand]
    descriptions: dict[str, Stand]
    via: Via
    articles: Words = []
    auxiliaries: Words = []
    passive_auxiliaries: Words = []
    modals: Words = []
    infinitive: Words = []
    genitive: Words = []
    depictive: Words = []
    attributes: Words = []
    prenominal: Words = []
    contents: Words = []
    closers: Words = []
    possessive_prepositions: Words = []
    possessive: Words = []
    nominalizers: Words = []
    ends: Words = []
    decrees: Words = []
    existential: Words = []
    flouts: Words = []
    enclitics: Words = []
    anaphora: Words = []
    as_said: Words = []
    put_off: Words = []
    nominal_complementizers: Words = []
    tenses: Words = []
    topics_of: Words = []
    topics_behind: Words = []
    object_marker: Words = []
    comitative: Words = []
    short_names_after: Words = []
    aspect: Words = []
    light_behind: dict[str, Words] = {}
