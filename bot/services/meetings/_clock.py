"""What the clock does about meetings: reminds, asks afterwards, misses one that nobody has planned, and forgets."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.deliveries import NOT_NEEDED, Due
from bot.rules.meetings import Own, Reminder
from bot.rules.reminders import is_away
from bot.rules.weeks import local_day, open_instant, zone_of
from bot.services.deliveries import A_MOMENT, FRESH, enqueue
from storage import meetings as table
from storage import networks, people
from storage import reminders as runs
from storage.models import Delivery, Meeting, Run

A_YEAR = timedelta(days=366)
FORGOTTEN_AT_ONCE = 5
PRIVATE = ("U", "W")


def begin(deps: Deps) -> None:
    """Meetings whose time has come take no answers any more. Raises DatabaseUnavailable."""
    now = deps.now()
    with deps.read() as session:
        if not any(one.starts_at <= now for one in _recent(session, deps)):
            return
    with deps.write() as session:
        for meeting in table.to_begin(session, deps.workspace, now):
            meeting.status, meeting.changes = "begun", meeting.changes + 1
            session.add(meeting)


def _recent(session: Session, deps: Deps) -> list[Meeting]:
    return [one for one in table.since(session, deps.workspace, deps.now() - A_YEAR) if one.status == "planned"]


def remind(deps: Deps) -> None:
    """Enters the reminders whose time has come, to every member; who gets none is judged as each goes out.

    Raises SlackError where Slack does not tell the members, DatabaseUnavailable: the next knock tries again.
    """
    now = deps.now()
    with deps.read() as session:
        found = [(one, due) for one in _recent(session, deps) if (due := rules.due(one, now))]
        found = [(one, due) for one, due in found if not _is_open(session, rules.REMINDER, _occurrence(one, due), deps)]
    for meeting, reminder in found:
        members = [member.user for member in deps.people.everyone()]
        with deps.write() as session:
            held = table.held(session, deps.workspace, meeting.key)
            if held is None or held.version != meeting.version or not rules.is_open(held, now):
                continue
            params = {"meeting": held.key, "version": held.version, "name": reminder.name}
            occurrence = _occurrence(held, reminder)
            if _open(session, deps, rules.REMINDER, occurrence, reminder.at, reminder.expires_at):
                until = reminder.expires_at
                messages = (Due(rules.REMINDER, occurrence, user, now, until, params) for user in members)
                enqueue(session, deps.workspace, messages)


def _occurrence(meeting: Meeting, reminder: Reminder) -> str:
    return f"{meeting.key}:v{meeting.version}:{reminder.name}"


def _is_open(session: Session, kind: str, occurrence: str, deps: Deps) -> bool:
    return session.get(Run, (deps.workspace, kind, occurrence)) is not None


def _open(session: Session, deps: Deps, kind: str, occurrence: str, at: datetime, until: datetime) -> bool:
    place = {"workspace": deps.workspace, "kind": kind, "occurrence": occurrence}
    run = Run.model_validate({**place, "due_at": at, "expires_at": until, "state": "expanded"})
    return runs.open_run(session, run)


def ask_afterwards(deps: Deps) -> None:
    """Asks those who were there, on the next open day, whether the meeting was of use. Raises DatabaseUnavailable."""
    now = deps.now()
    with deps.read() as session:
        held = [one for one in table.since(session, deps.workspace, now - 3 * rules.QUESTION_FOR) if _asks(one, now)]
        held = [one for one in held if not _is_open(session, rules.FOLLOWUP, f"{one.key}:after", deps)]
    for meeting in held:
        at, occurrence = rules.question_at(meeting), f"{meeting.key}:after"
        until = at + rules.QUESTION_FOR
        with deps.write() as session:
            if not _open(session, deps, rules.FOLLOWUP, occurrence, at, until):
                continue
            answers = table.answers(session, deps.workspace, meeting.key)
            there = [one.user for one in answers if one.answer in rules.COMING and not one.waits]
            params = {"meeting": meeting.key}
            enqueue(
                session, deps.workspace, [Due(rules.FOLLOWUP, occurrence, one, now, until, params) for one in there]
            )


def _asks(meeting: Meeting, now: datetime) -> bool:
    at = rules.question_at(meeting)
    return meeting.status != "cancelled" and at <= now < at + rules.QUESTION_FOR


def miss_one(deps: Deps, coordinators: Iterable[str]) -> None:
    """Tells coordinators once that no meeting stands for the half-year, with days to choose from.

    Raises DatabaseUnavailable.
    """
    now = deps.now()
    half = rules.half_of(local_day(now))
    at = rules.nudge_at(half)
    if not at <= now < at + rules.TOLD_FOR:
        return
    with deps.read() as session:
        if _is_open(session, rules.MISSING, half.key, deps) or stands(session, deps, now):
            return
    with deps.write() as session:
        if stands(session, deps, now) or not _open(session, deps, rules.MISSING, half.key, at, at + rules.TOLD_FOR):
            return
        due = (Due(rules.MISSING, half.key, user, now, at + rules.TOLD_FOR) for user in sorted(coordinators))
        enqueue(session, deps.workspace, due)


def coordinators(deps: Deps) -> frozenset[str]:
    """Those of the program's settings and the appointed ones."""
    with deps.read() as session:
        return _coordinators(session, deps)


