"""What would be sent in the days to come, without sending or storing anything."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import digests, reminders
from bot.rules.kinds import Kind
from bot.rules.weeks import HOME, week_label, working_instant, zone_of
from bot.services import loop, meetings, summaries
from bot.services.digests import rule_and_past
from bot.services.permissions import coordinators
from storage import ledger, networks, people
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
    digest: digests.Rule
    counted: digests.Past
    coordinators: int


def planned(deps: Deps, now: datetime, days: int) -> list[Planned]:
    """What would go out from now on for so many days, soonest first.

    Nobody is left out of a round to come for an answer that they may give until then. Raises SlackError where Slack
    does not tell the members.
    """
    until = now + timedelta(days=days)
    zones = {str(one["id"]): zone_of(one.get("tz")) for one in deps.people.everybody()}
    with deps.read() as session:
        known = _what_is_known(session, deps, now, zones)
        waiting = ledger.waiting(session, deps.workspace, until)
        of_meetings = list(meetings.ahead(session, deps, now, until, set(zones)))
        of_meetings += summaries.ahead(session, deps, now, until, set(zones))
        of_meetings += loop.ahead(session, deps, now, until, set(zones))
    due = (_planned(max(one.at, now), one.kind, one.messages, one.occurrence) for one in waiting)
    told = (_planned(*one) for one in of_meetings)
    return sorted(
        [*due, *told, *_reminders(known, now, until), *_digests(known, now, until)],
        key=lambda one: (one.at, one.kind, one.key),
    )


def _what_is_known(session: Session, deps: Deps, now: datetime, zones: dict[str, ZoneInfo]) -> _Known:
    workspace = deps.workspace
    digest, counted = rule_and_past(session, deps)
    told = len(coordinators(session, deps) & set(zones))
    latest = rounds.get_latest(session, workspace, reminders.REMINDER)
    since = rounds.rule_since(session, workspace)
    past = reminders.Past(since or now, latest.occurrence if latest else None)
    rule = reminders.Rule.of(networks.get_network(session, workspace))
    chosen = people.get_everyone(session, workspace)
    return _Known(rule, past, chosen, zones, digest, counted or digests.Past(now), told)


def _digests(known: _Known, now: datetime, until: datetime) -> Iterator[Planned]:
    """The digest that is due now, and those that come until then; nobody gets one while nobody is a coordinator."""
    if not known.coordinators:
        return
    counted = known.counted
    for at in [now, *(max(slot, now) for slot, _ in takewhile(lambda one: one[0] <= until, _slots(known, now)))]:
        if span := digests.due(known.digest, at, counted):
            counted = replace(counted, counted=span.last)
            yield _planned(at, Kind.DIGEST, known.coordinators, week_label(span.last))


def _slots(known: _Known, now: datetime) -> Iterator[tuple[datetime, int]]:
    """The times for a digest from now on, and the opening of each working hour before them: a missed one goes then."""
    yield working_instant(now), 0
    yield from (one for one in digests.slots(known.digest, now) if one[0] >= now)


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
