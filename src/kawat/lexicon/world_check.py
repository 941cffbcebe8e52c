"""What can be wrong with the facts of the world pack: tenures, names, ids, domains and what entries point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from kawat.lexicon.world import Person, Post

LANGUAGES = ("en", "id", "vi", "ru", "zh")
_TABLES = {
    "states": "state", "offices": "office", "people": "person", "bodies": "body", "outlets": "outlet", "places": "place",
    "mechanisms": "mechanism",
}  # fmt: skip
_ACTORS = ("people", "bodies", "outlets")  # files whose ids stand in records as actors


class Message(NamedTuple):
    """A line for the reader; `fault`: something must be mended."""

    text: str
    fault: bool


Rows = dict[str, list[Any]]
Held = tuple[Person, Post]


def check_world(files: dict[str, Any], offices: frozenset[str]) -> Iterator[Message]:
    """Faults and notes of the decoded world files; `offices`: the office ids of all languages."""
    rows = {name: list(getattr(files[name], table)) if name in files else [] for name, table in _TABLES.items()}
    known = offices | {o for row in rows["offices"] for o in (row.id, *row.held_as)}
    for check in (_same_ids, _same_domains, _names, _same_names, _same_forms, _countries, _members, _tenures):
        yield from check(rows)
    yield from _posts(rows, known)


def _fault(file: str, entry: str, key: str, what: str) -> Message:
    return Message(f"packs/world/{file}.toml: {entry}: {key}: {what}", True)


def _note(file: str, entry: str, key: str, what: str) -> Message:
    return Message(f"packs/world/{file}.toml: note: {entry}: {key}: {what}", False)


def _shared(pairs: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, list[Any]]]:
    """Keys that stand with more than one value."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        if value not in found[key]:
            found[key].append(value)
    return ((k, v) for k, v in found.items() if len(v) > 1)


def _same_ids(rows: Rows) -> Iterator[Message]:
    for ident, where in _shared((row.id, name) for name in _ACTORS for row in rows[name]):
        yield _fault(where[-1], ident, "id", f"is an id in {where[0]}.toml too; keep the entry that fits and merge, or rename one")


def _same_domains(rows: Rows) -> Iterator[Message]:
    for domain, ids in _shared((d, o.id) for o in rows["outlets"] for d in o.domains):
        yield _fault("outlets", ids[-1], "domains", f"{domain} is claimed by {', '.join(ids[:-1])} too; leave it to its owner")


def _names(rows: Rows) -> Iterator[Message]:
    """People, bodies, places and mechanisms have a name in each language; outlets are often written alike in all."""
    for file in ("people", "bodies", "places", "mechanisms"):
        for row in rows[file]:
            for lang in LANGUAGES:
                if not row.names.get(lang) and not getattr(row, "abbreviations", {}).get(lang):
                    yield _fault(file, row.id, "names", f"none in {lang}; add the usual one")


def _same_names(rows: Rows) -> Iterator[Message]:
    """Two full names may be the same, if both people are real; a short form serves only the one whom it nearly always means."""
    full: dict[tuple[str, str], list[str]] = defaultdict(list)
    every: dict[tuple[str, str], list[str]] = defaultdict(list)
    for p in rows["people"]:
        for lang, names in p.names.items():
            for k, name in enumerate(dict.fromkeys(n.lower() for n in names)):
                every[lang, name].append(p.id)
                full[lang, name] += [p.id] if k == 0 else []
    for (lang, name), ids in every.items():
        if len(ids) > 1 and len(full[lang, name]) == len(ids):
            yield _note(
                "people", ids[-1], "names", f"{lang} {name!r} is the full name of {', '.join(ids[:-1])} too; the first entry is read"
            )
        elif len(ids) > 1:
            yield _fault("people", ids[-1], "names", f"{lang} {name!r} names {', '.join(ids[:-1])} too; leave it to one of them")


def _same_forms(rows: Rows) -> Iterator[Message]:
    """A form belongs to one entry; only a body and the outlet of its own country may share it, as a ministry and its site do."""
    owners: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for file in ("bodies", "outlets", "places", "people"):
        for row in rows[file]:
            home = row.state if file == "places" else row.country
            for key in _forms(row):
                owners[key].append((file, row.id, home))
    for (lang, form), found in owners.items():
        for a, b in combinations(found, 2):
            own_site = {a[0], b[0]} == {"bodies", "outlets"} and a[2] == b[2]
            if not own_site and (a[0], b[0]) != ("people", "people"):  # those: _same_names
                yield _fault(
                    b[0], b[1], "names", f"{lang} {form!r} names {a[1]} of {a[0]}.toml too; leave it to the one that it nearly always means"
                )