def _coordinators(session: Session, deps: Deps) -> frozenset[str]:
    return deps.first_coordinators | networks.coordinators(session, deps.workspace)


def stands(session: Session, deps: Deps, now: datetime) -> bool:
    """Whether a meeting is planned, or was held, in the half-year of this instant."""
    return rules.stands_in(rules.half_of(local_day(now)), table.since(session, deps.workspace, now - A_YEAR))


def forget(deps: Deps) -> None:
    """A month after a meeting nothing tells any more who answered it. Raises DatabaseUnavailable."""
    before = deps.now() - rules.FORGOTTEN_AFTER
    with deps.read() as session:
        keys = table.to_forget(session, deps.workspace, before, FORGOTTEN_AT_ONCE)
    for key in keys:
        with deps.write() as session:
            table.forget_people(session, deps.workspace, key, rules.KINDS)


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> str | datetime | None:
    """The ledger's question at the moment of sending: None sends, an instant puts off, NOT_NEEDED skips."""
    if row.kind == rules.MISSING:
        if stands(session, deps, now) or row.recipient not in _coordinators(session, deps):
            return NOT_NEEDED
        return _of_person(deps, session, row, now, now + A_YEAR)
    meeting = table.one(session, deps.workspace, row.occurrence.partition(":")[0])
    if meeting is None or not CONCERNS[row.kind](session, row, meeting, now):
        return NOT_NEEDED
    if not row.recipient.startswith(PRIVATE):
        return None
    before = meeting.ends_at + A_YEAR if row.kind == rules.FOLLOWUP else meeting.starts_at
    return _of_person(deps, session, row, now, before)


def _of_person(deps: Deps, session: Session, row: Delivery, now: datetime, before: datetime) -> str | datetime | None:
    """Who has left is not written to, who is away not reminded; the rest at working hours, unless too late by then."""
    if not deps.people.read_within(FRESH):
        return now + A_MOMENT
    member = deps.people.known(row.recipient)
    if member is None:
        return NOT_NEEDED
    zone = zone_of(member.zone)
    if row.kind in (rules.REMINDER, rules.FOLLOWUP):
        chosen = people.one(session, deps.workspace, row.recipient)
        if member.on_holiday(now) or (chosen and is_away(chosen, local_day(now, zone))):
            return NOT_NEEDED
    opens = open_instant(now, zone)
    urgent = row.kind in (rules.MOVED, rules.CANCELLED, rules.SEAT) and opens >= min(before, row.expires_at)
    return None if opens <= now or urgent else opens


def _own(session: Session, row: Delivery, meeting: Meeting) -> Own:
    return rules.own(table.answers(session, meeting.workspace, meeting.key), row.recipient)


def _is_this_version(row: Delivery, meeting: Meeting) -> bool:
    return row.occurrence.split(":")[1] == f"v{meeting.version}"


def _notice(_session: Session, _row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return rules.is_open(meeting, now)


def _reminder(session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    name = json.loads(row.params)["name"]
    wanted = rules.concerns(name, _own(session, row, meeting), meeting, now)
    return wanted and _is_this_version(row, meeting) and rules.is_open(meeting, now)


def _moved(_session: Session, row: Delivery, meeting: Meeting, now: datetime) -> bool:
    return _is_this_version(row, meeting) and rules.is_open(meeting, now)


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
