"""The half-years of summaries: October to March and April to September (product, 7)."""

from dataclasses import dataclass
from datetime import date

from bot.rules.weeks import DAY

SPRING, AUTUMN = 4, 10  # months in which one begins
EARLIEST, LATEST = date(1900, SPRING, 1), date(9999, SPRING, 1)  # beyond them nothing was filed, and the calendar ends


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def is_half(self) -> bool:
        return self == half_with(self.first)

    @property
    def over_on(self) -> date:
        """The day from which on it is over."""
        return self.last + DAY if self.last < date.max else self.last

    @property
    def before(self) -> "Period":
        """The half-year that ended on the day before this one began."""
        return half_with(self.first - DAY)


def half_with(day: date) -> Period:
    """The half-year that this day lies in; of days at the ends of the calendar the first or the last one."""
    day = min(max(day, EARLIEST), LATEST)
    if SPRING <= day.month < AUTUMN:
        return Period(date(day.year, SPRING, 1), date(day.year, AUTUMN, 1) - DAY)
    year = day.year if day.month >= AUTUMN else day.year - 1
    return Period(date(year, AUTUMN, 1), date(year + 1, SPRING, 1) - DAY)


def last_halves(today: date) -> tuple[Period, Period]:
    """The two half-years that ended last, the later one first.

    Each has its own tables, which no later day changes: what comes and goes at the ends of a sliding year could be told
    by subtracting one day's table from another's.
    """
    latest = half_with(today).before
    return latest, latest.before


def halves_of(period: Period) -> tuple[Period, ...]:
    """The half-years that make up the period, the first one first; none where it begins or ends within one."""
    found: list[Period] = []
    day = period.first
    while day <= period.last:
        half = half_with(day)
        if half.first != day or half.last > period.last:
            return ()
        found.append(half)
        day = half.last + DAY
    return tuple(found)
