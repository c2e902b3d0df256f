"""What members do about a meeting: answer it, and say afterwards whether it was of use."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import NoSuchMeeting
from bot.rules import meetings as rules
from bot.rules.deliveries import Due
from bot.rules.hashes import keyed
from bot.rules.meetings import Occurrence, Sight
from bot.services.deliveries import enqueue
from bot.services.permissions import Actor, Coordinator, for_coordinators
from storage import meetings as table
from storage.models import Meeting, Rsvp

COME = ("yes", "remote")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a press came to: "yes", "remote", "no" or "waiting" as the answer now stands.

    "late", "cancelled" and "begun" where nothing was changed. `new`: it did not stand so before. `joined`: the person
    comes from now on. `moved`: the button is from before the last change of the meeting.
    """

    what: str
    sight: Sight
    new: bool = False
    joined: bool = False
    moved: bool = False


def take_answer(deps: Deps, user: Actor, key: str, wanted: str, version: int | None = None) -> Answered:
    """Stores the answer, the meeting locked. A no is always stored, and gives the seat to the first in line.

    `version` is the meeting's as the button knew it. Raises NoSuchMeeting, DatabaseUnavailable.
    """
    with deps.write() as session:
        meeting = table.lock_meeting(session, deps.workspace, key)
        if meeting is None or wanted not in rules.ANSWERS:
            raise NoSuchMeeting
        rows = list(table.get_answers(session, deps.workspace, key))
        was = rules.answer_of(rows, user)
        moved = version is not None and version < meeting.version
        refused = _refusal(deps, meeting, was.answer, wanted)
        if refused is None and was.answer != wanted:
            _put(session, deps, meeting, rows, user, wanted)
        sight = _sight(session, meeting, rows, user)
    what = refused or ("waiting" if sight.own.waits_as else wanted)
    new = refused is None and was.answer != wanted
    return Answered(what, sight, new, new and sight.own.comes and not was.comes, moved)


def _refusal(deps: Deps, meeting: Meeting, was: str, wanted: str) -> str | None:
    if not rules.is_open(meeting, deps.now()):
        return "cancelled" if meeting.status == "cancelled" else "begun"
    changes_only = wanted == "no" or was in rules.COMING
    return None if changes_only or rules.may_sign_up(meeting, deps.now()) else "late"


def _put(session: Session, deps: Deps, meeting: Meeting, rows: list[Rsvp], user: str, wanted: str) -> None:
    row = next((one for one in rows if one.user == user), None)
    if row is None:
        row = Rsvp(workspace=deps.workspace, meeting=meeting.key, user=user, answer="")
        rows.append(row)
    row.answer, row.place, row.waits = "", 0, False
    if wanted == "yes":
        meeting.line += 1
        row.place, row.waits = meeting.line, rules.free_seats(rows, meeting.capacity) == 0
    row.answer = wanted
    meeting.changes += 1
    session.add_all([row, meeting])
    fill_seats(session, deps, meeting, rows)


def fill_seats(session: Session, deps: Deps, meeting: Meeting, rows: Sequence[Rsvp]) -> None:
    """Gives each free seat to the first in line, and tells them once. The caller holds the meeting."""
    now = deps.now()
    at, until = rules.told_at(meeting.starts_at, now), min(rules.told_until(now), meeting.starts_at)
    for row in rules.promoted(rows, meeting.capacity):
        row.waits = False
        session.add(row)
        occurrence = str(Occurrence.as_it_stands(meeting, f"s{row.place}"))
        params = {"meeting": meeting.key, "version": meeting.version}
        enqueue(session, deps.workspace, [Due(rules.SEAT, occurrence, row.user, at, until, params)])


def _sight(session: Session, meeting: Meeting, rows: Sequence[Rsvp], user: str) -> Sight:
    items = tuple(item.text for item in table.get_items(session, meeting.workspace, meeting.key))
    return Sight(meeting, rules.counts(rows), rules.answer_of(rows, user), items)


def sight(deps: Deps, key: str, user: str = "") -> Sight:
    """The meeting as the person sees it. Raises NoSuchMeeting, DatabaseUnavailable."""
    with deps.read() as session:
        meeting = table.get_meeting(session, deps.workspace, key)
        if meeting is None:
            raise NoSuchMeeting
        return _sight(session, meeting, table.get_answers(session, deps.workspace, key), user)


def coming(deps: Deps, user: str, most: int = 5) -> list[Sight]:
    """The next meetings as the person sees them, the first one first. Raises DatabaseUnavailable."""
    with deps.read() as session:
        found = table.get_coming(session, deps.workspace, deps.now())[:most]
        return [_sight(session, one, table.get_answers(session, deps.workspace, one.key), user) for one in found]


def was_useful(deps: Deps, user: Actor, key: str, said: str) -> None:
    """Keeps a person's word on whether the meeting was of use, under a keyed hash of theirs; a second one replaces it.

    Raises NoSuchMeeting, DatabaseUnavailable.
    """
    with deps.write() as session:
        if table.get_meeting(session, deps.workspace, key) is None or said not in ("yes", "partly", "no"):
            raise NoSuchMeeting
        who = keyed(deps.key, "useful", key, user).hex()
        table.put_useful(session, deps.workspace, key, who, said)


@dataclass(frozen=True, slots=True)
class Attending:
    """Who comes, takes part remotely, and waits for a seat, as coordinators see it."""

    sight: Sight
    yes: tuple[str, ...]
    remote: tuple[str, ...]
    waiting: tuple[str, ...]


@for_coordinators
def attending(deps: Deps, _user: Coordinator, key: str) -> Attending:
    """Raises NotACoordinator, NotAMember, PersonUnknown, NoSuchMeeting, DatabaseUnavailable."""
    with deps.read() as session:
        meeting = table.get_meeting(session, deps.workspace, key)
        if meeting is None:
            raise NoSuchMeeting
        rows = table.get_answers(session, deps.workspace, key)
        found = _sight(session, meeting, rows, "")
    yes, remote = (tuple(sorted(row.user for row in rows if (row.answer, row.waits) == (one, False))) for one in COME)
    return Attending(found, yes, remote, tuple(row.user for row in rules.in_line(rows)))
