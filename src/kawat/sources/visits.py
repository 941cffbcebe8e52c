"""When a URL is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kawat.sources.days import moment_of
from kawat.sources.item import Visit

GOOD = (200, 304)
_GONE = (404, 410, 451)
_SETTLED = (*_GONE, 401, 403, 413, 415)
_GONE_FOR = timedelta(days=30)
_NEVER = datetime.min.replace(tzinfo=UTC)
_FIRST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(days=1)


def due(known: Visit | None, updated: datetime | None = None, changing: bool = False) -> bool:
    """Whether a URL is to be asked for. What was had is not, unless it was `updated` since or is `changing` (a feed); what failed is,
    after a wait that doubles with each failure; what is gone is after a month. A day of update that is still to come is no news, but
    a wrong clock."""
    if known is None:
        return True
    moment = datetime.now(UTC)
    fetched = moment_of(known.fetched) or _NEVER
    if known.status in GOOD:
        return changing or known.tries > 0 or (updated is not None and fetched < updated <= moment)
    return moment >= fetched + _wait(known)


def _wait(known: Visit) -> timedelta:
    if known.status in _GONE:
        return _GONE_FOR
    if known.tries < 2:
        return timedelta()
    return min(_FIRST_WAIT * (1 << min(known.tries - 2, 10)), _LONGEST_WAIT)


def unfinished(visit: Visit) -> bool:
    """Whether there is still something to be had, soon: then the list that led there must be read again, changed or not."""
    return visit.tries > 0 if visit.status in GOOD else visit.status not in _SETTLED
