"""What one report has named so far, and whom its later words may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

from kawat.lexicon.world import Person
from kawat.mentions.cast import Draft, role_record
from kawat.mentions.likeness import Names
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import ActorKind, Span

NEAR = 30  # mentions that a bare institution may look back over
MEMORY = 200  # mentions that a description may look back over


class Memory:
    """The actors of one report and what later words may refer to."""

    def __init__(self, pack: Pack, published: date | None) -> None:
        self.pack = pack
        self.day = published
        self.drafts: dict[str, Draft] = {}
        self.names = Names()
        self.scene: tuple[str, Span] | None = None
        self.recent: list[tuple[Mention, bool]] = []  # settled mentions so far, and whether each can be a subject
        self.marks: list[int] = []  # len(recent) at the start of each sentence
        self.orphans: dict[str, Mention] = {}
        self.text = ""
        self.hidden: Callable[[Span], bool] = lambda _: False  # inside a quotation that the words being settled are not in
        self.quote_of: Callable[[Span], Span | None] = lambda _: None
        self.people: dict[str, Person] = {}  # listed people whom the report names
        self.local: tuple[str, Span] | None = None  # the last place that the report went to
        self.home: str | None = None  # the state of the dateline
        self.unnamed: dict[str, str] = {}  # the state that spoke through somebody without a name, by the word for them
        self.ahead: list[tuple[str, str, str | None, str]] = []  # (id, office, country, name) of every role in the report

    def add(self, m: Mention) -> None:
        """Enter a settled mention (one id) with its roles."""
        for ident in m.ids:
            draft = self.drafts.get(ident)
            if draft is None:
                kind = cast(ActorKind, m.kind if m.kind in ("state", "person", "organisation", "media", "group") else "organisation")
                draft = self.drafts[ident] = Draft(ident, kind, m.name, m.country, m.country_basis, m.country_span, m.sector)
            if len(m.ids) == 1:
                if draft.country is None and m.country:
                    draft.country, draft.country_basis, draft.country_span = m.country, m.country_basis, m.country_span
                draft.roles += [role_record(r, self.text) for r in m.roles]
            draft.mentions.append(m.span)

    def learn(self, m: Mention) -> None:
        """First pass: remember people under their full names."""
        if m.kind == "person" and m.entry:
            person = self.pack.world.people[m.entry.ref]
            self.people[person.id] = person
            m.ids, m.name = (person.id,), next(iter(person.names.get("en", [m.name])))
            m.country, m.country_basis = person.country or None, "listed" if person.country else None
            self.names.know(person)
        elif m.kind == "name" and (m.roles or " " in m.name):
            self.names.hear(m.name)

    def enter(self, person: Person) -> str:
        """A listed person comes into the report; their id."""
        if person.id not in self.drafts:
            self.drafts[person.id] = Draft(person.id, "person", person.names["en"][0], person.country or None, "listed")
            self.names.know(person)
        return person.id

    def enter_state(self, country: str) -> str:
        """A state comes into the report through somebody of it; its id."""
        if country not in self.drafts:
            self.drafts[country] = Draft(country, "state", self.pack.world.state_name(country), country, "listed")
        return country

    def lifted(self, ids: Iterable[str]) -> set[str]:
        """Actors as the states they belong to; those of no state as themselves."""
        return {(self.drafts[i].country if i in self.drafts else None) or i for i in ids}

    def last(self, kind: str, country: str | None = None) -> tuple[str, ...]:
        """The last actor of a kind: in this sentence its first subject, else the same in the sentences before."""
        bounds = [*self.marks, len(self.recent)]
        for k in range(len(bounds) - 2, -1, -1):
            part = [(m, s) for m, s in self.recent[bounds[k] : bounds[k + 1]] if self._fits(m, kind, country) and not self.hidden(m.span)]
            subjects = [m for m, s in part if s]
            if not subjects and not (k == len(bounds) - 2 and k and self.pack.grammar.adjuncts == "before"):
                subjects = [m for m, _ in part]  # "on A's proposal he said": whoever the sentence before tells of
            if subjects:
                return subjects[0].ids
        return ()

    def last_body(self, kind: str, country: str | None) -> tuple[str, ...]:
        """ "The company": the last listed body of that very kind."""
        for m, _ in reversed(self.recent[-MEMORY:]):
            body = self.pack.world.body(m.ids[0]) if len(m.ids) == 1 and m.kind in ("organisation", "group") else None
            if body and body.kind == kind and (not country or self.drafts[body.id].country == country) and not self.hidden(m.span):
                return m.ids
        return ()

    def several_here(self, kind: str, told: bool) -> tuple[str, ...]:
        """ "The company said that they": the first subject of the sentence, where it is more than one person; `told`: or a state."""
        subject = next((m for m, s in self.recent[self.marks[-1] :] if s and not self.hidden(m.span)), None)
        kinds = ("organisation", "group", "state") if told else ("organisation", "group")
        if subject is None or not (len(subject.ids) > 1 or subject.kind in kinds or _house(subject)):
            return ()
        return self._as_kind(subject.ids, kind)

    def two_here(self, kind: str) -> tuple[str, ...]:
        """ "A phoned B, and they": the two people of the sentence so far, where it names nobody else."""
        here = [m for m, free in self.recent[self.marks[-1] :] if free and not self.hidden(m.span)]
        ids = tuple(dict.fromkeys(i for m in here for i in m.ids))
        return ids if kind in ("any", "person") and len(here) == len(ids) == 2 and all(m.kind == "person" for m in here) else ()

    def pair(self, kind: str, number: int) -> tuple[str, ...]:
        """The last `number` actors of a kind (0: several): a pair named together before any two named apart."""
        for m, _ in reversed(self.recent[-12:]):
            ids = self._as_kind(m.ids, kind) if not self.hidden(m.span) else ()
            if ids and (len(ids) == number or (number == 0 and (len(ids) > 1 or _people(m)))):
                return ids
        if number > 2:
            return ()
        return self._last_two(kind)

    def _last_two(self, kind: str) -> tuple[str, ...]:
        """The last two actors of a kind, which are like each other: two people or two states."""
        seen: dict[str, list[str]] = {}
        for m, _ in reversed(self.recent[-MEMORY:]):
            for ident in self._as_kind(m.ids, kind):
                row = seen.setdefault(self._sort(ident) if kind == "any" else kind, [])
                if ident not in row:
                    row.append(ident)
                if len(row) == 2:
                    return row[1], row[0]
        return ()

    def _sort(self, ident: str) -> str:
        """The kind of an actor, a union of states being like a state."""
        return "state" if ident in self.pack.world.unions.values() else self.drafts[ident].kind

    def same_group(self, group: str) -> Mention | None:
        """ "The leaders": those whom the report has named as such."""
        rows = (m for m, _ in reversed(self.recent[-NEAR:]))
        return next((m for m in rows if m.kind == "group" and len(m.ids) == 1 and m.ids[0].endswith(f"-{group}")), None)

    def named_institution(self, nodes: list[Node], i: int) -> tuple[str, Span] | None:
        """ "The ministry": the state whose ministry was named shortly before."""
        words, last = nodes[i].text.lower().split(), self.pack.grammar.possessor == "before"
        for other, _ in reversed(self.recent[-NEAR:]):
            named = self.text[slice(*other.span)].lower()
            if other.kind == "state" and (named.endswith(f" {words[-1]}") if last else named.startswith(words[0])):
                return other.ids[0], other.span
        return None

    def last_house(self) -> tuple[str, Span] | None:
        """ "The agency": the state of the ministry, army … that was named shortly before."""
        rows = (m for m, _ in reversed(self.recent[-NEAR:]) if m.kind == "state" and len(m.ids) == 1)
        return next(((m.ids[0], m.span) for m in rows if m.entry and m.entry.kind in ("institution", "body")), None)

    def focus_before(self, sentence: int, kind: str, quoted: Callable[[Span], bool]) -> tuple[str, int] | None:
        """The actor of a kind whom a pronoun in `sentence` means when nobody is named in it, and the sentence that names them.

        Whom a quotation names is not meant.
        """
        for k in range(min(sentence, len(self.marks) - 1), -1, -1):
            end = self.marks[k + 1] if k + 1 < len(self.marks) else len(self.recent)
            part = [(m, s) for m, s in self.recent[self.marks[k] : end] if self._fits(m, kind, None) and not quoted(m.span)]
            if part:
                first = next((m for m, s in part if s), part[0][0])
                return first.ids[0], k
        return None

    def _fits(self, m: Mention, kind: str, country: str | None) -> bool:
        if len(m.ids) != 1:
            return False
        actual = self.drafts[m.ids[0]].kind
        if country and self.drafts[m.ids[0]].country != country:
            return False
        if kind == "person" and actual == "group" and m.entry and m.entry.kind == "group":
            return self.pack.data.institutions.group[m.entry.ref].one
        if kind == "side":
            return actual in ("state", "organisation")
        people = m.entry is not None and m.entry.kind == "group"  # "the spokesmen", who are no body
        return kind == "any" or actual == kind or (kind == "organisation" and not people and actual in ("group", "media"))

    def _as_kind(self, ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
        """The ids that are of a kind; a person stands for their state where states or sides are meant."""
        out = []
        for ident in ids:
            d = self.drafts[ident]
            if kind in ("any", d.kind) or (
                kind == "side" and (d.kind in ("state", "organisation") or (d.kind == "group" and not d.country))
            ):
                out.append(ident)
            elif kind in ("state", "side") and d.country and d.kind != "media":
                out.append(self.enter_state(d.country))
        return tuple(dict.fromkeys(out))


def _house(m: Mention) -> bool:
    """A state named by one of its bodies: "the British navy says they"."""
    return m.kind == "state" and m.entry is not None and m.entry.kind in ("institution", "body")


def _people(m: Mention) -> bool:
    """A group, and not "the leader" in the singular, where forms tell."""
    numbers = {t[1] for t in m.tags if len(t) == 3}
    return m.kind == "group" and (not numbers or "p" in numbers)
