"""Questions and changes of the phenomena, and of who has met them too."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, exists, update
from sqlmodel import Session, col, func, or_, select

from storage.inserts import add_new
from storage.models import Delivery, Observation, Phenomenon, Same

Joined = tuple[str | None, str | None, int, str]
LATEST_FIRST = col(Phenomenon.published_on).desc(), col(Phenomenon.number)
VERSIONS = (
    select(Phenomenon.key, Phenomenon.version)
    .where(col(Phenomenon.workspace) == bindparam("workspace"), col(Phenomenon.published_on).is_not(None))
    .order_by(*LATEST_FIRST)
)


def add(session: Session, row: Phenomenon) -> bool:
    """Stores it unless its number is taken or the same form was stored before; returns whether it was stored."""
    return add_new(session, row)


def lock_by_once(session: Session, workspace: str, once: str) -> Phenomenon | None:
    """Locks what this form has made until the transaction ends."""
    return session.exec(
        select(Phenomenon).where(Phenomenon.workspace == workspace, Phenomenon.once == once).with_for_update()
    ).one_or_none()


def lock_by_number(session: Session, workspace: str, number: str) -> Phenomenon | None:
    """Locks the phenomenon until the transaction ends (SQLite has one writer anyway)."""
    return session.exec(
        select(Phenomenon).where(Phenomenon.workspace == workspace, Phenomenon.number == number).with_for_update()
    ).one_or_none()


def get_in_order(session: Session, workspace: str, offset: int, limit: int) -> Sequence[Phenomenon]:
    """The phenomena, the most overdue first, closed ones last."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace)
    due, noted = col(Phenomenon.due_on), col(Phenomenon.noted_on)
    ordered = rows.order_by(due.asc().nulls_last(), noted.desc(), col(Phenomenon.number))
    return session.exec(ordered.offset(offset).limit(limit)).all()


def count(session: Session, workspace: str) -> int:
    return session.exec(select(func.count()).select_from(Phenomenon).where(Phenomenon.workspace == workspace)).one()


def get_newest(session: Session, workspace: str, statuses: Collection[str], limit: int) -> Sequence[Phenomenon]:
    """Those in one of the statuses, the newest first."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace, col(Phenomenon.status).in_(statuses))
    return session.exec(rows.order_by(col(Phenomenon.started_on).desc(), col(Phenomenon.number)).limit(limit)).all()


def get_by_keys(session: Session, workspace: str, keys: Collection[str | None]) -> dict[str, Phenomenon]:
    """Key -> phenomenon, of those keys that are one's."""
    wanted = [key for key in keys if key]
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace, col(Phenomenon.key).in_(wanted))
    return {row.key: row for row in session.exec(rows)} if wanted else {}


def get_published(session: Session, workspace: str) -> Sequence[Phenomenon]:
    """Those that members may see, the latest first."""
    rows = select(Phenomenon).where(Phenomenon.workspace == workspace, col(Phenomenon.published_on).is_not(None))
    return session.exec(rows.order_by(*LATEST_FIRST)).all()


def published_versions(session: Session, workspace: str) -> list[tuple[str, int]]:
    """(key, version) of the same: a text that is edited gets a version of its own."""
    rows = session.connection().execute(VERSIONS, {"workspace": workspace})
    return [(key, version) for key, version in rows]


def lock_observations_of(session: Session, workspace: str, key: str) -> Sequence[Observation]:
    """Locks the observations joined to it, by number, until the transaction ends."""
    rows = select(Observation).where(Observation.workspace == workspace, Observation.phenomenon == key)
    return session.exec(rows.order_by(col(Observation.number)).with_for_update()).all()


def authors_of(session: Session, workspace: str, key: str) -> Sequence[str | None]:
    """Who has filed each observation that is joined to it; None without a name."""
    rows = select(Observation.author).where(Observation.workspace == workspace, Observation.phenomenon == key)
    return session.exec(rows).all()


def reach_of(session: Session, workspace: str, key: str) -> tuple[int, int]:
    """How many observations are joined to it, and in how many areas."""
    counted = select(func.count(), func.count(func.distinct(Observation.area)))
    rows = counted.where(Observation.workspace == workspace, Observation.phenomenon == key)
    observations, areas = session.exec(rows).one()
    return observations, areas


