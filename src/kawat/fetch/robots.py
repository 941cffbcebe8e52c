"""What a site asks of robots."""

from __future__ import annotations

from typing import Any

LARGEST = 512_000  # bytes of a robots.txt; what stands behind is not looked at
_LINES = 5_000
_LONGEST_WAIT = 30.0  # seconds between two requests that a site may ask for


class Rules:
    """A robots.txt, as Protego reads it (Google's reading: the longest rule wins, * and $ count)."""

    def __init__(self, body: bytes, agent: str) -> None:
        lines = body[:LARGEST].decode("utf-8-sig", "replace").splitlines()[:_LINES]
        self._parsed = _parse("\n".join(lines))
        self._agent = agent

    def allow(self, url: str) -> bool:
        return bool(self._parsed.can_fetch(url, self._agent))

    @property
    def delay(self) -> float:
        """Seconds between two requests, within reason; 0 where nothing is asked for."""
        asked = self._parsed.crawl_delay(self._agent)
        return min(max(float(asked or 0), 0.0), _LONGEST_WAIT)


def _parse(text: str) -> Any:
    from protego import Protego

    return Protego.parse(text)
