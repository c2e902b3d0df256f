"""Questions and changes of the delivery ledger and its two gates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, literal, update
from sqlmodel import Session, SQLModel, col, func, or_, select

from storage.inserts import insert
from storage.models import ChannelGate, Delivery, RateGate, Utc

LEDGER, CHANNELS, RATES = (SQLModel.metadata.tables[name] for name in ("delivery", "channel_gate", "rate_gate"))
UNSETTLED = ("sending", "unknown", "verifying")


def clock(session: Session, now: datetime) -> datetime:
    """The clock that leases and gates go by: the server's where processes share one, else the caller's own."""
    if session.get_bind().dialect.name != "postgresql":
        return now
    return session.scalar(select(func.clock_timestamp())) or now


def add(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Enters the rows whose key is not there yet, and returns how many these were."""
    if not rows:
        return 0
    statement = insert(session, LEDGER).on_conflict_do_nothing().returning(LEDGER.c.key)
    return len(session.execute(statement, [dict(row) for row in rows]).all())


def anything_due(session: Session, workspace: str, kinds: Collection[str], now: datetime) -> bool:
    return session.scalar(select(exists().where(*_due(workspace, kinds, now)))) is True


def anything_waits(session: Session, workspace: str, until: datetime) -> bool:
    """Whether a message is pending and due by then."""
    pending = col(Delivery.workspace) == workspace, col(Delivery.state) == "pending"
    return session.scalar(select(exists().where(*pending, col(Delivery.not_before) <= until))) is True


def lock_next_due(
    session: Session, workspace: str, kinds: Collection[str], now: datetime, gates: tuple[datetime, datetime]
) -> Delivery | None:
    """Locks the first row that may go now; `gates` are the times between which a gate is shut.

    A gate that is shut for longer was set by a clock that was wrong.
    """
    free = col(ChannelGate.free_at)
    shut = exists().where(
        col(ChannelGate.workspace) == Delivery.workspace,
        col(ChannelGate.channel) == Delivery.recipient,
        free > gates[0],
        free <= gates[1],
    )
    return session.exec(
        select(Delivery)
        .where(*_due(workspace, kinds, now), ~shut)
        .order_by(col(Delivery.priority), col(Delivery.not_before))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def _due(workspace: str, kinds: Collection[str], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Delivery.workspace) == workspace,
        col(Delivery.state) == "pending",
        col(Delivery.kind).in_(kinds),
        col(Delivery.not_before) <= now,
    )


def lock_rate_gate(session: Session, workspace: str, method: str, at: datetime) -> RateGate:
    """Locks the workspace's gate, so that claims go one after the other; makes it if it is missing."""
    locked = select(RateGate).where(RateGate.workspace == workspace, RateGate.method == method).with_for_update()
    if gate := session.exec(locked).one_or_none():
        return gate
    values = {"workspace": workspace, "method": method, "tat": clock(session, at)}
    session.execute(insert(session, RATES).values(values).on_conflict_do_nothing())
    return session.exec(locked).one()


def shut_channel(session: Session, workspace: str, channel: str, until: datetime) -> None:
    statement = insert(session, CHANNELS).values(workspace=workspace, channel=channel, free_at=until)
    keys = ("workspace", "channel")
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"free_at": statement.excluded.free_at}))


def lock_by_key(session: Session, workspace: str, kind: str, occurrence: str, recipient: str) -> Delivery | None:
    """Locks the one message of this kind and occurrence to the recipient, so that nobody sends it meanwhile."""
    these = Delivery.workspace == workspace, Delivery.kind == kind, Delivery.occurrence == occurrence
    return session.exec(select(Delivery).where(*these, Delivery.recipient == recipient).with_for_update()).one_or_none()


