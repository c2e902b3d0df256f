"""Whether a message about a meeting is still wanted, asked by the ledger at the moment of sending."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.deliveries import NOT_NEEDED, is_person
from bot.rules.meetings import Own
from bot.rules.reminders import is_away
from bot.rules.weeks import local_day, open_instant, working_instant, zone_of
from bot.services.deliveries import recipient
from bot.services.networks import coordinators
from storage import meetings as table
from storage import people
from storage.models import Delivery, Meeting

A_YEAR = timedelta(days=366)


def stands(session: Session, deps: Deps, now: datetime) -> bool:
    """Whether a meeting is planned, or was held, in the half-year of this instant."""
    return rules.stands_in(rules.half_of(local_day(now)), table.since(session, deps.workspace, now - A_YEAR))


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> str | datetime | None:
    """The ledger's question at the moment of sending: None sends, an instant puts off, NOT_NEEDED skips."""
    if row.kind == rules.MISSING:
        if stands(session, deps, now) or row.recipient not in coordinators(session, deps):
            return NOT_NEEDED
        return _of_person(deps, session, row, now, now + A_YEAR)
    meeting = table.one(session, deps.workspace, row.occurrence.partition(":")[0])
    if meeting is None or not CONCERNS[row.kind](session, row, meeting, now):
        return NOT_NEEDED
    if not is_person(row.recipient):
        return None
    before = meeting.ends_at + A_YEAR if row.kind == rules.FOLLOWUP else meeting.starts_at
    return _of_person(deps, session, row, now, before)


def _of_person(deps: Deps, session: Session, row: Delivery, now: datetime, before: datetime) -> str | datetime | None:
    """Who has left is not written to, who is away not reminded; the rest at working hours, unless too late by then.

    In July and at Christmas only reminders wait: the rest is news of what somebody has answered to.
    """
    member = recipient(deps, row, now)
    if isinstance(member, str | datetime):
        return member
    zone = zone_of(member.zone)
    if row.kind in (rules.REMINDER, rules.FOLLOWUP):
        chosen = people.one(session, deps.workspace, row.recipient)
        if member.on_holiday(now) or (chosen and is_away(chosen, local_day(now, zone))):
            return NOT_NEEDED
    opens = (open_instant if row.kind in (rules.REMINDER, rules.MISSING) else working_instant)(now, zone)
    urgent = row.kind in (rules.MOVED, rules.CANCELLED, rules.SEAT) and opens >= min(before, row.expires_at)
    return None if opens <= now or urgent else opens


def _own(session: Session, row: Delivery, meeting: Meeting) -> Own:
    return rules.own(table.answers(session, meeting.workspace, meeting.key), row.recipient)


def _notice(_session: Session, _row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return rules.is_open(meeting, now)


def _reminder(session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    name = json.loads(row.params)["name"]
    wanted = rules.concerns(name, _own(session, row, meeting), meeting, now)
    return wanted and rules.tells_of(row.occurrence, meeting) and rules.is_open(meeting, now)


def _moved(_session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return rules.tells_of(row.occurrence, meeting) and rules.is_open(meeting, now)


def _cancelled(_session: Session, _row: Delivery, meeting: Meeting, _now: datetime) -> bool:
    return meeting.status == "cancelled"


def _seat(session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return _own(session, row, meeting) == Own("yes") and rules.is_open(meeting, now)


def _afterwards(_session: Session, _row: Delivery, meeting: Meeting, _now: datetime) -> bool:
    return meeting.status != "cancelled"


CONCERNS: dict[str, Callable[[Session, Delivery, Meeting, datetime], bool]] = {
    rules.NOTICE: _notice,
    rules.REMINDER: _reminder,
    rules.MOVED: _moved,
    rules.CANCELLED: _cancelled,
    rules.SEAT: _seat,
    rules.FOLLOWUP: _afterwards,
    rules.FOLLOWED: _afterwards,
}
