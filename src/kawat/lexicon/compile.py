"""Pack entries -> surface forms with features -> one table of patterns.

Every form is expanded once, here, so that reading is a scan. Regular forms come from the `inflection`
and `clitic` rules of the pack; no word of a language stands in this file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kawat.errors import PackError
from kawat.lexicon import schema
from kawat.lexicon import world as world_schema
from kawat.lexicon.cache import raw_rows
from kawat.lexicon.glue import GlueFile
from kawat.lexicon.inflect import Lexicon
from kawat.lexicon.match import ANY_CASE, CAPITAL, CAPITALS, EXACT, fold
from kawat.lexicon.paradigms import Inflected, Tables, index_rows, tables_of
from kawat.lexicon.tokens import TOKEN

_LONGEST = 255  # characters of a form: its length is kept in a byte


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One reading of a surface form.

    `kind`: state, place, office, modifier, institution, group, people, organisation, media, introducer,
    person, body, outlet, mechanism, cue, trigger, glue, modality, pronoun, description, via, force, relation, word
    (several syllables that are one plain word).
    `id`: what it denotes (a state, an office, the head of a glue list …). `ref`: index into the pack's
    table of that kind. `via`: how (name, capital, seat …) or the voice. `rule`: the pack entry. `tail`: how many of
    the form's last characters are a function word that it needs behind it. `gap`: what must stand before the form, with at
    most `reach` characters between; with `loose` any words of the clause may stand there, else only counting words and aspect.
    """

    kind: str
    id: str
    rule: str
    ref: int = -1
    via: str = ""
    case: int = ANY_CASE
    tail: int = 0
    gap: str = ""
    reach: int = 0
    loose: bool = False


class PackData(msgspec.Struct):
    """A compiled pack: what the cache holds.

    `forms`: a folded form -> its entries, still packed (a report needs few of them). `first`: the first token of
    a form -> lengths of the forms that begin with it, longest first, a byte each.
    """

    language: str
    version: str
    forms: dict[str, bytes]
    first: dict[str, bytes]
    inflected: list[bytes]
    inflected_entries: list[bytes]
    inflection: Tables
    head: schema.PackFile
    offices: schema.OfficesFile
    institutions: schema.InstitutionsFile
    cues: list[schema.Cue]
    triggers: list[schema.Trigger]
    glue: GlueFile
    times: schema.TimesFile
    furniture: schema.FurnitureFile
    force: schema.ForceFile
    relations: list[schema.RelationNoun]
    short: dict[str, list[str]]


class WorldData(msgspec.Struct):
    """The compiled world. Rows of the long tables are still packed; `body_at`: id -> row, `outlet_at`: domain -> row."""

    version: str
    states: list[world_schema.WorldState]
    offices: list[world_schema.WorldOffice]
    plover: world_schema.PloverFile
    names: world_schema.NamesFile
    people: list[bytes]
    bodies: list[bytes]
    outlets: list[bytes]
    places: list[bytes]
    mechanisms: list[bytes]
    body_at: dict[str, int]
    outlet_at: dict[str, int]


def compile_world(version: str, files: dict[str, Any]) -> WorldData:
    """The facts of the world, language-neutral. `files`: decoded files of the world pack."""
    bodies, outlets = files["bodies"].body, files["outlets"].outlet
    return WorldData(
        version=version, states=files["states"].state, offices=files["offices"].office, plover=files["plover"], names=files["names"],
        people=raw_rows(files["people"].person), bodies=raw_rows(bodies), outlets=raw_rows(outlets),
        places=raw_rows(files["places"].place), mechanisms=raw_rows(files["mechanisms"].mechanism),
        body_at={b.id: k for k, b in enumerate(bodies)}, outlet_at={d: k for k, o in enumerate(outlets) for d in o.domains},
    )  # fmt: skip


def folding_of(head: schema.PackFile) -> dict[int, str]:
    """The characters that a language reads as others, for `str.translate`."""
    return {ord(a): b for row in head.folding for a, b in zip(row.old, row.new, strict=True)}


def _bare(rows: list[Any]) -> list[Any]:
    """Entries without their examples and forms, which reading does not need."""
    return [msgspec.structs.replace(r, forms=[], yes=[], no=[]) for r in rows]


