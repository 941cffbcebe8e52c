"""Who speaks: the mention beside a cue, or the one who spoke before."""

from __future__ import annotations

from kawat.mentions.link import Cast
from kawat.mentions.mention import Mention
from kawat.packs import Pack

_MEMORY = 6  # sentences over which a quotation without a cue still belongs to the last speaker


class Speakers:
    """The thread of speakers through a report."""

    def __init__(self, cast: Cast, pack: Pack) -> None:
        self.cast = cast
        self.pack = pack
        self.last: tuple[str, ...] = ()
        self.last_at = -99
        self.at = 0

    def enter(self, sentence: int) -> None:
        """Reading has come to a sentence."""
        self.at = sentence

    def ids(self, m: Mention) -> tuple[str, ...]:
        """Actor ids of a speaker; a name in no list becomes an actor by speaking."""
        if m.kind == "name":
            self.cast.adopt(m)
        return m.ids

    def said(self, ids: tuple[str, ...], sentence: int) -> None:
        """Remember who spoke."""
        self.last, self.last_at = ids, sentence

    def implicit(self) -> tuple[str, ...]:
        """The speaker of a cue that names none ("katanya"): the last speaker, or a person named since."""
        focus = self.cast.focus_before(self.at)
        if focus and focus[1] > self.last_at:
            return (focus[0],)
        return self.last or ((focus[0],) if focus else ())

    def going_on(self, sentence: int) -> tuple[str, ...]:
        """The speaker of a quotation that goes on without a cue."""
        return self.last if sentence - self.last_at <= _MEMORY else ()
