"""Questions and changes of the history: what was done with an observation or a phenomenon, step by step."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from storage.models import Move, Observation


def add(session: Session, move: Move) -> Move:
    """The next step of its subject; the caller holds the subject's row, so that no two steps get one number."""
    last = select(func.max(Move.step)).where(Move.workspace == move.workspace, Move.subject == move.subject)
    move.key, move.step = secrets.token_hex(16), (session.exec(last).one() or 0) + 1
    session.add(move)
    session.flush()
    return move


def of_subject(session: Session, workspace: str, subject: str) -> Sequence[Move]:
    """All steps, the first one first."""
    return session.exec(
        select(Move).where(Move.workspace == workspace, Move.subject == subject).order_by(col(Move.step))
    ).all()


def of_subjects(session: Session, workspace: str, subjects: Collection[str]) -> dict[str, list[Move]]:
    """Subject -> its steps, the first one first; only subjects that have any."""
    found: dict[str, list[Move]] = {}
    rows = select(Move).where(Move.workspace == workspace, col(Move.subject).in_(subjects)).order_by(col(Move.step))
    for row in session.exec(rows):
        found.setdefault(row.subject, []).append(row)
    return found


def of_delivery(session: Session, workspace: str, delivery: str) -> Sequence[tuple[Move, Observation]]:
    """The steps that this message tells, with their observations, in a lasting order."""
    rows = (
        select(Move, Observation)
        .where(Move.workspace == workspace, Move.told_in == delivery, Observation.key == Move.subject)
        .order_by(col(Observation.number), col(Move.step))
    )
    return session.exec(rows).all()


def promise_untold(session: Session, workspace: str, author: str, delivery: str) -> bool:
    """Everything that the reporter has not been told is told by this delivery; answers whether there is anything.

    What a failed delivery has carried is not taken along again: the recipient cannot be reached.
    """
    theirs = select(Observation.key).where(Observation.workspace == workspace, Observation.author == author)
    untold = col(Move.told_in).is_(None), col(Move.actor).is_not(None), col(Move.subject).in_(theirs)
    session.execute(update(Move).where(col(Move.workspace) == workspace, *untold).values(told_in=delivery))
    carried = select(Move.key).where(Move.workspace == workspace, Move.told_in == delivery).limit(1)
    return session.exec(carried).first() is not None


def mark_read(session: Session, workspace: str, delivery: str, day: object) -> None:
    mine = col(Move.workspace) == workspace, col(Move.told_in) == delivery, col(Move.read_on).is_(None)
    session.execute(update(Move).where(*mine).values(read_on=day))


def forget(session: Session, workspace: str, subject: str) -> None:
    """The history of what was withdrawn goes with it."""
    session.execute(delete(Move).where(col(Move.workspace) == workspace, col(Move.subject) == subject))
