"""Questions and changes of the meetings, the answers to them, and their agenda items."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, func, or_, select

from storage.inserts import add_new, insert
from storage.models import AgendaItem, Delivery, Meeting, Observation, Phenomenon, Rsvp, Same, Useful

USES = SQLModel.metadata.tables[str(Useful.__tablename__)]


def add(session: Session, row: Meeting) -> bool:
    """Stores the meeting unless the same form was stored before; returns whether it was stored."""
    return add_new(session, row)


def get_by_once(session: Session, workspace: str, once: str) -> Meeting | None:
    return session.exec(select(Meeting).where(Meeting.workspace == workspace, Meeting.once == once)).one_or_none()


def get_meeting(session: Session, workspace: str, key: str) -> Meeting | None:
    return session.exec(select(Meeting).where(Meeting.workspace == workspace, Meeting.key == key)).one_or_none()


def lock_meeting(session: Session, workspace: str, key: str) -> Meeting | None:
    """Locks the meeting until the transaction ends (SQLite has one writer anyway)."""
    found = select(Meeting).where(Meeting.workspace == workspace, Meeting.key == key)
    return session.exec(found.with_for_update().execution_options(populate_existing=True)).one_or_none()


def get_coming(session: Session, workspace: str, now: datetime) -> Sequence[Meeting]:
    """The planned meetings that begin after the instant, the next one first."""
    rows = select(Meeting).where(Meeting.workspace == workspace, Meeting.status == "planned")
    return session.exec(rows.where(col(Meeting.starts_at) > now).order_by(col(Meeting.starts_at), Meeting.key)).all()


def get_since(session: Session, workspace: str, moment: datetime) -> Sequence[Meeting]:
    """All that begin after the moment, cancelled ones too, the first one first."""
    rows = select(Meeting).where(Meeting.workspace == workspace, col(Meeting.starts_at) > moment)
    return session.exec(rows.order_by(col(Meeting.starts_at), Meeting.key)).all()


def lock_to_begin(session: Session, workspace: str, now: datetime) -> Sequence[Meeting]:
    """Locks those whose time has come."""
    rows = select(Meeting).where(Meeting.workspace == workspace, Meeting.status == "planned")
    return session.exec(rows.where(col(Meeting.starts_at) <= now).with_for_update()).all()


def undrawn(session: Session, workspace: str) -> list[str]:
    """Keys of the meetings whose post does not show how things stand."""
    rows = select(Meeting.key).where(Meeting.workspace == workspace, col(Meeting.drawn) < col(Meeting.changes))
    return list(session.exec(rows))


def get_answers(session: Session, workspace: str, meeting: str) -> Sequence[Rsvp]:
    return session.exec(select(Rsvp).where(Rsvp.workspace == workspace, Rsvp.meeting == meeting)).all()


def get_proposals(session: Session, workspace: str, limit: int | None = None) -> Sequence[AgendaItem]:
    """What has been proposed and not been decided on."""
    rows = select(AgendaItem).where(AgendaItem.workspace == workspace, col(AgendaItem.meeting).is_(None))
    return session.exec(rows.order_by(col(AgendaItem.key)).limit(limit)).all()


def get_items(session: Session, workspace: str, meeting: str) -> Sequence[AgendaItem]:
    """What has been accepted for the meeting, in the order of the agenda."""
    rows = select(AgendaItem).where(AgendaItem.workspace == workspace, AgendaItem.meeting == meeting)
    return session.exec(rows.order_by(col(AgendaItem.place), col(AgendaItem.key))).all()


def add_item(session: Session, row: AgendaItem) -> bool:
    """Stores the item unless the same act has stored it before; returns whether it was stored."""
    return add_new(session, row)


def drop_item(session: Session, workspace: str, key: str) -> None:
    session.execute(delete(AgendaItem).where(col(AgendaItem.workspace) == workspace, col(AgendaItem.key) == key))


def put_useful(session: Session, workspace: str, meeting: str, who: str, answer: str) -> None:
    values = {"workspace": workspace, "meeting": meeting, "who": who, "answer": answer}
    keys = ("workspace", "meeting", "who")
    statement = insert(session, USES).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"answer": answer}))


def usefulness(session: Session, workspace: str, meeting: str) -> dict[str, int]:
    """Answer -> how many gave it."""
    counted = select(Useful.answer, func.count()).where(Useful.workspace == workspace, Useful.meeting == meeting)
    return dict(session.exec(counted.group_by(Useful.answer)).all())


def _of(workspace: str, meeting: str, kinds: Collection[str]) -> tuple[Any, ...]:
    begins = col(Delivery.occurrence).startswith(f"{meeting}:", autoescape=True)
    return col(Delivery.workspace) == workspace, col(Delivery.kind).in_(list(kinds)), begins


def get_messages(session: Session, workspace: str, meeting: str, kinds: Collection[str]) -> Sequence[Delivery]:
    """The meeting's messages that stand in Slack as they were sent."""
    stands = (col(Delivery.state) == "sent", col(Delivery.ts).is_not(None))
    rows = select(Delivery).where(*_of(workspace, meeting, kinds), *stands)
    return session.exec(rows.order_by(col(Delivery.key))).all()


