"""What explains a person's rows: who has opened them, and what the things are called that they name."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from storage.own_data._withdrawing import in_parts, workspaces

TABLES = SQLModel.metadata.tables
AUDITS, PHENOMENA = TABLES["audit"], TABLES["phenomenon"]


def opened(session: Session, numbers: Collection[str]) -> dict[str, list[datetime]]:
    """Number -> when coordinators have opened it, as far as the trail still knows."""
    found: dict[str, list[datetime]] = {}
    reads = AUDITS.c.workspace.in_(workspaces(session)), AUDITS.c.what == "observation.opened"
    for some in in_parts(sorted(numbers)):
        rows = select(AUDITS.c.subject, AUDITS.c.at).where(*reads, AUDITS.c.subject.in_(some)).order_by(AUDITS.c.at)
        for number, at in session.execute(rows):
            found.setdefault(number, []).append(at)
    return found


def names(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Key -> title, of the phenomena and meetings among these."""
    found: dict[str, str] = {}
    for table in (PHENOMENA, TABLES["meeting"]):
        rows = session.execute(select(table.c.key, table.c.title).where(table.c.key.in_(keys)))
        found |= {str(key): str(title) for key, title in rows}
    return found


def ends_of_phenomena(session: Session, closed: Collection[str]) -> dict[str, date]:
    """Key -> the day of the last word, of those that are closed."""
    rows = session.execute(select(PHENOMENA.c.key, PHENOMENA.c.noted_on).where(PHENOMENA.c.status.in_(closed)))
    return {str(key): day for key, day in rows}
