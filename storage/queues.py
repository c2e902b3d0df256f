"""Questions about what waits for a coordinator's word: a page of the queue, and how much there is."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from storage.models import Observation


def page(
    session: Session, workspace: str, where: Collection[ColumnElement[bool]], offset: int, limit: int
) -> Sequence[Observation]:
    """The observations for which all of `where` holds: the most overdue first, closed ones by their last word."""
    due, noted, key = col(Observation.due_on), col(Observation.noted_on), col(Observation.key)
    rows = select(Observation).where(Observation.workspace == workspace, *where)
    return session.exec(
        rows.order_by(due.asc().nulls_last(), noted.desc().nulls_last(), key).offset(offset).limit(limit)
    ).all()


def count(session: Session, workspace: str, where: Collection[ColumnElement[bool]]) -> int:
    rows = select(func.count()).select_from(Observation)
    return session.exec(rows.where(Observation.workspace == workspace, *where)).one()


def in_status(statuses: Collection[str]) -> ColumnElement[bool]:
    return col(Observation.status).in_(statuses)


def of_kind(kind: str) -> ColumnElement[bool]:
    return col(Observation.kind) == kind


def of_theme(theme: str) -> ColumnElement[bool]:
    return col(Observation.theme) == theme


def in_areas(areas: Collection[str]) -> ColumnElement[bool]:
    return col(Observation.area).in_(areas)


def overdue(today: date) -> ColumnElement[bool]:
    return col(Observation.due_on) < today
