"""Days as inputs write them: ISO dates and times, other days in figures, mail dates, seconds since 1970."""

from __future__ import annotations

import calendar
import contextlib
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from kawat.records import Precision, When

_FORMS = "2024-11-13, 2024/11/13, 13.11.2024, 2024-11 or 2024, an ISO or mail time, or seconds since 1970"
_AMBIGUOUS = "does not tell day from month; write it as 2024-11-13"
_NO_DAY = "is no day of the calendar; write it as 2024-11-13"
_TAIL = r"(?:[T ,].*)?"
_DAY = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T ].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)" + _TAIL)
_DAY_FIRST = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})" + _TAIL)  # with dots it is so wherever they are used
_SLASHED = re.compile(r"\d\d?([/-])\d\d?\1(\d{4}|\d\d)" + _TAIL)
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d+|\d{3})?")  # and milliseconds


def published_on(day: str) -> When:
    """A day, month or year (of a time the day is kept, in the zone it is written in; of seconds since 1970, the day in UTC) as a date
    of publication. Raises ValueError, whose message says what is wrong and goes on from the day as it is written."""
    written = day.strip()
    if found := _YEAR_FIRST.fullmatch(written):
        return _on(found[1], found[3], found[4])
    if found := _DAY_FIRST.fullmatch(written):
        return _on(found[3], found[2], found[1])
    if _SLASHED.fullmatch(written):
        raise ValueError(_AMBIGUOUS)
    found = _DAY.fullmatch(written)
    if not found:
        return _of_time(written)
    year, month, number = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if number:
        return _on(year, month, number)
    try:
        if month:
            return _published(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
        return _published(date(year, 1, 1), date(year, 12, 31), "year")
    except ValueError as e:
        raise ValueError(_NO_DAY) from e


def now() -> str:
    """This moment in UTC, to the second, as `utc_time` writes it."""
    return utc_time(datetime.now(UTC).isoformat())


def moment_of(written: str | None) -> datetime | None:
    """An ISO time with its zone, UTC where it names none; a day alone counts from its beginning. None for what is no such time."""
    try:
        moment = datetime.fromisoformat(written.strip()) if written else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def utc_time(written: str) -> str:
    """An ISO time as one in UTC to the second, `2024-11-13T08:00:00Z`; without a zone it counts as UTC. Raises ValueError."""
    moment = moment_of(written)
    with contextlib.suppress(OverflowError):
        if moment:
            return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    raise ValueError("is no ISO time such as 2024-11-13T08:00:00Z")


def _on(year: str | int, month: str | int, number: str | int) -> When:
    try:
        day = date(int(year), int(month), int(number))
    except ValueError as e:
        raise ValueError(_NO_DAY) from e
    return _published(day, day, "day")


def _of_time(written: str) -> When:
    seconds = _SECONDS.fullmatch(written)
    try:
        moment = datetime.fromtimestamp(int(seconds[1]), UTC) if seconds else parsedate_to_datetime(written)
    except (TypeError, ValueError, OverflowError, IndexError) as e:
        raise ValueError(f"is no day that can be read: write it as {_FORMS}") from e
    return _published(moment.date(), moment.date(), "day")


def _published(start: date, end: date, precision: Precision) -> When:
    return When(start=start.isoformat(), end=end.isoformat(), precision=precision, basis="stated")
