"""A published phenomenon: its one post in the discussion channel, and the members who have met it too."""

from dataclasses import dataclass
from datetime import timedelta

from bot.deps import Deps
from bot.errors import NoChannel, PhenomenonGone, PostGoing
from bot.rules.deliveries import UNCLEAR, Due, edit_of
from bot.rules.kinds import Kind
from bot.rules.phenomena import Shown, presser
from bot.rules.statuses import OPEN
from bot.rules.weeks import local_day
from bot.services.deliveries import cancel, enqueue
from bot.services.permissions import Actor, Coordinator, for_coordinators
from bot.services.phenomena._reading import lock_phenomenon, shown
from storage import audits, people
from storage import observations as observation_table
from storage import phenomena as table

OF_USE = timedelta(days=7)
ON_ITS_WAY = ("pending", "sending", "unknown", "verifying")


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a press: `counted` is false for a second one and for a phenomenon that is closed (`is_open`)."""

    shown: Shown
    counted: bool
    is_open: bool


@for_coordinators
def publish(deps: Deps, user: Coordinator, number: str) -> None:
    """Enters the one post into the ledger; a second time changes nothing.

    Raises NotACoordinator, NotAMember, PersonUnknown, PhenomenonGone, NoChannel, PostGoing.
    """
    channel = deps.people.channel
    if channel is None:
        raise NoChannel
    now = deps.now()
    with deps.write() as session:
        row = lock_phenomenon(session, deps, number)
        if row.down:
            raise PostGoing
        if row.published_on is None:
            row.published_on = local_day(now)
            session.add(row)
            table.drop_given_up(session, deps.workspace, Kind.PHENOMENON, number, UNCLEAR)
            enqueue(session, deps.workspace, [Due(Kind.PHENOMENON, number, channel, now, now + OF_USE)])
            audits.add(session, deps.workspace, now, user, "phenomenon.published", number)


@for_coordinators
def take_down(deps: Deps, user: Coordinator, number: str) -> None:
    """The phenomenon is published no more: its post goes from the channel at the next knock, or is not sent at all.

    A second time changes nothing. Raises NotACoordinator, NotAMember, PersonUnknown, PhenomenonGone.
    """
    with deps.write() as session:
        row = lock_phenomenon(session, deps, number)
        if row.published_on is not None:
            row.published_on, row.down, row.stale = None, True, False
            session.add(row)
            cancel(session, deps.workspace, Kind.PHENOMENON, number)
            audits.add(session, deps.workspace, deps.now(), user, "phenomenon.taken_down", number)


def get_taken_down(deps: Deps) -> list[tuple[str, str, str]]:
    """(number, channel, ts) of posts that stand although they were taken down; those that stand nowhere are done with.

    What is on its way still waits until it stands, or does not.
    """
    with deps.read() as session:
        found = table.posts_to_take_down(session, deps.workspace, Kind.PHENOMENON)
    for number, state, _, _ in found:
        if state not in ON_ITS_WAY and state != "sent":
            finish_taking_down(deps, number)
    return [(number, channel, ts) for number, state, channel, ts in found if state == "sent"]


def finish_taking_down(deps: Deps, number: str) -> None:
    """The post stands no more: the phenomenon can be published again."""
    with deps.write() as session:
        table.finish_taking_down(session, deps.workspace, Kind.PHENOMENON, number)


def take_back(deps: Deps) -> None:
    """Lets what the channel refused for good be published again, once that is mended."""
    with deps.read() as session:
        if not table.any_without_post(session, deps.workspace, Kind.PHENOMENON, UNCLEAR):
            return
    with deps.write() as session:
        table.take_back_publishing(session, deps.workspace, Kind.PHENOMENON, UNCLEAR)


def press(deps: Deps, user: Actor, number: str, observation: str = "") -> Pressed:
    """Counts that a member has met it too: once, by a keyed hash, with the area chosen last.

    `observation` is the number of an own one, which from here on names the phenomenon as the one it is taken for.
    Raises NotAMember, PersonUnknown, and PhenomenonGone for one that is not published.
    """
    deps.people.member(user)
    with deps.write() as session:
        row = lock_phenomenon(session, deps, number)
        if row.published_on is None:
            raise PhenomenonGone
        area, counted = people.area_of(session, deps.workspace, user), False
        if row.status in OPEN:
            counted = table.press(session, deps.workspace, row.key, presser(deps.key, row.key, user), area)
            row.stale = row.stale or counted
            session.add(row)
        own = observation_table.lock_by_number(session, deps.workspace, observation) if observation else None
        if own and own.author == user and own.phenomenon is None:
            own.same_as = row.key
            session.add(own)
        return Pressed(shown(session, deps, row), counted, row.status in OPEN)


def take_press_back(deps: Deps, user: Actor, number: str) -> None:
    """A member has not met it after all: the mark goes, and own observations are not taken for it any more.

    A second time changes nothing. Raises PhenomenonGone.
    """
    with deps.write() as session:
        row = lock_phenomenon(session, deps, number)
        if table.take_back_press(session, deps.workspace, row.key, presser(deps.key, row.key, user)):
            row.stale = row.published_on is not None
            session.add(row)
        table.take_for_none(session, deps.workspace, row.key, user)


def posted(deps: Deps, number: str) -> Shown | None:
    """The phenomenon as its post is to show it; None for one that is not published.

    What changes from here on makes the post one that shows an older state, also while it is on its way.
    """
    with deps.write() as session:
        row = table.lock_by_number(session, deps.workspace, number)
        if row is None or row.published_on is None:
            return None
        row.stale = False
        session.add(row)
        return shown(session, deps, row)


def take_stale(deps: Deps) -> list[tuple[Shown, str, str]]:
    """Takes the posts that show an older state, as they should look now, with (channel, ts) of each.

    One that could not be edited lately is left for a while.
    """
    with deps.read() as session:
        stale = table.stale_posts(session, deps.workspace, Kind.PHENOMENON)
    numbers = [number for number, channel, ts in stale if deps.patience.allows(edit_of(channel, ts))]
    if not numbers:
        return []
    with deps.write() as session:
        found = table.take_stale(session, deps.workspace, Kind.PHENOMENON, numbers)
        return [(shown(session, deps, row), channel, ts) for row, channel, ts in found]


def draw_again(deps: Deps, number: str) -> None:
    """Marks the post, so that it is drawn anew at the next knock: it may be older than the table."""
    with deps.write() as session:
        table.mark_stale(session, deps.workspace, number)