def case_of(form: str, kind: str = "") -> int:
    """How strictly a form's letters bind: docs/packs.md, "Case"."""
    letters = [c for c in form if c.isalpha()]
    if letters and all(c.isupper() for c in letters) and len(letters) <= 5:
        return EXACT
    if kind == "outlet" and form[:1].isupper() and form.rpartition(" ")[2][:1].isupper():
        return CAPITALS
    return CAPITAL if form[:1].isupper() else ANY_CASE


Form = tuple[str, Entry]


def _tail(form: str, kind: str, tails: frozenset[str]) -> int:
    """Length, with its space, of the function word that ends the form of an act ("speak with") and is read again as itself."""
    head, _, last = form.rpartition(" ")
    return len(last) + 1 if head and kind in ("cue", "trigger") and last in tails else 0


def compile_pack(language: str, version: str, files: dict[str, Any], world: dict[str, Any]) -> PackData:
    """All forms of a language and of the world in that language's spelling. `files`: decoded pack files."""
    head: schema.PackFile = files["pack"]
    table: dict[str, list[Entry]] = defaultdict(list)
    rows: dict[Inflected, list[Entry]] = defaultdict(list)
    inflection = tables_of(files["paradigms"])
    lexicon = Lexicon(inflection)
    tails = frozenset(files["glue"].tails)
    folding = folding_of(head)
    for form, entry in _forms(language, head, files, world):
        folded = fold(form.translate(folding))
        person = world["people"].person[entry.ref] if entry.kind == "person" else None
        last = person is not None and person.country in head.grammar.family_first
        row = lexicon.form(folded, person is not None, last, entry.kind == "group") if _inflects(entry) else None
        found = rows[row] if row else table[folded]
        placed = msgspec.structs.replace(entry, case=case_of(form, entry.kind), tail=_tail(form, entry.kind, tails))
        if placed not in found:
            found.append(placed)
    for word in head.shapes.words:
        table[fold(word)].append(Entry("word", word, f"{language}/pack:{word}", case=case_of(word)))
    for verb in head.shapes.verbs:
        if (" " in verb or head.pack.script == "han") and fold(verb) not in table:
            table[fold(verb)] = [Entry("word", verb, f"{language}/pack:{verb}")]
    index_rows(inflection, rows)
    return PackData(
        language=language, version=version, forms={f: msgspec.msgpack.encode(tuple(table[f])) for f in sorted(table)},
        first=_first(table), inflected=raw_rows(rows), inflected_entries=[msgspec.msgpack.encode(tuple(r)) for r in rows.values()],
        inflection=inflection, head=head, offices=files["offices"], institutions=files["institutions"],
        cues=_bare(files["cues"].cue), triggers=_bare(files["triggers"].trigger), glue=files["glue"], times=files["times"],
        furniture=files["furniture"], force=files["force"], relations=files["relations"].relation,
        short=_short(files["states"]),
    )  # fmt: skip


def _short(states: schema.StatesFile) -> dict[str, list[str]]:
    """The states that a last part of their name may stand for."""
    out: dict[str, list[str]] = {}
    for row in states.state:
        for word in row.short:
            out.setdefault(word, []).append(row.id)
    return out


# Function words that inflect where a language has paradigms; all others stand as they are.
_INFLECTING = frozenset({
    "relative", "definite", "plural_markers", "indefinite", "surveys", "topics", "light", "takes_place", "put_off", "resolves", "copulas",
    "causatives", "ends", "decrees", "flouts",
})  # fmt: skip


def _inflects(entry: Entry) -> bool:
    return entry.kind not in ("glue", "via") or entry.id in _INFLECTING or entry.id.startswith("behind:")


def _first(forms: Iterable[str]) -> dict[str, bytes]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        if not (token := TOKEN.match(form)) or len(form) > _LONGEST:
            raise PackError(f"form {form!r}: it must begin with a letter, digit or mark and have at most {_LONGEST} characters")
        lengths[token[0] if len(token[0]) > 1 else form[:2]].add(len(form))
    for begin, found in lengths.items():
        if len(begin) == 2 and begin[0] in lengths:  # of a token of two characters one alone is none, and is never taken
            found.add(1)
    return {begin: bytes(sorted(found, reverse=True)) for begin, found in lengths.items()}


