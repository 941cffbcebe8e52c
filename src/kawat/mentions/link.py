"""Mentions -> actors: bare names, offices without a name, pronouns and descriptions, inside one report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kawat.mentions.cast import Draft
from kawat.mentions.join import join_mentions
from kawat.mentions.likeness import alike, part_of
from kawat.mentions.memory import MEMORY, Memory
from kawat.mentions.mention import Mention, RoleFound
from kawat.mentions.nodes import Node
from kawat.mentions.nouns import group_name
from kawat.mentions.offices import holder, slug_of
from kawat.mentions.romanise import latin_id
from kawat.mentions.scene import local, scene
from kawat.packs import Pack
from kawat.records import Span
from kawat.slugs import slug

_OF_STATE = frozenset({"GOV", "MIL", "SPY", "COP", "LEG", "JUD"})


class Cast(Memory):
    """The actors of one report; settles who each mention is, in reading order."""

    def settle(self, m: Mention, nodes: list[Node], i: int) -> None:
        """Second pass, in reading order: give the mention its ids, where they can be known."""
        if m.kind == "name" and (state := self._shortened(m, nodes, i)):
            m.kind, m.ids, m.name, m.country, m.country_basis = "state", (state,), self.pack.world.state_name(state), state, "listed"
        elif m.kind == "name":
            self._settle_name(m)
        elif m.kind == "person":
            pass
        elif m.kind == "office":
            after = nodes[i + 1] if i + 1 < len(nodes) else None
            if after and after.has("glue:sub:purpose") and after.has("glue:prepositions") and not m.country:
                return  # "the envoy for …": of whom or what is not read
            if not self.pack.spaced and not m.roles[0].country and not m.roles[0].body and _attributed(nodes, i):
                return  # "Western leaders": whose office it is stands before it, in no list
            if after and after.has("glue:definite") and (found := self._that(m.roles[0])):
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
            self._settle_pronoun(m, nodes, i)
            if not m.ids and m.of and m.nouns:
                self._settle_house(m, nodes, i)
        if m.kind == "person" and m.roles:
            self.unnamed.pop(self._office_word(m), None)
        if m.settled:
            for one in m.parts or (m,):
                self.add(one)
            if m.argument:
                self.recent.append((m, not _governed(nodes, i)))

    def _settle_name(self, m: Mention) -> None:
        full = self.names.known(m.name) if not m.roles or " " not in m.name else None
        name = full or m.name.lower()
        ident = self.names.ids.get(name) or self.misspelt(m)
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

    def _shortened(self, m: Mention, nodes: list[Node], i: int) -> str | None:
        """ "The North": the last word of the name of a state that the report has named."""
        if m.roles or not i or not nodes[i - 1].has("glue:definite"):
            return None
        if i + 1 < len(nodes) and nodes[i + 1].text in self.pack.data.glue.possessive_prepositions:
            return None  # "the North of"
        named = [s for s in self.pack.short_states.get(m.name, ()) if s in self.drafts]
        return named[0] if len(named) == 1 else None

    def misspelt(self, m: Mention) -> str | None:
        """The holder of the office that stands beside the name, where the name is one slip away from theirs."""
        for role in m.roles:
            person = holder(role, role.country, self.day, self.pack) if role.country else None
            for names in person.names.values() if person else ():
                if any(alike(m.name, n) or part_of(m.name, n) for n in names) and person:
                    return self.enter(person)
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
        if not self.pack.spaced and not role.country and not role.body and not role.institution:
            return  # many words for offices are everyday words too
        country = role.country or self._home(role.office) or (self.scene[0] if self.scene and not role.body else None)
        if not country and role.institution and (last := self.last("state")):
            country = last[0]
        if role.place:
            m.kind, m.ids, m.country, m.country_span = "person", (f"{role.place}-{slug_of(role)}",), role.country, role.country_span
            m.country_basis = "stated"
            return
        if country and country not in self.pack.world.unions and row.sector in _OF_STATE:
            m.kind, m.ids, m.name, m.country = "state", (country,), self.pack.world.state_name(country), country
            m.country_span = role.country_span or (self.scene[1] if self.scene else None)
            m.country_basis = "stated" if role.country else "scene"
            self.unnamed[self._last_word(m)] = country
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
            for m, _ in reversed(self.recent[-MEMORY:]):
                if m.kind == "person" and any(office.endswith(f"-{want}") for office in self._offices(m.ids[0])):
                    return m.ids[0]
        for m, _ in reversed(self.recent[-MEMORY:]):
            if m.kind == "person" and self._has_role(self.drafts[m.ids[0]], want, role.country):
                return m.ids[0]
        for ident, office, country, _ in self.ahead:
            if office == want and (not role.country or country == role.country):
                return ident
        posts = ((p.id, post) for p in self.people.values() for post in p.posts)
        known = {ident for ident, post in posts if post.office == want and post.state and post.state == role.country}
        return known.pop() if len(known) == 1 else None

    def _that(self, role: RoleFound) -> tuple[str, ...]:
        """ "That spokesman": whoever acted last, but rather somebody whom the report gives that very office."""
        found, want = self.last("person", role.country), slug_of(role)
        if found and self._has_role(self.drafts[found[0]], want, role.country):
            return found
        rows = (m.ids for m, _ in reversed(self.recent[-MEMORY:]) if m.kind == "person" and len(m.ids) == 1 and not self.hidden(m.span))
        return next((ids for ids in rows if self._has_role(self.drafts[ids[0]], want, role.country)), found)

    def _offices(self, ident: str) -> list[str]:
        """What the report and, for listed people, the world says that somebody is."""
        person = self.people.get(ident)
        listed = [post.office for post in person.posts] if person else []
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
        return self.enter(person)

    def _settle_institution(self, m: Mention, nodes: list[Node], i: int, last: tuple[str, Span] | None = None) -> None:
        home = self._home(m.entry.id) if m.entry else None
        where = self.named_institution(nodes, i) or last or ((home, m.span) if home else None) or self._acting() or self.scene or self.local
        if not where:
            return
        state, span = where
        m.kind, m.ids, m.country, m.country_span, m.country_basis = "state", (state,), state, span, "scene"
        m.name = self.pack.world.state_name(state)

    def _acting(self) -> tuple[str, Span] | None:
        """The state that acted last, where the state that most words point to has only been acted on."""
        acts = [m for m, subject in self.recent if subject and m.country]
        if not self.scene or not acts or any(m.country == self.scene[0] for m in acts):
            return None
        found = next((m for m in reversed(acts) if m.kind == "state" and len(m.ids) == 1), None)
        return (found.ids[0], found.span) if found else None

    def _settle_house(self, m: Mention, nodes: list[Node], i: int) -> None:
        """ "The agency", where no agency was named: that of the state which the report is about."""
        m.kind, m.entry = "institution", m.nouns[0]
        self._settle_institution(m, nodes, i, self.last_house())

    def _settle_group(self, m: Mention, nodes: list[Node], i: int) -> None:
        assert m.entry
        clitic = self.pack.data.glue.possessive_clitic
        owner = nodes[i - 2].mention if i >= 2 and nodes[i - 1].has("glue:coordinators") else None
        group = m.entry.id
        if owner and owner.country and clitic and nodes[i].text.endswith(clitic):
            m.ids, m.country, m.country_basis, m.country_span = (f"{owner.country.lower()}-{group}",), None, None, None
            m.name = group_name(group, owner.country, None, self.pack)[1]
        elif self.pack.grammar.definite == "before" and i and self._definite(nodes[i - 1]) and (same := self.same_group(group)):
            m.ids, m.name, m.country = same.ids, same.name, same.country
        elif self.scene:
            state, span = self.scene
            ident, m.name = group_name(group, state, None, self.pack)
            m.ids, m.country, m.country_basis, m.country_span = (ident,), state, "scene", span
        else:
            m.ids, m.name = (group,), group.replace("-", " ")
        m.kind = "group"

    def _definite(self, n: Node) -> bool:
        """ "The", or a phrase that ends so: "one of the"."""
        return n.has("glue:definite") or n.text.lower().rsplit(" ", 1)[-1] in self.pack.data.glue.definite

    def _settle_pronoun(self, m: Mention, nodes: list[Node], i: int) -> None:
        if m.entry is None:
            return
        if m.entry.kind == "organisation":
            m.ids = self.last_body(m.of, m.country) or self.last("state" if m.of == "state" else "organisation", country=m.country)
        elif m.name in ("speaker", "hearer"):
            return
        elif m.of in ("speaker", "counterpart"):
            self._settle_of(m)
        elif m.kind == "description" and m.number == 1 and (state := self.unnamed.get(self._last_word(m))):
            m.ids = (self.enter_state(state),)
        elif m.number == 1:
            m.ids = self.last(m.name)
        else:
            m.ids = self.several_here(m.name, _told_by(nodes, i)) if m.number == 0 else ()
            m.ids = m.ids or self.two_here(m.name) or self.pair(m.name, m.number)
            m.near = any(x.ids == m.ids for x, _ in self.recent[self.marks[-1] :])
        if m.ids and len(m.ids) == 1 and m.ids[0] in self.drafts:
            d = self.drafts[m.ids[0]]
            m.kind, m.name, m.country, m.country_basis = d.kind, d.name, d.country, d.country_basis

    def _office_word(self, m: Mention) -> str:
        """The word by which somebody with a name may be meant from now on."""
        return self.text[slice(*m.roles[-1].span)].lower().split(" ")[-1]

    def _last_word(self, m: Mention) -> str:
        words = self.text[slice(*m.span)].lower()
        return words.split()[-1] if self.pack.spaced else words[-3:]

    def _home(self, ident: str) -> str | None:
        """The state from whose capital a report is sent has the foreign ministry that it does not tell apart."""
        return self.home if ident.startswith("foreign-ministry") else None

    def _settle_of(self, m: Mention) -> None:
        owner = self.last("person")
        country = self.drafts[owner[0]].country if owner else None
        if m.of == "speaker" and country and m.name == "state":
            m.ids, m.kind = (self.enter_state(country),), "state"
        elif m.of == "speaker" and owner:
            m.ids = owner


def _attributed(nodes: list[Node], i: int) -> bool:
    """A noun in no list, or a region, stands fast before the mention."""
    before = nodes[i - 1] if i else None
    if before is None or before.end != nodes[i].start or not before.word or before.time:
        return False
    return bool(before.mention) or not before.kinds or before.has("place", "glue:genitive")


def _told_by(nodes: list[Node], i: int) -> bool:
    """The mention opens what a reporting word right before it tells: "said that they"."""
    k = i - 1
    while k > 0 and nodes[k].has("glue:complementizers"):
        k -= 1
    return k > 0 and nodes[k].has("cue")


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


def link(
    rows: list[list[Node]], text: str, pack: Pack, published: date | None, quote_of: Callable[[Span], Span | None], home: str | None = None
) -> Cast:
    """Settle all mentions of a report (rows of nodes, one a sentence) in place.

    `quote_of`: the quotation that words stand in. `home`: the state of its dateline.
    """
    c = Cast(pack, published)
    c.home = home
    c.text, c.quote_of = text, quote_of
    everyone = [(n.mention, k) for k, nodes in enumerate(rows) for n in nodes if n.mention]
    for m, _ in everyone:
        c.learn(m)
    c.scene = scene(rows, pack)
    c.ahead = [
        (c.names.ids.get(m.name.lower()) or (m.ids[0] if m.ids else c.misspelt(m) or slug(m.name)), slug_of(r), r.country, m.name)
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
        _they(nodes, joined)
    return c


def _they(nodes: list[Node], joined: list[Mention]) -> None:
    """ "A and B are at odds, as they": those named together at the front of the sentence, which are joined only now."""
    pair: Mention | None = None
    for i, n in enumerate(nodes):
        m = n.mention
        if m and m.argument and len(m.ids) > 1 and any(m is x for x in joined) and not _governed(nodes, i):
            pair = pair or m
        elif pair and m and m.entry and m.entry.kind == "pronoun" and m.number == 0 and m.name == "any" and not m.parts:
            m.ids = pair.ids
