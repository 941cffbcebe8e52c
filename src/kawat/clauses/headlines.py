"""What only headlines do: "A to visit B" tells what is planned."""

from __future__ import annotations

from kawat.clauses.predicates import Domain, Predicate


def look_ahead(d: Domain, infinitive: list[str]) -> None:
    """An infinitive right behind a name at the front, with no verb before it, is the main verb and lies ahead. `infinitive`: its marks."""
    p = next((p for p in d.predicates if p.node.verb), None)
    if p is None or p.opener != "purpose" or p.parent is not None or p.border != p.index - 1 or not p.border:
        return
    before = d.nodes[: p.border]
    subject = before[-1].mention
    if subject is None or not subject.argument or d.nodes[p.border].text not in infinitive:
        return
    if all(n.mention or n.has("glue:articles") for n in before) and _acts(p, len(subject.ids)):
        p.subject, p.opener, p.modality = subject, "main", p.modality | {"planned"}


def _acts(p: Predicate, doers: int) -> bool:
    """It has an object, or several do it together; "A to blame" tells what A has done."""
    return bool(p.objects) or doers > 1 or " " in p.node.text