def _forms(language: str, head: schema.PackFile, files: dict[str, Any], world: dict[str, Any]) -> Iterator[Form]:
    yield from _state_forms(language, files["states"])
    yield from _office_forms(language, files["offices"])
    yield from _institution_forms(language, files["institutions"])
    yield from _act_forms(language, head, files)
    yield from _glue_forms(language, files["glue"])
    for act in schema.ForceFile.__struct_fields__:
        for word in getattr(files["force"], act):
            yield word, Entry("force", act, f"{language}/force:{act}:{word}")
    for i, row in enumerate(files["relations"].relation):
        for word in row.names:
            yield word, Entry("relation", row.kind, f"{language}/relations:{word}", ref=i)
    yield from _world_forms(head.pack.names_from, world)


def _state_forms(language: str, states: schema.StatesFile) -> Iterator[Form]:
    for s in states.state:
        rule = f"{language}/states:{s.id}"
        groups = (("name", s.names), ("adjective", s.adjectives), ("abbreviation", s.abbreviations),
                  ("capital", s.capital), ("seat", s.seats))  # fmt: skip
        seen: set[str] = set()
        for via, forms in groups:
            for form in forms:
                if form not in seen:
                    seen.add(form)
                    yield form, Entry("state", s.id, rule, via=f"{via}?" if form in s.ambiguous else via)


def _office_forms(language: str, offices: schema.OfficesFile) -> Iterator[Form]:
    for i, o in enumerate(offices.office):
        for form in [*o.names, *o.abbreviations]:
            yield form, Entry("office", o.id, f"{language}/offices:{o.id}", ref=i)
    for kind, words in offices.modifiers.items():
        for word in words:
            yield word, Entry("modifier", kind, f"{language}/offices:{kind}")


def _institution_forms(language: str, file: schema.InstitutionsFile) -> Iterator[Form]:
    lists: tuple[tuple[str, Iterable[Any]], ...] = (
        ("institution", file.institution), ("group", file.group), ("people", file.people),
        ("organisation", file.organisation), ("media", file.media))  # fmt: skip
    for kind, rows in lists:
        for i, row in enumerate(rows):
            ident = getattr(row, "id", None) or getattr(row, "kind", None) or row.names[0]
            for form in row.names:
                yield form, Entry(kind, ident, f"{language}/institutions:{ident}", ref=i)
    for introducer in file.introducer:
        for form in introducer.names:
            yield form, Entry("introducer", introducer.kind, f"{language}/institutions:{form}")


def _act_forms(language: str, head: schema.PackFile, files: dict[str, Any]) -> Iterator[Form]:
    for i, cue in enumerate(files["cues"].cue):
        entry = Entry("cue", cue.sense, f"{language}/cues:{cue.lemma}", ref=i, via="passive" if cue.passive else "")
        yield from _inflected(head, "cue", "" if cue.passive else cue.kind, [cue.lemma, *cue.forms], entry, files["glue"].aspect)
    for i, trigger in enumerate(files["triggers"].trigger):
        entry = Entry("trigger", trigger.type, f"{language}/triggers:{trigger.lemma}", ref=i)
        pos = "" if trigger.passive else trigger.pos
        yield from _inflected(head, "trigger", pos, [trigger.lemma, *trigger.forms], entry, files["glue"].aspect)


def _inflected(head: schema.PackFile, kind: str, pos: str, forms: list[str], entry: Entry, aspect: list[str]) -> Iterator[Form]:
    """The forms themselves, what the inflection rules make of them, and both with clitics."""
    made: list[tuple[str, str]] = [(f, entry.via) for f in forms]
    for rule in head.inflection:
        if rule.pos == pos:
            found = re.compile(rule.pattern)
            made += [(m.expand(rule.replace), rule.voice) for f in forms if (m := found.fullmatch(f))]
    for form, voice in dict.fromkeys(made):
        yield from _gapped(head, form, msgspec.structs.replace(entry, via=voice), aspect)
        for clitic in head.clitic:
            if kind in clitic.kinds and " " not in form:
                for tail in clitic.forms:
                    yield form + tail, msgspec.structs.replace(entry, via=f"{voice}+{tail}")


