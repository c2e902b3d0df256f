"""Questions and changes of the observation table."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, text, update
from sqlmodel import Session, SQLModel, col, select

from storage.inserts import add_new
from storage.models import Observation, Phenomenon

GONE = ("peruttu", "poistettu")
TABLE = SQLModel.metadata.tables[str(Observation.__tablename__)]
PLACED = (
    update(TABLE)
    .where(TABLE.c.workspace == bindparam("of"), TABLE.c.number == bindparam("this"))
    .where(TABLE.c.author.is_not(None), TABLE.c.status.not_in(GONE))
    .values(receipt_channel=bindparam("channel"), receipt_ts=bindparam("ts"))
)


def add(session: Session, row: Observation) -> bool:
    """Stores the row unless its number is taken or the same act was stored before; returns whether it was stored."""
    return add_new(session, row)


def lock_act(session: Session, act: str) -> None:
    """Whoever stores by this act, waits for the one who began first (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:act, 0))"), {"act": act})


def get_by_once(session: Session, workspace: str, once: str) -> Observation | None:
    """The observation that this act or receipt code made."""
    return session.exec(
        select(Observation).where(Observation.workspace == workspace, Observation.once == once)
    ).one_or_none()


def lock_by_once(session: Session, workspace: str, once: str) -> Observation | None:
    """Locks what this act or code made until the transaction ends: somebody may be withdrawing it."""
    these = Observation.workspace == workspace, Observation.once == once
    return session.exec(select(Observation).where(*these).with_for_update()).one_or_none()


def any_once(session: Session, workspace: str, keys: Collection[str]) -> bool:
    """Whether one of these acts or receipt codes has made an observation."""
    return (
        bool(keys)
        and session.exec(
            select(Observation.key).where(Observation.workspace == workspace, col(Observation.once).in_(keys)).limit(1)
        ).first()
        is not None
    )


def lock_by_number(session: Session, workspace: str, number: str) -> Observation | None:
    """Locks the observation until the transaction ends (SQLite has one writer anyway)."""
    return session.exec(
        select(Observation).where(Observation.workspace == workspace, Observation.number == number).with_for_update()
    ).one_or_none()


def get_by_number(session: Session, workspace: str, number: str) -> Observation | None:
    """The observation, to look at."""
    return session.exec(
        select(Observation).where(Observation.workspace == workspace, Observation.number == number)
    ).one_or_none()


def get_by_numbers(session: Session, workspace: str, numbers: Collection[str]) -> Sequence[Observation]:
    """The observations of these numbers, by number."""
    these = Observation.workspace == workspace, col(Observation.number).in_(numbers)
    return session.exec(select(Observation).where(*these).order_by(col(Observation.number))).all() if numbers else []


def get_gone(session: Session, workspace: str, numbers: Collection[str]) -> Sequence[Observation]:
    """Those of the numbers whose words are no longer stored."""
    if not numbers:
        return []
    these = Observation.workspace == workspace, col(Observation.number).in_(numbers)
    return session.exec(select(Observation).where(*these, col(Observation.status).in_(GONE))).all()


def place_receipt(session: Session, workspace: str, number: str, channel: str, ts: str) -> bool:
    """Stores where the receipt stands; False where the observation has gone, or was filed without a name."""
    values = {"of": workspace, "this": number, "channel": channel, "ts": ts}
    return session.connection().execute(PLACED, values).rowcount > 0


def get_of_author(
    session: Session, workspace: str, author: str, limit: int, beyond: int = 0
) -> Sequence[tuple[Observation, Phenomenon | None]]:
    """A person's own observations filed with a name, the newest first, from the one `beyond` so many on.

    Each with the phenomenon that it is joined to.
    """
    rows = (
        select(Observation, Phenomenon)
        .outerjoin(Phenomenon, col(Phenomenon.key) == col(Observation.phenomenon))
        .where(Observation.workspace == workspace, Observation.author == author)
        .order_by(col(Observation.filed_at).desc(), col(Observation.key))
    )
    return session.exec(rows.offset(beyond).limit(limit)).all()
