"""Questions and changes of the history: what was done with an observation or a phenomenon, step by step."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from storage.models import Delivery, Move, Observation


def add(session: Session, move: Move) -> Move:
    """Stores the next step of its subject; the caller holds that row, so that no two steps get one number.

    One that comes with a key of its own keeps it.
    """
    last = select(func.max(Move.step)).where(Move.workspace == move.workspace, Move.subject == move.subject)
    move.key, move.step = move.key or secrets.token_hex(16), (session.exec(last).one() or 0) + 1
    session.add(move)
    session.flush()
    return move


def get_of_subject(session: Session, workspace: str, subject: str) -> Sequence[Move]:
    """All steps, the first one first."""
    return session.exec(
        select(Move).where(Move.workspace == workspace, Move.subject == subject).order_by(col(Move.step))
    ).all()


def get_of_subjects(session: Session, workspace: str, subjects: Collection[str]) -> dict[str, list[Move]]:
    """Subject -> its steps, the first one first; only subjects that have any."""
    found: dict[str, list[Move]] = {}
    rows = select(Move).where(Move.workspace == workspace, col(Move.subject).in_(subjects)).order_by(col(Move.step))
    for row in session.exec(rows):
        found.setdefault(row.subject, []).append(row)
    return found


def get_of_delivery(session: Session, workspace: str, delivery: str) -> Sequence[tuple[Move, Observation]]:
    """The steps that this message tells, with their observations, in a lasting order."""
    rows = (
        select(Move, Observation)
        .where(Move.workspace == workspace, Move.told_in == delivery, Observation.key == Move.subject)
        .order_by(col(Observation.number), col(Move.step))
    )
    return session.exec(rows).all()


def get_untold(session: Session, workspace: str, author: str) -> Sequence[tuple[Move, Observation]]:
    """What coordinators have done with the person's observations and no delivery has been promised to tell.

    What a failed delivery has carried is not among it: the recipient cannot be reached.
    """
    rows = (
        select(Move, Observation)
        .where(Move.workspace == workspace, col(Move.told_in).is_(None), col(Move.actor).is_not(None))
        .where(Observation.workspace == workspace, Observation.author == author, Observation.key == Move.subject)
        .order_by(col(Observation.number), col(Move.step))
    )
    return session.exec(rows).all()


def bind(session: Session, keys: Collection[str], delivery: str) -> None:
    """Binds these steps to this delivery, which alone tells of them."""
    session.execute(update(Move).where(col(Move.key).in_(keys)).values(told_in=delivery))


def mark_read(session: Session, workspace: str, delivery: str, day: object) -> None:
    mine = col(Move.workspace) == workspace, col(Move.told_in) == delivery, col(Move.read_on).is_(None)
    session.execute(update(Move).where(*mine).values(read_on=day))


def forget(session: Session, workspace: str, subject: str) -> None:
    """Deletes the history of what was withdrawn."""
    session.execute(delete(Move).where(col(Move.workspace) == workspace, col(Move.subject) == subject))


def set_aside(session: Session, workspace: str, subject: str, other: str) -> None:
    """Moves the history of one subject to another, which has none of these steps."""
    these = col(Move.workspace) == workspace, col(Move.subject) == subject
    session.execute(update(Move).where(*these).values(subject=other))


def untell(session: Session, workspace: str, subject: str) -> None:
    """What a message was to tell that did not go, since there was nothing to tell for a while, is untold again."""
    skipped = select(Delivery.key).where(Delivery.workspace == workspace, Delivery.state == "skipped")
    these = col(Move.workspace) == workspace, col(Move.subject) == subject, col(Move.told_in).in_(skipped)
    session.execute(update(Move).where(*these).values(told_in=None))
