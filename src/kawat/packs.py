"""Load, check and compile language packs; keep the compiled form in a cache by content."""

from __future__ import annotations

import contextlib
import functools
import gc
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kawat.errors import PackError
from kawat.lexicon.cache import Rows, cached, digest
from kawat.lexicon.compile import Entry, PackData, WorldData, compile_pack, compile_world, folding_of
from kawat.lexicon.files import decode_file, sources
from kawat.lexicon.inflect import Lexicon
from kawat.lexicon.match import kinds_of
from kawat.lexicon.paradigms import Inflected
from kawat.lexicon.raw import Raw
from kawat.lexicon.schema import LANGUAGE_FILES, OPTIONAL_FILES, Apart, PackFile
from kawat.lexicon.world import WORLD_FILES, Body, Mechanism, Outlet, Person, WorldPlace

ROOT = Path(__file__).parent / "packs"
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f]")  # blanks of other widths, or at which no line breaks
_KEPT = 1 << 13  # forms whose entries stay unpacked
Readings = tuple[tuple[Entry, ...], frozenset[str] | None]


class World:
    """Facts that all languages share. `people`, `bodies`, `outlets`, `places`, `mechanisms`: rows by an Entry's `ref`."""

    def __init__(self, data: WorldData) -> None:
        self.version = data.version
        self.states = data.states
        self.state = {s.id: s for s in data.states}
        self.unions = {s.id: s.actor for s in data.states if s.actor}  # unions of states and the bodies that act for them
        self.office = {o.id: o for o in data.offices}
        self.types = {t.name: t for t in data.plover.type}
        self.names = data.names
        self.people = Rows(data.people, Person)
        self.bodies = Rows(data.bodies, Body)
        self.outlets = Rows(data.outlets, Outlet)
        self.places = Rows(data.places, WorldPlace)
        self.mechanisms = Rows(data.mechanisms, Mechanism)
        self._ties: Counter[tuple[str, str]] = Counter()
        self._body = data.body_at
        self._domain = data.outlet_at

    def body(self, ident: str) -> Body | None:
        """The listed body of an id."""
        at = self._body.get(ident)
        return None if at is None else self.bodies[at]

    def outlet(self, domain: str) -> Outlet | None:
        """The outlet that publishes under a domain."""
        at = self._domain.get(domain)
        return None if at is None else self.outlets[at]

    def ties(self, one: str, other: str) -> int:
        """In how many mechanisms, disputes and treaties two states stand together."""
        if not self._ties:
            self._ties = Counter(pair for row in self.mechanisms for pair in itertools.permutations(row.parties, 2))
        return self._ties[one, other]

    def state_name(self, ident: str) -> str:
        """The usual English name of a state, or its id where it has none."""
        row = self.state.get(ident)
        return row.name if row else ident

    def score(self, type_: str, mode: str) -> float:
        """PLOVER's conflict-cooperation score of an event type and mode, -10 to +10."""
        row = self.types.get(type_)  # type: ignore[call-overload]
        return row.scores.get(mode, row.score) if row else 0.0


class Pack:
    """A compiled pack ready for use: the tables of `PackData`, the world, and quick look-ups.

    `first`: first token of a form -> lengths of the forms that begin with it, longest first; where that is one character, the
    first two characters.
    `met`: what `readings` gave so far; `cased`: the same of forms as written, where case decides.
    """

    def __init__(self, data: PackData, world: World) -> None:
        self.data = data
        self.world = world
        self.language = data.language
        self.version = data.version
        self.first = data.first
        self.met: dict[str, Readings] = {}
        self.cased: dict[str, tuple[tuple[Entry, ...], frozenset[str]]] = {}
        self.forms = data.forms
        self._decode = msgspec.msgpack.Decoder(tuple[Entry, ...]).decode
        self.lexicon = Lexicon(data.inflection, Rows(data.inflected, Inflected)) if data.inflected else None
        self._voiced: dict[int, tuple[Voices, Voices]] = {}
        self.spaced = data.head.pack.script not in {"han"}
        self.counts = frozenset([*data.glue.plural_markers, *data.glue.indefinite, *data.glue.attributes, *data.times.numbers])
        self.office = {o.id: o for o in data.offices.office}
        self.ordinary = frozenset(o.id for o in data.offices.office if o.ordinary)
        self.short_states = data.short
        self.heads = frozenset(data.institutions.heads)
        self.endings = {word: kind for kind, words in data.institutions.endings.items() for word in words}
        self.grammar = data.head.grammar
        self.folding = folding_of(data.head)
        self.short_names_after = frozenset(data.glue.short_names_after)
        self.inserted = re.compile(data.head.shapes.inserted)
        shapes = data.head.shapes
        self.verb_shape = re.compile(shapes.verb) if shapes.verb else None
        self.verb_forms = {name: re.compile(p) for name in ("progressive", "past", "third") if (p := getattr(shapes, name))}
        self.epithet_shape = re.compile(shapes.epithet) if shapes.epithet else None
        self.adjective_shape = re.compile(shapes.adjective) if shapes.adjective else None
        self.adverb_shape = re.compile(shapes.adverb) if shapes.adverb else None
        self.homographs = frozenset(shapes.homographs)
        self.unchanged = frozenset(shapes.unchanged)
        self.surnames = frozenset(data.head.shapes.surnames)
        self.verbs = frozenset([*shapes.verbs, *shapes.homographs])
        self.nominalizers = frozenset(data.glue.nominalizers) - frozenset(data.glue.prepositions)
        self.guarded = bool(data.head.shapes.words)
        self.not_verbs = frozenset(data.head.shapes.not_verbs)

    def fold(self, text: str) -> str:
        """The text in the characters that the pack is written in, code point by code point."""
        text = _SPACES.sub(" ", text)
        return text.translate(self.folding) if self.folding else text

    def readings(self, form: str) -> Readings:
        """The entries of a folded form, and their kinds where all of them fit in any case (None where case decides)."""
        found = self.met[form] = _with_kinds(self._decode(self.forms[form]))
        return found

    def forget(self) -> None:
        """Drop what was remembered of forms and tokens where it has grown large; asked once a report, so that memory stays flat."""
        for kept in (self.met, self.cased, self._voiced):
            if len(kept) > _KEPT:
                kept.clear()
        if self.lexicon:
            self.lexicon.forget()

    def inflected(self, row: int) -> tuple[Voices, Voices]:
        """The entries of an inflected form in both voices."""
        found = self._voiced.get(row)
        if found is None:
            found = self._voiced[row] = _voices(self._decode(self.data.inflected_entries[row]))
        return found

    def entries_of(self, form: str) -> tuple[Entry, ...]:
        """All entries of a folded form, whatever its case; none where it is no form."""
        if form not in self.forms:
            return ()
        return (self.met.get(form) or self.readings(form))[0]