_HEAD = 2  # characters of a verb before its object, in scripts without spaces
_INSERTED = 8  # characters of counting words inside a phrase


def _gapped(head: schema.PackFile, form: str, entry: Entry, aspect: list[str]) -> Iterator[Form]:
    """The form; of one with a gap ("sign…treaty") its last part, which wants the first before it."""
    first, gap, last = form.partition("…")
    if gap:
        heads = [first, *(first[:_HEAD] + a + first[_HEAD:] for a in aspect if len(first) > _HEAD)]
        for verb in heads:
            yield last, msgspec.structs.replace(entry, gap=verb, reach=head.grammar.gap, loose=True)
        return
    yield form, entry
    if head.shapes.inserted and len(form) >= 2 * _HEAD:
        yield form[_HEAD:], msgspec.structs.replace(entry, gap=form[:_HEAD], reach=_INSERTED)


GLUE_LISTS = (
    "prepositions", "locative", "place_of_event", "coordinators", "adversatives", "relative", "complementizers",
    "passive_agent", "negation", "between", "adverbs", "reciprocal", "definite", "plural_markers",
    "indefinite", "including", "causatives", "surveys",
    "topics", "light", "ends", "instrument", "takes_place", "whether", "manner", "background", "resolves", "copulas", "anaphora",
    "articles", "auxiliaries", "passive_auxiliaries", "modals", "genitive", "depictive", "possessive", "nominalizers", "enclitics",
    "nominal_complementizers", "topics_of", "topics_behind", "tenses",
    "object_marker", "comitative", "aspect", "prenominal", "decrees", "existential", "flouts", "as_said", "put_off",
)  # fmt: skip


def _glue_forms(language: str, glue: GlueFile) -> Iterator[Form]:
    for name in GLUE_LISTS:
        for word in getattr(glue, name):
            yield word, Entry("glue", name, f"{language}/glue:{name}")
    for kind, words in glue.subordinators.items():
        for word in words:
            yield word, Entry("glue", f"sub:{kind}", f"{language}/glue:{kind}")
    for preposition, words in glue.light_behind.items():
        for word in words:
            yield word, Entry("glue", f"behind:{preposition}", f"{language}/glue:light_behind")
    for kind, words in glue.modality.items():
        for word in words:
            yield word, Entry("modality", kind, f"{language}/glue:{kind}")
    for table in ("pronouns", "descriptions"):
        for word, stand in getattr(glue, table).items():
            yield word, Entry(table[:-1], stand.kind, f"{language}/glue:{word}", ref=stand.number, via=stand.of)
    for place in ("before", "after", "published"):
        for word in getattr(glue.via, place):
            yield word, Entry("via", place, f"{language}/glue:via:{word}")


def _world_forms(names_from: list[str], world: dict[str, Any]) -> Iterator[Form]:
    def named(row: Any, field: str = "names") -> Iterator[str]:
        table = getattr(row, field)
        yield from dict.fromkeys(n for language in names_from for n in table.get(language, ()))

    for i, p in enumerate(world["people"].person):
        for k, form in enumerate(named(p)):
            yield form, Entry("person", p.id, f"world/people:{p.id}", ref=i, via="name" if k == 0 else "short")
    for i, b in enumerate(world["bodies"].body):
        for field in ("names", "abbreviations"):
            for form in named(b, field):
                yield form, Entry("body", b.id, f"world/bodies:{b.id}", ref=i, via=field)
    for i, o in enumerate(world["outlets"].outlet):
        for form in list(named(o)) or [o.name]:
            yield form, Entry("outlet", o.id, f"world/outlets:{o.id}", ref=i)
    for i, place in enumerate(world["places"].place):
        for field in ("names", "adjectives"):
            for form in dict.fromkeys([*([place.name] if field == "names" else []), *named(place, field)]):
                yield form, Entry("place", place.id, f"world/places:{place.id}", ref=i, via=field)
    for i, m in enumerate(world["mechanisms"].mechanism):
        for form in named(m):
            yield form, Entry("mechanism", m.id, f"world/mechanisms:{m.id}", ref=i, via=m.kind)
