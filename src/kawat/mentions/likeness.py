"""When two spellings are one name."""

from __future__ import annotations


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
