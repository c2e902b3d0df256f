"""The audit trail: rows are added and read, and go by age alone."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Audit


def add(session: Session, workspace: str, at: datetime, who: str, what: str, subject: str = "") -> None:
    """Writes down a deed, in the transaction of the deed itself."""
    session.add(Audit(key=secrets.token_hex(16), workspace=workspace, at=at, who=who, what=what, subject=subject))


def latest(session: Session, workspace: str, limit: int, after: tuple[datetime, str] | None = None) -> Sequence[Audit]:
    """The newest deeds first; `after` (instant and key of a page's last row) goes on where the page ended."""
    at, key = col(Audit.at), col(Audit.key)
    rows = select(Audit).where(Audit.workspace == workspace)
    if after:
        rows = rows.where((at < after[0]) | ((at == after[0]) & (key > after[1])))
    return session.exec(rows.order_by(at.desc(), key).limit(limit)).all()


def forget_before(session: Session, workspace: str, moment: datetime) -> None:
    """Deletes deeds by their age: there is no other way out of the trail."""
    session.execute(delete(Audit).where(col(Audit.workspace) == workspace, col(Audit.at) < moment))
