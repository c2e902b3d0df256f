"""Questions about the weeks that digests have counted."""

from sqlmodel import Session, col, select

from storage.models import Run

KIND = "weekly_digest"


def counted_until(session: Session, workspace: str) -> int:
    """The last ISO week (year * 100 + week) that a digest has counted; 0 where there was none."""
    runs = select(Run.occurrence).where(Run.workspace == workspace, Run.kind == KIND)
    latest = session.exec(runs.order_by(col(Run.occurrence).desc()).limit(1)).first()
    return int(latest.replace("-W", "")) if latest else 0
