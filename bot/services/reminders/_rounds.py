"""Opening a round, asking at the moment of sending whether a message is still wanted, and closing earlier rounds."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import reminders as rules
from bot.rules.deliveries import Due, PutOff, Skip, Verdict, is_person, send_from
from bot.rules.kinds import next_hours
from bot.rules.reminders import KINDS, NUDGE, REMINDER, TOMORROW, Past, Round, Rule
from bot.rules.weeks import local_day, zone_of
from bot.services.deliveries import enqueue, recipient
from bot.slack import Member
from storage import networks, people
from storage import reminders as table
from storage.models import Delivery, Run

EDITED_AT_ONCE = 20


def open_due_round(deps: Deps) -> bool:
    """Opens the round whose time has come, closes the one before, and enters its messages; all or nothing.

    Raises SlackError where Slack does not tell the members, DatabaseUnavailable: the next knock tries again.
    """
    now = deps.now()
    with deps.read() as session:
        rule, past, _ = rule_and_past(session, deps)
    if past is None:
        with deps.write() as session:
            table.begin_rule(session, deps.workspace, now)
        return False
    one = rules.due(rule, now, past, map(zone_of, deps.people.zones()))
    if one is None:
        return False
    members = [] if rule.in_channel and deps.people.channel else deps.people.everyone()
    with deps.write() as session:
        return _open(session, deps, rule, one, members)


def rule_and_past(session: Session, deps: Deps) -> tuple[Rule, Past | None, Run | None]:
    """The rule, what a new round must come after (None where nobody has looked yet), and the last round."""
    rule = Rule.of(networks.get_network(session, deps.workspace))
    since = table.rule_since(session, deps.workspace)
    latest = table.get_latest(session, deps.workspace, REMINDER)
    return rule, Past(since, latest.occurrence if latest else None) if since else None, latest


def _open(session: Session, deps: Deps, rule: Rule, one: Round, members: Sequence[Member]) -> bool:
    before = table.get_latest(session, deps.workspace, REMINDER)
    if not table.open_run(session, deps.workspace, REMINDER, one.occurrence, one.opens_at, one.expires_at):
        return False
    recipients = _without_answer(session, deps, members, before)
    if before is not None:
        before.state = "closed"
    table.close_rounds_before(session, deps.workspace, one.occurrence, KINDS)
    enqueue(session, deps.workspace, _due(session, deps, rule, one, recipients))
    return True


def _without_answer(session: Session, deps: Deps, members: Sequence[Member], since: Run | None) -> list[Member]:
    """Those who have not answered since this round began; before the first one, in 30 days."""
    answered = table.answered(session, deps.workspace, *round_and_since(since, deps.now()))
    return [member for member in members if member.user not in answered]


def round_and_since(latest: Run | None, opens_at: datetime) -> tuple[str, table.Since]:
    """The key of the round that is answered to, and from when on an observation counts as an answer to it.

    Before the first round, which opens at the instant, it counts for 30 days. Who files without a name is known to
    nobody, and is among those who have not answered.
    """
    if latest:
        return latest.occurrence, (local_day(latest.due_at), latest.due_at)
    first = opens_at - timedelta(days=rules.FIRST_DAYS)
    return rules.BEFORE_THE_FIRST, (local_day(first), first)


def _due(session: Session, deps: Deps, rule: Rule, one: Round, recipients: Sequence[Member]) -> Iterator[Due]:
    now = deps.now()
    if rule.in_channel and deps.people.channel:
        at = rules.send_at(one, rule, now, zone_of(None))
        yield Due(REMINDER, one.occurrence, deps.people.channel, at, rules.valid_until(one.day))
        return
    chosen = people.get_everyone(session, deps.workspace)
    for member in recipients:
        zone = zone_of(member.zone)
        at, until = rules.send_at(one, rule, now, zone), rules.valid_until(one.day, zone)
        if at < until and rules.wants(chosen.get(member.user), local_day(at, zone)):
            yield Due(REMINDER, one.occurrence, member.user, at, until)


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the message at the moment of sending; it goes on open days at working hours.

    The reason is the same for those who have answered, are away, have left or want none.
    """
    latest = table.get_latest(session, deps.workspace, REMINDER)
    if latest is None or not row.occurrence.startswith(latest.occurrence) or _is_stopped(session, latest, row.kind):
        return Skip()
    if not is_person(row.recipient):
        return send_from(next_hours(row.kind, now), now)
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    answered = table.has_answered(session, deps.workspace, *round_and_since(latest, now), row.recipient)
    if member.on_holiday(now) or answered:
        return Skip()
    chosen = people.get_person(session, deps.workspace, row.recipient)
    zone = zone_of(member.zone)
    return send_from(next_hours(row.kind, now, zone), now) if rules.wants(chosen, local_day(now, zone)) else Skip()


def _is_stopped(session: Session, latest: Run, kind: str) -> bool:
    """Whether a coordinator has stopped the round or turned reminders off; what somebody asked for still goes."""
    off = Rule.of(networks.get_network(session, latest.workspace)).cadence == "off"
    return (off or latest.state == "stopped") and kind != TOMORROW


def messages_to_close(deps: Deps) -> Sequence[Delivery]:
    """Returns some messages of earlier rounds that still have their buttons; deletes deliveries that left none."""
    with deps.read() as session:
        latest = table.get_latest(session, deps.workspace, REMINDER)
        if latest is None or not table.anything_before(session, deps.workspace, latest.occurrence, KINDS):
            return []
    with deps.write() as session:
        table.close_rounds_before(session, deps.workspace, latest.occurrence, KINDS)
        return table.sent_before(session, deps.workspace, latest.occurrence, KINDS, EDITED_AT_ONCE)


def messages_replaced(deps: Deps) -> Sequence[Delivery]:
    """Some messages of the present round that have their buttons still, though a nudge has gone out after them."""
    with deps.read() as session:
        latest = table.get_latest(session, deps.workspace, REMINDER)
        if latest is None:
            return []
        return table.replaced(session, deps.workspace, latest.occurrence, NUDGE, EDITED_AT_ONCE)


def forget_delivery(deps: Deps, row: Delivery) -> None:
    """Deletes the row of a round that is over, once nothing is to be edited in its message any more."""
    with deps.write() as session:
        table.drop_delivery(session, row.key)
