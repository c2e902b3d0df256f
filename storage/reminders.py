"""Questions and changes of the rounds of reminders: which one runs, who has answered, what was sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, not_, or_, select

from storage.hints import by_index
from storage.inserts import add_new
from storage.models import Answered, Delivery, Observation, Run

RULE_KIND, RULE_KEY = "reminder_rule", "since"
UNSENT = ("pending", "skipped", "failed", "expired")
MARKS_LOCK = 722020
Since = tuple[date, datetime]  # the local day of an instant, and the instant


def rule_since(session: Session, workspace: str) -> datetime | None:
    """Since when the present rule of reminders stands; None before the first look at it."""
    row = session.get(Run, (workspace, RULE_KIND, RULE_KEY))
    return row.due_at if row else None


def begin_rule(session: Session, workspace: str, now: datetime) -> None:
    """The first look at the rule: nothing before it is called up. Two processes at once are harmless."""
    open_run(session, workspace, RULE_KIND, RULE_KEY, now, now, state="closed")


def set_rule_since(session: Session, workspace: str, now: datetime) -> None:
    """The rule has been changed."""
    begin_rule(session, workspace, now)
    row = session.get_one(Run, (workspace, RULE_KIND, RULE_KEY))
    row.due_at = row.expires_at = now


def get_latest(session: Session, workspace: str, kind: str) -> Run | None:
    """The round that was opened last."""
    return session.exec(
        select(Run).where(Run.workspace == workspace, Run.kind == kind).order_by(col(Run.due_at).desc()).limit(1)
    ).first()


def open_run(
    session: Session,
    workspace: str,
    kind: str,
    occurrence: str,
    due_at: datetime,
    expires_at: datetime,
    state: str = "expanded",
) -> bool:
    """Enters the run unless its key is taken; returns whether it was entered."""
    row = Run(workspace=workspace, kind=kind, occurrence=occurrence, due_at=due_at, expires_at=expires_at, state=state)
    return add_new(session, row)


def answered(session: Session, workspace: str, occurrence: str, since: Since) -> set[str]:
    """The users who have said in this round that they have nothing to tell, or filed with their name since then."""
    marked = select(Answered.user).where(*_marks(workspace, occurrence))
    authors = by_index(select(Observation.author).distinct(), "observation_by_day").where(*_named(workspace, since))
    return {user for found in (marked, authors) for user in session.exec(found) if user}


def has_answered(session: Session, workspace: str, occurrence: str, since: Since, user: str) -> bool:
    """The same of one user, which takes one look into each index, however many rows there are."""
    marked = exists().where(*_marks(workspace, occurrence), col(Answered.user) == user)
    filed = exists().where(*_named(workspace, since), col(Observation.author) == user)
    return session.scalar(select(or_(marked, filed))) is True


def _marks(workspace: str, occurrence: str) -> tuple[ColumnElement[bool], ...]:
    return col(Answered.workspace) == workspace, col(Answered.occurrence) == occurrence


def _named(workspace: str, since: Since) -> tuple[ColumnElement[bool], ...]:
    """Filed with a name since then: of others no instant is known. The day is asked for since it has an index."""
    day, moment = since
    return (
        col(Observation.workspace) == workspace,
        col(Observation.filed_on) >= day,
        col(Observation.filed_at) >= moment,
    )


def mark(session: Session, workspace: str, occurrence: str, user: str, *, marked: bool = True) -> None:
    """Stores one mark for a person and round, or none. It writes all marks of the round anew, by their users.

    Otherwise the order of the rows on PostgreSQL, and the transactions in them, would tell who answered when.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MARKS_LOCK})
    these = _marks(workspace, occurrence)
    was = set(session.exec(select(Answered.user).where(*these)))
    users = was | {user} if marked else was - {user}
    if users == was:
        return
    session.execute(delete(Answered).where(*these))
    if users:
        rows = [{"workspace": workspace, "occurrence": occurrence, "user": one} for one in sorted(users)]
        session.execute(insert(Answered), rows)