def press(session: Session, workspace: str, key: str, who: str, area: str | None) -> bool:
    """Stores that somebody has met it too; returns whether this was news. The area is the one known now."""
    return add_new(session, Same(workspace=workspace, phenomenon=key, who=who, area=area))


def take_back_press(session: Session, workspace: str, key: str, who: str) -> bool:
    """Deletes the mark of who has met it too; returns whether there was one."""
    this = col(Same.workspace) == workspace, col(Same.phenomenon) == key, col(Same.who) == who
    return bool(session.execute(delete(Same).where(*this).returning(col(Same.who))).all())


def take_for_none(session: Session, workspace: str, key: str, author: str) -> None:
    """The author's observations are not taken for this phenomenon any more, where nobody has joined them to it."""
    theirs = col(Observation.workspace) == workspace, col(Observation.author) == author
    these = *theirs, col(Observation.same_as) == key, col(Observation.phenomenon).is_(None)
    session.execute(update(Observation).where(*these).values(same_as=None))


def joined_by(session: Session, workspace: str, keys: Collection[str]) -> dict[str, list[Joined]]:
    """Key -> (area, author, people, observation) of what is joined to it, each once.

    `people` stand behind the observation; it is named only where they are several.
    """
    several = case((col(Observation.people) > 1, col(Observation.key)), else_="")
    columns: tuple[Any, ...] = Observation.phenomenon, Observation.area, Observation.author, Observation.people, several
    rows = select(*columns).distinct()
    found: dict[str, list[Joined]] = {}
    for key, area, author, people, of in session.exec(
        rows.where(Observation.workspace == workspace, col(Observation.phenomenon).in_(keys))
    ):
        found.setdefault(str(key), []).append((area, author, people, of))
    return found


def pressed_by(session: Session, workspace: str, keys: Collection[str]) -> dict[str, list[tuple[str | None, str]]]:
    """Key -> (area, mark) of who has pressed that they have met it too."""
    rows = select(Same.phenomenon, Same.area, Same.who)
    found: dict[str, list[tuple[str | None, str]]] = {}
    for key, area, who in session.exec(rows.where(Same.workspace == workspace, col(Same.phenomenon).in_(keys))):
        found.setdefault(key, []).append((area, who))
    return found


def met_by_others(session: Session, workspace: str, key: str, author: str, who: str) -> bool:
    """Whether somebody else than the author, who presses as `who`, has joined observations to it or pressed.

    All who gave no name count as one somebody.
    """
    joined = col(Observation.phenomenon) == key, col(Observation.author).is_distinct_from(author)
    pressed = col(Same.workspace) == workspace, col(Same.phenomenon) == key, col(Same.who) != who
    either = or_(exists().where(col(Observation.workspace) == workspace, *joined), exists().where(*pressed))
    return session.scalar(select(either)) is True


def stale_posts(session: Session, workspace: str, kind: str) -> list[tuple[str, str, str]]:
    """(number, channel, ts) of each post that shows an older state of its phenomenon."""
    rows = select(Phenomenon.number, Delivery.channel, Delivery.ts).where(*_stale(workspace), *_posted(workspace, kind))
    return [(number, channel or "", ts or "") for number, channel, ts in session.exec(rows)]


def take_stale(
    session: Session, workspace: str, kind: str, numbers: Collection[str]
) -> list[tuple[Phenomenon, str, str]]:
    """Those of the phenomena whose post shows an older state, with where it stands; they count as taken."""
    post = _posted(workspace, kind)
    these = *_stale(workspace), col(Phenomenon.number).in_(numbers), exists().where(*post)
    taken = update(Phenomenon).where(*these).values(stale=False).returning(col(Phenomenon.number))
    rows = select(Phenomenon, Delivery.channel, Delivery.ts).where(
        *post,
        col(Phenomenon.workspace) == workspace,
        col(Phenomenon.number).in_(session.execute(taken).scalars().all()),
    )
    return [(row, channel or "", ts or "") for row, channel, ts in session.exec(rows)]


def mark_stale(session: Session, workspace: str, number: str) -> None:
    """Marks its post, if there is one, to be drawn anew."""
    this = col(Phenomenon.workspace) == workspace, col(Phenomenon.number) == number
    session.execute(update(Phenomenon).where(*this).values(stale=True))


