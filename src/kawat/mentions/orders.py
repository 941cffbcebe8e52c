"""The orders in which a language puts office, state and name: a small grammar from offices.toml, matched over nodes.

Orders are rows of symbols: elements (OFFICE, STATE, BODY, NAME, MOD, AGE, N), literal words and marks, names of parts,
"[X]" for what may be missing. They are run as an automaton whose states are made when a text first needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Row = tuple[str, ...]


class State:
    """What may still follow: rows whose first symbol is an element or a word. `final`: an order may end here."""

    __slots__ = ("final", "next", "rows")

    def __init__(self, rows: frozenset[Row]) -> None:
        self.rows = rows
        self.final = () in rows
        self.next: dict[str, State | None] = {}


class Orders:
    """The compiled orders of a pack. `words`: the literals that they hold."""

    def __init__(self, orders: Sequence[str], parts: dict[str, list[str]]) -> None:
        self._parts = {name: [tuple(r.split()) for r in rows] for name, rows in parts.items()}
        self._states: dict[frozenset[Row], State] = {}
        rows = [tuple(o.split()) for o in orders]
        symbols = {s.strip("[]") for r in [*rows, *(x for p in self._parts.values() for x in p)] for s in r}
        self.words = frozenset(symbols - set(self._parts))
        self.start = self._state(rows)

    def fitting(self, symbols: Sequence[tuple[str, ...]], i: int) -> Iterator[Row]:
        """All orders that fit from place `i` on, each as the symbol that every place takes. `symbols`: what each place can be."""
        return self._walk(symbols, i, self.start, ())

    def _walk(self, symbols: Sequence[tuple[str, ...]], k: int, state: State, row: Row) -> Iterator[Row]:
        if state.final:
            yield row
        if k < len(symbols):
            for s in symbols[k]:
                after = self._step(state, s)
                if after:
                    yield from self._walk(symbols, k + 1, after, (*row, s))

    def _step(self, state: State, symbol: str) -> State | None:
        if symbol not in state.next:
            rest = [r[1:] for r in state.rows if r and r[0] == symbol]
            state.next[symbol] = self._state(rest) if rest else None
        return state.next[symbol]

    def _state(self, rows: Sequence[Row]) -> State:
        key = frozenset(self._opened(rows))
        return self._states.setdefault(key, State(key))

    def _opened(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Rows with their optional and part symbols at the front replaced by what they stand for."""
        todo = list(rows)
        while todo:
            row = todo.pop()
            if row and row[0].startswith("["):
                todo += [row[1:], (row[0][1:-1], *row[1:])]
            elif row and row[0] in self._parts:
                todo += [(*part, *row[1:]) for part in self._parts[row[0]]]
            else:
                yield row
