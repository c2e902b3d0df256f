"""What waits for coordinators, and what of it each of them knows; how each wants to hear of it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select

from storage import moves
from storage.inserts import insert
from storage.models import AgendaItem, Delivery, Hearing, News, Observation
from storage.queues import heard_last

MOST = 200  # observations that nobody has opened
Waiting = tuple[str, str, str | None]
"""What it is ("answer", "warned", "filed", "proposal"), its key, and who has written it, if that is known."""


def waiting(session: Session, workspace: str, *, urgent: bool = False) -> list[Waiting]:
    """Everything that nobody has answered, opened or decided on yet; only what is `urgent`, where that is asked.

    Of observations that nobody has opened the newest ones: what was collected earlier is no news.
    """
    unopened = _unopened(session, workspace, urgent=urgent)
    return [*_answers(session, workspace), *unopened, *_proposals(session, workspace)]


def _answers(session: Session, workspace: str) -> list[Waiting]:
    rows = select(Observation.key, Observation.author).where(Observation.workspace == workspace, heard_last())
    authors: dict[str, str | None] = dict(session.exec(rows).all())
    steps = moves.get_of_subjects(session, workspace, authors)
    return [("answer", steps[key][-1].key, author) for key, author in authors.items()]


def _unopened(session: Session, workspace: str, *, urgent: bool) -> list[Waiting]:
    rows = select(Observation.key, Observation.author, Observation.warned).where(
        Observation.workspace == workspace,
        Observation.status == "uusi",
        col(Observation.opened_on).is_(None),
        col(Observation.imported).is_(False),
    )
    if urgent:
        rows = rows.where(col(Observation.warned).is_(True))
    rows = rows.order_by(col(Observation.filed_on).desc(), col(Observation.key)).limit(MOST)
    return [("warned" if warned else "filed", key, author) for key, author, warned in session.exec(rows)]


def _proposals(session: Session, workspace: str) -> list[Waiting]:
    rows = select(AgendaItem.key, AgendaItem.proposer).where(
        AgendaItem.workspace == workspace, col(AgendaItem.meeting).is_(None)
    )
    return [("proposal", key, proposer) for key, proposer in session.exec(rows)]


def known(session: Session, workspace: str, user: str) -> dict[str, News]:
    """Subject -> what the coordinator knows of it."""
    rows = select(News).where(News.workspace == workspace, News.user == user)
    return {row.subject: row for row in session.exec(rows)}


def put(session: Session, workspace: str, user: str, subjects: Collection[str], what: str) -> None:
    """Notes that the coordinator was `told` of these, or has `seen` them."""
    table = SQLModel.metadata.tables[str(News.__tablename__)]
    for subject in sorted(subjects):
        values = News(workspace=workspace, user=user, subject=subject).model_dump() | {what: True}
        row = insert(session, table).values(values)
        session.execute(row.on_conflict_do_update(index_elements=list(table.primary_key), set_={what: True}))


def forget(session: Session, workspace: str, user: str, subjects: Collection[str]) -> None:
    """What is over is not kept."""
    these = col(News.workspace) == workspace, col(News.user) == user, col(News.subject).in_(subjects)
    session.execute(delete(News).where(*these))


def hearing(session: Session, workspace: str, user: str) -> Hearing:
    """What the coordinator has chosen, or what holds where nothing was."""
    return session.get(Hearing, (workspace, user)) or Hearing(workspace=workspace, user=user)


def choose(session: Session, row: Hearing) -> None:
    table = SQLModel.metadata.tables[str(Hearing.__tablename__)]
    chosen: dict[str, Any] = {"wanted": row.wanted, "at": row.at}
    statement = insert(session, table).values(row.model_dump())
    session.execute(statement.on_conflict_do_update(index_elements=["workspace", "user"], set_=chosen))


def is_planned(session: Session, workspace: str, kind: str, occurrence: str, user: str) -> bool:
    rows: Sequence[str] = session.exec(
        select(Delivery.key).where(
            Delivery.workspace == workspace,
            Delivery.kind == kind,
            Delivery.occurrence == occurrence,
            Delivery.recipient == user,
        )
    ).all()
    return bool(rows)
