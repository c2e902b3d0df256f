"""The bot's own messages and files that are to go from Slack."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, SQLModel
from sqlmodel import select as rows_of

from storage.deliveries import UNSETTLED
from storage.models import Clearing

TABLES = SQLModel.metadata.tables
DELIVERIES, CLEARINGS = TABLES["delivery"], TABLES["clearing"]
AT_A_TIME = 200
# Where the bot has written to a person: the table, its column that names them, and where the message stands.
PLACES = (
    ("delivery", "recipient", "channel", "ts"),
    ("observation", "author", "receipt_channel", "receipt_ts"),
    ("hidden", "author", "receipt_channel", "receipt_ts"),
    ("erasure", "author", "channel", "ts"),
)


def is_under_way(session: Session, workspace: str, user: str) -> bool:
    """Whether a message to the person is being sent at this moment, so that nobody knows yet where it stands.

    Locks those that wait, so that none is taken until the transaction ends.
    """
    open_ones = DELIVERIES.c.state.in_(("pending", *UNSETTLED))
    theirs = DELIVERIES.c.workspace == workspace, DELIVERIES.c.recipient == user
    these = select(DELIVERIES.c.state).where(*theirs, open_ones).order_by(DELIVERIES.c.key)
    return any(state in UNSETTLED for state in session.execute(these.with_for_update()).scalars())


def mark_messages(
    session: Session, workspace: str, user: str, language: str, now: datetime, key: Callable[[], str]
) -> None:
    """Everything that the bot has written to the person, or handed out to them, is to go from Slack."""
    found: set[tuple[str, str]] = set()
    for name, whose, channel, ts in PLACES:
        columns = TABLES[name].columns
        named = columns.workspace == workspace, columns[whose] == user
        stands = *named, columns[channel].is_not(None), columns[ts].is_not(None)
        found |= {
            (str(row[0]), str(row[1])) for row in session.execute(select(columns[channel], columns[ts]).where(*stands))
        }
    session.add_all(
        Clearing(key=key(), workspace=workspace, channel=channel, ts=ts, language=language, due_at=now)
        for channel, ts in sorted(found)
    )
    session.execute(update(CLEARINGS).where(CLEARINGS.c.user == user).values(due_at=now, user=None))


def to_clear(session: Session, workspace: str, now: datetime) -> list[Clearing]:
    """What is to go from Slack by now, some at a time."""
    these = rows_of(Clearing).where(Clearing.workspace == workspace, Clearing.due_at <= now)
    return list(session.exec(these.order_by(CLEARINGS.c.due_at, CLEARINGS.c.key).limit(AT_A_TIME)))


def hasten(session: Session, workspace: str, user: str, now: datetime) -> int:
    """What was handed out to the person is to go now; answers how much that is.

    Locks it first: what is added beside a file meanwhile is seen by the second look.
    """
    these = CLEARINGS.c.workspace == workspace, CLEARINGS.c.user == user
    session.execute(select(CLEARINGS.c.key).where(*these).order_by(CLEARINGS.c.key).with_for_update())
    hastened = update(CLEARINGS).where(*these).values(due_at=now).returning(CLEARINGS.c.key)
    return len(session.execute(hastened).all())


def still_stand(session: Session, keys: Collection[str], now: datetime) -> bool:
    """Whether none of these has gone or is to go by now; kept so until the transaction ends."""
    rows = select(CLEARINGS.c.due_at).where(CLEARINGS.c.key.in_(keys)).order_by(CLEARINGS.c.key).with_for_update()
    due = session.execute(rows).scalars().all()
    return len(due) == len(keys) and all(at > now for at in due)


def cleared(session: Session, key: str) -> None:
    session.execute(delete(CLEARINGS).where(CLEARINGS.c.key == key))