def forget_place_of(session: Session, key: str) -> None:
    """Forgets where the message stands: nothing is to be edited in it any more."""
    session.execute(update(Delivery).where(col(Delivery.key) == key).values(ts=None))


def supersede(session: Session, workspace: str, meeting: str, kinds: Collection[str], reason: str) -> None:
    """Skips what waits to be sent about the meeting as it was before."""
    waiting = (*_of(workspace, meeting, kinds), col(Delivery.state) == "pending")
    session.execute(update(Delivery).where(*waiting).values(state="skipped", error=reason))


def forget_people(session: Session, workspace: str, meeting: str, kinds: Collection[str]) -> None:
    """Deletes who answered, who was written to, and who proposed what, undecided proposals too."""
    session.execute(delete(Rsvp).where(col(Rsvp.workspace) == workspace, col(Rsvp.meeting) == meeting))
    private = or_(*(col(Delivery.recipient).startswith(letter) for letter in "UW"))
    session.execute(delete(Delivery).where(*_of(workspace, meeting, kinds), private))
    of_it = or_(col(AgendaItem.meeting) == meeting, col(AgendaItem.meeting).is_(None))
    session.execute(update(AgendaItem).where(col(AgendaItem.workspace) == workspace, of_it).values(proposer=None))


def to_forget(session: Session, workspace: str, moment: datetime, limit: int) -> list[str]:
    """Keys of the meetings that ended before the moment and of which it is still known who answered."""
    answered = select(Rsvp.meeting).where(Rsvp.workspace == workspace)
    rows = select(Meeting.key).where(Meeting.workspace == workspace, col(Meeting.ends_at) < moment)
    return list(session.exec(rows.where(col(Meeting.key).in_(answered)).limit(limit)))


def rising(session: Session, workspace: str, since_day: date) -> list[tuple[Phenomenon, int, int]]:
    """Each phenomenon with its observations filed since the day, and with how many have pressed that they met it."""
    joined = select(Observation.phenomenon, func.count()).where(
        Observation.workspace == workspace, col(Observation.filed_on) >= since_day
    )
    observations = dict(session.exec(joined.group_by(col(Observation.phenomenon))).all())
    pressed = select(Same.phenomenon, func.count()).where(Same.workspace == workspace)
    presses = dict(session.exec(pressed.group_by(Same.phenomenon)).all())
    found = session.exec(select(Phenomenon).where(Phenomenon.workspace == workspace).order_by(col(Phenomenon.number)))
    return [(row, observations.get(row.key, 0), presses.get(row.key, 0)) for row in found]
