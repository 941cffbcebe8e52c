"""Where a report has its words from: outlets, agencies, authorities and links that it names."""

from __future__ import annotations

import re

from kawat.clauses.predicates import Domain
from kawat.documents.sentences import Document
from kawat.lexicon.match import scan
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.mentions.nouns import adjective
from kawat.packs import Pack
from kawat.records import Provenance, Span

_URL = re.compile(r"https?://(?:www\.)?([^/\s\"'<>]+)[^\s\"'<>]*")

_NAMED = re.compile(r"^[^:：]{1,30}[:：]\s*(\w[^:：;；,，\n]{1,60}?)[\s.。)）]*$")


def find_provenance(doc: Document, parsed: list[list[Domain]], pack: Pack) -> tuple[list[Provenance], dict[int, str]]:
    """Provenance records in reading order, and for each sentence the outlet that carried its words."""
    found: dict[tuple[str, str], Provenance] = {}
    via: dict[int, str] = {}
    for sentence, domains in zip(doc.sentences, parsed, strict=True):
        for d in domains[:1]:
            for k, node in enumerate(d.nodes):
                for m in _cited(node, d, k, pack):
                    ident, rule, name = m.ids[0] if m.ids else None, m.entry.rule if m.entry else "grammar:source", m.label or m.name
                    if m.kind == "media" and ident:
                        via.setdefault(sentence.number, ident)
                    found.setdefault((name, "cites"), Provenance(name=name, relation="cites", outlet=ident, span=m.span, rule=rule))
    for p in _pieces(doc, pack):
        found.setdefault((p.name, p.relation), p)
    return sorted(found.values(), key=lambda p: p.span or Span(0, 0)), via


def _cited(node: Node, d: Domain, k: int, pack: Pack) -> list[Mention]:
    """The sources that a node names."""
    m = node.mention
    if m is None or m.kind not in ("media", "group", "organisation", "state", "name", "institution", "plain-group"):
        return []
    return (m.parts or [m]) if _named_source(d, k, m, pack) else []


def _named_source(d: Domain, k: int, m: Mention, pack: Pack) -> bool:
    """Behind "according to", before "reported", told something, or the maker of a poll."""
    first = _first(d.nodes, k, m, pack)
    before = d.nodes[first - 1] if first else None
    if m.kind == "media" and (_carries(d, k, m) or (before and before.has("via:before")) or _told(d.nodes, first, m, pack)):
        return True
    if m.kind in ("media", "organisation", "name") and _of_survey(d.nodes, first, k, m, pack):
        return True
    adposition = before and any(e.kind == "cue" and pack.data.cues[e.ref].kind == "adposition" for e in before.entries)
    body = m.kind == "organisation" and not _stands_in(m) and _whole(d.nodes, k)
    official = bool(m.nouns and m.country) and not (m.kind == "group" and m.country_basis == "scene")
    return bool(adposition and (m.kind == "media" or official or body))


def _stands_in(m: Mention) -> bool:
    """ "According to the company" names none."""
    return m.entry is not None and m.entry.kind in ("organisation", "pronoun", "description")


def _whole(nodes: list[Node], k: int) -> bool:
    """Nothing behind belongs to it: "according to the UN", not "according to UN rules"."""
    return k + 1 == len(nodes) or not (nodes[k + 1].word or nodes[k + 1].has("glue:genitive"))


def _first(nodes: list[Node], k: int, m: Mention, pack: Pack) -> int:
    """Where the words begin that only tell what the source is: "Israel's independent daily NAME"."""
    while k and (_describes(nodes, k, m, pack) or _owner(nodes, k, pack)):
        k -= 1
    return k


def _describes(nodes: list[Node], k: int, m: Mention, pack: Pack) -> bool:
    n = nodes[k - 1]
    if n.has("introducer", "glue:articles", "glue:genitive") or (m.kind == "media" and n.time) or adjective(n):
        return True
    plain = n.word and n.text[0].islower() and not n.entries and not n.mention and not n.verb
    return plain and pack.grammar.word_class == "position" and k > 1 and nodes[k - 2].has("glue:articles", "glue:genitive")


def _owner(nodes: list[Node], k: int, pack: Pack) -> bool:
    """A state before what it owns."""
    m = nodes[k - 1].mention
    if m is None or m.kind != "state" or m.nouns:
        return False
    return nodes[k].has("introducer") if pack.lexicon else pack.spaced and pack.grammar.possessor == "before"


def _carries(d: Domain, k: int, m: Mention) -> bool:
    """It reported or wrote. The press without a name does not by publishing something."""
    after = next((n for n in d.nodes[k + 1 : k + 4] if not n.has("glue:adverbs")), None)
    verbs = [after] if after else []
    verbs += [p.node for p in d.predicates if p.subject is m]
    nameless = m.entry is not None and m.entry.kind == "media"
    return any(n.has("via:after") or (not nameless and n.has("via:published")) for n in verbs)


