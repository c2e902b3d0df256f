"""What coordinators do with a meeting: plan it, change it, cancel it, give the link to its minutes."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft, MeetingOver, NoChannel, NoSuchMeeting, PersonalDataFound
from bot.rules import meetings as rules
from bot.rules.deliveries import NOT_NEEDED, Due
from bot.rules.kinds import Kind
from bot.rules.meetings import MeetingDraft, Occurrence
from bot.rules.observations import tidy
from bot.rules.weeks import local_day
from bot.services.deliveries import enqueue
from bot.services.meetings._answers import fill_seats
from bot.services.permissions import Coordinator, for_coordinators
from storage import audits
from storage import meetings as table
from storage.models import Meeting, Rsvp

OFF_WHEN_MOVED = [kind for kind in Kind if kind.traits.superseded_by == "moved"]
OFF_WHEN_CANCELLED = [kind for kind in Kind if kind.traits.superseded_by]
A_SECOND = timedelta(seconds=1)  # a calendar file tells no smaller part of time


def examined(deps: Deps, draft: MeetingDraft, now: datetime, deadline: date | None = None) -> MeetingDraft:
    """The draft as it may be stored. Raises PersonalDataFound, InvalidDraft."""
    draft = rules.tidied(draft)
    rules.guard({name: getattr(draft, name) for name in rules.TEXTS}, deps.key, draft.confirmed)
    if wrong := rules.mistakes(draft, now, deadline):
        raise InvalidDraft(wrong)
    return draft


@for_coordinators
def plan(deps: Deps, user: Coordinator, draft: MeetingDraft, nonce: str) -> Meeting:
    """Stores a meeting, once however often the same form arrives, and has it told in the discussion channel.

    Raises NotACoordinator, NotAMember, PersonUnknown, NoChannel, PersonalDataFound, InvalidDraft, DatabaseUnavailable.
    """
    require_channel(deps)
    now = deps.now()
    row = _row(deps, examined(deps, draft, now), nonce)
    with deps.write() as session:
        if not table.add(session, row):
            return table.get_by_once(session, deps.workspace, row.once) or row
        note_deed(session, deps, user, "meeting.planned", row)
        enqueue(
            session,
            deps.workspace,
            _to_channel(deps, rules.NOTICE, str(Occurrence.as_it_stands(row)), row, row.starts_at),
        )
    return row


def look_ahead(deps: Deps, draft: MeetingDraft) -> tuple[Meeting, PersonalDataFound | None]:
    """The meeting as it would be stored, and what the guard asks about in it. Stores nothing.

    Raises PersonalDataFound for what the guard stops, InvalidDraft.
    """
    try:
        return _row(deps, examined(deps, draft, deps.now()), ""), None
    except PersonalDataFound as found:
        if found.blocked:
            raise
        return _row(deps, examined(deps, replace(draft, confirmed=found.seen), deps.now()), ""), found


def _row(deps: Deps, draft: MeetingDraft, nonce: str) -> Meeting:
    starts_at, ends_at = rules.times(draft)
    row = Meeting(
        key=secrets.token_hex(16),
        workspace=deps.workspace,
        once=f"form:{nonce}",
        title=draft.title,
        starts_at=starts_at,
        ends_at=ends_at,
        changed_at=deps.now(),
    )
    _fill(row, draft)
    return row


def note_deed(session: Session, deps: Deps, user: str, what: str, row: Meeting) -> None:
    """Writes down the deed; the meeting is known in the trail by its day."""
    audits.add(session, deps.workspace, deps.now(), user, what, local_day(row.starts_at).isoformat())


def require_channel(deps: Deps) -> str:
    """The discussion channel's id. Raises NoChannel."""
    if deps.people.channel is None:
        raise NoChannel
    return deps.people.channel


def _fill(row: Meeting, draft: MeetingDraft) -> None:
    row.title, row.place, row.link, row.agenda = draft.title, draft.place, draft.link, draft.agenda
    row.starts_at, row.ends_at = rules.times(draft)
    row.deadline, row.capacity = draft.deadline, draft.seats


def _to_channel(deps: Deps, kind: Kind, occurrence: str, row: Meeting, until: datetime) -> Iterator[Due]:
    """A post in the discussion channel: it goes at once, as the coordinator's own post would."""
    if deps.people.channel:
        yield Due(kind, occurrence, deps.people.channel, deps.now(), until, {"meeting": row.key})


