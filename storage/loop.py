"""Questions and changes of followers, of answers to "has it changed?", and of what is to be asked about."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, exists, select

from storage.inserts import add_new
from storage.models import Changed, Follower, Move, Observation, Phenomenon, Run


def follow(session: Session, workspace: str, phenomenon: str, user: str) -> bool:
    """Stores that the person follows it; returns whether this was news."""
    return add_new(session, Follower(workspace=workspace, phenomenon=phenomenon, user=user))


def unfollow(session: Session, workspace: str, phenomenon: str, user: str) -> None:
    these = col(Follower.workspace) == workspace, col(Follower.phenomenon) == phenomenon, col(Follower.user) == user
    session.execute(delete(Follower).where(*these))


def followers(session: Session, workspace: str, phenomenon: str) -> set[str]:
    rows = select(Follower.user).where(Follower.workspace == workspace, Follower.phenomenon == phenomenon)
    return set(session.exec(rows))


def follows(session: Session, workspace: str, phenomenon: str, user: str) -> bool:
    return session.get(Follower, (workspace, phenomenon, user)) is not None


def reporters(session: Session, workspace: str, phenomenon: str) -> set[str]:
    """Those who have filed what is joined to it, with their names."""
    rows = select(Observation.author).where(Observation.workspace == workspace, Observation.phenomenon == phenomenon)
    return {author for author in session.exec(rows.distinct()) if author}


def phenomenon(session: Session, workspace: str, number: str) -> Phenomenon | None:
    """The phenomenon of this number; nothing is locked."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace, Phenomenon.number == number)
    return session.exec(rows).one_or_none()


def due(
    session: Session, workspace: str, kind: str, statuses: Collection[str], days: tuple[date, date]
) -> tuple[Sequence[Phenomenon], Sequence[Observation]]:
    """What came to one of the statuses in these days, stands there still, and was never asked about."""
    step = (
        col(Move.workspace) == workspace,
        col(Move.status).in_(statuses),
        col(Move.on_day) >= days[0],
        col(Move.on_day) <= days[1],
    )
    of_phenomenon = exists().where(*step, col(Move.subject) == col(Phenomenon.key))
    phenomena = select(Phenomenon).where(
        Phenomenon.workspace == workspace,
        col(Phenomenon.status).in_(statuses),
        of_phenomenon,
        ~_asked_about(workspace, kind, Phenomenon.number),
    )
    of_observation = exists().where(*step, col(Move.subject) == col(Observation.key))
    observations = select(Observation).where(
        Observation.workspace == workspace,
        col(Observation.status).in_(statuses),
        col(Observation.phenomenon).is_(None),
        col(Observation.author).is_not(None),
        of_observation,
        ~_asked_about(workspace, kind, Observation.number),
    )
    return (
        session.exec(phenomena.order_by(col(Phenomenon.number))).all(),
        session.exec(observations.order_by(col(Observation.number))).all(),
    )


def _asked_about(workspace: str, kind: str, number: Any) -> ColumnElement[bool]:
    return exists().where(col(Run.workspace) == workspace, col(Run.kind) == kind, col(Run.occurrence) == number)


def put_answer(session: Session, row: Changed) -> bool:
    """Stores the answer in place of the person's earlier one; returns whether they are new."""
    is_new = add_new(session, row)
    if not is_new:
        session.execute(update(Changed).where(*_mine(row)).values(answer=row.answer, on_day=row.on_day))
    return is_new


def put_words(session: Session, row: Changed) -> None:
    """Stores the sentence beside the person's answer, if there is one."""
    session.execute(update(Changed).where(*_mine(row)).values(words=row.words))


def _mine(row: Changed) -> tuple[ColumnElement[bool], ...]:
    of_it = col(Changed.workspace) == row.workspace, col(Changed.subject) == row.subject
    return *of_it, col(Changed.who) == row.who


def answers(session: Session, workspace: str, subject: str) -> Sequence[Changed]:
    """All answers, in an order that tells nothing of who gave which."""
    rows = select(Changed).where(Changed.workspace == workspace, Changed.subject == subject)
    return session.exec(rows.order_by(Changed.who)).all()


def lock_answer(session: Session, workspace: str, subject: str, who: str) -> Changed | None:
    """What this person has answered about it, locked until the transaction ends."""
    return session.get(Changed, (workspace, subject, who), with_for_update=True)


def forget_answers(session: Session, workspace: str, subject: str) -> None:
    """What people have answered about it goes for good."""
    session.execute(delete(Changed).where(col(Changed.workspace) == workspace, col(Changed.subject) == subject))


def answered(session: Session, workspace: str, subject: str, who: str) -> bool:
    return session.get(Changed, (workspace, subject, who)) is not None
