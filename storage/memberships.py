"""Questions and changes of what all processes must know of who belongs to a network."""

from sqlmodel import Session, SQLModel, select

from storage.inserts import insert
from storage.models import Membership

TABLE = SQLModel.metadata.tables[str(Membership.__tablename__)]


def kept_channel(session: Session, workspace: str, named: str) -> str | None:
    """The id of the channel that was found when the program's settings first called it so."""
    row = session.get(Membership, workspace)
    return row.channel if row and row.named == named else None


def keep_channel(session: Session, workspace: str, named: str, channel: str) -> None:
    """The network's channel is this one from now on, whichever channel comes to have the name."""
    _put(session, workspace, {"named": named, "channel": channel}, {"named": named, "channel": channel})


def changes(session: Session, workspace: str) -> int:
    """How often the members are known to have changed."""
    return session.exec(select(Membership.changes).where(Membership.workspace == workspace)).one_or_none() or 0


def add_change(session: Session, workspace: str) -> None:
    """The members have changed: whoever knows them from before is to ask again."""
    _put(session, workspace, {"changes": 1}, {"changes": TABLE.c.changes + 1})


def _put(session: Session, workspace: str, new: dict[str, object], change: dict[str, object]) -> None:
    statement = insert(session, TABLE).values(**{"workspace": workspace, "changes": 0, **new})
    session.execute(statement.on_conflict_do_update(index_elements=["workspace"], set_=change))
