"""The audit trail: rows are added and read, nothing else."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.models import Audit


def add(session: Session, workspace: str, at: datetime, who: str, what: str, subject: str = "") -> None:
    """Writes down a deed, in the transaction of the deed itself."""
    session.add(Audit(key=secrets.token_hex(16), workspace=workspace, at=at, who=who, what=what, subject=subject))


def latest(session: Session, workspace: str, limit: int, before: datetime | None = None) -> Sequence[Audit]:
    """The newest deeds first; `before` goes on where a page ended."""
    rows = select(Audit).where(Audit.workspace == workspace).order_by(col(Audit.at).desc(), col(Audit.key)).limit(limit)
    return session.exec(rows.where(col(Audit.at) < before) if before else rows).all()


def of_subject(session: Session, workspace: str, what: str, subject: str) -> Sequence[Audit]:
    """Who has done this to it, the latest first."""
    rows = select(Audit).where(Audit.workspace == workspace, Audit.what == what, Audit.subject == subject)
    return session.exec(rows.order_by(col(Audit.at).desc())).all()
