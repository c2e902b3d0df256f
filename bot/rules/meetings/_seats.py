"""Who gets a seat, who waits, and what a press of a button comes to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.weeks import local_day
from storage.models import Meeting, Rsvp

ANSWERS = ("yes", "remote", "no")
COMING = ("yes", "remote")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many come, take part remotely, cannot come, and wait for a seat."""

    yes: int = 0
    remote: int = 0
    no: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    """A person's own answer ("" for none), and their place among those who wait (0: they do not)."""

    answer: str = ""
    waits_as: int = 0

    @property
    def comes(self) -> bool:
        return self.answer in COMING and not self.waits_as


@dataclass(frozen=True, slots=True)
class Sight:
    """A meeting as one person sees it: with its counts, the accepted agenda items, and their own answer."""

    meeting: Meeting
    counts: Counts = field(default_factory=Counts)
    own: Own = field(default_factory=Own)
    items: tuple[str, ...] = ()


def counts(rows: Sequence[Rsvp]) -> Counts:
    found = Counter("waiting" if row.waits else row.answer for row in rows)
    return Counts(**{name: found[name] for name in ("yes", "remote", "no", "waiting")})


def in_line(rows: Sequence[Rsvp]) -> list[Rsvp]:
    """Those who wait, the first one first."""
    return sorted((row for row in rows if row.waits), key=lambda row: row.place)


def answer_of(rows: Sequence[Rsvp], user: str) -> Own:
    mine = next((row for row in rows if row.user == user), None)
    if mine is None:
        return Own()
    return Own(mine.answer, in_line(rows).index(mine) + 1 if mine.waits else 0)


def free_seats(rows: Sequence[Rsvp], capacity: int | None) -> int | None:
    """How many seats on the spot are left; None where there is no limit. Nobody loses a seat to a lower limit."""
    return None if capacity is None else max(0, capacity - counts(rows).yes)


def promoted(rows: Sequence[Rsvp], capacity: int | None) -> list[Rsvp]:
    """Those of the line for whom there is a seat now, the first one first."""
    return in_line(rows)[: free_seats(rows, capacity)]


def is_open(meeting: Meeting, now: datetime) -> bool:
    """Whether the meeting still takes answers at all."""
    return meeting.status == "planned" and now < meeting.starts_at


def may_sign_up(meeting: Meeting, now: datetime) -> bool:
    """Whether somebody may still sign up; the whole last day counts."""
    return is_open(meeting, now) and (meeting.deadline is None or local_day(now) <= meeting.deadline)
