"""Local days, ISO weeks, working days and closed seasons: the only place where an instant becomes a day and back."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

HOME = ZoneInfo("Europe/Helsinki")
OPENS, CLOSES = time(8), time(17)  # members get messages between these, by their own clock
DAY = timedelta(days=1)
FRIDAY = 4


def local_day(now: datetime, zone: ZoneInfo = HOME) -> date:
    """The day on the wall calendar of the zone at this instant."""
    return now.astimezone(zone).date()


def iso_week(day: date) -> int:
    """ISO year * 100 + ISO week, so that 2026-12-28 is 202653 and 2027-01-04 is 202701."""
    year, week, _ = day.isocalendar()
    return year * 100 + week


def first_day(week: int) -> date:
    """The Monday of the ISO week (year * 100 + week)."""
    return date.fromisocalendar(week // 100, week % 100, 1)


def week_after(week: int, count: int = 1) -> int:
    """The ISO week so many weeks later (earlier, where the count is negative): after 202653 comes 202701."""
    return iso_week(first_day(week) + count * 7 * DAY)


def weeks_between(first: int, last: int) -> list[int]:
    """The ISO weeks from the first to the last, both included; none where the last is before the first."""
    count = (first_day(last) - first_day(first)).days // 7 + 1
    return [week_after(first, number) for number in range(count)]


def week_label(week: int) -> str:
    """The week as ISO writes it: 2026-W53. Labels sort as the weeks do."""
    return f"{week // 100}-W{week % 100:02}"


def week_said(week: int) -> str:
    """The week as people here write it: 53/2026."""
    return f"{week % 100}/{week // 100}"


def week_count(day: date) -> int:
    """Weeks from Monday to Sunday, counted without a break, so that every other one is every other one at new year."""
    return (day.toordinal() - 1) // 7


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def zone_of(name: str | None) -> ZoneInfo:
    """The zone that Slack knows of a person; Helsinki where it knows none, or one that does not exist."""
    try:
        return ZoneInfo(name) if name else HOME
    except (KeyError, ValueError, OSError):
        return HOME


def local_instant(day: date, at: time, zone: ZoneInfo = HOME) -> datetime:
    """The instant (UTC) when clocks in the zone show this.

    Where the hour is repeated it is the first; where the clock leaps over it, the instant of the leap.
    """
    wall = datetime.combine(day, at, zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    leapt = wall.replace(fold=1)
    earliest = leapt.astimezone(UTC)
    seconds = range(int((instant - earliest).total_seconds()) + 1)

    def has_leapt(second: int) -> bool:
        return (earliest + timedelta(seconds=second)).astimezone(zone).utcoffset() == leapt.utcoffset()

    return earliest + timedelta(seconds=bisect_left(seconds, x=True, key=has_leapt))


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Monday to Friday, Finland's public holidays, Midsummer Eve and Christmas Eve left out."""
    return day.weekday() <= FRIDAY and day not in _holidays()


def in_closed_season(day: date) -> bool:
    """July, and 23 December to 6 January: nobody is reminded then (docs/ohje.md)."""
    return day.month == 7 or (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 6)  # noqa: PLR2004 - July


def is_open(day: date) -> bool:
    """Whether a member may be written to on this day."""
    return is_working_day(day) and not in_closed_season(day)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def next_open_day(day: date) -> date:
    """The day itself, or the first day after it on which a member may be written to."""
    while not is_open(day):
        day += DAY
    return day


def open_instant(moment: datetime, zone: ZoneInfo = HOME) -> datetime:
    """The moment itself where it is a working hour of an open day in the zone, else when the next such hour begins."""
    return _first_hour(moment, zone, next_open_day)


def working_instant(moment: datetime, zone: ZoneInfo = HOME) -> datetime:
    """As open_instant, in the closed seasons too: for what a person waits for."""
    return _first_hour(moment, zone, next_working_day)


def _first_hour(moment: datetime, zone: ZoneInfo, next_day: Callable[[date], date]) -> datetime:
    local = moment.astimezone(zone)
    day = local.date()
    if next_day(day) == day and OPENS <= local.time() < CLOSES:
        return moment
    if local.time() >= CLOSES:
        day += DAY
    return local_instant(next_day(day), OPENS, zone)


@cache
def _holidays() -> HolidayBase:
    """The package's public ones: it counts both eves among them, and neither flag days nor Mother's Day."""
    return country_holidays("FI")
