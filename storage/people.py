"""Questions and changes of the person table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, func, select

from storage.inserts import insert
from storage.models import Person

TABLE = SQLModel.metadata.tables[str(Person.__tablename__)]
AREA = select(TABLE.c.area).where(TABLE.c.workspace == bindparam("workspace"), TABLE.c.user == bindparam("user"))


def area_of(session: Session, workspace: str, user: str) -> str | None:
    """The area that the person chose last, or None."""
    found = session.connection().execute(AREA, {"workspace": workspace, "user": user})
    return found.scalar_one_or_none()


def remember_area(session: Session, workspace: str, user: str, area: str | None) -> None:
    """Keeps the area of a form, to pre-fill the next one, unless the person has set one."""
    person = get_person(session, workspace, user)
    if area and not (person and person.area_set):
        put(session, workspace, user, {"area": area})


def with_area(session: Session, workspace: str, area: str) -> int:
    """How many people have chosen this area last."""
    return session.exec(
        select(func.count()).select_from(Person).where(Person.workspace == workspace, col(Person.area) == area)
    ).one()


def get_person(session: Session, workspace: str, user: str) -> Person | None:
    """What the person has chosen; None where nothing was."""
    return session.get(Person, (workspace, user))


def get_everyone(session: Session, workspace: str) -> dict[str, Person]:
    """User -> what they have chosen, of all who have chosen something."""
    return {person.user: person for person in session.exec(select(Person).where(Person.workspace == workspace))}


def unreminded(session: Session, user: str, day: date) -> list[Person]:
    """New rows with nothing but that the person wants no reminders, for good or on that day; none where they do."""
    wishes = session.execute(
        select(TABLE.c.workspace, TABLE.c.reminders, TABLE.c.paused_until).where(TABLE.c.user == user)
    )
    return [
        Person(workspace=workspace, user=user, reminders=reminders, paused_until=until if is_paused else None)
        for workspace, reminders, until in wishes
        if (is_paused := bool(until and until >= day)) or not reminders
    ]


def languages(session: Session, workspace: str) -> dict[str, str]:
    """User -> language, of those who have chosen one."""
    chosen = select(Person.user, Person.language).where(
        Person.workspace == workspace, col(Person.language).is_not(None)
    )
    return {user: language for user, language in session.exec(chosen) if language}


def put(session: Session, workspace: str, user: str, values: Mapping[str, Any]) -> None:
    """Changes these columns of the person and no others, whether a row stood there or not."""
    row = insert(session, TABLE).values(**Person(workspace=workspace, user=user).model_dump() | dict(values))
    session.execute(row.on_conflict_do_update(index_elements=["workspace", "user"], set_=dict(values)))
