"""Whether a message about a meeting is still wanted, asked by the ledger at the moment of sending."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.deliveries import PutOff, Send, Skip, Verdict, is_person, send_from
from bot.rules.kinds import TRAITS, next_hours
from bot.rules.meetings import Occurrence, Own
from bot.rules.reminders import is_away
from bot.rules.weeks import local_day, zone_of
from bot.services.deliveries import recipient
from bot.services.permissions import coordinators
from storage import meetings as table
from storage import people
from storage.models import Delivery, Meeting

A_YEAR = timedelta(days=366)


def stands(session: Session, deps: Deps, now: datetime) -> bool:
    """Whether a meeting is planned, or was held, in the half-year of this instant."""
    return rules.stands_in(rules.half_of(local_day(now)), table.get_since(session, deps.workspace, now - A_YEAR))


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the message at the moment of sending; to the channel it goes at any hour."""
    if row.kind == rules.MISSING:
        if stands(session, deps, now) or row.recipient not in coordinators(session, deps):
            return Skip()
        return _of_person(deps, session, row, now, now + A_YEAR)
    meeting = table.get_meeting(session, deps.workspace, Occurrence.read(row.occurrence).meeting)
    if meeting is None or not CONCERNS[row.kind](session, row, meeting, now):
        return Skip()
    if not is_person(row.recipient):
        return Send()
    before = meeting.ends_at + A_YEAR if row.kind == rules.FOLLOWUP else meeting.starts_at
    return _of_person(deps, session, row, now, before)


def _of_person(deps: Deps, session: Session, row: Delivery, now: datetime, before: datetime) -> Verdict:
    """Skips those who have left, and reminders to those who are away. The rest goes at working hours, or in time.

    In July and at Christmas only reminders wait: the rest is news of what somebody has answered to.
    """
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    zone = zone_of(member.zone)
    if row.kind in (rules.REMINDER, rules.FOLLOWUP):
        chosen = people.get_person(session, deps.workspace, row.recipient)
        if member.on_holiday(now) or (chosen and is_away(chosen, local_day(now, zone))):
            return Skip()
    opens = next_hours(row.kind, now, zone)
    is_too_late = opens >= min(before, row.expires_at)
    return Send() if TRAITS[row.kind].is_urgent and is_too_late else send_from(opens, now)


def _answer_of(session: Session, row: Delivery, meeting: Meeting) -> Own:
    return rules.answer_of(table.get_answers(session, meeting.workspace, meeting.key), row.recipient)


def _notice(_session: Session, _row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return rules.is_open(meeting, now)


def _reminder(session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    name = json.loads(row.params)["name"]
    wanted = rules.concerns(name, _answer_of(session, row, meeting), meeting, now)
    return wanted and Occurrence.read(row.occurrence).is_present(meeting) and rules.is_open(meeting, now)


def _moved(_session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return Occurrence.read(row.occurrence).is_present(meeting) and rules.is_open(meeting, now)


def _cancelled(_session: Session, _row: Delivery, meeting: Meeting, _now: datetime) -> bool:
    return meeting.status == "cancelled"


def _seat(session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return _answer_of(session, row, meeting) == Own("yes") and rules.is_open(meeting, now)


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
