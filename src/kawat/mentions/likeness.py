"""When two spellings are one name."""

from __future__ import annotations

from kawat.lexicon.world import Person


class Names:
    """The full names of one report. `ids`: name in lower case -> id of the listed person, "" where the name is in no list."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self._by_word: dict[str, list[str]] = {}  # word of a name -> the names that hold it
        self._known: dict[str, str | None] = {}

    def hear(self, name: str) -> None:
        """Remember a name in no list."""
        if name.lower() not in self.ids:
            self._add(name, "")

    def know(self, person: Person) -> None:
        """Remember all spellings of a listed person."""
        for n in (n for names in person.names.values() for n in names):
            if n.lower() not in self.ids:
                self._add(n, person.id)

    def _add(self, name: str, ident: str) -> None:
        self.ids[name.lower()] = ident
        self._by_word, self._known = {}, {}

    def known(self, name: str) -> str | None:
        """The full name that `name` is part of (or a slip of one letter away from)."""
        if name not in self._known:
            self._known[name] = self._look_up(name.lower().split())
        return self._known[name]

    def _look_up(self, parts: list[str]) -> str | None:
        if not self._by_word:
            for full in self.ids:
                for word in set(full.split()):
                    self._by_word.setdefault(word, []).append(full)
        whole = [f for f in self._by_word.get(parts[0], ()) if _holds(f.split(), parts)] if parts else []
        if whole:
            return max(whole, key=len)
        if len(parts) == 1 and len(parts[0]) >= 6:
            last = (w for w in self._by_word if one_slip(w, parts[0]))
            return next((f for w in last for f in self._by_word[w] if " " in f and f.split()[-1] == w), None)
        return None


def alike(a: str, b: str) -> bool:
    """True where two names have the same number of words and differ by one slip in all."""
    x, y = a.lower().split(), b.lower().split()
    return (
        len(x) == len(y) > 1
        and sum(v != w for v, w in zip(x, y, strict=True)) == 1
        and all(one_slip(v, w) for v, w in zip(x, y, strict=True))
    )


def one_slip(a: str, b: str) -> bool:
    """True where one letter added, dropped or changed makes `b` of `a`."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    k = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[k + 1 :] == b[k + 1 :] or a[k:] == b[k + 1 :] or a[k + 1 :] == b[k:]


def part_of(name: str, full: str) -> bool:
    """True where the full name holds all words of `name`: "Marcos Jr." of "Ferdinand Marcos Jr."."""
    words = {w.strip(".") for w in name.lower().split()}
    return words < {w.strip(".") for w in full.lower().split()}


def _holds(words: list[str], part: list[str]) -> bool:
    """True where `part` stands in `words` as a run, and is not all of it."""
    return len(words) > len(part) and any(words[k : k + len(part)] == part for k in range(len(words) - len(part) + 1))
