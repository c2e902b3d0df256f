"""Who has left the network, as far as anything is stored of them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Departure
from storage.own_data._declared import users


def note_departures(session: Session, workspace: str, members: Collection[str], today: date) -> None:
    """Whoever of them is no member is seen to have left on the day, unless that is known; who is back has not left."""
    known = set(session.exec(select(Departure.user).where(Departure.workspace == workspace)))
    back = known & set(members)
    session.execute(delete(Departure).where(col(Departure.workspace) == workspace, col(Departure.user).in_(back)))
    left = users(session) - set(members) - known
    session.add_all(Departure(workspace=workspace, user=user, on_day=today) for user in sorted(left))


def left_before(session: Session, workspace: str, day: date) -> list[str]:
    """Those who have left before the day and are not forgotten yet."""
    return list(session.exec(select(Departure.user).where(Departure.workspace == workspace, Departure.on_day < day)))
