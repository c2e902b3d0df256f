"""What coordinators read of phenomena: the list, and one with its history and numbers."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import PhenomenonGone
from bot.rules.phenomena import MOST_JOINED, MOST_TO_CHOOSE, PER_PAGE, Listed, Reviewed, Shown
from bot.rules.reviews import hearers
from bot.rules.statuses import OPEN
from bot.rules.weeks import local_day
from bot.services.permissions import Actor, Coordinator, for_coordinators
from bot.services.reach import met_by
from storage import loop, moves
from storage import phenomena as table
from storage.models import Phenomenon


@for_coordinators
def listed(deps: Deps, _user: Coordinator, page: int = 0) -> Listed:
    """One page of the phenomena, or the last one there is. Raises NotACoordinator, NotAMember, PersonUnknown."""
    with deps.read() as session:
        total = table.count(session, deps.workspace)
        page = min(page, max(0, (total - 1) // PER_PAGE))
        rows = table.get_in_order(session, deps.workspace, page * PER_PAGE, PER_PAGE)
        return Listed(page, total, all_shown(session, deps, rows), local_day(deps.now()))


@for_coordinators
def review(deps: Deps, _user: Coordinator, number: str) -> Reviewed:
    """One phenomenon with its history. Raises NotACoordinator, NotAMember, PersonUnknown, PhenomenonGone."""
    with deps.read() as session:
        row = lock_phenomenon(session, deps, number)
        return Reviewed(
            shown(session, deps, row),
            moves.get_of_subject(session, deps.workspace, row.key),
            local_day(deps.now()),
            table.get_joined(session, deps.workspace, row.key, MOST_JOINED),
            hearers(table.authors_of(session, deps.workspace, row.key)),
        )


@for_coordinators
def to_join(deps: Deps, _user: Coordinator) -> Sequence[Phenomenon]:
    """The newest open ones, to which observations may be joined. Raises NotACoordinator, NotAMember, PersonUnknown."""
    with deps.read() as session:
        return table.get_newest(session, deps.workspace, OPEN, MOST_TO_CHOOSE)


def read_published(deps: Deps, _user: Actor, number: str) -> Shown:
    """A phenomenon as every member may read it. Raises PhenomenonGone for one that is not published."""
    with deps.read() as session:
        row = lock_phenomenon(session, deps, number)
        if row.published_on is None:
            raise PhenomenonGone
        return shown(session, deps, row)


def lock_phenomenon(session: Session, deps: Deps, number: str) -> Phenomenon:
    """The phenomenon, kept from other writers until the transaction ends. Raises PhenomenonGone."""
    row = table.lock_by_number(session, deps.workspace, number)
    if row is None:
        raise PhenomenonGone
    return row


def shown(session: Session, deps: Deps, row: Phenomenon) -> Shown:
    """The phenomenon with its numbers."""
    return all_shown(session, deps, [row])[0]


def all_shown(session: Session, deps: Deps, rows: Sequence[Phenomenon]) -> list[Shown]:
    met = met_by(session, deps, [row.key for row in rows])
    found = [(row, (session, row.workspace, row.key)) for row in rows]
    return [Shown(row, *table.reach_of(*at), met[row.key], loop.answers(*at)) for row, at in found]
