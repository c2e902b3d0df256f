"""The half-years: whether a meeting stands for each, and which days to offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.rules.weeks import DAY, is_open, local_day, local_instant, next_open_day
from storage.models import Meeting

JULY, TUESDAY, WEDNESDAY, THURSDAY = 7, 1, 2, 3
NOTICE_DAYS = timedelta(days=56)  # an invitation goes out eight weeks before
AUTUMN_HOLIDAY = 42  # the ISO week in which most schools rest; no package knows it
TOLD_AT, TOLD_FOR = time(9), timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a calendar year; both days count. `key` as in 2027-1."""

    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.first.year}-{1 if self.first.month < JULY else 2}"


def half_of(day: date) -> Half:
    if day.month < JULY:
        return Half(date(day.year, 1, 1), date(day.year, 6, 30))
    return Half(date(day.year, 7, 1), date(day.year, 12, 31))


def stands_in(half: Half, meetings: Iterable[Meeting]) -> bool:
    """Whether one of the meetings is, or was, held in the half-year."""
    there = (local_day(one.starts_at) for one in meetings if one.status != "cancelled")
    return any(half.first <= day <= half.last for day in there)


def nudge_at(half: Half) -> datetime:
    """When coordinators are told that none stands: 1 February or 1 August, on the next open day."""
    second_month = half.first.replace(month=half.first.month + 1)
    return local_instant(next_open_day(second_month), TOLD_AT)


def offered(today: date) -> tuple[date, date, date]:
    """Three days for a meeting: a Tuesday, a Wednesday and a Thursday of open weeks, a fortnight apart.

    In April and May or in October and November, the network's own seasons, and at least eight weeks ahead.
    """
    half = half_of(today)
    season = half.first.replace(month=half.first.month + 3)
    monday = max(season, today + NOTICE_DAYS)
    monday += DAY * (-monday.weekday() % 7)
    found: list[date] = []
    for weekday in (TUESDAY, WEDNESDAY, THURSDAY):
        while not _is_open_week(monday):
            monday += 7 * DAY
        found.append(monday + weekday * DAY)
        monday += 14 * DAY
    return found[0], found[1], found[2]


def _is_open_week(monday: date) -> bool:
    """Monday to Friday are all working days, outside July, Christmas and the schools' autumn holiday."""
    return monday.isocalendar().week != AUTUMN_HOLIDAY and all(is_open(monday + day * DAY) for day in range(5))
