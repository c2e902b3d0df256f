"""The summary by itself, three weeks before a network meeting: to each coordinator, once, also after an outage."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import Due, Skip, Verdict
from bot.rules.kinds import Kind
from bot.rules.summaries import Period, half_with
from bot.rules.weeks import DAY, local_day, local_instant, next_working_day
from bot.services.deliveries import enqueue, to_coordinator
from bot.services.permissions import coordinators
from bot.services.summaries._tables import published
from storage import meetings, reminders
from storage.models import Delivery, Meeting, Run

BEFORE, AT = timedelta(days=21), time(9)
A_YEAR = timedelta(days=366)
Ahead = tuple[datetime, str, int, str]
"""When, what kind, to how many, and the occurrence."""


def period_of(meeting: Meeting) -> Period:
    """The half-year that is talked about there."""
    return half_with(local_day(meeting.starts_at)).before


def due_at(meeting: Meeting) -> datetime:
    """Three weeks before, on the next working day; not before the half-year is over."""
    day = max(local_day(meeting.starts_at) - BEFORE, period_of(meeting).last + DAY)
    return local_instant(next_working_day(day), AT)


def open_due(deps: Deps) -> bool:
    """Opens the summary of a meeting whose time has come: the numbers are counted, a message to each is entered.

    While nobody is a coordinator none is opened. Raises SlackError where Slack does not tell the members,
    DatabaseUnavailable: the next knock tries again.
    """
    now = deps.now()
    with deps.read() as session:
        waiting = [one for one in meetings.get_coming(session, deps.workspace, now) if due_at(one) <= now]
        waiting = [one for one in waiting if not _is_open(session, deps, one)]
        wanting = coordinators(session, deps)
    if not waiting or not wanting:
        return False
    members = [one.user for one in deps.people.everyone() if one.user in wanting]
    opened = [_open(deps, one, members) for one in waiting] if members else []
    return any(opened)


def _is_open(session: Session, deps: Deps, meeting: Meeting) -> bool:
    return session.get(Run, (deps.workspace, Kind.SUMMARY, meeting.key)) is not None


def _open(deps: Deps, meeting: Meeting, members: Collection[str]) -> bool:
    published(deps, period_of(meeting))
    now, until = deps.now(), meeting.starts_at
    params = {"first": period_of(meeting).first.isoformat()}
    with deps.write() as session:
        if not reminders.open_run(session, deps.workspace, Kind.SUMMARY, meeting.key, due_at(meeting), until):
            return False
        enqueue(session, deps.workspace, (Due(Kind.SUMMARY, meeting.key, user, now, until, params) for user in members))
    return True


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the message at the moment of sending: it goes to coordinators while the meeting is planned."""
    meeting = meetings.get_meeting(session, deps.workspace, row.occurrence)
    if meeting is None or meeting.status != "planned":
        return Skip()
    return to_coordinator(deps, session, row, now)


def ahead(session: Session, deps: Deps, now: datetime, until: datetime, members: Collection[str]) -> Iterator[Ahead]:
    """What would be sent until then, for the preview."""
    told = len(coordinators(session, deps) & set(members))
    for meeting in meetings.get_coming(session, deps.workspace, now):
        at = max(due_at(meeting), now)
        if told and at <= until and at < meeting.starts_at and not _is_open(session, deps, meeting):
            yield at, Kind.SUMMARY, told, meeting.key