Voices = tuple[Readings, Readings]


def _voices(entries: tuple[Entry, ...]) -> tuple[Voices, Voices]:
    """Entries of an inflected form, active and passive; each where other words stand between its own, and where none do."""
    turned = tuple(msgspec.structs.replace(e, via="passive") if e.kind in ("cue", "trigger") else e for e in entries)
    apart, turned_apart = (tuple(msgspec.structs.replace(e, tail=0) if e.tail else e for e in row) for row in (entries, turned))
    return (_with_kinds(apart), _with_kinds(entries)), (_with_kinds(turned_apart), _with_kinds(turned))


def _with_kinds(entries: tuple[Entry, ...]) -> Readings:
    """Entries with their kinds where all of them fit in any case."""
    return entries, kinds_of(entries) if all(not e.case for e in entries) else None


@functools.cache
def languages() -> tuple[str, ...]:
    """Languages that have a pack, sorted. Looked up once: every report asks."""
    return tuple(sorted(p.name for p in ROOT.iterdir() if p.is_dir() and p.name != "world" and (p / "pack.toml").exists()))


@functools.cache
def kin() -> tuple[tuple[str, str, Apart], ...]:
    """Each language that inherits, the one it inherits from, and the words that tell the two apart."""
    children = [language for language in languages() if len(sources(ROOT / language / "pack.toml")) > 1]
    heads = [(language, decode_file(ROOT / language / "pack.toml", PackFile)) for language in children]
    return tuple((language, head.pack.inherits, head.apart) for language, head in heads)


@functools.cache
def folding(script: str) -> dict[int, str]:
    """How the packs of a script fold its characters, as `str.translate` wants it; none where no pack has it."""
    heads = [decode_file(ROOT / language / "pack.toml", PackFile) for language in languages()]
    tables = [folding_of(head) for head in heads if head.pack.script == script]
    return {k: v for table in tables for k, v in (table or {}).items()}


@functools.cache
def load(language: str) -> Pack:
    """The pack of `language`. Raises PackError where there is none or it is faulty."""
    if language not in languages():
        raise PackError(f"no pack for language {language!r}; there are: {', '.join(languages())}")
    number = version(language)
    with no_collection():
        return Pack(cached(language, number, PackData, lambda: _compiled(language, number)), world())


@functools.cache
def version(language: str) -> str:
    """The version of a pack: a digest of its files and the world's."""
    return digest(_files(language, LANGUAGE_FILES) + _files("world", WORLD_FILES))


@functools.cache
def world() -> World:
    """The facts that all packs share. Raises PackError where a file is faulty."""
    version = digest(_files("world", WORLD_FILES))
    with no_collection():
        return World(cached("world", version, WorldData, lambda: compile_world(version, _world_files())))


@functools.cache
def _world_files() -> dict[str, Any]:
    return _decode("world", WORLD_FILES)


def _compiled(language: str, version: str) -> PackData:
    own = _decode(language, LANGUAGE_FILES) | {name: kind() for name, kind in OPTIONAL_FILES.items()}
    own |= _decode(language, {name: kind for name, kind in OPTIONAL_FILES.items() if _present(language, name)})
    return compile_pack(language, version, own, _world_files())


def _present(language: str, name: str) -> bool:
    return bool(sources(ROOT / language / f"{name}.toml"))


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: for loading a pack, whose objects all stay, and for one report, whose objects are soon gone."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _files(folder: str, kinds: dict[str, type[Raw]]) -> list[Path]:
    more = [name for name in OPTIONAL_FILES if _present(folder, name)]
    return [path for name in (*kinds, *more) for path in sources(ROOT / folder / f"{name}.toml")]


def _decode(folder: str, kinds: dict[str, type[Raw]]) -> dict[str, Any]:
    return {name: decode_file(ROOT / folder / f"{name}.toml", kind) for name, kind in kinds.items()}
