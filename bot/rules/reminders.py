"""When a reminder to report goes out, to whom, until when, and what ends a round."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.rules.kinds import Kind
from bot.rules.weeks import (
    CLOSES,
    DAY,
    HOME,
    in_closed_season,
    is_open,
    local_day,
    local_instant,
    next_open_day,
    next_working_day,
    open_instant,
    week_count,
)
from storage.models import Network, Person

REMINDER, TOMORROW, NUDGE = KINDS = (Kind.REMINDER, Kind.TOMORROW, Kind.NUDGE)
BEFORE_THE_FIRST = "start"  # the round that answers count for until there has been a reminder
FIRST_DAYS = 30  # how far back an answer counts at the first reminder
LOOK_BACK, LOOK_AHEAD = timedelta(days=14), timedelta(days=200)
DAYS_OF_GRACE = 2  # working days after the planned one on which a late reminder is still of use
NUDGED_AFTER = 3  # working days: on the third one after the round those missing may be nudged
BURST = 10  # messages that go at once; the rest goes at one a second


@dataclass(frozen=True, slots=True)
class Rule:
    """How often the network reminds: cadence (weekly, biweekly, monthly, off), weekday (0 is Monday), local time."""

    cadence: str
    weekday: int
    at: time
    in_channel: bool = False

    @classmethod
    def of(cls, network: Network) -> "Rule":
        at = time.fromisoformat(network.reminder_time)
        return cls(network.reminder_cadence, network.reminder_weekday, at, network.reminder_place == "channel")


@dataclass(frozen=True, slots=True)
class Round:
    """One round: `occurrence` is the day that the rule names, `day` the working day on which it goes out."""

    occurrence: str
    day: date
    opens_at: datetime  # when the first recipient's clock shows the time
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """What a new round must come after: the instant since which the rule stands, and the last round's occurrence.

    A change of the rule neither calls up what would have been earlier, nor brings a second round within a period.
    """

    since: datetime
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """The day of a person's next reminder, and whether they are known to have answered the present round."""

    day: date | None
    answered: bool = False
    in_channel: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """The round or the nudge to come, as it would go out if nobody answered until then."""

    at: datetime
    recipients: int
    last_at: datetime

    @property
    def seconds(self) -> int:
        """How long the sending itself takes."""
        return int(fan_out(self.recipients).total_seconds())


@dataclass(frozen=True, slots=True)
class Running:
    """The round that was opened last."""

    opened_on: date
    sent: int
    waiting: int
    answered: int
    last_at: datetime | None
    stopped: bool
    may_nudge: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    coming: Coming | None
    running: Running | None


def rounds(rule: Rule, first: date, last: date, zones: Iterable[ZoneInfo] = ()) -> Iterator[Round]:
    """The rounds whose named day lies between the two (both count), in order; none in a closed season."""
    there = frozenset({HOME, *zones})
    for day in (first + DAY * count for count in range((last - first).days + 1)):
        if one := _round_of(rule, day, there):
            yield one


@lru_cache(maxsize=1024)  # the clock asks for the same days every ten seconds
def _round_of(rule: Rule, day: date, zones: frozenset[ZoneInfo]) -> Round | None:
    if not _falls_on(rule, day) or in_closed_season(day):
        return None
    sent = next_working_day(day)
    if in_closed_season(sent):
        return None
    opens = min(local_instant(sent, rule.at, zone) for zone in zones)
    return Round(day.isoformat(), sent, opens, max(valid_until(sent, zone) for zone in zones))


def _falls_on(rule: Rule, day: date) -> bool:
    if day.weekday() != rule.weekday:
        return False
    every_other = week_count(day) % 2 == 0
    return {"weekly": True, "biweekly": every_other, "monthly": day.day <= 7}.get(rule.cadence, False)  # noqa: PLR2004


def due(rule: Rule, now: datetime, past: Past, zones: Iterable[ZoneInfo] = ()) -> Round | None:
    """The round to open now: of several missed ones the newest, and none that is stale."""
    today = local_day(now)
    found = [
        one
        for one in rounds(rule, today - LOOK_BACK, today + DAY, zones)
        if one.opens_at <= now < one.expires_at and _is_new(rule, one, past)
    ]
    return found[-1] if found else None


def upcoming(rule: Rule, now: datetime, past: Past, zones: Iterable[ZoneInfo] = ()) -> Round | None:
    """The next round that is still to open; None where reminders are off."""
    today = local_day(now)
    ahead = rounds(rule, today - LOOK_BACK, today + LOOK_AHEAD, zones)
    return next((one for one in ahead if one.opens_at > now and _is_new(rule, one, past)), None)


def _is_new(rule: Rule, one: Round, past: Past) -> bool:
    """Whether its time came under this rule, and its period (week, fortnight, month) after that of the last round."""
    if one.opens_at <= past.since:
        return False
    if past.occurrence is None:
        return True
    return _period(rule, date.fromisoformat(one.occurrence)) > _period(rule, date.fromisoformat(past.occurrence))


def _period(rule: Rule, day: date) -> int:
    if rule.cadence == "monthly":
        return day.year * 12 + day.month
    return week_count(day) // 2 if rule.cadence == "biweekly" else week_count(day)


def valid_until(day: date, zone: ZoneInfo = HOME) -> datetime:
    """When a reminder of this day is no longer of use: the second working day after it at 17:00, local.

    A closed season ends it before.
    """
    last = day
    for _ in range(DAYS_OF_GRACE):
        following = next_working_day(last + DAY)
        if not is_open(following):
            break
        last = following
    return local_instant(last, CLOSES, zone)


def nudge_from(opened_on: date) -> date:
    """The first day on which those who are missing from the round of this day may be nudged."""
    day = opened_on
    for _ in range(NUDGED_AFTER):
        day = next_working_day(day + DAY)
    return day


def send_at(one: Round, rule: Rule, now: datetime, zone: ZoneInfo) -> datetime:
    """When it goes to a person of this zone: at the time by their own clock, or as soon after it as allowed."""
    planned = local_instant(one.day, rule.at, zone)
    return open_instant(max(planned, now.astimezone(UTC)), zone)


def tomorrow(rule: Rule, now: datetime, zone: ZoneInfo) -> tuple[date, datetime]:
    """The next day on which the person may be written to, and the instant of the reminder time on it."""
    day = next_open_day(local_day(now, zone) + DAY)
    return day, local_instant(day, rule.at, zone)


def wants(person: Person | None, day: date) -> bool:
    """Whether a person's own choices let a reminder through on this day; nothing chosen means yes."""
    if person is None:
        return True
    paused = person.paused_until is not None and day <= person.paused_until
    return person.reminders and not paused and not is_away(person, day)


def is_away(person: Person, day: date) -> bool:
    """Whether the day lies in the person's absence; both ends count."""
    start, end = person.absence_start, person.absence_end
    return start is not None and end is not None and start <= day <= end


def fan_out(count: int) -> timedelta:
    """How long it takes until the last of so many messages has gone: ten at once, then one a second."""
    return timedelta(seconds=max(0, count - BURST))


def last_of(times: Iterable[datetime]) -> datetime | None:
    """When the last of these messages has gone; those of one instant follow each other."""
    return max((at + fan_out(count) for at, count in Counter(times).items()), default=None)
