"""Questions about what waits for a coordinator's word: a page of the queue, and how much there is."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, not_
from sqlmodel import Session, col, func, or_, select

from storage.hints import by_index
from storage.models import Hidden, Move, Observation, Phenomenon

IN_HAND = ("kasittelyssa", "viety")
KEY, DUE, NOTED = col(Observation.key), col(Observation.due_on), col(Observation.noted_on)
FILED = col(Observation.filed_on)


class Line(NamedTuple):
    """Observations in an order: those for which `these` hold, and the index that has them so."""

    these: tuple[ColumnElement[bool], ...]
    order: tuple[Any, ...]
    by: str


WAITING = Line((DUE.is_not(None),), (DUE, NOTED.desc().nulls_last()), "observation_by_due")
AT_REST = (
    Line((DUE.is_(None), NOTED.is_not(None)), (NOTED.desc(),), "observation_by_last_word"),
    Line((DUE.is_(None), NOTED.is_(None)), (), "observation_by_last_word"),
)


def lines(*, newest: bool, closed: bool) -> Sequence[Line]:
    """The most overdue before closed ones by their last word, one line behind the other; or the newest first.

    `closed`: there may be some that wait for nothing.
    """
    if newest:
        return (Line((), (FILED.desc(),), "observation_by_day" if closed else WAITING.by),)
    return (WAITING, *(AT_REST if closed else ()))


def page(
    session: Session,
    workspace: str,
    where: Collection[ColumnElement[bool]],
    offset: int,
    limit: int,
    several: Sequence[Line] = (WAITING, *AT_REST),
    *,
    narrowed: bool = False,
) -> Sequence[Observation]:
    """The observations in these lines for which all of `where` holds.

    `narrowed`: an index holds all that `where` asks for. SQLite is told which, since it would rather sort all rows.
    """
    keys: list[str] = []
    for line in several:
        here = select(Observation.key).where(Observation.workspace == workspace, *where, *line.these)
        found = by_index(here, line.by if narrowed else "")
        keys += session.exec(found.order_by(*line.order, KEY).offset(offset).limit(limit - len(keys))).all()
        if len(keys) == limit:
            break
        offset = 0 if keys or not offset else max(0, offset - count(session, workspace, [*where, *line.these]))
    rows = session.exec(select(Observation).where(KEY.in_(keys))).all()
    return sorted(rows, key=lambda row: keys.index(row.key))


def count(session: Session, workspace: str, where: Collection[ColumnElement[bool]], index: str = "") -> int:
    """How many there are for which all of `where` holds; SQLite counts them in this index, where one is named."""
    rows = by_index(select(func.count()).select_from(Observation), index)
    return int(session.exec(rows.where(Observation.workspace == workspace, *where)).one())


def count_hidden(session: Session, workspace: str) -> int:
    """How many stand aside, each of them an observation that was deleted."""
    return session.exec(select(func.count()).select_from(Hidden).where(Hidden.workspace == workspace)).one()


def in_status(statuses: Collection[str]) -> ColumnElement[bool]:
    return col(Observation.status).in_(statuses)


def of_kind(kind: str) -> ColumnElement[bool]:
    return col(Observation.kind) == kind


def of_theme(theme: str) -> ColumnElement[bool]:
    return col(Observation.theme) == theme


def in_areas(areas: Collection[str]) -> ColumnElement[bool]:
    return col(Observation.area).in_(areas)


def joined_to(workspace: str, number: str) -> ColumnElement[bool]:
    """Joined to the phenomenon of this number."""
    of_it = select(Phenomenon.key).where(Phenomenon.workspace == workspace, Phenomenon.number == number)
    return col(Observation.phenomenon).in_(of_it)


def waiting() -> ColumnElement[bool]:
    """A word is due some day: the open ones, and closed ones whose reporter has written since."""
    return col(Observation.due_on).is_not(None)


def heard_last() -> ColumnElement[bool]:
    """Of those that wait, the ones whose reporter has written since the coordinators' last word, late or not."""
    subject, step = col(Move.subject), col(Move.step)
    of_this = col(Move.workspace) == col(Observation.workspace), subject == col(Observation.key)
    last = select(func.max(step)).where(*of_this).correlate(Observation).scalar_subquery()
    return and_(waiting(), exists().where(*of_this, col(Move.what) == "answer", step == last))


def hidden(workspace: str) -> ColumnElement[bool]:
    """Deleted by a coordinator, and not gone for good yet."""
    numbers = select(Hidden.number).where(Hidden.workspace == workspace)
    return col(Observation.number).in_(numbers)


def unanswered(before: date) -> ColumnElement[bool]:
    """Received, and without a word since before the day."""
    return and_(col(Observation.status) == "uusi", _last_word() < before)


def unnoted(before: date, today: date) -> ColumnElement[bool]:
    """In hand and without a word since before the day, or to be looked at again by today."""
    return or_(and_(col(Observation.status).in_(IN_HAND), _last_word() < before), _reviewed_by(today))


def answered(before: tuple[date, date], today: date) -> ColumnElement[bool]:
    """A word is due for no other reason than that the reporter has written."""
    first, following = before
    received = and_(col(Observation.status) == "uusi", _last_word() <= first)
    in_hand = and_(col(Observation.status).in_(IN_HAND), _last_word() <= following)
    return and_(col(Observation.due_on) <= today, not_(or_(received, in_hand, _reviewed_by(today))))


def _last_word() -> ColumnElement[date]:
    return func.coalesce(col(Observation.noted_on), col(Observation.filed_on))


def _reviewed_by(today: date) -> ColumnElement[bool]:
    return and_(
        col(Observation.status) == "seurannassa", func.coalesce(Observation.review_on, Observation.due_on) <= today
    )
