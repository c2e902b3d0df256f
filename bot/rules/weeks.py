"""Local days and ISO weeks: the only place where an instant becomes a day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Helsinki")


def local_day(now: datetime, zone: ZoneInfo = HOME) -> date:
    """The day on the wall calendar of the zone at this instant."""
    return now.astimezone(zone).date()


def iso_week(day: date) -> int:
    """ISO year * 100 + ISO week, so that 2026-12-28 is 202653 and 2027-01-04 is 202701."""
    year, week, _ = day.isocalendar()
    return year * 100 + week
