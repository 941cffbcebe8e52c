"""Names written in another script by sound, and names behind a title, in scripts without spaces or capitals.

Found over the whole text before it is cut into nodes: a chain of name characters with a joint between ("A·B·C") is a name wherever it
stands; without one a run of them, or a surname with one or two characters, is a name behind a title. Later parts of the report
may use the last part alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass

from kawat.lexicon.match import Hit
from kawat.packs import Pack

_LATIN = re.compile(r"\s*\(\s*([A-Z][\w.'’ -]+?)\s*[,)]")
_LONGEST = 6  # characters of one part of a name
_GIVEN = (2, 3, 4)  # characters of a surname with what follows it
_NOT_IN_NAMES = frozenset({"state", "office", "body", "institution", "group", "place"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name from `start` to `end`, with what the text gives of its Latin spelling; `full`: the name that it stands for."""

    start: int
    end: int
    full: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    joined: re.Pattern[str]
    run: re.Pattern[str]
    joints: frozenset[str]
    surnames: tuple[str, ...]


@functools.lru_cache(maxsize=16)
def _shapes(pack: Pack) -> _Shapes | None:
    shapes = pack.data.head.shapes
    if not shapes.name_characters:
        return None
    chars, joints = f"[{re.escape(shapes.name_characters)}]", f"[{re.escape(shapes.name_joints)}]"
    more = f"[{re.escape(shapes.name_characters + shapes.name_characters_joined)}]"
    latin = r"[A-Z]\.?|[A-Z][a-z]+"
    last = f"(?:{chars}|{more}(?={more}?{chars}))"
    joined = rf"{more}{{1,9}}(?:{joints}(?:{more}{{1,9}}|{latin})(?={joints}))*{joints}(?:{last}{{1,9}}|{latin})"
    return _Shapes(
        re.compile(joined), re.compile(rf"{chars}{{2,{_LONGEST}}}"), frozenset(shapes.name_joints),
        tuple(sorted(shapes.surnames, key=len, reverse=True)),
    )  # fmt: skip


def find_names(text: str, hits: dict[int, list[Hit]], pack: Pack, days: Collection[int] = ()) -> dict[int, Named]:
    """Unlisted names by start offset. `days`: where time words begin, at which a name behind a title ends."""
    s = _shapes(pack)
    if s is None:
        return {}
    found: dict[int, Named] = {}
    full: dict[str, str] = {}
    for m in s.joined.finditer(text):
        start, end = _without_title(m.start(), m.end(), text, hits, s), _without_act(m.start(), m.end(), text, hits, s)
        if _person(hits, start, end):
            _remember(full, text[start:end], text[start:end], s)
        else:
            _keep(found, full, start, end, text, s)
    for row in hits.values():
        if row and "office" in row[0].kinds:
            start = row[0].end
            end = _behind_title(text, start, hits, s, days)
            if end and not _person(hits, start, end) and start not in found:
                _keep(found, full, start, end, text, s)
    _again(found, full, text, hits)
    return found


def _keep(found: dict[int, Named], full: dict[str, str], start: int, end: int, text: str, s: _Shapes) -> None:
    name = text[start:end]
    latin = _LATIN.match(text, end)
    whole = latin[1] if latin else full.get(name, name)
    found[start] = Named(start, end + (latin.end() - end if latin and text[latin.end() - 1] == ")" else 0), whole)
    _remember(full, name, whole, s)


def _remember(full: dict[str, str], name: str, whole: str, s: _Shapes) -> None:
    """A name and its last parts stand for the whole name from now on."""
    full.setdefault(name, whole)
    for k, c in enumerate(name):
        if c in s.joints and len(name) - k > 2:
            full.setdefault(name[k + 1 :], whole)


def _person(hits: dict[int, list[Hit]], start: int, end: int) -> bool:
    """A list has the person who is named here."""
    return any("person" in h.kinds and h.end >= end for h in hits.get(start, ()))


def _without_title(start: int, end: int, text: str, hits: dict[int, list[Hit]], s: _Shapes) -> int:
    """Where the name begins, if the run of name characters begins with a listed state or office, or with the end of one."""
    first = next((k for k in range(start, end) if text[k] in s.joints), end)
    for at in range(max(start - _LONGEST, 0), start + 1):
        last = first - 2 if at == start else first - 1
        for h in hits.get(at, ()):
            if start < h.end <= last and h.end - at > 1 and not h.kinds.isdisjoint(_NOT_IN_NAMES):
                return h.end
    return start


def _without_act(start: int, end: int, text: str, hits: dict[int, list[Hit]], s: _Shapes) -> int:
    """Where the name ends, if a listed form that goes on behind the run of name characters begins in its last part."""
    last = max(k for k in range(start, end) if text[k] in s.joints) + 1
    return next((k for k in range(last + 1, end) if any(h.end > end and h.end - k > 1 for h in hits.get(k, ()))), end)


def _behind_title(text: str, start: int, hits: dict[int, list[Hit]], s: _Shapes, days: Collection[int]) -> int:
    """Where a name behind a title ends; 0 where none stands there."""
    last = next((k for k in range(start, start + _LONGEST) if k in days), start + _LONGEST)
    if any(h.end - h.start > 1 and "person" not in h.kinds for h in hits.get(start, ())):
        return 0
    run = s.run.match(text, start, last)
    if run and (run.end() in days or _border(text, run.end(), hits)):
        return run.end()
    if text.startswith(s.surnames, start) and not _small_word_and_act(start, hits):
        for size in _GIVEN:
            end = start + size
            if end > min(last, len(text)) or not text[start:end].isalpha() or text[end - 1].isascii():
                return 0
            if end in days or _border(text, end, hits):
                return end
    return 0


def _small_word_and_act(start: int, hits: dict[int, list[Hit]]) -> bool:
    """ "The official once phoned": a small word that is a family name too, with a listed act behind it."""
    small = any(h.end == start + 1 and "glue:adverbs" in h.kinds for h in hits.get(start, ()))
    return small and any(h.end - h.start > 1 and not h.kinds.isdisjoint(("trigger", "cue")) for h in hits.get(start + 1, ()))


def _border(text: str, at: int, hits: dict[int, list[Hit]]) -> bool:
    """A listed form, a number, a mark or the end stands here."""
    return at >= len(text) or at in hits or not text[at].isalpha() or text[at].isascii()


def _again(found: dict[int, Named], full: dict[str, str], text: str, hits: dict[int, list[Hit]]) -> None:
    """The names and their last parts wherever else they stand."""
    if not full:
        return
    inside = {k for n in found.values() for k in range(n.start, n.end)}
    pattern = re.compile("|".join(re.escape(n) for n in sorted(full, key=len, reverse=True)))
    for m in pattern.finditer(text):
        if m.start() not in inside and not any(
            h.end > m.end() or (h.end == m.end() and "person" in h.kinds) for h in hits.get(m.start(), ())
        ):
            found[m.start()] = Named(m.start(), m.end(), full[m[0]])
