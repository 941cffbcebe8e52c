"""Records as short lines that a person can read and compare."""

from __future__ import annotations

from kawat.faces.view import Lines, day
from kawat.records import Reading


def lines_of(reading: Reading) -> list[str]:
    """One line a record: line of the text, kind, fields in a fixed order."""
    text = reading.report.text
    at = Lines(text)
    rows = [(p.span.start, f"piece {p.kind}") for p in reading.report.pieces]
    for s in reading.statements:
        cue = f' cue="{text[slice(*s.cue)]}"' if s.cue else ""
        extra = (f" to={s.to}" if s.to else "") + (f" via={s.via}" if s.via else "")
        rows.append((s.content[0].start, f"statement {s.kind} speaker={s.speaker}{cue}{extra}"))
    for e in reading.events:
        whom = f" -> {'+'.join(e.recipients)}" if e.recipients else ""
        when = f" {day(e.date)} ({e.date.basis})" if e.date else ""
        says = f" says={e.asserted_by}" if e.asserted_by != "narrator" else ""
        where = f" at={e.place}" if e.place else ""
        rows.append(
            (e.trigger.start, f'event {e.type} {"+".join(e.actors)}{whom} {e.status}{when}{where}{says} "{text[slice(*e.trigger)]}"')
        )
    for r in reading.relations:
        since = f" since={day(r.since)}" if r.since else ""
        rows.append((r.evidence[0].start, f'relation {r.kind} {"+".join(r.parties)}{since} "{r.name}"'))
    for v in reading.provenance:
        rows.append((v.span.start if v.span else 0, f"provenance {v.relation} {v.name}"))
    body = [f"{at.of(start):>2} {row}" for start, row in sorted(rows)]
    people = [a for a in reading.actors if a.kind == "person"]
    tail = [
        f"actor {a.id} {a.country or '?'}{' ' + ', '.join(sorted({r.office or '?' for r in a.roles})) if a.roles else ''}" for a in people
    ]
    return body + sorted(tail)
