"""Standing relations that a report names: partnerships, treaties, mechanisms, policies, diplomatic ties."""

from __future__ import annotations

from datetime import date

import msgspec

from kawat.clauses.predicates import Domain
from kawat.documents.quotes import Quote
from kawat.documents.sentences import Sentence
from kawat.events.context import Context, asserted_by
from kawat.lexicon.compile import Entry
from kawat.lexicon.match import Hit
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.mentions.time_words import anniversaries
from kawat.records import Relation, Span, When
from kawat.span import cover

# Kinds of the world's list of named relations -> kinds of the record.
_KIND = {"consultation": "mechanism", "initiative": "mechanism"}
_REACH = 3  # code points between a noun and the name in quotation marks behind it


def find_relations(ctx: Context, parsed: list[list[Domain]], mechanisms: list[Hit]) -> list[Relation]:
    """Relations in reading order; a relation named twice keeps both places as evidence. `mechanisms`: hits of listed ones."""
    found: list[Relation] = []
    for sentence, domains in zip(ctx.doc.sentences, parsed, strict=True):
        listed = [h for h in mechanisms if sentence.span.start <= h.start < sentence.span.end]
        found += [_listed(ctx, sentence, h) for h in listed]
        for d in domains:
            for k, node in enumerate(d.nodes):
                if "relation" not in node.kinds:
                    continue
                inside = any(h.start <= node.start and node.end <= h.end for h in listed)
                made = None if inside else _noun(ctx, sentence, d, k)
                if made:
                    found.append(made)
    out: dict[tuple[str, str, tuple[str, ...]], Relation] = {}
    for r in sorted(found, key=lambda r: r.evidence[0]):
        key = r.kind, r.name, r.parties
        out[key] = _both(out[key], r) if key in out else r
    return list(out.values())


def _both(a: Relation, b: Relation) -> Relation:
    return msgspec.structs.replace(a, evidence=(*a.evidence, *b.evidence), since=a.since or b.since)


def _listed(ctx: Context, sentence: Sentence, hit: Hit) -> Relation:
    entry, span = hit.entries[0], Span(hit.start, hit.end)
    row = ctx.pack.world.mechanisms[entry.ref]
    name = next(iter(row.names.get("en", [ctx.doc.text[slice(*span)]])))
    return Relation(
        kind=_KIND.get(row.kind, row.kind), name=name, parties=tuple(row.parties),
        asserted_by=asserted_by(ctx, sentence, span) or "narrator", evidence=(span,), rule=entry.rule,
    )  # fmt: skip


def _noun(ctx: Context, sentence: Sentence, d: Domain, k: int) -> Relation | None:
    node = d.nodes[k]
    entry = node.entry("relation")
    if not entry:
        return None
    row = ctx.pack.data.relations[entry.ref]
    by = asserted_by(ctx, sentence, node.span) or "narrator"
    if row.quoted:
        quote = next((q for q in ctx.doc.quotes_in(Span(node.end, node.end + _REACH + 1)) if 0 <= q.outer.start - node.end <= _REACH), None)
        return _quoted(ctx, d, node, quote, entry, by) if quote else None
    party = _parties(d, k)
    if party is None:
        return None
    span = cover([node.span, party.span])
    name = ctx.doc.text[slice(*span)] if party.span.start >= node.end and party.span.start - node.end <= _REACH else node.text
    return Relation(kind=row.kind, name=name, parties=tuple(sorted(ctx.cast.lifted(party.ids))), asserted_by=by,
                    since=_since(ctx, sentence, node), evidence=(span,), rule=entry.rule)  # fmt: skip


def _quoted(ctx: Context, d: Domain, node: Node, quote: Quote, entry: Entry, by: str) -> Relation:
    after = [n.mention for n in d.nodes if n.start >= quote.outer.end and n.mention and n.mention.settled]
    owner = [i for m in after[-1:] for i in m.ids]
    return Relation(kind=entry.id, name=ctx.doc.text[slice(*quote.inner)], parties=tuple(owner), asserted_by=by,
                    evidence=(Span(node.start, quote.outer.end),), rule=entry.rule)  # fmt: skip


def _parties(d: Domain, k: int) -> Mention | None:
    """A mention of two or more parties right behind the noun or, failing that, the nearest one in the clause."""
    plural = [(abs(j - k), n.mention) for j, n in enumerate(d.nodes) if n.mention and len(n.mention.ids) > 1 and abs(j - k) <= 6]
    return min(plural, key=lambda x: x[0])[1] if plural else None


def _since(ctx: Context, sentence: Sentence, node: Node) -> When | None:
    """An anniversary in the same sentence dates the relation from that many years before publication."""
    if not ctx.published:
        return None
    rows = anniversaries(ctx.doc.text, sentence.span, ctx.pack)
    before = [(span, years) for span, years in rows if span.end <= node.start]
    if not before:
        return None
    span, years = before[-1]
    start = date(ctx.published.year - years, 1, 1)
    return When(start=start.isoformat(), end=None, precision="year", basis="resolved", span=span)
