"""Rows that belong to another one which is gone, as an older release or a fault may leave them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, exists, select

from storage.models import (
    AgendaItem,
    Changed,
    Follower,
    Handling,
    Hidden,
    Meeting,
    Move,
    News,
    Observation,
    Phenomenon,
    Practice,
    PracticeTried,
    PracticeVersion,
    Rsvp,
    Same,
    Useful,
    Word,
)
from storage.observations import GONE

WITHDRAWN = "peruttu"  # one that was deleted keeps the coordinators' last word


@dataclass(frozen=True)
class Belonging:
    """Rows of `table` belong to what has the key in their `column`: a row of one of the owners that still has any."""

    table: Any
    column: str
    owners: tuple[tuple[Any, ColumnElement[bool]], ...]

    @property
    def ownerless(self) -> tuple[ColumnElement[bool], ...]:
        key = col(getattr(self.table, self.column))
        nobodys = (~exists().where(col(owner.key) == key, still) for owner, still in self.owners)
        return key.is_not(None), *nobodys


ANY_PHENOMENON, ANY_MEETING = (Phenomenon, col(Phenomenon.key).is_not(None)), (Meeting, col(Meeting.key).is_not(None))
ANY_CARD, A_STANDING = (Practice, col(Practice.name) != ""), (Observation, col(Observation.status).not_in(GONE))
ANY_HIDDEN = (Hidden, col(Hidden.key).is_not(None))  # its history waits under its own key, to come back
ANY_STEP, ANY_PROPOSAL = (Move, col(Move.key).is_not(None)), (AgendaItem, col(AgendaItem.key).is_not(None))
BELONGINGS = (
    Belonging(Word, "subject", (A_STANDING, ANY_PHENOMENON, ANY_CARD)),
    Belonging(Move, "subject", ((Observation, col(Observation.status) != WITHDRAWN), ANY_PHENOMENON, ANY_HIDDEN)),
    Belonging(Same, "phenomenon", (ANY_PHENOMENON,)),
    Belonging(Follower, "phenomenon", (ANY_PHENOMENON,)),
    Belonging(Changed, "subject", (A_STANDING, ANY_PHENOMENON)),
    Belonging(Handling, "observation", (A_STANDING,)),
    Belonging(PracticeTried, "practice", (ANY_CARD,)),
    Belonging(PracticeVersion, "practice", (ANY_CARD,)),
    Belonging(News, "subject", (A_STANDING, ANY_STEP, ANY_PROPOSAL)),
    Belonging(AgendaItem, "meeting", (ANY_MEETING,)),
    Belonging(Rsvp, "meeting", (ANY_MEETING,)),
    Belonging(Useful, "meeting", (ANY_MEETING,)),
)


def find(session: Session, belonging: Belonging) -> Mapping[str, list[str]]:
    """Workspace -> keys that nothing has any more, though rows name them. Reads the whole table."""
    table = belonging.table
    rows = select(col(table.workspace), col(getattr(table, belonging.column))).where(*belonging.ownerless).distinct()
    found: dict[str, list[str]] = {}
    for workspace, key in session.exec(rows):
        found.setdefault(workspace, []).append(key)
    return found


def remove(session: Session, belonging: Belonging, workspace: str, keys: Collection[str]) -> None:
    """Takes away the rows that name these keys, if nothing has them."""
    key = col(getattr(belonging.table, belonging.column))
    these = col(belonging.table.workspace) == workspace, key.in_(keys)
    session.execute(delete(belonging.table).where(*these, *belonging.ownerless))
