"""Days as inputs write them: ISO dates and times, mail dates, seconds since 1970."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from kawat.records import Precision, When

_DAY = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T ].*)?")
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d+|\d{3})?")  # and milliseconds


def published_on(day: str) -> When:
    """A day, month or year (of a time the day is kept, in the zone it is written in; of seconds since 1970, the day in UTC) as a date
    of publication. Raises ValueError."""
    written = day.strip()
    found = _DAY.fullmatch(written)
    if not found:
        return _of_time(written)
    year, month, number = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if number:
        return _published(date(year, month, number), date(year, month, number), "day")
    if month:
        return _published(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
    return _published(date(year, 1, 1), date(year, 12, 31), "year")


def _of_time(written: str) -> When:
    seconds = _SECONDS.fullmatch(written)
    try:
        moment = datetime.fromtimestamp(int(seconds[1]), UTC) if seconds else parsedate_to_datetime(written)
    except (TypeError, OverflowError, IndexError) as e:
        raise ValueError(written) from e
    return _published(moment.date(), moment.date(), "day")


def _published(start: date, end: date, precision: Precision) -> When:
    return When(start=start.isoformat(), end=end.isoformat(), precision=precision, basis="stated")
