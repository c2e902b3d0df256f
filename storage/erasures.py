"""Questions and changes of what is still to be taken out of the bot's own messages, or put back into them."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, SQLModel, col, select

from storage.inserts import insert
from storage.models import Erasure

TABLE = SQLModel.metadata.tables[str(Erasure.__tablename__)]


def add(session: Session, one: Erasure) -> None:
    """Marks the number; a second mark keeps the place that is known, unless it brings one."""
    row = insert(session, TABLE).values(**one.model_dump())
    keys, place = ["workspace", "number"], {"channel": one.channel, "ts": one.ts, "language": one.language}
    newer = {"version": one.version, **(place if one.ts else {})}
    session.execute(row.on_conflict_do_update(index_elements=keys, set_=newer))


def waiting(session: Session, workspace: str) -> Sequence[Erasure]:
    """What is to be done, by the random numbers."""
    these = select(Erasure).where(Erasure.workspace == workspace)
    return session.exec(these.order_by(col(Erasure.number))).all()


def done(session: Session, one: Erasure) -> None:
    """Takes the mark away, unless another place has come to it meanwhile, or another change of the observation."""
    same = col(Erasure.ts).is_(None) if one.ts is None else col(Erasure.ts) == one.ts
    this = col(Erasure.workspace) == one.workspace, col(Erasure.number) == one.number
    session.execute(delete(Erasure).where(*this, same, col(Erasure.version) == one.version))
