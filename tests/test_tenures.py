"""The tenures of the world pack against those of tables (tenures.txt)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kawat.lexicon.world import Post
from kawat.packs import world

LINES = [x for x in (Path(__file__).parent / "tenures.txt").read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
ALIKE = {
    "foreign-minister": {"secretary-of-state", "foreign-secretary"}, "defence-minister": {"secretary-of-defense"},
    "vice-president": {"deputy-president", "first-vice-president"},
}  # fmt: skip
DAYS = 14


def agree(ours: str, theirs: str) -> bool:
    if theirs in ("?", "-"):
        return True
    n = min(len(ours), len(theirs))
    if n < len("2024-01-01"):
        return n > 0 and (ours[:n] == theirs[:n] or (n == len("2024-01") and abs(months(ours) - months(theirs)) <= 1))
    return abs((date.fromisoformat(ours) - date.fromisoformat(theirs)).days) <= DAYS


def months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7])


def posts() -> dict[tuple[str, str], list[Post]]:
    out: dict[tuple[str, str], list[Post]] = {}
    for p in world().people:
        for post in p.posts:
            out.setdefault((p.id, post.state), []).append(post)
    return out


def wrong() -> list[str]:
    held = posts()
    found = []
    for line in LINES:
        state, office, person, since, until = line.removeprefix("! ").split()
        mine = [p for p in held.get((person, state), []) if p.office in {office, *ALIKE.get(office, ())}]
        if any(agree(p.since, since) and agree(p.until, until) for p in mine) == line.startswith("! "):
            found.append(f"{line} | {[(p.since, p.until) for p in mine]}")
    return found


def test_tenures_are_those_of_the_tables() -> None:
    assert not wrong()


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("2014-05", "2014-05-26", True),
        ("2014-05", "2014-06-02", True),
        ("2014", "2015-01-01", False),
        ("2014-05-01", "2014-06-01", False),
        ("", "2014", False),
    ],
)
def test_dates_agree_as_far_as_the_coarser_goes(ours: str, theirs: str, same: bool) -> None:
    assert agree(ours, theirs) == same
