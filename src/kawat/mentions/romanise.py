"""Latin ids of people in no list who have Chinese names: the same from characters, from Cyrillic and from Vietnamese.

Characters are read by pinyin, Cyrillic by Palladius' transcription, Vietnamese by the Sino-Vietnamese reading that is
commonest in names; the surname stands first and what follows is one word ("fang-xiaoming"), as the Latin form of such
names is usually written. The tables are `packs/world/names.toml`.
"""

from __future__ import annotations

import functools

from kawat.lexicon.match import fold
from kawat.packs import Pack, World
from kawat.slugs import slug


def latin_id(name: str, country: str | None, pack: Pack) -> str:
    """The id of a name in no list; `country`: the state of the office beside it."""
    world, name = pack.world, pack.fold(name)
    if any(c in _sounds(world) for c in name):
        return _from_han(name, country, pack) or slug(name)
    if country in world.names.chinese:
        words = fold(name).replace("ё", "е").split()
        for read in (_palladius, _sino_vietnamese):
            parts = [read(w, world) for w in words]
            if len(parts) > 1 and all(parts):
                return f"{parts[0]}-{''.join(p for p in parts[1:] if p)}"
    return slug(name)


@functools.lru_cache(maxsize=4)
def _sounds(world: World) -> dict[str, str]:
    return {c: syllable for syllable, row in world.names.pinyin.items() for c in row}


def _from_han(name: str, country: str | None, pack: Pack) -> str:
    """Surname and given name apart; of a name by sound its parts between the joints."""
    joints = pack.data.head.shapes.name_joints or "·"
    for c in joints:
        name = name.replace(c, " ")
    parts = name.split()
    if len(parts) == 1 and (country is None or country in pack.world.names.chinese):
        size = next((n for n in (2, 1) if name[:n] in pack.surnames), 0)
        if size and len(name) - size in (1, 2):
            parts = [name[:size], name[size:]]
    sounds = _sounds(pack.world)
    return slug(" ".join("".join(sounds.get(c, c) for c in part) for part in parts))


def _palladius(word: str, world: World) -> str:
    """A Cyrillic word as the syllables it is written with, longest first; empty where it is none."""
    table = world.names.palladius
    if not word:
        return ""
    for size in range(min(6, len(word)), 0, -1):
        sound = table.get(word[:size])
        if sound and size == len(word):
            return sound
        if sound and (rest := _palladius(word[size:].removeprefix("ъ"), world)):
            return sound + rest
    return ""


def _sino_vietnamese(word: str, world: World) -> str:
    return world.names.sino_vietnamese.get(word, "")
