"""What is asked of the ledger from outside: what waits, and what could not be sent of late."""

from collections.abc import Collection
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


def failed_since(session: Session, workspace: str, moment: datetime, apart_from: Collection[str]) -> dict[str, int]:
    """Kind -> how many were given up that were due since the moment, for another reason than these."""
    failed = (
        select(Delivery.kind, func.count())
        .where(Delivery.workspace == workspace, Delivery.state == "failed", col(Delivery.not_before) >= moment)
        .where(func.coalesce(Delivery.error, "").not_in(apart_from))
        .group_by(Delivery.kind)
    )
    return dict(session.exec(failed).all())