@for_coordinators
def change(
    deps: Deps, user: Coordinator, key: str, draft: MeetingDraft, opened: Mapping[str, str] | None = None
) -> Meeting:
    """Stores what the form says. What people's calendars show raises the version and is told to all who answered.

    `opened` are the marks that the form was opened with: what it left alone stays as another coordinator has put it.
    Raises as `plan`, and NoSuchMeeting, MeetingOver.
    """
    now = deps.now()
    with deps.write() as session:
        row = lock_coming_meeting(session, deps, key)
        draft = rules.merged(rules.draft_of(row), rules.tidied(draft), opened or {})
        draft = examined(deps, draft, now, row.deadline)
        told, began = rules.differs(row, draft), row.starts_at
        _fill(row, draft)
        row.changes += 1
        session.add(row)
        note_deed(session, deps, user, "meeting.changed", row)
        answers = list(table.get_answers(session, deps.workspace, key))
        if told:
            _next_version(session, row, now)
            _tell(session, deps, rules.MOVED, row, answers, min(began, row.starts_at))
        fill_seats(session, deps, row, answers)
    return row


@for_coordinators
def cancel(deps: Deps, user: Coordinator, key: str) -> Meeting:
    """Cancels the meeting: buttons go, and everyone who answered is told.

    Raises NotACoordinator, NotAMember, PersonUnknown, NoSuchMeeting, MeetingOver, DatabaseUnavailable.
    """
    with deps.write() as session:
        row = lock_coming_meeting(session, deps, key)
        row.status = "cancelled"
        note_deed(session, deps, user, "meeting.cancelled", row)
        row.changes += 1
        _next_version(session, row, deps.now())
        answers = table.get_answers(session, deps.workspace, key)
        _tell(session, deps, rules.CANCELLED, row, answers, row.starts_at)
    return row


def lock_coming_meeting(session: Session, deps: Deps, key: str) -> Meeting:
    """The meeting, locked; it is still to come. Raises NoSuchMeeting, MeetingOver."""
    row = table.lock_meeting(session, deps.workspace, key)
    if row is None:
        raise NoSuchMeeting
    if not rules.is_open(row, deps.now()):
        raise MeetingOver
    return row


def _next_version(session: Session, row: Meeting, now: datetime) -> None:
    row.version += 1
    row.changed_at = max(now, row.changed_at + A_SECOND)
    session.add(row)
    untrue = OFF_WHEN_MOVED if row.status == "planned" else OFF_WHEN_CANCELLED
    table.supersede(session, row.workspace, row.key, untrue, NOT_NEEDED)


def _tell(session: Session, deps: Deps, kind: Kind, row: Meeting, answers: Iterable[Rsvp], before: datetime) -> None:
    """To the channel at once, to each who answered at working hours, unless it would be too late by then."""
    now, occurrence = deps.now(), str(Occurrence.as_it_stands(row))
    at, until = rules.told_at(before, now), max(min(rules.told_until(now), row.starts_at), now + timedelta(hours=1))
    people = (Due(kind, occurrence, one.user, at, until, {"meeting": row.key}) for one in answers)
    enqueue(session, deps.workspace, [*_to_channel(deps, kind, occurrence, row, until), *people])


@for_coordinators
def give_minutes(deps: Deps, user: Coordinator, key: str, link: str) -> Meeting:
    """Keeps the link to the minutes and has it told in the channel, once.

    Raises NotACoordinator, NotAMember, PersonUnknown, NoChannel, NoSuchMeeting, PersonalDataFound, InvalidDraft.
    """
    require_channel(deps)
    link = tidy(link)
    rules.guard({"minutes": link}, deps.key)
    if not rules.LINK.fullmatch(link) or len(link) > rules.LONGEST["link"]:
        raise InvalidDraft({"minutes": rules.NO_LINK})
    with deps.write() as session:
        row = table.lock_meeting(session, deps.workspace, key)
        if row is None or row.status == "cancelled":
            raise NoSuchMeeting
        row.minutes = link
        note_deed(session, deps, user, "meeting.minutes", row)
        row.changes += 1
        session.add(row)
        until = rules.told_until(deps.now())
        enqueue(
            session,
            deps.workspace,
            _to_channel(deps, rules.FOLLOWUP, str(Occurrence(key, of=rules.MINUTES)), row, until),
        )
    return row
