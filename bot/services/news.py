"""What cannot wait reaches each coordinator once: planned for their own time, told once, counted in App Home."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import InvalidDraft
from bot.rules import news as rules
from bot.rules.deliveries import Due, PutOff, Send, Skip, Verdict
from bot.rules.kinds import Kind
from bot.rules.news import Counts
from bot.rules.reminders import is_away
from bot.rules.weeks import local_day, zone_of
from bot.services.deliveries import enqueue, to_coordinator
from bot.services.permissions import Actor, Coordinator, coordinators, for_coordinators
from bot.slack import Member
from storage import news as table
from storage import people
from storage.models import Delivery, Hearing, News
from storage.news import Waiting


def plan(deps: Deps) -> None:
    """Enters a message to each coordinator for whom something is new, for their next time. A second time is nothing.

    Raises SlackError where Slack does not tell the members, DatabaseUnavailable: the next knock tries again.
    """
    with deps.read() as session:
        waiting = table.waiting(session, deps.workspace, urgent=True)
        wanting = coordinators(session, deps) if waiting else frozenset()
    if not wanting:
        return
    members = [one for one in deps.people.everyone() if one.user in wanting]
    with deps.read() as session:
        due = [one for member in members if (one := _due(session, deps, member, waiting))]
    if due:
        with deps.write() as session:
            enqueue(session, deps.workspace, due)


def _due(session: Session, deps: Deps, member: Member, waiting: list[Waiting]) -> Due | None:
    chosen, zone = table.hearing(session, deps.workspace, member.user), zone_of(member.zone)
    if not chosen.wanted or not _new(session, deps, member.user, waiting, lambda row: row.told or row.seen):
        return None
    at = rules.next_at(deps.now(), chosen.at, zone)
    day = local_day(at, zone).isoformat()
    if table.is_planned(session, deps.workspace, Kind.NEWS, day, member.user):
        return None
    return Due(Kind.NEWS, day, member.user, at, rules.end_of(at, zone))


def _new(
    session: Session, deps: Deps, user: str, waiting: list[Waiting], is_known: Callable[[News], bool]
) -> list[Waiting]:
    """What waits, is not the coordinator's own, and they do not know of."""
    known = {subject for subject, row in table.known(session, deps.workspace, user).items() if is_known(row)}
    return [one for one in waiting if one[1] not in known and one[2] != user]


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime) -> Verdict:
    """Judges the message at the moment of sending; with the yes it is settled what it tells, which counts as told."""
    verdict = to_coordinator(deps, session, row, now)
    if not isinstance(verdict, Send) or json.loads(row.params):
        return verdict
    chosen, member = table.hearing(session, deps.workspace, row.recipient), deps.people.known(row.recipient)
    zone = zone_of(member.zone if member else None)
    person = people.get_person(session, deps.workspace, row.recipient)
    if not chosen.wanted or (person and is_away(person, local_day(now, zone))):
        return Skip()
    if (at := rules.next_at(now, chosen.at, zone)) > now and local_day(at, zone) == local_day(now, zone):
        return PutOff(at)  # they have chosen a later time
    waiting = table.waiting(session, deps.workspace, urgent=True)
    new = _new(session, deps, row.recipient, waiting, lambda one: one.told or one.seen)
    if not new:
        return Skip()
    row.params = json.dumps(asdict(rules.counted(kind for kind, _, _ in new)))
    table.put(session, deps.workspace, row.recipient, [subject for _, subject, _ in new], "told")
    return verdict


def told(row: Delivery) -> Counts:
    """What the message tells."""
    return Counts(**json.loads(row.params))


@for_coordinators
def look(deps: Deps, user: Coordinator) -> Counts:
    """How much is new since the coordinator looked last; from here on they have seen it. What is over is forgotten."""
    with deps.read() as session:
        waiting = table.waiting(session, deps.workspace)
        new = _new(session, deps, user, waiting, lambda row: row.seen)
        over = table.known(session, deps.workspace, user).keys() - {subject for _, subject, _ in waiting}
    if new or over:
        with deps.write() as session:
            table.forget(session, deps.workspace, user, over)
            table.put(session, deps.workspace, user, [subject for _, subject, _ in new], "seen")
    return rules.counted(kind for kind, _, _ in new)


@for_coordinators
def hearing(deps: Deps, user: Coordinator) -> Hearing:
    """How the coordinator wants to hear of what cannot wait. Raises NotACoordinator, NotAMember, PersonUnknown."""
    with deps.read() as session:
        return table.hearing(session, deps.workspace, user)


def choose(deps: Deps, user: Actor, *, wanted: bool, at: str) -> None:
    """Stores the coordinator's choice. Raises as `hearing`, and InvalidDraft."""
    if wrong := rules.mistakes(at):
        raise InvalidDraft(wrong)
    _choose(deps, user, Hearing(workspace=deps.workspace, user=user, wanted=wanted, at=at))


@for_coordinators
def _choose(deps: Deps, _user: Coordinator, row: Hearing) -> None:
    with deps.write() as session:
        table.choose(session, row)
