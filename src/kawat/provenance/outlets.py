"""Where a report has its words from: outlets, agencies, authorities and links that it names."""

from __future__ import annotations

import re

from kawat.clauses.predicates import Domain
from kawat.documents.sentences import Document
from kawat.lexicon.match import scan
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
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
    """Behind "according to", before "reported", or told something."""
    nodes = d.nodes
    k_noun = k - 1 if k and nodes[k - 1].has("introducer") else k
    while k_noun and (nodes[k_noun - 1].has("glue:articles", "glue:genitive") or (m.kind == "media" and nodes[k_noun - 1].time)):
        k_noun -= 1
    before = nodes[k_noun - 1] if k_noun else None
    if m.kind == "media":
        told = (
            before is not None
            and not (m.entry and m.entry.kind == "media")
            and pack.grammar.word_class in ("form", "listed")
            and before.text.lower() in pack.data.glue.addressee
        )
        if before and (told or before.has("via:before")):
            return True
        after = next((n for n in nodes[k + 1 : k + 4] if not n.has("glue:adverbs")), None)
        if after and after.has("via:after"):
            return True
    if m.kind in ("media", "organisation") and _of_survey(d, k_noun):
        return True
    adposition = before and any(e.kind == "cue" and pack.data.cues[e.ref].kind == "adposition" for e in before.entries)
    return bool(adposition and (m.kind == "media" or (m.kind in ("group", "organisation", "state") and m.nouns and m.country)))


def _of_survey(d: Domain, k: int) -> bool:
    """A poll of NAME, or one made by NAME."""
    nodes = d.nodes
    at = k - 1
    if at >= 0 and nodes[at].has("introducer"):
        at -= 1
    if at >= 0 and nodes[at].has("glue:passive_agent"):
        return any(n.has("glue:surveys") for n in nodes[max(0, at - 8) : at])
    return (at >= 0 and nodes[at].has("glue:surveys")) or _owns_survey(nodes, k)


_AHEAD = 6  # nodes between a source and its survey


def _owns_survey(nodes: list[Node], k: int) -> bool:
    """ "NAME's poll", "the poll that NAME made": where owners and relative clauses stand before."""
    ahead = nodes[k + 1 : k + 1 + _AHEAD]
    stop = next((j for j, n in enumerate(ahead) if n.has("glue:surveys") or n.mention or not n.word), len(ahead))
    return (
        stop < len(ahead)
        and ahead[stop].has("glue:surveys")
        and any(n.has("glue:genitive", "glue:light", "via:after") for n in ahead[:stop])
    )


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