def _told(nodes: list[Node], first: int, m: Mention, pack: Pack) -> bool:
    """A named outlet to which something is said, or by which somebody is quoted."""
    if not first or (m.entry and m.entry.kind == "media"):
        return False
    quoted = first > 1 and nodes[first - 1].has("glue:passive_agent") and nodes[first - 2].has("cue")
    if quoted and pack.grammar.adjuncts == "behind":
        return True
    if _printed(nodes, first):
        return True
    addressee = pack.data.glue.addressee
    if pack.grammar.word_class in ("form", "listed") and nodes[first - 1].text.lower() in addressee:
        return True
    if not pack.lexicon or nodes[first - 1].has("glue:prepositions"):
        return False
    to = "case:dative" in addressee and any(t[2:] == "d" for t in m.tags)
    return to and any(n.verb and n.has("cue") for n in nodes[max(0, first - _NEAR) : first])


def _printed(nodes: list[Node], first: int) -> bool:
    """ "Published on Sunday in NAME"."""
    at = first - 2
    while at > 0 and (nodes[at].time or (nodes[at + 1].time and nodes[at].has("glue:prepositions"))):
        at -= 1
    return at >= 0 and nodes[first - 1].has("glue:prepositions", "glue:passive_agent") and nodes[at].has("via:published")


_NEAR = 4  # nodes between what is said and whom it is said to


def _of_survey(nodes: list[Node], first: int, k: int, m: Mention, pack: Pack) -> bool:
    """A poll of NAME, or one made by NAME."""
    at = first - 1
    if at >= 0 and nodes[at].has("glue:surveys"):
        return True
    behind = nodes[max(0, at - 8) : at + 1]
    if at >= 0 and nodes[at].has("glue:passive_agent"):
        return any(n.has("glue:surveys") for n in behind)
    if any(t[2:] == "i" for t in m.tags):
        made = next((j for j, n in enumerate(behind) if n.tags and all(t[0] in "PT" for t in n.tags)), 0)
        return any(n.has("glue:surveys") for n in behind[:made])
    return _owns_survey(nodes, k, pack)


_AHEAD = 6  # nodes between a source and its survey


def _owns_survey(nodes: list[Node], k: int, pack: Pack) -> bool:
    """ "NAME's poll", "a NAME poll", "the poll that NAME made": where owners and relative clauses stand before."""
    ahead = nodes[k + 1 : k + 1 + _AHEAD]
    stop = next((j for j, n in enumerate(ahead) if n.has("glue:surveys") or n.mention or not n.word), len(ahead))
    if stop == len(ahead) or not ahead[stop].has("glue:surveys"):
        return False
    beside = not stop and pack.grammar.possessor == "before" and pack.spaced
    return beside or any(n.has("glue:genitive", "glue:light", "via:after", "via:published") for n in ahead[:stop])


def _pieces(doc: Document, pack: Pack) -> list[Provenance]:
    out: list[Provenance] = []
    for piece in doc.pieces:
        text = doc.text[slice(*piece.span)]
        if piece.kind == "source_line":
            translated = text.startswith(tuple(pack.data.furniture.translated) or ("\0",))
            out += _source_line(text, piece.span, "translates" if translated else "republishes", pack)
        elif piece.kind in ("photo_credit", "caption"):
            out += _agencies(text, piece.span, pack, "photo")
        elif piece.kind == "dateline":
            out += _agencies(text, piece.span, pack, "republishes")
    return out


def _source_line(text: str, span: Span, relation: str, pack: Pack) -> list[Provenance]:
    url = _URL.search(text)
    if not url:
        return _agencies(text, span, pack, relation) or _unlisted(text, span, relation)
    host = url[1].lower()
    row = next((o for d in _parents(host) if (o := pack.world.outlet(d))), None)
    tld = host.rsplit(".", 1)[-1]
    state = next((s for s in pack.world.states if s.domain == tld), None)
    language = row.language[0] if row and row.language else state.language[0] if state and state.language else None
    at = Span(span.start + url.start(), span.start + url.end())
    return [Provenance(name=host, relation=relation, outlet=row.id if row else None, language=language, url=url[0],
                       span=at, rule=f"world/outlets:{row.id}" if row else "grammar:source-line")]  # fmt: skip


def _unlisted(text: str, span: Span, relation: str) -> list[Provenance]:
    """ "Source: NAME" with an outlet in no list."""
    found = _NAMED.search(text)
    if not found:
        return []
    at = Span(span.start + found.start(1), span.start + found.end(1))
    return [Provenance(name=found[1], relation=relation, span=at, rule="grammar:source-line")]


def _parents(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[k:]) for k in range(len(parts) - 1)]


def _agencies(text: str, span: Span, pack: Pack, relation: str) -> list[Provenance]:
    """Listed outlets named in a credit, dateline or source line."""
    out: list[Provenance] = []
    at = -1
    for start, hits in sorted(scan(text, pack).items()):
        for hit in hits[:1]:
            entry = next((e for e in hit.entries if e.kind == "outlet"), None)
            if entry and start >= at:
                o = pack.world.outlets[entry.ref]
                at = hit.end
                out.append(
                    Provenance(
                        name=o.name, relation=relation, outlet=o.id, span=Span(span.start + start, span.start + hit.end), rule=entry.rule
                    )
                )
    return out
