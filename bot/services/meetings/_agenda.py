"""The agenda: what members propose, what the half-year's phenomena suggest, and what coordinators take."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlmodel import Session

from bot.deps import Deps
from bot.errors import N_, InvalidDraft
from bot.rules import meetings as rules
from bot.rules import statuses
from bot.rules.observations import tidy, visible_length
from bot.rules.weeks import local_day
from bot.services.meetings._planning import lock_coming_meeting, note_deed
from bot.services.observations import refuse_codes
from bot.services.permissions import Actor, Coordinator, for_coordinators
from storage import meetings as table
from storage.models import AgendaItem, Meeting

MOST_PROPOSALS, MOST_PHENOMENA = 10, 5  # as many as a form's list of checkboxes holds
HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Rising:
    """A phenomenon with its observations of the half-year, and how many members have pressed that they met it too."""

    number: str
    title: str
    observations: int
    presses: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What a coordinator has before them: the meeting, its items, and what is proposed."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    proposals: tuple[AgendaItem, ...]
    rising: tuple[Rising, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a coordinator does with the agenda: its text, keys of proposals, numbers of phenomena.

    `opened` are the marks that the form was opened with, as in `change`.
    """

    text: str = ""
    accepted: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    phenomena: frozenset[str] = frozenset()
    confirmed: frozenset[str] = frozenset()
    opened: Mapping[str, str] = field(default_factory=dict)


def propose(deps: Deps, user: Actor, text: str, nonce: str, confirmed: frozenset[str] = frozenset()) -> bool:
    """Keeps a member's proposal for the next meeting; returns whether the same act had not done so before.

    Raises PersonalDataFound, InvalidDraft, DatabaseUnavailable; then nothing was stored.
    """
    text = " ".join(rules.unquoted(tidy(text)).split())
    rules.guard({"item": text}, deps.key, confirmed)
    if not visible_length(text):
        raise InvalidDraft({"item": N_("Please write what you would like to talk about.")})
    if len(text) > rules.LONGEST_ITEM:
        raise InvalidDraft({"item": rules.TOO_LONG})
    row = AgendaItem(key=secrets.token_hex(16), workspace=deps.workspace, once=nonce, text=text, proposer=user)
    with deps.write() as session:
        refuse_codes(deps, session, item=text)
        return table.add_item(session, row)


@for_coordinators
def agenda_desk(deps: Deps, _user: Coordinator, key: str) -> Desk:
    """What there is to choose from. Raises NotACoordinator, NotAMember, PersonUnknown, NoSuchMeeting, MeetingOver."""
    with deps.read() as session:
        meeting = lock_coming_meeting(session, deps, key)
        return Desk(
            meeting,
            tuple(table.get_items(session, deps.workspace, key)),
            tuple(table.get_proposals(session, deps.workspace, MOST_PROPOSALS)),
            rising(session, deps, key)[:MOST_PHENOMENA],
        )


def rising(session: Session, deps: Deps, key: str) -> tuple[Rising, ...]:
    """The phenomena most spoken of in the half-year that are not on the meeting's agenda yet."""
    taken = {item.once for item in table.get_items(session, deps.workspace, key)}
    found = [
        Rising(row.number, row.title, observations, presses)
        for row, observations, presses in table.rising(session, deps.workspace, local_day(deps.now()) - HALF_A_YEAR)
        if observations + presses and row.status in statuses.OPEN and _once(key, row.number) not in taken
    ]
    found.sort(key=lambda one: (-one.observations - one.presses, one.number))
    return tuple(found)


def _once(key: str, number: str) -> str:
    return f"{key}:{number}"


@for_coordinators
def set_agenda(deps: Deps, user: Coordinator, key: str, choice: Choice) -> Meeting:
    """Stores the agenda's own text, and takes proposals and phenomena to it or away.

    Raises as `agenda_desk`, and PersonalDataFound, InvalidDraft.
    """
    text = tidy(choice.text)
    rules.guard({"agenda": text}, deps.key, choice.confirmed)
    if len(text) > rules.LONGEST["agenda"]:
        raise InvalidDraft({"agenda": rules.TOO_LONG})
    with deps.write() as session:
        meeting = lock_coming_meeting(session, deps, key)
        place = len(table.get_items(session, deps.workspace, key))
        for item in table.get_proposals(session, deps.workspace):
            if item.key in choice.accepted:
                place += 1
                item.meeting, item.place = key, place
                session.add(item)
            elif item.key in choice.declined:
                table.drop_item(session, deps.workspace, item.key)
        _take_phenomena(session, deps, key, choice.phenomena, place)
        stored = rules.draft_of(meeting)
        typed = replace(stored, agenda=text if visible_length(text) else "")
        meeting.agenda, meeting.changes = rules.merged(stored, typed, choice.opened).agenda, meeting.changes + 1
        session.add(meeting)
        note_deed(session, deps, user, "meeting.agenda", meeting)
    return meeting


def _take_phenomena(session: Session, deps: Deps, key: str, numbers: Collection[str], place: int) -> None:
    """The phenomenon's title, which is the coordinators' own text, becomes an item; once."""
    for count, one in enumerate((one for one in rising(session, deps, key) if one.number in numbers), 1):
        row = AgendaItem(
            key=secrets.token_hex(16),
            workspace=deps.workspace,
            once=_once(key, one.number),
            text=one.title,
            meeting=key,
            place=place + count,
        )
        table.add_item(session, row)