def close_rounds_before(session: Session, workspace: str, occurrence: str, kinds: Iterable[str]) -> None:
    """Deletes marks of earlier rounds, and deliveries that left no message; sent ones stay until they are edited."""
    session.execute(
        delete(Answered).where(col(Answered.workspace) == workspace, col(Answered.occurrence) != occurrence)
    )
    session.execute(
        delete(Delivery)
        .where(*_earlier(workspace, occurrence, kinds))
        .where(or_(col(Delivery.state).in_(UNSENT), (col(Delivery.state) == "sent") & col(Delivery.ts).is_(None)))
    )


def sent_before(
    session: Session, workspace: str, occurrence: str, kinds: Iterable[str], limit: int
) -> Sequence[Delivery]:
    """Deliveries of earlier rounds whose messages still stand as they were sent."""
    sent = (col(Delivery.state) == "sent", col(Delivery.ts).is_not(None))
    return session.exec(select(Delivery).where(*_earlier(workspace, occurrence, kinds), *sent).limit(limit)).all()


def replaced(session: Session, workspace: str, occurrence: str, by: str, limit: int) -> Sequence[Delivery]:
    """Deliveries of the round whose messages stand as they were sent, and whose recipients got one of `by` later."""
    newer = aliased(Delivery)
    has_newer = exists().where(
        col(newer.workspace) == Delivery.workspace,
        col(newer.kind) == by,
        col(newer.occurrence) == occurrence,
        col(newer.recipient) == Delivery.recipient,
        col(newer.sent_at) > col(Delivery.sent_at),
    )
    sent = (Delivery.workspace == workspace, Delivery.state == "sent", col(Delivery.ts).is_not(None))
    belongs = col(Delivery.occurrence).startswith(occurrence, autoescape=True)
    return session.exec(select(Delivery).where(*sent, belongs, has_newer).limit(limit)).all()


def anything_before(session: Session, workspace: str, occurrence: str, kinds: Iterable[str]) -> bool:
    return session.scalar(select(exists().where(*_earlier(workspace, occurrence, kinds)))) is True


def _earlier(workspace: str, occurrence: str, kinds: Iterable[str]) -> tuple[Any, ...]:
    """A reminder for tomorrow has the round's key and a day after it, so that it belongs to the round."""
    belongs = col(Delivery.occurrence).startswith(occurrence, autoescape=True)
    return col(Delivery.workspace) == workspace, col(Delivery.kind).in_(list(kinds)), not_(belongs)


def drop_delivery(session: Session, key: str) -> None:
    session.execute(delete(Delivery).where(col(Delivery.key) == key))


def forget_place_of(session: Session, workspace: str, channel: str, ts: str) -> None:
    """Forgets where the message stands: it has no live buttons any more."""
    found = select(Delivery).where(Delivery.workspace == workspace, Delivery.channel == channel, Delivery.ts == ts)
    for row in session.exec(found):
        row.ts = None
        session.add(row)


def counts(session: Session, workspace: str, kind: str, occurrence: str) -> dict[str, int]:
    """State -> how many deliveries of the occurrence are in it."""
    found = session.exec(
        select(Delivery.state, func.count())
        .where(Delivery.workspace == workspace, Delivery.kind == kind, Delivery.occurrence == occurrence)
        .group_by(Delivery.state)
    )
    return dict(found.all())


def last_not_before(session: Session, workspace: str, kind: str, occurrence: str) -> datetime | None:
    """When the last delivery of the occurrence that waits may go at the earliest."""
    return session.exec(
        select(func.max(Delivery.not_before)).where(
            Delivery.workspace == workspace,
            Delivery.kind == kind,
            Delivery.occurrence == occurrence,
            Delivery.state == "pending",
        )
    ).one()


def recipients(session: Session, workspace: str, kind: str, occurrence: str, state: str) -> set[str]:
    """Those whose delivery of the occurrence is in this state."""
    found = select(Delivery.recipient).where(
        Delivery.workspace == workspace, Delivery.kind == kind, Delivery.occurrence == occurrence
    )
    return set(session.exec(found.where(Delivery.state == state)))
