"""What is asked of the ledger from outside: what waits, what could not be sent of late, and what is to be forgotten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, delete, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from storage import epochs
from storage.deliveries import UNSETTLED
from storage.models import WEEKLY_DIGEST, ChannelGate, Delivery, Run

NOTHING = ("channel", "thread_of", "ts", "sent_at", "first_intent_at", "lease_owner", "evidence", "error")


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


def failed_since(session: Session, workspace: str, moment: datetime, personal: Collection[str]) -> dict[str, int]:
    """Kind -> how many were given up that were due since the moment, unless a person is gone (`personal`: so said)."""
    to_a_channel = col(Delivery.recipient).regexp_match("^[CG]")
    failed = (
        select(Delivery.kind, func.count())
        .where(Delivery.workspace == workspace, Delivery.state == "failed", col(Delivery.not_before) >= moment)
        .where(or_(to_a_channel, func.coalesce(Delivery.error, "").not_in(personal)))
        .group_by(Delivery.kind)
    )
    return dict(session.exec(failed).all())


def strip_before(session: Session, workspace: str, moment: datetime, of_an_act: Collection[str]) -> None:
    """What was over by then keeps its kind, occurrence and state; the recipient becomes the row's own key.

    Before that the key becomes a random one, since the one before was made of the recipient (not of kinds `of_an_act`).
    Where posts in channels and digests stand stays known: a post is still edited, and words that are withdrawn are
    taken out of a digest.
    """
    values = {
        **dict.fromkeys(NOTHING),
        "recipient": col(Delivery.key),
        "params": "{}",
        "state": case((col(Delivery.state) == "pending", "expired"), else_=col(Delivery.state)),
    }
    not_yet = col(Delivery.recipient) != col(Delivery.key)
    to_persons = col(Delivery.recipient).regexp_match("^[UW]"), col(Delivery.kind) != WEEKLY_DIGEST
    these = *_over(workspace, moment), *to_persons, not_yet
    if epochs.present(session).salt:
        made = update(Delivery).where(*these, col(Delivery.kind).not_in(of_an_act))
        session.execute(made.values(key=_random_key(session)))
    session.execute(update(Delivery).where(*these).values(**values))


def _random_key(session: Session) -> ColumnElement[str]:
    """32 hexadecimal digits, others for each row."""
    if session.get_bind().dialect.name == "sqlite":
        return func.lower(func.hex(func.randomblob(16)))
    return func.replace(cast(func.gen_random_uuid(), String), "-", "")


def forget_before(session: Session, workspace: str, moment: datetime) -> None:
    """Deletes what was over by then, and the runs but the newest of each kind, from which the next is counted."""
    newer = aliased(Run)
    has_newer = exists().where(
        col(newer.workspace) == Run.workspace, col(newer.kind) == Run.kind, col(newer.due_at) > col(Run.due_at)
    )
    session.execute(delete(Delivery).where(*_over(workspace, moment)))
    session.execute(delete(Run).where(col(Run.workspace) == workspace, col(Run.expires_at) < moment, has_newer))


def forget_gates_before(session: Session, workspace: str, moment: datetime) -> None:
    """Deletes when somebody was last written to, which matters for a second only."""
    session.execute(
        delete(ChannelGate).where(col(ChannelGate.workspace) == workspace, col(ChannelGate.free_at) < moment)
    )


def _over(workspace: str, moment: datetime) -> tuple[ColumnElement[bool], ...]:
    """Nobody is sending or looking for it, and its time, and the time of its message, had passed by the moment."""
    return (
        col(Delivery.workspace) == workspace,
        col(Delivery.state).not_in(UNSETTLED),
        col(Delivery.expires_at) < moment,
        func.coalesce(col(Delivery.sent_at), col(Delivery.expires_at)) < moment,
    )
