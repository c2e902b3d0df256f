"""What explains a person's rows: who has opened them, and what the things are called that they name."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from storage.own_data._withdrawing import in_parts, workspaces

TABLES = SQLModel.metadata.tables
AUDITS, MEETINGS, OBSERVATIONS, PHENOMENA = (TABLES[name] for name in ("audit", "meeting", "observation", "phenomenon"))
DEEDS = ("observation.opened", "observation.taken", "observation.let_go", "observation.handed_over")


def deeds(session: Session, numbers: Collection[str]) -> dict[str, list[tuple[str, datetime]]]:
    """Number -> what coordinators have done with it (one of DEEDS) and when, as far as the trail still knows."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    known = AUDITS.c.workspace.in_(workspaces(session)), AUDITS.c.what.in_(DEEDS)
    for some in in_parts(sorted(numbers)):
        rows = select(AUDITS.c.subject, AUDITS.c.what, AUDITS.c.at).where(*known, AUDITS.c.subject.in_(some))
        for number, what, at in session.execute(rows.order_by(AUDITS.c.at)):
            found.setdefault(number, []).append((what, at))
    return found


def handled(session: Session, keys: Collection[str]) -> list[dict[str, Any]]:
    """Of these observations: key, number, and what tells whether they are closed."""
    columns = OBSERVATIONS.c
    some = select(columns.key, columns.number, columns.status, columns.phenomenon, columns.noted_on)
    parts = in_parts(sorted(keys))
    return [dict(row) for part in parts for row in session.execute(some.where(columns.key.in_(part))).mappings()]


def ends_of_meetings(session: Session, keys: Collection[str]) -> dict[str, datetime]:
    """Key -> when it ends, of the meetings among these."""
    rows = session.execute(select(MEETINGS.c.key, MEETINGS.c.ends_at).where(MEETINGS.c.key.in_(keys)))
    return {str(key): at for key, at in rows}


def names(session: Session, keys: Collection[str]) -> dict[str, str]:
    """Key -> title, of the phenomena and meetings among these."""
    found: dict[str, str] = {}
    for table in (PHENOMENA, MEETINGS):
        rows = session.execute(select(table.c.key, table.c.title).where(table.c.key.in_(keys)))
        found |= {str(key): str(title) for key, title in rows}
    return found


def ends_of_phenomena(session: Session, closed: Collection[str]) -> dict[str, date]:
    """Key -> the day of the last word, of those that are closed."""
    rows = session.execute(select(PHENOMENA.c.key, PHENOMENA.c.noted_on).where(PHENOMENA.c.status.in_(closed)))
    return {str(key): day for key, day in rows}
