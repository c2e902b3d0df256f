"""What a coordinator sees of a round and may do about it: numbers, never who."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import reminders as rules
from bot.rules.deliveries import WAITING, Due
from bot.rules.reminders import NUDGE, REMINDER, Coming, Outlook, Round, Rule, Running
from bot.rules.weeks import is_open, local_day, open_instant, zone_of
from bot.services.deliveries import cancel, enqueue
from bot.services.networks import require_coordinator
from bot.services.reminders._rounds import answered_since, rule_and_past
from bot.slack import Member
from storage import people
from storage import reminders as table
from storage.models import Person, Run

MOST_ROUNDS = 60  # looked through for the one after a long absence


def outlook(deps: Deps, user: str) -> Outlook:
    """How the rounds stand. Raises NotACoordinator, SlackError."""
    require_coordinator(deps, user)
    members = deps.people.everyone()
    with deps.read() as session:
        latest = table.latest(session, deps.workspace, REMINDER)
        rule, past = rule_and_past(session, deps)
        past = past or rules.Past(deps.now())
        ahead = rules.upcoming(rule, deps.now(), past, map(zone_of, deps.people.zones()))
        answered = answered_since(session, deps, latest)
        chosen = people.everyone(session, deps.workspace)
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
    nudged = table.latest(session, deps.workspace, NUDGE)
    new = nudged is None or nudged.occurrence != latest.occurrence
    waits = table.recipients(session, deps.workspace, REMINDER, latest.occurrence, "pending")
    return new and not waits and latest.state == "expanded" and is_open(local_day(deps.now()))


def _reminded(session: Session, deps: Deps, latest: Run, members: list[Member]) -> set[str]:
    """Those who got the round's reminder; all, where it was a post in the channel."""
    sent = table.recipients(session, deps.workspace, REMINDER, latest.occurrence, "sent")
    return sent if deps.people.channel not in sent else {one.user for one in members}


def stop_round(deps: Deps, user: str) -> int:
    """Nothing more of the running round goes out; answers how many messages were held back. Raises NotACoordinator."""
    require_coordinator(deps, user)
    with deps.write() as session:
        latest = table.latest(session, deps.workspace, REMINDER)
        if latest is None:
            return 0
        latest.state = "stopped"
        return sum(cancel(session, deps.workspace, kind, latest.occurrence) for kind in (REMINDER, NUDGE))


def nudge(deps: Deps, user: str) -> int | None:
    """One more message to those who got the reminder and have not answered; answers to how many.

    Once a round, when all have got theirs, on an open day: None otherwise.

    Raises NotACoordinator, SlackError.
    """
    require_coordinator(deps, user)
    members, now = deps.people.everyone(), deps.now()
    with deps.write() as session:
        latest = table.latest(session, deps.workspace, REMINDER)
        if latest is None or not _may_nudge(session, deps, latest):
            return None
        if not table.open_run(session, deps.workspace, NUDGE, latest.occurrence, now, latest.expires_at):
            return None
        missing = _reminded(session, deps, latest, members) - answered_since(session, deps, latest)
        chosen = people.everyone(session, deps.workspace)
        due = [_nudge(one, latest, now) for one in members if one.user in missing and _wants(chosen, one, now)]
        return enqueue(session, deps.workspace, due)


def _wants(chosen: Mapping[str, Person], member: Member, now: datetime) -> bool:
    day = local_day(open_instant(now, zone_of(member.zone)), zone_of(member.zone))
    return rules.wants(chosen.get(member.user), day) and not member.on_holiday(now)


def _nudge(member: Member, latest: Run, now: datetime) -> Due:
    zone = zone_of(member.zone)
    at = open_instant(now, zone)
    return Due(NUDGE, latest.occurrence, member.user, at, rules.valid_until(local_day(at, zone), zone))


def next_for(deps: Deps, member: Member) -> date | None:
    """The next day on which this person gets a reminder unless they answer before; None where none is to come."""
    with deps.read() as session:
        rule, past = rule_and_past(session, deps)
        chosen = people.one(session, deps.workspace, member.user)
    now, zone = deps.now(), zone_of(member.zone)
    past = past or rules.Past(now)
    for _ in range(MOST_ROUNDS):
        ahead = rules.upcoming(rule, now, past, [zone])
        if ahead is None:
            return None
        if rules.wants(chosen, ahead.day):
            return ahead.day
        past, now = rules.Past(past.since, ahead.occurrence), ahead.opens_at
    return None
