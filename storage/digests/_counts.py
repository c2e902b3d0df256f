"""Counting observations by week, kind, theme and area, and those whose word is overdue; never withdrawn ones."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, or_, select

from storage import queues
from storage.models import Observation, Phenomenon
from storage.observations import GONE


def these(workspace: str, first: int, last: int) -> tuple[ColumnElement[bool], ...]:
    """The observations of these weeks, both included, that have not been withdrawn and were not collected elsewhere."""
    week, here = col(Observation.week), col(Observation.imported).is_(False)
    within = col(Observation.workspace) == workspace, week >= first, week <= last
    return *within, col(Observation.status).not_in(GONE), here


def first_week(session: Session, workspace: str) -> int:
    """The week of the very first observation; 0 where there is none."""
    here = Observation.workspace == workspace, col(Observation.imported).is_(False)
    return session.exec(select(func.min(Observation.week)).where(*here)).one() or 0


def cells(session: Session, workspace: str, first: int, last: int) -> Sequence[tuple[int, str, str, int]]:
    """(week, kind, theme, how many), of the weeks that have any."""
    cell = (col(Observation.week), col(Observation.kind), col(Observation.theme))
    found = select(*cell, func.count()).where(*these(workspace, first, last)).group_by(*cell)
    return session.exec(found).all()


def areas(session: Session, workspace: str, first: int, last: int) -> dict[str | None, int]:
    """Area -> how many observations of the weeks are of it."""
    found = select(Observation.area, func.count()).where(*these(workspace, first, last)).group_by(col(Observation.area))
    return dict(session.exec(found).all())


def heard(session: Session, workspace: str, first: int) -> set[str | None]:
    """The areas of which something has been heard since the week."""
    recent = col(Observation.workspace) == workspace, col(Observation.week) >= first
    return set(session.exec(select(Observation.area).where(*recent).distinct()))


def named(session: Session, workspace: str, first: int, last: int) -> tuple[int, int]:
    """How many observations of the weeks have a name, and how many have none."""
    counted = select(func.count(col(Observation.author)), func.count()).where(*these(workspace, first, last))
    with_name, all_of_them = session.exec(counted).one()
    return with_name, all_of_them - with_name


def overdue(session: Session, workspace: str, before: tuple[date, date], today: date) -> tuple[int, int, int, int]:
    """How many observations wait too long for the first word, for the next, only for an answer; how many phenomena.

    `before` are the days of queues.unanswered and queues.unnoted.
    """
    first, following, written = (func.count().filter(one) for one in _kinds_of_overdue(before, today))
    found = select(first, following, written)
    found = found.where(Observation.workspace == workspace, col(Observation.due_on) <= today)
    unanswered, unnoted, answered = session.exec(found).one()
    late = select(func.count()).select_from(Phenomenon).where(Phenomenon.workspace == workspace)
    due, followed = col(Phenomenon.due_on), col(Phenomenon.status) == "seurannassa"
    phenomena = session.exec(late.where(or_(due < today, and_(followed, due == today)))).one()
    return unanswered, unnoted, answered, phenomena


def most_overdue(
    session: Session, workspace: str, before: tuple[date, date], today: date, limit: int
) -> Sequence[Observation]:
    """The observations on which a word is due, for longest first."""
    due = col(Observation.due_on)
    found = select(Observation).where(Observation.workspace == workspace, due <= today)
    found = found.where(or_(*_kinds_of_overdue(before, today)))
    return session.exec(found.order_by(due, col(Observation.key)).limit(limit)).all()


def _kinds_of_overdue(before: tuple[date, date], today: date) -> Sequence[ColumnElement[bool]]:
    first, following = before
    return queues.unanswered(first), queues.unnoted(following, today), queues.answered(before, today)
