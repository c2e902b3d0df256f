"""What a coordinator sees of a round and may do about it: numbers, never who."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import CannotNudge
from bot.rules import reminders as rules
from bot.rules.deliveries import WAITING, Due
from bot.rules.reminders import NUDGE, REMINDER, Coming, Expected, Outlook, Round, Rule, Running
from bot.rules.weeks import is_open, local_day, open_instant, zone_of
from bot.services.deliveries import cancel, enqueue
from bot.services.permissions import Coordinator, for_coordinators
from bot.services.reminders._rounds import round_and_since, rule_and_past
from bot.slack import Member
from storage import people
from storage import reminders as table
from storage.models import Person, Run

MOST_ROUNDS = 60  # looked through for the one after a long absence


@for_coordinators
def outlook(deps: Deps, _user: Coordinator) -> Outlook:
    """How the rounds stand. Raises NotACoordinator, SlackError."""
    members = deps.people.everyone()
    with deps.read() as session:
        rule, past, latest = rule_and_past(session, deps)
        past = past or rules.Past(deps.now())
        ahead = rules.upcoming(rule, deps.now(), past, map(zone_of, deps.people.zones()))
        opens_at = ahead.opens_at if ahead else deps.now()
        answered = table.answered(session, deps.workspace, *round_and_since(latest, opens_at))
        chosen = people.get_everyone(session, deps.workspace)
        coming = _coming(deps, rule, ahead, [one for one in members if one.user not in answered], chosen)
        return Outlook(coming, _running(session, deps, latest, len(answered)) if latest else None)


def _coming(
    deps: Deps, rule: Rule, ahead: Round | None, members: list[Member], chosen: Mapping[str, Person]
) -> Coming | None:
    if ahead is None:
        return None
    if rule.in_channel and deps.people.channel:
        return Coming(ahead.opens_at, 1, ahead.opens_at)
    times = [
        rules.send_at(ahead, rule, ahead.opens_at, zone_of(member.zone))
        for member in members
        if rules.wants(chosen.get(member.user), ahead.day)
    ]
    return Coming(ahead.opens_at, len(times), rules.last_of(times) or ahead.opens_at)


def _running(session: Session, deps: Deps, latest: Run, answered: int) -> Running:
    found = table.counts(session, deps.workspace, REMINDER, latest.occurrence)
    waiting = sum(found.get(state, 0) for state in WAITING)
    last = table.last_not_before(session, deps.workspace, REMINDER, latest.occurrence)
    return Running(
        opened_on=local_day(latest.due_at),
        sent=found.get("sent", 0),
        waiting=waiting,
        answered=answered,
        last_at=max(last, deps.now()) + rules.fan_out(waiting) if last else None,
        stopped=latest.state == "stopped",
        may_nudge=_may_nudge(session, deps, latest),
    )


def _may_nudge(session: Session, deps: Deps, latest: Run) -> bool:
    nudged = table.get_latest(session, deps.workspace, NUDGE)
    new = nudged is None or nudged.occurrence != latest.occurrence
    today, first = local_day(deps.now()), rules.nudge_from(local_day(latest.due_at))
    waits = table.recipients(session, deps.workspace, REMINDER, latest.occurrence, "pending")
    return new and not waits and latest.state == "expanded" and today >= first and is_open(today)


def _reminded(session: Session, deps: Deps, latest: Run, members: list[Member]) -> set[str]:
    """Those who got the round's reminder; all, where it was a post in the channel."""
    sent = table.recipients(session, deps.workspace, REMINDER, latest.occurrence, "sent")
    return sent if deps.people.channel not in sent else {one.user for one in members}


@for_coordinators
def stop_round(deps: Deps, _user: Coordinator) -> int:
    """Stops the running round and returns how many messages were held back. Raises NotACoordinator."""
    with deps.write() as session:
        latest = table.get_latest(session, deps.workspace, REMINDER)
        if latest is None:
            return 0
        latest.state = "stopped"
        return sum(cancel(session, deps.workspace, kind, latest.occurrence) for kind in (REMINDER, NUDGE))


@for_coordinators
def nudge_ahead(deps: Deps, _user: Coordinator) -> Coming:
    """To how many a nudge would go, and from when to when. Raises NotACoordinator, CannotNudge, SlackError."""
    members = deps.people.everyone()
    with deps.read() as session:
        _, due = _nudges(session, deps, members)
    times = [one.not_before for one in due]
    return Coming(min(times, default=deps.now()), len(times), rules.last_of(times) or deps.now())


@for_coordinators
def nudge(deps: Deps, _user: Coordinator) -> int:
    """Enters one more message to each who got the reminder and has not answered; returns to how many.

    Once a round, on an open day, from the third working day after the round on. Raises as nudge_ahead.
    """
    members, now = deps.people.everyone(), deps.now()
    with deps.write() as session:
        latest, due = _nudges(session, deps, members)
        if not table.open_run(session, deps.workspace, NUDGE, latest.occurrence, now, latest.expires_at):
            raise CannotNudge
        return enqueue(session, deps.workspace, due)


def _nudges(session: Session, deps: Deps, members: list[Member]) -> tuple[Run, list[Due]]:
    """The round, and the messages that a nudge would be."""
    latest, now = table.get_latest(session, deps.workspace, REMINDER), deps.now()
    if latest is None or not _may_nudge(session, deps, latest):
        raise CannotNudge
    answered = table.answered(session, deps.workspace, *round_and_since(latest, now))
    missing = _reminded(session, deps, latest, members) - answered
    chosen = people.get_everyone(session, deps.workspace)
    return latest, [_nudge(one, latest, now) for one in members if one.user in missing and _wants(chosen, one, now)]


def _wants(chosen: Mapping[str, Person], member: Member, now: datetime) -> bool:
    day = local_day(open_instant(now, zone_of(member.zone)), zone_of(member.zone))
    return rules.wants(chosen.get(member.user), day) and not member.on_holiday(now)


def _nudge(member: Member, latest: Run, now: datetime) -> Due:
    zone = zone_of(member.zone)
    at = open_instant(now, zone)
    return Due(NUDGE, latest.occurrence, member.user, at, rules.valid_until(local_day(at, zone), zone))


def next_for(deps: Deps, member: Member, chosen: Person | None) -> Expected:
    """The next reminder that this person gets, unless they answer before it. After an answer one is left out.

    `chosen` is the person's row.
    """
    with deps.read() as session:
        rule, past, latest = rule_and_past(session, deps)
        ahead = _rounds_ahead(rule, deps.now(), past or rules.Past(deps.now()), zone_of(member.zone))
        first = next(ahead, None)
        if first is None:
            return Expected(None)
        answered = table.has_answered(session, deps.workspace, *round_and_since(latest, first.opens_at), member.user)
    in_channel = rule.in_channel and bool(deps.people.channel)  # one post, for all
    to_come = ahead if answered and not in_channel else chain([first], ahead)
    return Expected(next((one.day for one in to_come if rules.wants(chosen, one.day)), None), answered, in_channel)


def _rounds_ahead(rule: Rule, now: datetime, past: rules.Past, zone: ZoneInfo) -> Iterator[Round]:
    """The rounds to come for a person of this zone, soonest first."""
    for _ in range(MOST_ROUNDS):
        one = rules.upcoming(rule, now, past, [zone])
        if one is None:
            return
        yield one
        past, now = rules.Past(past.since, one.occurrence), one.opens_at
