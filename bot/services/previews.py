"""What would be sent in the days to come, without sending or storing anything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings, reminders
from bot.rules.weeks import DAY, HOME, local_day, zone_of
from storage import ledger, networks, people
from storage import meetings as meeting_table
from storage import reminders as rounds
from storage.models import Person


@dataclass(frozen=True, slots=True)
class Planned:
    """Messages of one kind that would go out at the same instant; `at` has Helsinki's offset."""

    at: datetime
    kind: str
    recipients: int
    key: str

    def as_dict(self) -> dict[str, object]:
        return {"at": self.at.isoformat(), "kind": self.kind, "recipients": self.recipients, "key": self.key}


@dataclass(frozen=True, slots=True)
class _Known:
    rule: reminders.Rule
    past: reminders.Past
    people: dict[str, Person]
    zones: dict[str, ZoneInfo]  # of each member


def planned(deps: Deps, now: datetime, days: int) -> list[Planned]:
    """What would go out from now on for so many days, soonest first.

    Nobody is left out of a round to come for an answer that they may give until then. Raises SlackError where Slack
    does not tell the members.
    """
    until = now + timedelta(days=days)
    zones = {str(one["id"]): zone_of(one.get("tz")) for one in deps.people.everybody()}
    with deps.read() as session:
        known = _known(session, deps.workspace, now, zones)
        waiting = ledger.waiting(session, deps.workspace, until)
        of_meetings = [
            *_meetings(session, deps.workspace, now, until, set(zones)),
            *_missing(session, deps, now, until),
        ]
    due = (_planned(max(one.at, now), one.kind, one.messages, one.occurrence) for one in waiting)
    return sorted([*due, *of_meetings, *_reminders(known, now, until)], key=lambda one: (one.at, one.kind, one.key))


def _known(session: Session, workspace: str, now: datetime, zones: dict[str, ZoneInfo]) -> _Known:
    latest = rounds.latest(session, workspace, reminders.REMINDER)
    since = rounds.rule_since(session, workspace)
    past = reminders.Past(since or now, latest.occurrence if latest else None)
    rule = reminders.Rule.of(networks.of_workspace(session, workspace))
    return _Known(rule, past, people.everyone(session, workspace), zones)


def _planned(at: datetime, kind: str, recipients: int, occurrence: str) -> Planned:
    return Planned(at.astimezone(HOME), kind, recipients, f"{kind}:{occurrence}")


def _reminders(known: _Known, now: datetime, until: datetime) -> Iterator[Planned]:
    for one in _rounds(known, now, until):
        if known.rule.in_channel:
            yield _planned(max(one.opens_at, now), reminders.REMINDER, 1, one.occurrence)
            continue
        wanting = [zone for user, zone in known.zones.items() if reminders.wants(known.people.get(user), one.day)]
        at = Counter(reminders.send_at(one, known.rule, now, zone) for zone in wanting)
        for moment, recipients in at.items():
            yield _planned(moment, reminders.REMINDER, recipients, one.occurrence)


def _rounds(known: _Known, now: datetime, until: datetime) -> Iterator[reminders.Round]:
    """The round that is due now, and those that open until then, each judged after the one before it."""
    past, moment, zones = known.past, now, frozenset(known.zones.values())
    one = reminders.due(known.rule, now, past, zones) or reminders.upcoming(known.rule, now, past, zones)
    while one and one.opens_at <= until:
        yield one
        past, moment = reminders.Past(past.since, one.occurrence), max(moment, one.opens_at)
        one = reminders.upcoming(known.rule, moment, past, zones)


def _meetings(session: Session, workspace: str, now: datetime, until: datetime, members: set[str]) -> Iterator[Planned]:
    """Reminders of the meetings to come, and the question after each, by the answers that stand now."""
    found = meeting_table.since(session, workspace, now - 2 * meetings.QUESTION_FOR)
    for meeting in (one for one in found if one.status != "cancelled"):
        rows = meeting_table.answers(session, workspace, meeting.key)
        for one in meetings.ahead(meeting, now):
            asked = [user for user in members if meetings.concerns(one.name, meetings.own(rows, user), meeting, one.at)]
            if asked and one.at <= until:
                occurrence = f"{meeting.key}:v{meeting.version}:{one.name}"
                yield _planned(one.at, meetings.REMINDER, len(asked), occurrence)
        there = sum(meetings.own(rows, user).comes for user in members)
        if there and now < meetings.question_at(meeting) <= until:
            yield _planned(meetings.question_at(meeting), meetings.FOLLOWUP, there, f"{meeting.key}:after")


def _missing(session: Session, deps: Deps, now: datetime, until: datetime) -> Iterator[Planned]:
    """What coordinators would be told of half-years for which no meeting stands."""
    coordinators = deps.first_coordinators | networks.coordinators(session, deps.workspace)
    stands = meeting_table.since(session, deps.workspace, now - 366 * DAY)
    half = meetings.half_of(local_day(now))
    while (at := meetings.nudge_at(half)) <= until:
        if at > now and not meetings.stands_in(half, stands):
            yield _planned(at, meetings.MISSING, len(coordinators), half.key)
        half = meetings.half_of(half.last + DAY)
