"""What asking a server ends in."""

from __future__ import annotations

from typing import NamedTuple

from kawat.errors import KawatError

FORBIDDEN, TOO_LARGE, NOT_TEXT = 403, 413, 415  # our own refusals, under HTTP's numbers for them


class Answer(NamedTuple):
    """`url`: where it stood in the end, behind all redirects. `body` is unpacked; empty for 304. `kind`: the media type, in small
    letters, `charset` what the server says with it."""

    url: str
    status: int
    body: bytes
    kind: str
    charset: str | None
    etag: str | None
    last_modified: str | None


class FetchError(KawatError):
    """No answer that can be used. `status`: HTTP's, or 0 where there was none. `lone`: the whole host is left alone for now."""

    def __init__(self, reason: str, status: int = 0, lone: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.lone = lone


class RefusedError(FetchError):
    """We do not ask for this, so nothing was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, FORBIDDEN)


class StoppedError(KawatError):
    """The user asked to stop while we waited."""
