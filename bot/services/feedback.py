"""Telling reporters what became of their observations: promised with each change, drawn when it goes."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NotReadable
from bot.rules.deliveries import Due, PutOff, Send, Skip, Verdict
from bot.rules.feedback import Joined, News, Templates, Told, most_that_fit
from bot.rules.kinds import Kind, next_hours
from bot.rules.phenomena import presser
from bot.rules.statuses import Status
from bot.rules.weeks import local_day, zone_of
from bot.services.deliveries import enqueue, recipient
from bot.services.permissions import Actor
from storage import deliveries, hidden, moves, networks, observations
from storage.models import Delivery, Move, Phenomenon
from storage.phenomena import get_by_keys, met_by_others

WINDOW = timedelta(minutes=10)  # changes within it become one message (docs/ohje.md)
OF_USE = timedelta(days=60)


def promise(session: Session, deps: Deps, reporters: Iterable[str]) -> None:
    """One message to each of them, in the transaction of the change: at the earliest in ten minutes, at working hours.

    A second change within the ten minutes has the same key, and is told by the same message.
    """
    for user in sorted(set(reporters)):
        _promised(session, deps, user)


def promise_last_word(session: Session, deps: Deps, reporter: str, move: Move) -> None:
    """As `promise`, for what is done with an observation whose author is forgotten in the same transaction."""
    moves.bind(session, [move.key], _promised(session, deps, reporter).key)


def _promised(session: Session, deps: Deps, user: str) -> Delivery:
    """The reporter's next message, locked, so that nobody sends it before this change is in it.

    Where the one of these ten minutes is on its way already (another process's clock, a clock set back), it is the one
    after it.
    """
    now, member = deps.now(), deps.people.known(user)
    at = next_hours(Kind.FEEDBACK, now + WINDOW, zone_of(member.zone if member else None))
    for window in count(int(now.timestamp() // WINDOW.total_seconds())):
        enqueue(session, deps.workspace, [Due(Kind.FEEDBACK, str(window), user, at, at + OF_USE)])
        row = deliveries.lock_by_key(session, deps.workspace, Kind.FEEDBACK, str(window), user)
        if row is not None and row.state == "pending" and "numbers" not in json.loads(row.params):
            return row
    raise AssertionError


def still_wanted(deps: Deps, session: Session, row: Delivery, now: datetime, fits: Callable[[Told], bool]) -> Verdict:
    """Judges the message at the moment of sending, and binds to it what it will tell.

    With the yes goes what the message will tell: everything untold that `fits`; for the rest there is a next message.
    """
    member = recipient(deps, row, now)
    if isinstance(member, PutOff | Skip):
        return member
    if (at := next_hours(row.kind, now, zone_of(member.zone))) > now:
        return PutOff(at)
    told = moves.get_of_delivery(session, deps.workspace, row.key)
    if "numbers" not in json.loads(row.params):
        told = _take_along(deps, session, row, fits, told)
    return Send() if told else Skip()


def _take_along(deps: Deps, session: Session, row: Delivery, fits: Callable[[Told], bool], told: Told) -> Told:
    """Binds what is untold to the delivery, once, so that what is drawn, looked for and marked as read is the same."""
    untold = [*told, *moves.get_untold(session, deps.workspace, row.recipient)]
    if not untold:
        return ()
    chosen = most_that_fit(untold, fits)
    moves.bind(session, [move.key for move, _ in chosen], row.key)
    row.params = json.dumps({"numbers": sorted({one.number for _, one in chosen})})
    if len(chosen) < len(untold):
        promise(session, deps, [row.recipient])
    return chosen


def news(deps: Deps, row: Delivery) -> News:
    """What the delivery tells as it stands now. Raises DatabaseUnavailable."""
    with deps.read() as session:
        told = moves.get_of_delivery(session, deps.workspace, row.key)
        found, joined = templates(session, deps), joined_by(session, deps, told, row.recipient)
        untold = set(json.loads(row.params).get("numbers") or ()) - {one.number for _, one in told}
        gone = tuple(sorted((one.number, one.status) for one in observations.get_gone(session, deps.workspace, untold)))
        until = hidden.until(session, deps.workspace, [one.number for _, one in told])
    return News(row.key, told, gone, found, joined, until, deps.vocabularies)


def joined_by(session: Session, deps: Deps, told: Told, reporter: str) -> dict[str, Joined]:
    """Phenomenon's key -> how it reads, for each that a step in `told` put an observation of the reporter's into."""
    keys = [move.phenomenon for move, _ in told if move.status == Status.JOINED]
    return {
        key: _joined(session, deps, row, reporter) for key, row in get_by_keys(session, deps.workspace, keys).items()
    }


def _joined(session: Session, deps: Deps, row: Phenomenon, reporter: str) -> Joined:
    who = presser(deps.key, row.key, reporter)
    return Joined(row.title, met_by_others(session, deps.workspace, row.key, reporter, who))


def templates(session: Session, deps: Deps) -> Templates:
    """The coordinators' own replies by status and language."""
    return networks.replies(session, deps.workspace)


def mark_read(deps: Deps, user: Actor, key: str) -> Delivery:
    """Writes down that the recipient has read the message, once. Raises NotReadable for anybody else."""
    with deps.write() as session:
        row = session.get(Delivery, key)
        if row is None or (row.workspace, row.kind, row.recipient) != (deps.workspace, Kind.FEEDBACK, user):
            raise NotReadable
        moves.mark_read(session, deps.workspace, key, local_day(deps.now()))
    return row
