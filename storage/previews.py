"""The question what waits in the ledger, and until when."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import Delivery


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of one occurrence that wait for the same instant."""

    kind: str
    occurrence: str
    at: datetime
    messages: int


def waiting(session: Session, workspace: str, until: datetime) -> list[Waiting]:
    """What is pending in the ledger and due by then."""
    kind, occurrence, at = col(Delivery.kind), col(Delivery.occurrence), col(Delivery.not_before)
    pending = (
        select(kind, occurrence, at, func.count())
        .where(Delivery.workspace == workspace, Delivery.state == "pending", at <= until)
        .group_by(kind, occurrence, at)
    )
    return [Waiting(*row) for row in session.exec(pending)]
