"""Those who are to be erased when their day of grace is over."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, func, select

from storage.inserts import insert
from storage.models import Clearing, Forgetting

TABLE = SQLModel.metadata.tables["forgetting"]
WAITING, ERASED = "waiting", "erased"


def of_user(session: Session, workspace: str, user: str) -> Forgetting | None:
    """That the person is to be erased, if they are; kept from others until the transaction ends."""
    these = select(Forgetting).where(Forgetting.workspace == workspace, Forgetting.user == user)
    return session.exec(these.with_for_update()).one_or_none()


def ask(session: Session, row: Forgetting) -> Forgetting:
    """Stores it; where the person is to be erased already only what goes changes. Answers the row that stands then."""
    put = insert(session, TABLE).values(**row.model_dump())
    put = put.on_conflict_do_update(index_elements=["workspace", "user"], set_={"what": row.what})
    return Forgetting(**session.execute(put.returning(TABLE)).mappings().one())


def waiting(session: Session, workspace: str, now: datetime) -> list[Forgetting]:
    """Those whose day of grace is over, and those of whom only the receipt is left."""
    return list(session.exec(select(Forgetting).where(Forgetting.workspace == workspace, Forgetting.due_at <= now)))


def untold(session: Session, workspace: str, now: datetime) -> list[Forgetting]:
    """Those who have not got the message with the way back, and still could take it."""
    these = select(Forgetting).where(Forgetting.workspace == workspace, Forgetting.due_at > now)
    return list(session.exec(these.where(col(Forgetting.ts).is_(None))))


def is_told(session: Session, key: str, channel: str, ts: str) -> str | None:
    """Stores where the message stands, and answers what is to go.

    None where another stands already, or the person is not to be erased.
    """
    untold_one = update(TABLE).where(TABLE.c.key == key, TABLE.c.ts.is_(None))
    return session.execute(untold_one.values(channel=channel, ts=ts).returning(TABLE.c.what)).scalar_one_or_none()


def overdue(session: Session, before: datetime) -> int:
    """How many people and messages should have been erased before that, and are not: of the whole database."""
    counts = (
        session.exec(select(func.count()).select_from(table).where(col(table.due_at) < before)).one()
        for table in (Forgetting, Clearing)
    )
    return sum(counts)


def is_over(session: Session, key: str) -> None:
    session.execute(delete(TABLE).where(TABLE.c.key == key))
