"""Counting a period for everybody to see: how many observations a category has, and whether few people filed them."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from storage.models import Observation
from storage.observations import GONE

COLUMNS = {"kind": Observation.kind, "theme": Observation.theme, "area": Observation.area}
Days = tuple[date, date]  # both included


def filed(session: Session, workspace: str, dimension: str, days: Days) -> dict[str | None, int]:
    """Code of kind, theme or area -> how many observations were filed on these days."""
    code = col(COLUMNS[dimension])
    return dict(session.exec(select(code, func.count()).where(*_filed(workspace, days)).group_by(code)).all())


def authors(
    session: Session, workspace: str, dimension: str, days: Days, code: str | None, most: int
) -> set[str | None]:
    """The people who filed in this category, so many at most. None stands for all who gave no name."""
    category = col(COLUMNS[dimension])
    within = category.is_(None) if code is None else category == code
    return set(session.exec(select(Observation.author).where(*_filed(workspace, days), within).distinct().limit(most)))


def _filed(workspace: str, days: Days) -> tuple[ColumnElement[bool], ...]:
    day = col(Observation.filed_on)
    mine = col(Observation.workspace) == workspace
    return mine, day >= days[0], day <= days[1], col(Observation.status).not_in(GONE)
