"""Closing the loop: what followed from the half-year's observations, drafted from statuses, published by a person."""

from dataclasses import dataclass
from datetime import timedelta

from bot.deps import Deps
from bot.errors import N_, InvalidDraft, NoSuchMeeting, PersonalDataFound
from bot.rules import meetings as rules
from bot.rules import statuses
from bot.rules.deliveries import Due
from bot.rules.meetings import Occurrence
from bot.rules.observations import tidy, visible_length
from bot.rules.summaries import Period, PublishedTables, half_with
from bot.rules.weeks import local_day
from bot.services import summaries
from bot.services.deliveries import enqueue
from bot.services.meetings._planning import note_deed, require_channel
from bot.services.networks import floor
from bot.services.permissions import Coordinator, for_coordinators
from storage import meetings as table
from storage import phenomena
from storage.models import Meeting, Phenomenon

MOST_PHENOMENA, MOST_MEETINGS = 8, 3
LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of the half-year's observations, as it was counted once, and the phenomena that members know of."""

    period: Period
    tables: PublishedTables | None  # None while the half-year is not over: then no numbers are told
    phenomena: tuple[Phenomenon, ...]
    published: str = ""


@for_coordinators
def looked_back(deps: Deps, _user: Coordinator, key: str) -> Followed:
    """What there is to tell before the meeting, of the half-year before it.

    Raises NotACoordinator, NotAMember, PersonUnknown, NoSuchMeeting.
    """
    with deps.read() as session:
        meeting = table.get_meeting(session, deps.workspace, key)
        if meeting is None:
            raise NoSuchMeeting
        known = phenomena.get_published(session, deps.workspace)
    period = half_with(local_day(meeting.starts_at)).before
    moved = [one for one in known if one.status not in statuses.GONE and period.first <= one.noted_on]
    is_over = period.last < local_day(deps.now())
    tables = summaries.published(deps, period) if is_over else None
    return Followed(period, tables, tuple(moved[:MOST_PHENOMENA]), meeting.followed)


def held_lately(deps: Deps) -> tuple[list[tuple[Meeting, dict[str, int]]], int]:
    """The meetings of the last two months, the latest first, each with what was said of its use.

    The number is that of the smallest group of which numbers are shown. Raises DatabaseUnavailable.
    """
    with deps.read() as session:
        rows = table.get_since(session, deps.workspace, deps.now() - LATELY)
        held = [one for one in reversed(rows) if one.status != "cancelled" and one.starts_at <= deps.now()]
        found = [(one, table.usefulness(session, deps.workspace, one.key)) for one in held[:MOST_MEETINGS]]
        return found, floor(session, deps)


def examine_followed(deps: Deps, text: str, confirmed: frozenset[str] = frozenset()) -> PersonalDataFound | None:
    """What the guard warns of in the text and nobody has confirmed. Raises InvalidDraft, PersonalDataFound."""
    if not visible_length(text):
        raise InvalidDraft({"followed": N_("Please write what followed.")})
    if len(text) > rules.LONGEST_FOLLOWED:
        raise InvalidDraft({"followed": rules.TOO_LONG})
    try:
        rules.guard({"followed": text}, deps.key, confirmed)
    except PersonalDataFound as problem:
        if problem.blocked:
            raise
        return problem
    return None


@for_coordinators
def publish(deps: Deps, user: Coordinator, key: str, text: str, confirmed: frozenset[str] = frozenset()) -> bool:
    """Has the coordinator's text posted to the channel; once for each meeting; returns whether it was the first time.

    Raises NotACoordinator, NotAMember, PersonUnknown, NoChannel, NoSuchMeeting, PersonalDataFound, InvalidDraft.
    """
    text = tidy(text)
    if problem := examine_followed(deps, text, confirmed):
        raise problem
    now, channel = deps.now(), require_channel(deps)
    with deps.write() as session:
        meeting = table.lock_meeting(session, deps.workspace, key)
        if meeting is None or meeting.status == "cancelled":
            raise NoSuchMeeting
        if meeting.followed:
            return False
        meeting.followed = text
        session.add(meeting)
        note_deed(session, deps, user, "meeting.followed", meeting)
        until = rules.told_until(now)
        enqueue(
            session,
            deps.workspace,
            [Due(rules.FOLLOWED, str(Occurrence(key, of=rules.FOLLOWED_ONCE)), channel, now, until, {"meeting": key})],
        )
    return True
