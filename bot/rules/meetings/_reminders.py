"""When a meeting is told of: the four reminders, the question afterwards, and how long each is of use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.rules.kinds import Kind
from bot.rules.meetings._seats import COMING, Own, is_open, may_sign_up
from bot.rules.weeks import DAY, HOME, local_day, local_instant, next_working_day, working_instant
from bot.rules.weeks import is_open as is_open_day
from storage.models import Meeting

NOTICE, REMINDER, MOVED, CANCELLED = Kind.NOTICE, Kind.MEETING_REMINDER, Kind.MOVED, Kind.CANCELLED
SEAT, FOLLOWUP, MISSING, FOLLOWED = Kind.SEAT, Kind.FOLLOWUP, Kind.MISSING, Kind.FOLLOWED
KINDS = (NOTICE, REMINDER, MOVED, CANCELLED, SEAT, FOLLOWUP)
BEFORE = {  # name -> days before, local time, for how long it is of use
    "28": (28, time(9), timedelta(days=7)),
    "7": (7, time(9), timedelta(days=3)),
    "1": (1, time(12), timedelta(hours=12)),
    "0": (0, time(8), timedelta(days=1)),
}
FAR, ABOUT = ("28", "7"), 2  # days; those that say how many weeks are left, give or take
QUESTION_AT, QUESTION_FOR = time(9), timedelta(days=7)
TOLD_FOR = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of a meeting's reminders: its name in BEFORE, when it goes out, and when it is no longer of use."""

    name: str
    at: datetime
    expires_at: datetime


def reminders(meeting: Meeting) -> Iterator[Reminder]:
    """The meeting's reminders, in order: by the wall clock, on a closed day the open day before, one a day at most."""
    day, days = local_day(meeting.starts_at), set[date]()
    for name, (before, at, of_use) in BEFORE.items():
        on = _open_day_before(day - before * DAY)
        moment = local_instant(on, at)
        if on not in days and moment < meeting.starts_at:
            days.add(on)
            yield Reminder(name, moment, min(moment + of_use, meeting.starts_at))


def _open_day_before(day: date) -> date:
    while not is_open_day(day):
        day -= DAY
    return day


def due(meeting: Meeting, now: datetime) -> Reminder | None:
    """The reminder to send now: of several missed ones the newest; none that is stale, or of before the last change."""
    if not is_open(meeting, now):
        return None
    found = [one for one in reminders(meeting) if meeting.changed_at < one.at <= now < one.expires_at]
    return found[-1] if found else None


def ahead(meeting: Meeting, now: datetime) -> list[Reminder]:
    """The reminders that are still to come."""
    return [one for one in reminders(meeting) if one.at > max(now, meeting.changed_at)]


def concerns(name: str, own: Own, meeting: Meeting, now: datetime) -> bool:
    """Whether the reminder is for somebody with this answer: not after a no, and the same day only for who comes."""
    if name == "0":
        return own.comes
    return own.answer in COMING or (not own.answer and may_sign_up(meeting, now))


def lead(name: str, meeting: Meeting, now: datetime) -> str:
    """The reminder's name where what it says of the weeks left holds; "" where a closed season sent it out earlier."""
    left = (local_day(meeting.starts_at) - local_day(now)).days
    return name if name not in FAR or abs(left - BEFORE[name][0]) <= ABOUT else ""


def question_at(meeting: Meeting) -> datetime:
    """When those who were there are asked: on the next working day after the meeting, while they remember it."""
    return local_instant(next_working_day(local_day(meeting.ends_at) + DAY), QUESTION_AT)


def told_at(before: datetime, now: datetime) -> datetime:
    """When a person is told of a change: at working hours, but at once where the meeting would begin before these.

    Also in July and at Christmas: it is what somebody waits for, or would travel in vain without.
    """
    opens = working_instant(now)
    return now if opens >= before else opens


def told_until(now: datetime) -> datetime:
    return now + TOLD_FOR


def is_repeated(moment: datetime) -> bool:
    """Whether clocks in Helsinki show this time twice on its day, so that the offset has to be named."""
    local = moment.astimezone(HOME)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
