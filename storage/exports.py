"""The observations that a coordinator takes out, in an order that tells nothing of those without a name."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, case, or_, select
from sqlmodel import Session, col

from storage.models import Move, Observation, Phenomenon
from storage.observations import GONE

AT_ONCE = 1000  # rows in memory
Days = tuple[date, date]
SHOWN = ("kind", "theme", "area", "sector", "client_group", "scale", "text", "proposal", "status")
COLUMNS = [col(getattr(Observation, name)) for name in ("key", "number", "filed_on", *SHOWN)]


def taken(
    session: Session, workspace: str, named: Days, unnamed: Days, codes: dict[str, str]
) -> Iterator[Sequence[Row[Any]]]:
    """Pages of rows: those filed with a name on the days `named` by day, then the others of the days `unnamed`.

    `codes` are kind, theme and status that they must have. The numbers of the latter are random, and so is their order.
    """
    seen, author = col(Observation.filed_on), col(Observation.author)
    has_name, has_none = author.is_not(None), author.is_(None)
    where = [col(getattr(Observation, name)) == code for name, code in codes.items()]
    joined: Any = col(Phenomenon.number).label("joined"), col(Phenomenon.title)
    rows = (
        select(*COLUMNS, has_name.label("named"), *joined)
        .outerjoin(Phenomenon, col(Phenomenon.key) == col(Observation.phenomenon))
        .where(col(Observation.workspace) == workspace, col(Observation.status).not_in(GONE), *where)
        .where(or_(and_(has_name, seen.between(*named)), and_(has_none, seen.between(*unnamed))))
        .order_by(has_none, case((has_name, seen)), col(Observation.number))
        .execution_options(yield_per=AT_ONCE)
    )
    yield from session.execute(rows).partitions()


def steps(session: Session, workspace: str, keys: Sequence[str]) -> dict[str, list[tuple[str, date]]]:
    """Key of an observation -> (status, day) of each of its steps, the first one first."""
    found: dict[str, list[tuple[str, date]]] = {}
    columns: Any = col(Move.subject), col(Move.status), col(Move.on_day)
    these = col(Move.workspace) == workspace, col(Move.subject).in_(keys), col(Move.status).is_not(None)
    for subject, status, day in session.execute(select(*columns).where(*these).order_by(col(Move.step))):
        found.setdefault(subject, []).append((status, day))
    return found
