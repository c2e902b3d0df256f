"""Questions and changes of what was answered already with a message that stays."""

from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.inserts import add_new
from storage.models import Handled


def add(session: Session, workspace: str, mark: str, day: date) -> bool:
    """Stores the mark; returns whether it is new."""
    return add_new(session, Handled(workspace=workspace, mark=mark, on_day=day))


def forget(session: Session, workspace: str, mark: str) -> None:
    session.execute(delete(Handled).where(col(Handled.workspace) == workspace, col(Handled.mark) == mark))


def forget_before(session: Session, workspace: str, day: date) -> None:
    session.execute(delete(Handled).where(col(Handled.workspace) == workspace, col(Handled.on_day) < day))
