"""Questions and changes of what is still to be taken out of the bot's own messages."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Erasure

MOST = 50  # at a time


def add(session: Session, one: Erasure) -> None:
    """Marks the number; a second mark keeps the place that is known, unless it brings one."""
    stands = session.get(Erasure, (one.workspace, one.number))
    if stands is None:
        session.add(one)
    elif one.ts:
        stands.channel, stands.ts, stands.language = one.channel, one.ts, one.language


def waiting(session: Session, workspace: str) -> Sequence[Erasure]:
    """Some of what is to be done, by the random numbers."""
    return session.exec(
        select(Erasure).where(Erasure.workspace == workspace).order_by(col(Erasure.number)).limit(MOST)
    ).all()


def done(session: Session, one: Erasure) -> None:
    """Takes the mark away, unless another place has come to it meanwhile."""
    same = col(Erasure.ts).is_(None) if one.ts is None else col(Erasure.ts) == one.ts
    session.execute(
        delete(Erasure).where(col(Erasure.workspace) == one.workspace, col(Erasure.number) == one.number, same)
    )
