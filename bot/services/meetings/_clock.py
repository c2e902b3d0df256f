"""What the clock does about meetings: it reminds, asks afterwards, tells that none is planned, and forgets."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.deliveries import Due
from bot.rules.meetings import Occurrence, Reminder
from bot.rules.weeks import local_day
from bot.services.deliveries import enqueue
from bot.services.meetings._answers import fill_seats
from bot.services.meetings._wanted import A_YEAR, stands
from bot.services.permissions import coordinators
from storage import meetings as table
from storage import reminders as runs
from storage.models import Meeting, Run

FORGOTTEN_AT_ONCE = 5
LATELY = 1800  # seconds: half as long as the directory remembers people, so that only those who left seem gone


def begin(deps: Deps) -> None:
    """Marks the meetings that have begun: they take no answers any more. Raises DatabaseUnavailable."""
    now = deps.now()
    with deps.read() as session:
        if not any(one.starts_at <= now for one in _recent(session, deps)):
            return
    with deps.write() as session:
        for meeting in table.lock_to_begin(session, deps.workspace, now):
            meeting.status, meeting.changes = "begun", meeting.changes + 1
            session.add(meeting)


def _recent(session: Session, deps: Deps) -> list[Meeting]:
    return [one for one in table.get_since(session, deps.workspace, deps.now() - A_YEAR) if one.status == "planned"]


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
            held = table.lock_meeting(session, deps.workspace, meeting.key)
            if held is None or held.version != meeting.version or not rules.is_open(held, now):
                continue
            params = {"meeting": held.key, "version": held.version, "name": reminder.name}
            occurrence = _occurrence(held, reminder)
            until = reminder.expires_at
            if runs.open_run(session, deps.workspace, rules.REMINDER, occurrence, reminder.at, until):
                messages = (Due(rules.REMINDER, occurrence, user, now, until, params) for user in members)
                enqueue(session, deps.workspace, messages)


def _occurrence(meeting: Meeting, reminder: Reminder) -> str:
    return str(Occurrence.as_it_stands(meeting, reminder.name))


def _is_open(session: Session, kind: str, occurrence: str, deps: Deps) -> bool:
    return session.get(Run, (deps.workspace, kind, occurrence)) is not None


def seats_of_the_gone(deps: Deps) -> None:
    """Takes seats and places in the line from people who have left the network, where somebody waits for a seat.

    Raises SlackError where Slack does not tell the members, DatabaseUnavailable.
    """
    with deps.read() as session:
        rows = {one.key: table.get_answers(session, deps.workspace, one.key) for one in _recent(session, deps)}
    waited_for = {key: {row.user for row in some} for key, some in rows.items() if any(row.waits for row in some)}
    if not waited_for:
        return
    if not deps.people.read_within(LATELY):
        deps.people.everyone()
    for key, users in waited_for.items():
        gone = {user for user in users if deps.people.known(user) is None}
        if gone and gone != users:  # where nobody is known, it is we who know too little
            _leave(deps, key, gone)


def _leave(deps: Deps, key: str, gone: Collection[str]) -> None:
    with deps.write() as session:
        _let_go(session, deps, key, gone)


def leave_all(session: Session, deps: Deps, user: str) -> None:
    """The person comes to no meeting any more; whoever waits gets the seat. In the caller's transaction."""
    for meeting in _recent(session, deps):
        if any(row.user == user for row in table.get_answers(session, deps.workspace, meeting.key)):
            _let_go(session, deps, meeting.key, {user})


def _let_go(session: Session, deps: Deps, key: str, gone: Collection[str]) -> None:
    meeting = table.lock_meeting(session, deps.workspace, key)
    if meeting is None or not rules.is_open(meeting, deps.now()):
        return
    answers = table.get_answers(session, deps.workspace, key)
    for row in answers:
        if row.user in gone:
            session.delete(row)
    meeting.changes += 1
    session.add(meeting)
    fill_seats(session, deps, meeting, [row for row in answers if row.user not in gone])


def ask_afterwards(deps: Deps) -> None:
    """Enters the question whether the meeting was of use, to those who were there. Raises DatabaseUnavailable."""
    now = deps.now()
    with deps.read() as session:
        held = [
            one for one in table.get_since(session, deps.workspace, now - 3 * rules.QUESTION_FOR) if _asks(one, now)
        ]
        held = [one for one in held if not _is_open(session, rules.FOLLOWUP, _asked(one), deps)]
    for meeting in held:
        at, occurrence = rules.question_at(meeting), _asked(meeting)
        until = at + rules.QUESTION_FOR
        with deps.write() as session:
            if not runs.open_run(session, deps.workspace, rules.FOLLOWUP, occurrence, at, until):
                continue
            answers = table.get_answers(session, deps.workspace, meeting.key)
            there = [one.user for one in answers if one.answer in rules.COMING and not one.waits]
            params = {"meeting": meeting.key}
            enqueue(
                session, deps.workspace, [Due(rules.FOLLOWUP, occurrence, one, now, until, params) for one in there]
            )


def _asked(meeting: Meeting) -> str:
    return str(Occurrence(meeting.key, of=rules.AFTER))


def _asks(meeting: Meeting, now: datetime) -> bool:
    at = rules.question_at(meeting)
    return meeting.status != "cancelled" and at <= now < at + rules.QUESTION_FOR


def miss_one(deps: Deps) -> None:
    """Tells coordinators once that no meeting stands for the half-year, with days to choose from.

    Raises DatabaseUnavailable.
    """
    now = deps.now()
    half = rules.half_of(local_day(now))
    at = rules.nudge_at(half)
    until = at + rules.TOLD_FOR
    if not at <= now < until:
        return
    with deps.read() as session:
        if _is_open(session, rules.MISSING, half.key, deps) or stands(session, deps, now):
            return
    with deps.write() as session:
        if stands(session, deps, now) or not runs.open_run(session, deps.workspace, rules.MISSING, half.key, at, until):
            return
        told = sorted(coordinators(session, deps))
        enqueue(session, deps.workspace, (Due(rules.MISSING, half.key, user, now, until) for user in told))


def forget(deps: Deps) -> None:
    """Deletes who answered a meeting, a month after it. Raises DatabaseUnavailable."""
    before = deps.now() - rules.FORGOTTEN_AFTER
    with deps.read() as session:
        keys = table.to_forget(session, deps.workspace, before, FORGOTTEN_AT_ONCE)
    for key in keys:
        with deps.write() as session:
            table.forget_people(session, deps.workspace, key, rules.KINDS)
