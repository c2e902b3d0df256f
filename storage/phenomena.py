"""Questions and changes of the phenomena, and of who has met them too."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, func, select

from storage.models import Observation, Phenomenon, Same

TABLE, PRESSES = (SQLModel.metadata.tables[name] for name in ("phenomenon", "same"))


def add(session: Session, row: Phenomenon) -> bool:
    """Stores it unless its number is taken or the same form was stored before; answers whether it was stored."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(TABLE).on_conflict_do_nothing().returning(TABLE.c.key)
    return session.scalar(statement, row.model_dump()) is not None


def by_once(session: Session, workspace: str, once: str) -> Phenomenon | None:
    return session.exec(
        select(Phenomenon).where(Phenomenon.workspace == workspace, Phenomenon.once == once)
    ).one_or_none()


def by_number(session: Session, workspace: str, number: str) -> Phenomenon | None:
    """The phenomenon, kept from other writers until the transaction ends (SQLite has one writer anyway)."""
    return session.exec(
        select(Phenomenon).where(Phenomenon.workspace == workspace, Phenomenon.number == number).with_for_update()
    ).one_or_none()


def latest(session: Session, workspace: str, limit: int) -> Sequence[Phenomenon]:
    """The phenomena, the last one spoken of first."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace)
    return session.exec(rows.order_by(col(Phenomenon.noted_on).desc(), col(Phenomenon.number)).limit(limit)).all()


def published(session: Session, workspace: str) -> Sequence[Phenomenon]:
    """Those that members may see, the latest first."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace, col(Phenomenon.published_on).is_not(None))
    return session.exec(rows.order_by(col(Phenomenon.published_on).desc(), col(Phenomenon.number))).all()


def observations_of(session: Session, workspace: str, key: str) -> Sequence[Observation]:
    """The observations joined to it, by number."""
    rows = select(Observation).where(Observation.workspace == workspace, Observation.phenomenon == key)
    return session.exec(rows.order_by(col(Observation.number))).all()


def press(session: Session, workspace: str, key: str, who: str, area: str | None) -> bool:
    """Somebody has met it too; answers whether this was news. The area is the one known now."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {"workspace": workspace, "phenomenon": key, "who": who, "area": area}
    statement = insert(PRESSES).on_conflict_do_nothing().returning(PRESSES.c.who)
    return session.scalar(statement, values) is not None


def pressed(session: Session, workspace: str, key: str) -> tuple[int, int]:
    """How many have met it too, and in how many areas."""
    counted = select(func.count(), func.count(func.distinct(Same.area)))
    people, areas = session.exec(counted.where(Same.workspace == workspace, Same.phenomenon == key)).one()
    return people, areas


def times_met(session: Session, workspace: str, key: str) -> int:
    """How often it has been met: those who pressed that they have, and the observations joined to it."""
    joined = select(func.count()).where(Observation.workspace == workspace, Observation.phenomenon == key)
    return pressed(session, workspace, key)[0] + session.exec(joined).one()