def mark_stale_by_key(session: Session, workspace: str, key: str) -> None:
    """Marks its post, if there is one, to be drawn anew."""
    this = col(Phenomenon.workspace) == workspace, col(Phenomenon.key) == key
    session.execute(update(Phenomenon).where(*this, col(Phenomenon.published_on).is_not(None)).values(stale=True))


def posts_to_take_down(session: Session, workspace: str, kind: str) -> list[tuple[str, str, str, str]]:
    """(number, state, channel, ts) of each post that was taken down; "" where there is none."""
    of_it = (col(Delivery.occurrence) == col(Phenomenon.number)) & (col(Delivery.workspace) == workspace)
    rows = (
        select(Phenomenon.number, Delivery.state, Delivery.channel, Delivery.ts)
        .outerjoin(Delivery, of_it & (col(Delivery.kind) == kind))
        .where(Phenomenon.workspace == workspace, col(Phenomenon.down).is_(True))
    )
    return [(number, state or "", channel or "", ts or "") for number, state, channel, ts in session.exec(rows)]


def finish_taking_down(session: Session, workspace: str, kind: str, number: str) -> None:
    """Deletes the delivery of the post, so that another can be entered."""
    this = col(Phenomenon.workspace) == workspace, col(Phenomenon.number) == number
    session.execute(update(Phenomenon).where(*this).values(down=False))
    of_it = col(Delivery.workspace) == workspace, col(Delivery.kind) == kind, col(Delivery.occurrence) == number
    session.execute(delete(Delivery).where(*of_it))


def get_joined(session: Session, workspace: str, key: str, limit: int) -> Sequence[Observation]:
    """The observations joined to it, the newest first."""
    rows = select(Observation).where(Observation.workspace == workspace, Observation.phenomenon == key)
    return session.exec(rows.order_by(col(Observation.filed_on).desc(), col(Observation.key)).limit(limit)).all()


def any_without_post(session: Session, workspace: str, kind: str, unclear: str) -> bool:
    return session.scalar(select(exists().where(*_without_post(workspace, kind, unclear)))) is True


def take_back_publishing(session: Session, workspace: str, kind: str, unclear: str) -> None:
    """Those whose post was given up (`unclear`: perhaps it stands all the same) are published no more."""
    taken = update(Phenomenon).where(exists().where(*_given_up(workspace, kind, unclear)))
    these = col(Phenomenon.workspace) == workspace, col(Phenomenon.published_on).is_not(None)
    session.execute(taken.where(*these).values(published_on=None))


def drop_given_up(session: Session, workspace: str, kind: str, number: str, unclear: str) -> None:
    """Deletes the post that was given up, so that another can be entered."""
    session.execute(delete(Delivery).where(*_lost(workspace, kind, unclear), col(Delivery.occurrence) == number))


def _without_post(workspace: str, kind: str, unclear: str) -> tuple[ColumnElement[bool], ...]:
    of_ours = col(Phenomenon.workspace) == workspace, col(Phenomenon.published_on).is_not(None)
    return *of_ours, *_given_up(workspace, kind, unclear)


def _given_up(workspace: str, kind: str, unclear: str) -> tuple[ColumnElement[bool], ...]:
    return *_lost(workspace, kind, unclear), col(Delivery.occurrence) == col(Phenomenon.number)


def _lost(workspace: str, kind: str, unclear: str) -> tuple[ColumnElement[bool], ...]:
    """The delivery stands nowhere for sure, and is not tried any more."""
    given_up = col(Delivery.state).in_(("failed", "expired")), col(Delivery.error).is_distinct_from(unclear)
    return col(Delivery.workspace) == workspace, col(Delivery.kind) == kind, *given_up


def _stale(workspace: str) -> tuple[ColumnElement[bool], ...]:
    return col(Phenomenon.workspace) == workspace, col(Phenomenon.stale).is_(True)


def _posted(workspace: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    """The delivery is the phenomenon's, and stands in Slack."""
    of_it = col(Delivery.occurrence) == col(Phenomenon.number)
    return col(Delivery.workspace) == workspace, col(Delivery.kind) == kind, col(Delivery.state) == "sent", of_it
