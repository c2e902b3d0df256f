"""Questions and changes of what ties the database to one workspace and one key."""

from contextlib import closing
from datetime import date

from sqlalchemy import inspect, update
from sqlmodel import Session, col, select

from storage import files
from storage.database import Database, Unavailable, Unusable
from storage.models import Installation, Observation


def of_database(session: Session) -> Installation | None:
    """What the database is tied to; None before the first start with this table, or before the table is there."""
    known = inspect(session.connection()).has_table(str(Installation.__tablename__))
    return session.exec(select(Installation)).first() if known else None


def needs_key(url: str) -> bool:
    """Whether the database at the address was made with a key; False where it cannot be asked."""
    file = files.database(url)
    if file and not files.size(file):  # to ask would make one
        return False
    try:
        with closing(Database(url)) as database, database.read() as session:
            return of_database(session) is not None
    except (Unavailable, Unusable):
        return False


def workspaces(session: Session) -> frozenset[str]:
    """The workspaces whose observations stand here."""
    return frozenset(session.exec(select(Observation.workspace).distinct()))


def tie(session: Session, workspace: str, key_check: str) -> None:
    """Ties the database to that workspace and key. Writes only what changes."""
    row = session.exec(select(Installation)).first() or Installation(workspace=workspace, key_check=key_check)
    row.workspace, row.key_check = workspace, key_check
    session.add(row)


def note_key_copy(session: Session, day: date) -> None:
    """Remembers when a copy of the key was last kept apart."""
    session.execute(update(Installation).values(key_kept_on=day))


def beat(session: Session) -> None:
    """Changes the row, whatever it was: what was last written is of no matter, only that it could be."""
    session.execute(update(Installation).values(beat=1 - col(Installation.beat)))
