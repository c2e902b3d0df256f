"""A person's rows in every table, by what is declared of its columns: a new table cannot be forgotten."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, select, update
from sqlmodel import Session, SQLModel

from storage.models import Kept, kept, naming
from storage.own_data._waiting import ERASED
from storage.own_data._withdrawing import keys_of_author, workspaces

Hashed = Callable[[str, str], str]
"""Purpose and subject -> the keyed hash that stands in place of the person."""
OWN, ROLE = "own", "coordinator"  # what is shown in place of the person's own id, and of anybody else's
TABLES = SQLModel.metadata.tables


def _whose(
    session: Session, table: Table, name: str, one: Kept, person: tuple[str, Hashed, list[str]]
) -> ColumnElement[bool]:
    """The rows that name this person in the column; of all workspaces that a database may hold, by their index."""
    column, (user, hashed, places) = table.columns[name], person
    if not one.hashed:
        return and_(table.columns["workspace"].in_(places), column == user)
    subjects = session.execute(select(table.columns[one.of]).distinct()).scalars()
    return column.in_([hashed(one.hashed, str(subject)) for subject in subjects])


def rows_of(session: Session, user: str, hashed: Hashed) -> dict[str, list[dict[str, Any]]]:
    """Table -> what stands there of the person, as it stands; other people appear as a role."""
    found: dict[str, list[dict[str, Any]]] = {}
    person = user, hashed, workspaces(session)
    for table, column, one in naming():
        whose = _whose(session, table, column.name, one, person)
        rows = [_shown(table, dict(row), user) for row in session.execute(select(table).where(whose)).mappings()]
        known = found.get(table.name, [])
        found[table.name] = known + [row for row in rows if row not in known]
    steps = TABLES["move"]
    for part in keys_of_author(session, user):
        rows_in = select(steps).where(steps.c.subject.in_(part)).order_by(steps.c.subject, steps.c.step)
        found["move"] += [_shown(steps, dict(row), user) for row in session.execute(rows_in).mappings()]
    return {name: rows for name, rows in found.items() if rows}


def _shown(table: Table, row: dict[str, Any], user: str) -> dict[str, Any]:
    named = {name: one for name, column in table.columns.items() if (one := kept(column)) and one.goes}
    roles = {name: OWN if one.hashed or row[name] == user else ROLE for name, one in named.items() if row[name]}
    return {**row, **roles}


def users(session: Session) -> set[str]:
    """Everybody of whom anything is stored by id."""
    found: set[str] = set()
    for _, column, one in naming():
        if not one.hashed:
            told = session.execute(select(column).where(column.is_not(None)).distinct()).scalars()
            found |= {str(user) for user in told if str(user).startswith(("U", "W"))}
    return found


def erase(session: Session, user: str, hashed: Hashed, pseudonym: str, *, texts: bool) -> None:
    """Nothing leads to the person any more; with `texts` rows of other tables go too that hold the person's words.

    A second time changes nothing.
    """
    person = user, hashed, workspaces(session)
    for table, column, one in naming():
        whose = _whose(session, table, column.name, one, person)
        if one.goes == "row" or (one.goes == "empty" and texts and _holds_words(table)):
            session.execute(delete(table).where(whose))
        elif one.goes == "empty":
            session.execute(update(table).where(whose).values({column.name: None, **_beside(table)}))
        else:
            session.execute(update(table).where(whose).values({column.name: pseudonym}))
    waiting = TABLES["forgetting"]
    session.execute(update(waiting).where(waiting.c.user == pseudonym).values(state=ERASED))


def _holds_words(table: Table) -> bool:
    """Whether the row is the person's words; of an observation number and day stay."""
    return table.name != "observation" and any(
        (one := kept(column)) and one.kind == "words" for column in table.columns
    )


def _beside(table: Table) -> dict[str, None]:
    """What in the row leads to the person beside their id, as far as it may be missing."""
    declared = [(column, kept(column)) for column in table.columns if column.nullable]
    return {column.name: None for column, one in declared if one and one.kind == "person" and not one.goes}
