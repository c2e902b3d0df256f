"""Questions and changes of what coordinators have deleted and can still bring back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.models import Hidden, Observation

KEPT = ("status", "text", "proposal", "author", "filed_at", "phenomenon", "same_as", "review_on", "noted_on", "due_on",
        "receipt_channel", "receipt_ts")  # fmt: skip


def get_of_number(session: Session, workspace: str, number: str) -> Hidden | None:
    """What the observation was; None where it is not hidden. The caller holds the observation's row to change it."""
    return session.exec(select(Hidden).where(Hidden.workspace == workspace, Hidden.number == number)).one_or_none()


def until(session: Session, workspace: str, numbers: Collection[str]) -> dict[str, datetime]:
    """Number -> when it goes for good, of those that are hidden."""
    rows = select(Hidden.number, Hidden.until).where(Hidden.workspace == workspace, col(Hidden.number).in_(numbers))
    return dict(session.exec(rows).all()) if numbers else {}


def ended(session: Session, workspace: str, now: datetime) -> Sequence[str]:
    """The numbers of those whose time is over."""
    rows = select(Hidden.number).where(Hidden.workspace == workspace, Hidden.until <= now)
    return session.exec(rows.order_by(col(Hidden.until))).all()


def all_numbers(session: Session) -> Sequence[str]:
    """The numbers of all that is hidden."""
    return session.exec(select(Hidden.number)).all()


def put_off(session: Session, numbers: Collection[str], until: datetime) -> None:
    """These go for good at that time, and not before."""
    session.execute(update(Hidden).where(col(Hidden.number).in_(numbers)).values(until=until))


def of_observation(row: Observation, key: str, by: str, until: datetime, *, counted: bool) -> Hidden:
    """A row that keeps what the observation is."""
    kept = {name: getattr(row, name) for name in KEPT}
    return Hidden(key=key, workspace=row.workspace, number=row.number, by=by, until=until, counted=counted, **kept)


def put_back(row: Observation, one: Hidden) -> None:
    for name in KEPT:
        setattr(row, name, getattr(one, name))


def forget(session: Session, one: Hidden) -> None:
    session.execute(delete(Hidden).where(col(Hidden.key) == one.key))