def showing(session: Session, workspace: str, number: str) -> list[tuple[Delivery, str | None]]:
    """What shows words of the observation or may come to: each with the ts of the thread that it stands in."""
    told = select(Delivery).where(
        Delivery.workspace == workspace,
        col(Delivery.state).in_(("sent", *UNSETTLED)),
        col(Delivery.params).contains(f'"{number}"', autoescape=True),
    )
    found = session.exec(told.order_by(col(Delivery.key))).all()
    roots = {row.thread_of for row in found if row.thread_of}
    places = select(Delivery.key, Delivery.ts).where(col(Delivery.key).in_(roots))
    thread = dict(session.exec(places).all()) if roots else {}
    return [(row, thread.get(row.thread_of or "")) for row in found]


def change(session: Session, key: str, *where: ColumnElement[bool], **values: Any) -> bool:
    """Changes the row where it is still as the caller believes; returns whether it was."""
    statement = update(Delivery).where(col(Delivery.key) == key, *where).values(**values)
    return session.execute(statement.returning(col(Delivery.key))).first() is not None


def is_held_by(state: str, fence: int) -> ColumnElement[bool]:
    """The row is in the state and nobody has taken it since."""
    return (col(Delivery.state) == state) & (col(Delivery.fence) == fence)


def anything_doubtful(session: Session, workspace: str, at: datetime, longest: timedelta) -> bool:
    return session.scalar(select(exists().where(*_doubtful(workspace, at, longest)))) is True


def lock_doubtful(session: Session, workspace: str, at: datetime, longest: timedelta, most: int) -> Sequence[Delivery]:
    """Locks rows of which nobody knows whether they were posted."""
    return session.exec(
        select(Delivery).where(*_doubtful(workspace, at, longest)).limit(most).with_for_update(skip_locked=True)
    ).all()


def _doubtful(workspace: str, at: datetime, longest: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Unsettled ones that nobody holds: their lease is void, over, or longer than any is (its clock was wrong)."""
    until = col(Delivery.lease_until)
    nobody = or_(until.is_(None), until <= at, until > at + longest)
    return col(Delivery.workspace) == workspace, col(Delivery.state).in_(UNSETTLED), nobody


def void_leases(session: Session, workspace: str) -> None:
    """Takes back every lease: whoever held one is dead."""
    mine = col(Delivery.workspace) == workspace, col(Delivery.state).in_(UNSETTLED)
    session.execute(update(Delivery).where(*mine).values(lease_until=None))


def doubt(session: Session, since: datetime, now: datetime) -> int:
    """What was due by now is unknown, as if another had posted it since, with no try of ours; returns how many."""
    first = func.coalesce(col(Delivery.first_intent_at), literal(since, Utc()))
    these = col(Delivery.state).in_(("pending", *UNSETTLED)), col(Delivery.not_before) <= now
    values = {"state": "unknown", "lease_until": None, "first_intent_at": first, "fence": col(Delivery.fence) + 1}
    doubted = update(Delivery).where(*these).values(**values, attempts=0)
    return len(session.execute(doubted.returning(col(Delivery.key))).all())


def cancel(session: Session, workspace: str, kind: str, occurrence: str, reason: str) -> int:
    """Skips pending rows. Those under way are not sent again if they turn out not to have arrived."""
    these = (
        col(Delivery.workspace) == workspace,
        col(Delivery.kind) == kind,
        col(Delivery.occurrence) == occurrence,
    )
    under_way = col(Delivery.state).in_(UNSETTLED)
    session.execute(update(Delivery).where(*these, under_way).values(expires_at=Delivery.not_before))
    pending = update(Delivery).where(*these, col(Delivery.state) == "pending")
    return len(session.execute(pending.values(state="skipped", error=reason).returning(col(Delivery.key))).all())


def standing(session: Session, workspace: str, late_before: datetime) -> Sequence[Any]:
    """(kind, state, error, how many, earliest not_before, how many were due before the time) of all rows."""
    late = case((col(Delivery.not_before) < late_before, 1), else_=0)
    group = (col(Delivery.kind), col(Delivery.state), col(Delivery.error))
    counted = select(*group, func.count(), func.min(Delivery.not_before), func.sum(late))  # type: ignore[call-overload]  # six columns, typed for four
    where = col(Delivery.workspace) == workspace
    return list(session.execute(counted.where(where).group_by(*group).order_by(*group)).all())
