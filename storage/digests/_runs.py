"""Which weeks digests have counted, since when they are looked after, and what of the last one waits to be sent."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import WEEKLY_DIGEST, Delivery, Run
from storage.reminders import open_run

RULE_KIND, RULE_KEY = "digest_rule", "since"
SETTLED = ("sent", "failed", "skipped", "expired")


def counted_until(session: Session, workspace: str) -> int:
    """The last ISO week (year * 100 + week) that a digest has counted; 0 where there was none."""
    latest = opened_last(session, workspace)
    return int(latest.occurrence.replace("-W", "")) if latest else 0


def opened_last(session: Session, workspace: str) -> Run | None:
    """The digest of the latest weeks."""
    runs = select(Run).where(Run.workspace == workspace, Run.kind == WEEKLY_DIGEST)
    return session.exec(runs.order_by(col(Run.occurrence).desc()).limit(1)).first()


def since(session: Session, workspace: str) -> datetime | None:
    """Since when digests are looked after; None before the first look."""
    row = session.get(Run, (workspace, RULE_KIND, RULE_KEY))
    return row.due_at if row else None


def begin(session: Session, workspace: str, now: datetime) -> None:
    """The first look: no earlier time for a digest is called up. Two processes at once are harmless."""
    open_run(session, workspace, RULE_KIND, RULE_KEY, now, now, state="closed")


def unsent_since(session: Session, workspace: str) -> datetime | None:
    """When the digest that waits to be sent was opened, however often it was put off; None where none waits.

    Its replies are not asked after.
    """
    of_run = Run.workspace == Delivery.workspace, Run.kind == Delivery.kind, Run.occurrence == Delivery.occurrence
    waiting = select(func.min(Run.due_at)).where(
        Delivery.workspace == workspace,
        Delivery.kind == WEEKLY_DIGEST,
        col(Delivery.thread_of).is_(None),
        col(Delivery.state).not_in(SETTLED),
        *of_run,
    )
    return session.exec(waiting).one()
