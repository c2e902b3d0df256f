"""When a digest is due, which weeks it covers, and when it is so late that the operator must hear of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.rules.weeks import (
    DAY,
    first_day,
    iso_week,
    local_day,
    local_instant,
    next_working_day,
    week_after,
    working_instant,
)
from storage.models import Network

LATE = timedelta(hours=2)  # 08:00 is due, 10:00 is late
LOOK_BACK = 4  # weeks in which the newest time for a digest is looked for; a holiday moves one by days


@dataclass(frozen=True, slots=True)
class Rule:
    """The weekday (0 is Monday) and local time of the network's digest."""

    weekday: int
    at: time

    @classmethod
    def of(cls, network: Network) -> "Rule":
        return cls(network.digest_weekday, time.fromisoformat(network.digest_time))


@dataclass(frozen=True, slots=True)
class Past:
    """Since when digests are looked after here, and the last week (year * 100 + week) that one has counted; 0: none."""

    since: datetime
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The weeks that a digest covers, both included; `first` is 0 where it covers everything before `last` too."""

    first: int
    last: int


def slots(rule: Rule, start: datetime) -> Iterator[tuple[datetime, int]]:
    """(instant, the week that has ended by then) of each time for a digest, from the week of `start` on, without end.

    On a holiday it moves to the next working day.
    """
    week = iso_week(local_day(start))
    while True:
        day = next_working_day(first_day(week) + rule.weekday * DAY)
        yield local_instant(day, rule.at), week_after(week, -1)
        week = week_after(week)


def due(rule: Rule, now: datetime, past: Past) -> Span | None:
    """The weeks of the digest to open now, from the one after the last counted to the last ended; None: none is due.

    However late: one for all missed weeks. At night and on free days it waits (in July it does not), so that the weeks
    it covers are those that have ended when it goes.
    """
    if working_instant(now) > now or _newest(rule, now, past) is None:
        return None
    return Span(week_after(past.counted) if past.counted else 0, week_after(iso_week(local_day(now)), -1))


def _newest(rule: Rule, now: datetime, past: Past) -> datetime | None:
    """The newest time for a digest that has come since, for a week that none has counted."""
    newest = None
    for at, week in slots(rule, now - LOOK_BACK * 7 * DAY):
        if at > now:
            return newest
        if at > past.since and week > past.counted:
            newest = at
    return newest


def is_late(rule: Rule, now: datetime, past: Past, waiting_since: datetime | None) -> bool:
    """Whether a digest should have been sent two hours ago and was not: neither opened, nor sent where it was.

    `waiting_since` is when the digest opened last was due, where it has not been sent to all.
    """
    slot = _newest(rule, now, past)
    return any(at is not None and now >= at + LATE for at in (slot, waiting_since))
