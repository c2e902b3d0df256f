"""Questions and changes of the person table."""

from sqlmodel import Session, col, func, select

from storage.models import Person


def area_of(session: Session, workspace: str, user: str) -> str | None:
    """The area that the person chose last, or None."""
    return session.exec(select(Person.area).where(Person.workspace == workspace, Person.user == user)).one_or_none()


def remember_area(session: Session, workspace: str, user: str, area: str | None) -> None:
    if area:
        session.merge(Person(workspace=workspace, user=user, area=area))


def with_area(session: Session, workspace: str, area: str) -> int:
    """How many people have chosen this area last."""
    return session.exec(
        select(func.count()).select_from(Person).where(Person.workspace == workspace, col(Person.area) == area)
    ).one()