def _forms(row: Any) -> set[tuple[str, str]]:
    return {(lang, form) for table in (row.names, getattr(row, "abbreviations", {})) for lang, forms in table.items() for form in forms}


def _countries(rows: Rows) -> Iterator[Message]:
    states = {s.id for s in rows["states"]}
    for file in _ACTORS:
        for row in rows[file]:
            if row.country and row.country not in states:
                yield _fault(file, row.id, "country", f"{row.country} is no state of states.toml")
    for o in rows["offices"]:
        for state in sorted({s for here in o.first.values() for s in here} - states):
            yield _fault("offices", o.id, "first", f"{state} is no state of states.toml")
    for p in rows["people"]:
        if not p.posts and not p.country:
            yield _fault("people", p.id, "country", "empty, and there is no post; give one of them")
    for place in rows["places"]:
        if place.state and place.state not in states:
            yield _fault("places", place.id, "state", f"{place.state} is no state of states.toml")


def _members(rows: Rows) -> Iterator[Message]:
    known = {row.id for file in ("states", "bodies") for row in rows[file]}
    for file, key in (("bodies", "members"), ("mechanisms", "parties")):
        for row in rows[file]:
            for ident in getattr(row, key):
                if ident not in known:
                    yield _fault(file, row.id, key, f"{ident} is neither a state nor a body")
    for m in rows["mechanisms"]:
        yield from _dates("mechanisms", m.id, m.kind, m.since, m.until)


def _dates(file: str, entry: str, key: str, since: str, until: str) -> Iterator[Message]:
    for name, day in (("since", since), ("until", until)):
        if day and not _real(day):
            yield _fault(file, entry, key, f"{name} {day} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    if since and until and _before(until, since):
        yield _fault(file, entry, key, f"until {until} is before since {since}; set right or empty the one in doubt")


def _real(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day))
    except ValueError:
        return False


def _before(a: str, b: str) -> bool:
    """True where `a` is earlier for certain: dates may be given to the year or month."""
    n = min(len(a), len(b))
    return a[:n] < b[:n]


def _posts(rows: Rows, offices: frozenset[str]) -> Iterator[Message]:
    ids = {"state": {s.id for s in rows["states"]}, "body": {b.id for b in rows["bodies"]}, "to": {s.id for s in rows["states"]}}
    for p in rows["people"]:
        for k, post in enumerate(p.posts, 1):
            key = f"posts {k} ({post.office})"
            if post.office not in offices:
                yield _fault("people", p.id, key, f"{post.office} is in no offices.toml; use the nearest office there")
            for field, known in ids.items():
                if (value := getattr(post, field)) and value not in known:
                    yield _fault("people", p.id, key, f"{field} {value} is in no list; add it or mend the spelling")
            if not post.state and not post.body:
                yield _fault("people", p.id, key, "neither state nor body; say whose post it is")
            yield from _dates("people", p.id, key, post.since, post.until)


def _tenures(rows: Rows) -> Iterator[Message]:
    """Two people in one post at once, as the reader looks posts up: by office and state, or body where no state is given."""
    many = {o.id for o in rows["offices"] if o.many}
    held: dict[tuple[str, str, str, bool], list[Held]] = defaultdict(list)
    for p in rows["people"]:
        for post in p.posts:
            if post.since and post.office not in many:
                held[post.office, post.state or post.body, post.to, post.acting].append((p, post))
    for same in held.values():
        same.sort(key=lambda h: h[1].since)
        for first, second in combinations(same, 2):
            if first[0].id != second[0].id:
                yield from _clash(*first, *second)


def _clash(a: Person, first: Post, b: Person, second: Post) -> Iterator[Message]:
    key = f"{first.office} of {first.state or first.body}"
    if not first.until and first.since != second.since:
        yield _note("people", a.id, key, f"has no until, and {b.id} follows on {second.since}; add it where it is known")
    elif not first.until or _before(second.since, first.until):
        what = f"since {second.since}, while {a.id} holds it until {first.until or 'now'}"
        yield _fault("people", b.id, key, f"{what}; mend a date, name the narrower office, or set many in offices.toml")
