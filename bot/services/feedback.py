"""Telling reporters what became of their observations: promised with each change, drawn when it goes."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules.deliveries import Due
from bot.rules.weeks import open_instant, zone_of
from bot.services.deliveries import enqueue

KIND = "feedback"
WINDOW = timedelta(minutes=10)  # changes within it become one message (product, 4)
OF_USE = timedelta(days=60)


def promise(session: Session, deps: Deps, reporters: Iterable[str]) -> None:
    """One message to each of them, in the transaction of the change: at the earliest in ten minutes, at working hours.

    A second change within the ten minutes has the same key, and is told by the same message.
    """
    now = deps.now()
    window = int(now.timestamp() // WINDOW.total_seconds())
    for user in sorted(set(reporters)):
        member = deps.people.known(user)
        at = open_instant(now + WINDOW, zone_of(member.zone if member else None))
        enqueue(session, deps.workspace, [Due(KIND, str(window), user, at, at + OF_USE)])
