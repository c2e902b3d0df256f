"""Keeping the post in the channel true, and taking the buttons out of messages that no longer hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.rules import meetings as rules
from bot.rules.deliveries import is_person
from bot.rules.kinds import Kind
from bot.rules.meetings import Occurrence, Sight
from bot.services.meetings._answers import sight
from storage import meetings as table
from storage.models import Delivery, Meeting

DRAWN_WITHIN = timedelta(seconds=60)  # longer than an edit can take; then another process may try
CLOSED_AT_ONCE = 20
WITH_BUTTONS = [kind for kind in Kind if kind.traits.has_buttons]
LOOKED_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A post that is to be drawn anew by who holds this: nobody else draws it meanwhile, so the last state wins."""

    key: str
    changes: int
    sight: Sight
    posts: Sequence[Delivery]


def take_drawings(deps: Deps) -> list[Drawing]:
    """The posts that do not show how things stand, each taken for this process. Raises DatabaseUnavailable."""
    with deps.read() as session:
        keys = table.undrawn(session, deps.workspace)
        keys = [key for key in keys if _posts(session, deps, key)]
    return [drawing for key in keys if (drawing := _taken(deps, key))]


def _taken(deps: Deps, key: str) -> Drawing | None:
    now = deps.now()
    with deps.write() as session:
        row = table.lock_meeting(session, deps.workspace, key)
        if row is None or row.drawn >= row.changes or _is_drawn_by_another(row, now):
            return None
        row.drawing_until = now + DRAWN_WITHIN
        session.add(row)
        changes, posts = row.changes, _posts(session, deps, key)
    return Drawing(key, changes, sight(deps, key), posts)


def _is_drawn_by_another(row: Meeting, now: datetime) -> bool:
    """For a minute at most, also where the clock was set back meanwhile."""
    return row.drawing_until is not None and now < row.drawing_until <= now + DRAWN_WITHIN


def _posts(session: Session, deps: Deps, key: str) -> list[Delivery]:
    """The post in the channel, and that of the minutes."""
    found = table.get_messages(session, deps.workspace, key, [rules.NOTICE, rules.FOLLOWUP])
    return [row for row in found if not is_person(row.recipient)]


def drawn(deps: Deps, drawing: Drawing) -> None:
    """Writes down which state the post shows; what has changed since is drawn at the next knock."""
    with deps.write() as session:
        if row := table.lock_meeting(session, deps.workspace, drawing.key):
            row.drawn, row.drawing_until = max(row.drawn, drawing.changes), None
            session.add(row)


def messages_to_close(deps: Deps) -> list[tuple[Meeting, Delivery]]:
    """Some private messages whose buttons no longer hold: of a meeting that has moved since, begun, or was cancelled.

    A cancelled one's post in the channel is not among them: it is drawn anew.
    """
    now, found = deps.now(), list[tuple[Meeting, Delivery]]()
    with deps.read() as session:
        for meeting in table.get_since(session, deps.workspace, now - LOOKED_BACK):
            for row in table.get_messages(session, deps.workspace, meeting.key, WITH_BUTTONS):
                if not Occurrence.read(row.occurrence).is_present(meeting) or not rules.is_open(meeting, now):
                    found.append((meeting, row))
    return found[:CLOSED_AT_ONCE]


def forget_place(deps: Deps, row: Delivery) -> None:
    """Forgets where the message stands: nothing is to be edited in it any more."""
    with deps.write() as session:
        table.forget_place_of(session, row.key)
