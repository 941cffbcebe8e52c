"""Who speaks: the mention beside a cue, or the one who spoke before."""

from __future__ import annotations

from kawat.documents.sentences import Document
from kawat.mentions.link import Cast
from kawat.mentions.mention import Mention
from kawat.records import Span

_MEMORY = 6  # sentences over which a quotation without a cue still belongs to the last speaker


class Speakers:
    """The thread of speakers through a report."""

    def __init__(self, cast: Cast, doc: Document) -> None:
        self.cast = cast
        self.doc = doc
        self.last: tuple[str, ...] = ()
        self.last_at = -99
        self.source: Span | None = None  # the words that name the last speaker
        self.at = 0

    def enter(self, sentence: int) -> None:
        """Reading has come to a sentence."""
        self.at = sentence

    def ids(self, m: Mention) -> tuple[str, ...]:
        """Actor ids of a speaker; a name in no list becomes an actor by speaking."""
        if m.kind == "name":
            self.cast.adopt(m, speaks=True)
        if m.kind == "description" and m.name == "speaker":
            return self.last or self.implicit()  # "the statement": of whoever spoke last
        plural = m.entry is not None and m.entry.kind == "pronoun" and m.number != 1
        return self.last if plural and not m.near and self.last and self.at - self.last_at <= 2 else m.ids

    def said(self, ids: tuple[str, ...], sentence: int, source: Span | None = None) -> None:
        """Remember who spoke, and the words that name them."""
        self.last, self.last_at, self.source = ids, sentence, source

    def implicit(self) -> tuple[str, ...]:
        """The speaker of a cue that names none ("katanya"): the last speaker, or a person named since."""
        focus = self.cast.focus_before(self.at, "person", self._quoted)
        body = self.cast.focus_before(self.at, "side", self._quoted)
        if body and body[1] == self.at - 1 and (focus is None or focus[1] < body[1]) and body[1] > self.last_at:
            return (body[0],)
        if focus and focus[1] > self.last_at:
            return (focus[0],)
        return self.last or ((focus[0],) if focus else ())

    def _quoted(self, span: Span) -> bool:
        return self.doc.quote_of(span) is not None

    def going_on(self, sentence: int) -> tuple[str, ...]:
        """The speaker of a quotation that goes on without a cue."""
        return self.last if sentence - self.last_at <= _MEMORY else ()
