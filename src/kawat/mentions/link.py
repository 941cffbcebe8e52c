"""Mentions -> actors: bare names, offices without a name, pronouns and descriptions, inside one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import cast

from kawat.lexicon.world import Person
from kawat.mentions.cast import Draft, role_record
from kawat.mentions.join import join_mentions
from kawat.mentions.likeness import Names, alike, part_of
from kawat.mentions.mention import Mention, RoleFound
from kawat.mentions.nodes import Node
from kawat.mentions.nouns import group_name
from kawat.mentions.offices import holder, slug_of
from kawat.mentions.romanise import latin_id
from kawat.mentions.scene import local, scene
from kawat.packs import Pack
from kawat.records import ActorKind, Span
from kawat.slugs import slug

_OF_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD"})


_NEAR = 30  # mentions that a bare institution may look back over
_MEMORY = 200  # mentions that a description may look back over


class Cast:
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
        self.people: list[Person] = []  # listed people whom the report names
        self.local: tuple[str, Span] | None = None  # the last place that the report went to
        self.ahead: list[tuple[str, str, str | None, str]] = []  # (id, office, country, name) of every role in the report

    # -- registering ---------------------------------------------------------------------------

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
            self.people.append(person)
            m.ids, m.name = (person.id,), next(iter(person.names.get("en", [m.name])))
            m.country, m.country_basis = person.country or None, "listed" if person.country else None
            self.names.know(person)
        elif m.kind == "name" and (m.roles or " " in m.name):
            self.names.hear(m.name)

    # -- settling ------------------------------------------------------------------------------

    def settle(self, m: Mention, nodes: list[Node], i: int) -> None:
        """Second pass, in reading order: give the mention its ids, where they can be known."""
        if m.kind == "name":
            self._settle_name(m)
        elif m.kind == "person":
            pass
        elif m.kind == "office":
            after = nodes[i + 1] if i + 1 < len(nodes) else None
            if after and after.has("glue:sub:purpose") and after.has("glue:prepositions"):
                return  # "the envoy for …": of whom or what is not read
            if not self.pack.spaced and not m.roles[0].country and not m.roles[0].body and _attributed(nodes, i):
                return  # "Western leaders": whose office it is stands before it, in no list
            if after and after.has("glue:definite") and (found := self._last("person", m.roles[0].country)):
                m.ids = found
                m.kind, m.name = "person", self.drafts[found[0]].name
            else:
                self._settle_office(m, self.pack.grammar.definite == "before" and i > 0 and nodes[i - 1].has("glue:definite"))
        elif m.kind == "institution":
            self._settle_institution(m, nodes, i)
        elif m.kind == "media" and m.entry and m.entry.kind == "media" and not m.country and self.scene:
            m.country, m.country_span, m.country_basis = *self.scene, "scene"
        elif m.kind == "plain-group":
            self._settle_group(m, nodes, i)
        elif m.kind in ("pronoun", "description"):
            self._settle_pronoun(m)
        if m.settled:
            self.add(m)
            if m.argument:
                self.recent.append((m, not _governed(nodes, i)))

    def _settle_name(self, m: Mention) -> None:
        full = self.names.known(m.name) if not m.roles or " " not in m.name else None
        name = full or m.name.lower()
        ident = self.names.ids.get(name) or self._misspelt(m)
        if ident:
            self.names.ids[name] = ident  # a slip of the pen stays the same person
        if not ident:
            ident = latin_id(name, next((r.country for r in m.roles if r.country), None), self.pack)
            if m.roles:
                self.names.ids[name] = ident  # later named without the state by which the name is read
        if not ident:
            return
        if ident in self.drafts:
            d = self.drafts[ident]
            m.kind, m.ids, m.name, m.country = d.kind, (ident,), d.name, d.country
        elif m.roles or m.aged:
            m.kind, m.ids = "person", (ident,)
            m.name = m.name if not full else full.title()
            self._country_of_person(m)
        else:
            self.orphans.setdefault(ident, m)
            m.name = m.name if not full else full.title()
            m.of = ident  # named, but nobody yet: becomes an actor when it acts or speaks

    def _misspelt(self, m: Mention) -> str | None:
        """The holder of the office that stands beside the name, where the name is one slip away from theirs."""
        for role in m.roles:
            person = holder(role, role.country, self.day, self.pack) if role.country else None
            for names in person.names.values() if person else ():
                if any(alike(m.name, n) or part_of(m.name, n) for n in names) and person:
                    return self._enter(person)
        return None

    def adopt(self, m: Mention, speaks: bool = False) -> None:
        """A name in no list acts or speaks: make it an actor; who speaks is a person."""
        if m.settled or m.kind != "name" or not m.of or (not speaks and self.quote_of(m.span)):
            return
        ident = m.of
        draft = self.drafts.get(ident)
        if draft:
            m.kind, m.ids, m.name, m.country = draft.kind, (ident,), draft.name, draft.country
        else:
            m.ids = (ident,)
            m.kind = "person" if speaks or " " in m.name else "organisation"
            self._country_of_person(m)
        self.add(m)
        self.recent.append((m, True))

    def _country_of_person(self, m: Mention) -> None:
        stated = next((r for r in m.roles if r.country and r.country not in self.pack.world.unions), None)
        if stated:
            m.country, m.country_span, m.country_basis = stated.country, stated.country_span, "stated"
        elif self.scene:
            m.country, m.country_span = self.scene
            m.country_basis = "scene"

    def _settle_office(self, m: Mention, definite: bool = False) -> None:
        """An office without a name: its holder, else the state or body whose office it is, else somebody in that office."""
        role = m.roles[0]
        named = role.country or role.body or role.institution or any(c.isupper() for c in m.name)
        loose = not named and not self.pack.grammar.bare_definite
        definite = definite or (not named and self.pack.grammar.bare_definite)
        if loose and not definite:
            return
        found = self._holder_in_report(role, definite) or (None if loose else self._holder_in_world(role))
        if loose and not found:
            return
        if found:
            d = self.drafts.get(found)
            m.ids, m.kind = (found,), "person"
            m.country = role.country or (d.country if d else None)
            m.country_basis = "stated" if role.country else d.country_basis if d else None
            m.name = d.name if d else next((name for ident, _, _, name in self.ahead if ident == found), m.name)
            return
        row = self.pack.office.get(role.office)
        if row is None or "former" in role.modifiers:
            return
        if not self.pack.spaced and not role.country and not role.body:
            return  # many words for offices are everyday words too
        country = role.country or (self.scene[0] if self.scene and not role.body else None)
        if not country and role.institution and (last := self._last("state")):
            country = last[0]
        if role.place:
            m.kind, m.ids, m.country, m.country_span = "person", (f"{role.place}-{slug_of(role)}",), role.country, role.country_span
            m.country_basis = "stated"
            return
        if country and country not in self.pack.world.unions and row.sector in _OF_STATE:
            m.kind, m.ids, m.name, m.country = "state", (country,), self.pack.world.state_name(country), country
            m.country_span = role.country_span or (self.scene[1] if self.scene else None)
            m.country_basis = "stated" if role.country else "scene"
        elif role.body and (body := self.pack.world.body(role.body)):
            m.kind, m.ids, m.name = "organisation", (body.id,), body.name
        elif not country:
            m.kind, m.ids = "person", (slug_of(role),)
            return
        m.roles = []

    def _holder_in_report(self, role: RoleFound, definite: bool = False) -> str | None:
        """Somebody whom this report gives the same office (of the same state): the last one before, else the first after.

        `definite`: "the minister" may be a foreign minister.
        """
        want = slug_of(role)
        if definite and not role.country:
            for m, _ in reversed(self.recent[-_MEMORY:]):
                if m.kind == "person" and any(office.endswith(f"-{want}") for office in self._offices(m.ids[0])):
                    return m.ids[0]
        for m, _ in reversed(self.recent[-_MEMORY:]):
            if m.kind == "person" and self._has_role(self.drafts[m.ids[0]], want, role.country):
                return m.ids[0]
        for ident, office, country, _ in self.ahead:
            if office == want and (not role.country or country == role.country):
                return ident
        known = {p.id for p in self.people for post in p.posts if post.office == want and post.state and post.state == role.country}
        return known.pop() if len(known) == 1 else None

    def _offices(self, ident: str) -> list[str]:
        """What the report and, for listed people, the world says that somebody is."""
        listed = [post.office for p in self.people if p.id == ident for post in p.posts]
        return [*(r.office for r in self.drafts[ident].roles if r.office), *listed]

    @staticmethod
    def _has_role(d: Draft, office: str, country: str | None) -> bool:
        if country and d.country != country:
            return False
        return any(r.office == office and (not country or r.country in (None, country)) for r in d.roles)

    def _holder_in_world(self, role: RoleFound) -> str | None:
        country = role.country or (self.scene[0] if self.scene and not role.body else None)
        person = holder(role, country, self.day, self.pack)
        if not person:
            return None
        return self._enter(person)

    def _enter(self, person: Person) -> str:
        """A listed person comes into the report; their id."""
        if person.id not in self.drafts:
            self.drafts[person.id] = Draft(person.id, "person", person.names["en"][0], person.country or None, "listed")
            self.names.know(person)
        return person.id

    def _settle_institution(self, m: Mention, nodes: list[Node], i: int) -> None:
        where = self._named_institution(nodes, i) or self.scene or self.local
        if not where:
            return
        state, span = where
        m.kind, m.ids, m.country, m.country_span, m.country_basis = "state", (state,), state, span, "scene"
        m.name = self.pack.world.state_name(state)

    def _named_institution(self, nodes: list[Node], i: int) -> tuple[str, Span] | None:
        """ "The ministry": the state whose ministry was named shortly before."""
        words, last = nodes[i].text.lower().split(), self.pack.grammar.possessor == "before"
        for other, _ in reversed(self.recent[-_NEAR:]):
            named = self.text[slice(*other.span)].lower()
            if other.kind == "state" and (named.endswith(f" {words[-1]}") if last else named.startswith(words[0])):
                return other.ids[0], other.span
        return None

    def _settle_group(self, m: Mention, nodes: list[Node], i: int) -> None:
        assert m.entry
        clitic = self.pack.data.glue.possessive_clitic
        owner = nodes[i - 2].mention if i >= 2 and nodes[i - 1].has("glue:coordinators") else None
        group = m.entry.id
        if owner and owner.country and clitic and nodes[i].text.endswith(clitic):
            m.ids, m.country, m.country_basis, m.country_span = (f"{owner.country.lower()}-{group}",), None, None, None
            m.name = group_name(group, owner.country, None, self.pack)[1]
        elif self.pack.grammar.definite == "before" and i and nodes[i - 1].has("glue:definite") and (same := self._same_group(group)):
            m.ids, m.name, m.country = same.ids, same.name, same.country
        elif self.scene:
            state, span = self.scene
            ident, m.name = group_name(group, state, None, self.pack)
            m.ids, m.country, m.country_basis, m.country_span = (ident,), state, "scene", span
        else:
            m.ids, m.name = (group,), group.replace("-", " ")
        m.kind = "group"

    def _same_group(self, group: str) -> Mention | None:
        """ "The leaders": those whom the report has named as such."""
        rows = (m for m, _ in reversed(self.recent[-_NEAR:]))
        return next((m for m in rows if m.kind == "group" and len(m.ids) == 1 and m.ids[0].endswith(f"-{group}")), None)

    def _settle_pronoun(self, m: Mention) -> None:
        if m.entry is None:
            return
        if m.entry.kind == "organisation":
            m.ids = self._last("state" if m.of == "state" else "organisation", country=m.country)
        elif m.name in ("speaker", "hearer"):
            return
        elif m.of in ("speaker", "counterpart"):
            self._settle_of(m)
        elif m.number == 1:
            m.ids = self._last(m.name)
        else:
            m.ids = self._several_here(m.name) if m.number == 0 else ()
            m.ids = m.ids or self._pair(m.name, m.number)
            m.near = any(x.ids == m.ids for x, _ in self.recent[self.marks[-1] :])
        if m.ids and len(m.ids) == 1 and m.ids[0] in self.drafts:
            d = self.drafts[m.ids[0]]
            m.kind, m.name, m.country, m.country_basis = d.kind, d.name, d.country, d.country_basis

    def _settle_of(self, m: Mention) -> None:
        owner = self._last("person")
        country = self.drafts[owner[0]].country if owner else None
        if m.of == "speaker" and country and m.name == "state":
            m.ids, m.kind = (self._enter_state(country),), "state"
        elif m.of == "speaker" and owner:
            m.ids = owner

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

    def _last(self, kind: str, country: str | None = None) -> tuple[str, ...]:
        """The last actor of a kind: in this sentence its first subject, else the same in the sentences before."""
        bounds = [*self.marks, len(self.recent)]
        for k in range(len(bounds) - 2, -1, -1):
            part = [(m, s) for m, s in self.recent[bounds[k] : bounds[k + 1]] if self._fits(m, kind, country) and not self.hidden(m.span)]
            subjects = [m for m, s in part if s] or [m for m, _ in part]
            if subjects:
                return subjects[0].ids
        return ()

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
        return kind == "any" or actual == kind or (kind == "organisation" and actual in ("group", "media"))

    def _several_here(self, kind: str) -> tuple[str, ...]:
        """ "The company said that they": the first subject of the sentence, where it is more than one person."""
        subject = next((m for m, s in self.recent[self.marks[-1] :] if s and not self.hidden(m.span)), None)
        if subject is None or not (len(subject.ids) > 1 or subject.kind in ("organisation", "group")):
            return ()
        return self._as_kind(subject.ids, kind)

    def _pair(self, kind: str, number: int) -> tuple[str, ...]:
        """The last `number` actors of a kind (0: several): a pair named together before any two named apart."""
        for m, _ in reversed(self.recent[-12:]):
            ids = self._as_kind(m.ids, kind) if not self.hidden(m.span) else ()
            if len(ids) == number or (number == 0 and ids and (len(ids) > 1 or m.kind == "group")):
                return ids
        if number > 2:
            return ()
        number = number or 2
        seen: list[str] = []
        for m, _ in reversed(self.recent[-_MEMORY:]):
            for ident in self._as_kind(m.ids, kind):
                if ident not in seen:
                    seen.append(ident)
            if len(seen) >= number:
                return tuple(reversed(seen[:number]))
        return ()

    def _as_kind(self, ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
        """The ids that are of a kind; a person stands for their state where states or sides are meant."""
        out = []
        for ident in ids:
            d = self.drafts[ident]
            if kind in ("any", d.kind) or (
                kind == "side" and (d.kind in ("state", "organisation") or (d.kind == "group" and not d.country))
            ):
                out.append(ident)
            elif kind in ("state", "side") and d.country:
                out.append(self._enter_state(d.country))
        return tuple(dict.fromkeys(out))

    def lifted(self, ids: Iterable[str]) -> set[str]:
        """Actors as the states they belong to; those of no state as themselves."""
        return {(self.drafts[i].country if i in self.drafts else None) or i for i in ids}

    def _enter_state(self, country: str) -> str:
        """A state comes into the report through somebody of it; its id."""
        if country not in self.drafts:
            self.drafts[country] = Draft(country, "state", self.pack.world.state_name(country), country, "listed")
        return country


def _attributed(nodes: list[Node], i: int) -> bool:
    """A noun in no list, or a region, stands fast before the mention."""
    before = nodes[i - 1] if i else None
    if before is None or before.end != nodes[i].start or not before.word or before.time:
        return False
    return bool(before.mention) or not before.kinds or before.has("place", "glue:genitive")


def _governed(nodes: list[Node], i: int) -> bool:
    """True where a preposition stands before the mention, with at most two plain words between."""
    for k in range(i - 1, max(-1, i - 4), -1):
        n = nodes[k]
        if n.has("glue:prepositions", "glue:passive_agent"):
            return True
        if n.entries or n.mention or not n.word:
            return False
    return False


def _elsewhere(quote_of: Callable[[Span], Span | None], at: Span) -> Callable[[Span], bool]:
    """What stands in another quotation than `at` is not meant by the words there."""
    here = quote_of(at)
    return lambda span: (there := quote_of(span)) is not None and there != here


def link(rows: list[list[Node]], text: str, pack: Pack, published: date | None, quote_of: Callable[[Span], Span | None]) -> Cast:
    """Settle all mentions of a report (rows of nodes, one a sentence) in place. `quote_of`: the quotation that words stand in."""
    c = Cast(pack, published)
    c.text, c.quote_of = text, quote_of
    everyone = [(n.mention, k) for k, nodes in enumerate(rows) for n in nodes if n.mention]
    for m, _ in everyone:
        c.learn(m)
    c.scene = scene(rows, pack)
    c.ahead = [
        (c.names.ids.get(m.name.lower()) or (m.ids[0] if m.ids else slug(m.name)), slug_of(r), r.country, m.name)
        for m, _ in everyone if m.kind in ("person", "name") for r in m.roles
    ]  # fmt: skip
    for nodes in rows:
        c.marks.append(len(c.recent))
        c.local = local(nodes, pack) or c.local
        for i, n in enumerate(nodes):
            if n.mention:
                c.hidden = _elsewhere(quote_of, n.span)
                c.settle(n.mention, nodes, i)
        nodes[:], joined = join_mentions(nodes, text, pack.data.glue.possessive_clitic)
        for m in joined:
            if not m.parts:
                c.add(m)
            c.recent.append((m, True))
    return c
