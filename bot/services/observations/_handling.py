"""One coordinator goes on with an observation: takes it, hands it over, lets it go."""

from collections.abc import Collection

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import AlreadyTaken, NoHandler, NotFound
from bot.rules.digests import Taken
from bot.rules.reminders import is_away
from bot.rules.reviews import Handler
from bot.rules.statuses import GONE, OPEN
from bot.rules.weeks import local_day
from bot.services.observations._asking import lock_observation
from bot.services.permissions import Coordinator, coordinators, for_coordinators
from storage import audits, people
from storage import handling as table


def handlers(session: Session, deps: Deps, keys: Collection[str]) -> dict[str, Handler]:
    """Key of an observation -> who has taken it, and whether they are away; who cannot go on with it, has not."""
    able = _able(session, deps)
    taken = table.of_observations(session, deps.workspace, keys)
    return {key: Handler(user, _is_away(session, deps, user)) for key, user in taken.items() if user in able}


def _able(session: Session, deps: Deps) -> frozenset[str]:
    """The coordinators who are here: one who has left the network keeps nothing from the others."""
    return frozenset(user for user in coordinators(session, deps) if not deps.people.has_gone(user))


def to_hand_over_to(session: Session, deps: Deps, user: str, handler: Handler | None) -> list[tuple[str, str]]:
    """The coordinators to whom the user may hand it over, by name; those whom Slack has not told of are left out."""
    others = _able(session, deps) - {user, handler.user if handler else ""}
    known = [member for other in others if (member := deps.people.known(other))]
    return sorted(((one.user, one.name or one.user) for one in known), key=lambda one: (one[1].casefold(), one[0]))


def taken(session: Session, deps: Deps) -> list[Taken]:
    """What each coordinator goes on with, of what is open; those who are away come first."""
    numbers = table.standing(session, deps.workspace, OPEN)
    held = handlers(session, deps, list(numbers))
    by_user: dict[str, list[str]] = {}
    for key, number in numbers.items():
        if key in held:
            by_user.setdefault(held[key].user, []).append(number)
    found = [Taken(user, _is_away(session, deps, user), numbers) for user, numbers in by_user.items()]
    return sorted(found, key=lambda one: (not one.is_away, one.user))


def _is_away(session: Session, deps: Deps, user: str) -> bool:
    row, member = people.get_person(session, deps.workspace, user), deps.people.known(user)
    is_absent = row is not None and is_away(row, local_day(deps.now()))
    return is_absent or (member is not None and member.on_holiday(deps.now()))


@for_coordinators
def take(deps: Deps, user: Coordinator, number: str) -> None:
    """The observation is the coordinator's, unless another one who is here has it.

    Raises NotACoordinator, NotFound, AlreadyTaken.
    """
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        if row.status in GONE:
            raise NotFound
        held = handlers(session, deps, [row.key]).get(row.key)
        if held and held.user != user and not held.is_away:
            raise AlreadyTaken
        table.put(session, deps.workspace, row.key, user)
        audits.add(session, deps.workspace, deps.now(), user, "observation.taken", number)


@for_coordinators
def let_go(deps: Deps, user: Coordinator, number: str) -> None:
    """Nobody has it from here on. Raises NotACoordinator, NotFound, AlreadyTaken where it is another's."""
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        held = handlers(session, deps, [row.key]).get(row.key)
        if held and held.user != user:
            raise AlreadyTaken
        table.remove(session, deps.workspace, row.key)
        audits.add(session, deps.workspace, deps.now(), user, "observation.let_go", number)


@for_coordinators
def hand_over(deps: Deps, user: Coordinator, number: str, to: str) -> None:
    """It is the other coordinator's from here on. Raises NotACoordinator, NotFound, NoHandler where they are none."""
    with deps.write() as session:
        row = lock_observation(session, deps, number)
        if row.status in GONE:
            raise NotFound
        if to not in _able(session, deps):
            raise NoHandler
        table.put(session, deps.workspace, row.key, to)
        audits.add(session, deps.workspace, deps.now(), user, "observation.handed_over", number)
